"""Which updates were handled already, and which could not be handled at all."""

from datetime import datetime

from sqlalchemy import bindparam, delete, insert
from sqlmodel import Session

from bot.store import tables
from bot.store.ids import new_id
from bot.store.upsert import Upsert

_SEEN = Upsert(tables.seen_update, "bot_id", "update_id")
_FORGET = delete(tables.seen_update).where(tables.seen_update.c.seen_at < bindparam("before"))
_BURY = insert(tables.dead_letter)


def first_time(session: Session, bot_id: int, update_id: int, now: datetime) -> bool:
    """Note the update; False if it was noted before and nothing more must happen."""
    return _SEEN.execute(
        session.connection(), {"bot_id": bot_id, "update_id": update_id, "seen_at": now}
    )


def forget_seen(session: Session, before: datetime) -> int:
    """Forget updates so old that Telegram will not deliver them again; how many."""
    return session.connection().execute(_FORGET, {"before": before}).rowcount


def bury(
    session: Session, bot_id: int, update_id: int, kind: str, error: str, now: datetime
) -> None:
    """Keep that an update could not be handled. `error` names the fault, never what was said."""
    session.connection().execute(
        _BURY,
        {
            "id": new_id(now),
            "bot_id": bot_id,
            "update_id": update_id,
            "kind": kind,
            "error": error,
            "at": now,
        },
    )
