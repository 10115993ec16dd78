"""Who was erased, on a list of its own beside the database, so that no restored backup undoes it.

The list is a text file: a keyed hash of the Telegram id and a moment on each line. Nobody is named
in it, and nobody can be found by it without the master key.
"""

import os
import re
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, bindparam, select
from sqlmodel import Session

from bot.store import erasure, tables
from bot.store.upsert import Upsert
from bot.store.vault import Vault

_t = tables.tombstone
_p = tables.participant
_KEEP = Upsert(_t, "telegram_key", replace=("at",))
_ALL = select(_t.c.telegram_key, _t.c.at).order_by(_t.c.at)
_d = tables.due
_LEAVING = (
    select(_p.c.telegram_key, _d.c.at)
    .join(_p, _p.c.id == _d.c.participant_id)
    .where(_d.c.kind == erasure.ERASE)
)
_AT = select(_t.c.at).where(_t.c.telegram_key == bindparam("telegram_key"))
_BACK = (
    select(_p.c.id)
    .join(_t, _t.c.telegram_key == _p.c.telegram_key)
    .where(_t.c.at > _p.c.created_at)
)


_LINE = re.compile(r"[0-9a-f]{64} \d{4}-\d\d-\d\dT[0-9:.]+\+00:00")


def write_down(engine: Engine, file: Path, *, leaving: bool = False) -> None:
    """Adds to the list whoever is not on it yet; it is on the disk when this returns. `leaving`:
    also whoever has said so and whose minute is not over, for a database that is given up."""
    with engine.connect() as connection:
        rows = [*connection.execute(_ALL), *(connection.execute(_LEAVING) if leaving else ())]
    listed = set(_lines(file))
    missing = [line for row in rows if (line := _line(row.telegram_key, row.at)) not in listed]
    if not missing:
        return
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.writelines(f"\n{line}\n" for line in missing)
        out.flush()
        os.fsync(out.fileno())


def forget_again(session: Session, vault: Vault, file: Path) -> int:
    """Erases everybody who is in the database though they were erased later; how many.

    Somebody who was erased and came back since is left alone.
    """
    connection = session.connection()
    for line in _lines(file):
        key, _, written = line.partition(" ")
        row = {"telegram_key": bytes.fromhex(key), "at": datetime.fromisoformat(written)}
        known = connection.execute(_AT, {"telegram_key": row["telegram_key"]}).scalar()
        if known is None or known < row["at"]:
            _KEEP.execute(connection, row)
    back = list(connection.execute(_BACK).scalars())
    for person in back:
        erasure.forget(session, vault, person)
    return len(back)


def _line(key: bytes, at: datetime) -> str:
    return f"{key.hex()} {at.isoformat()}"


def _lines(file: Path) -> list[str]:
    if not file.exists():
        return []
    # A crash may have cut off a line; it is written again from the database.
    lines = file.read_text(encoding="ascii", errors="replace").splitlines()
    return [line for line in lines if _LINE.fullmatch(line)]
