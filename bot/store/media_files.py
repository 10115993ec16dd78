"""Under which ids Telegram has our files, so that none is uploaded twice for nothing."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session

from bot.store import tables
from bot.store.upsert import Upsert

_t = tables.media_file
_THIS = (
    _t.c.bot_id == bindparam("bot"),
    _t.c.key == bindparam("name"),
    _t.c.sha256 == bindparam("hash"),
)
_FIND = select(_t.c.file_id).where(*_THIS)
_KEEP = Upsert(_t, "bot_id", "key", "sha256", replace=("file_id", "uploaded_at"))
_FORGET = delete(_t).where(*_THIS, _t.c.file_id == bindparam("wrong"))


def find(session: Session, bot_id: int, key: str, sha256: str) -> str | None:
    """The id of a file with exactly these bytes; None if this bot never uploaded it."""
    asked = {"bot": bot_id, "name": key, "hash": sha256}
    return session.connection().execute(_FIND, asked).scalar()


def keep(session: Session, bot_id: int, key: str, sha256: str, file_id: str, now: datetime) -> None:
    """Remembers an upload; of two at once the later one stays, and both ids work."""
    row = {
        "bot_id": bot_id,
        "key": key,
        "sha256": sha256,
        "file_id": file_id,
        "uploaded_at": now,
    }
    _KEEP.execute(session.connection(), row)


def forget(session: Session, bot_id: int, key: str, sha256: str, wrong: str) -> None:
    """Telegram does not know this id (any more); one that came meanwhile stays."""
    asked = {"bot": bot_id, "name": key, "hash": sha256, "wrong": wrong}
    session.connection().execute(_FORGET, asked)
