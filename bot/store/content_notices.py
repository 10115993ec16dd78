"""Which lead was told of which files with something to mend: each of them once."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from bot.store import tables
from bot.store.upsert import Upsert

_TELL = Upsert(tables.content_notice, "sha", "staff_id")


def first_time(session: Session, sha: str, staff_id: UUID, now: datetime) -> bool:
    """Whether they were not told of this before; from now on they were."""
    row = {"sha": sha, "staff_id": staff_id, "told_at": now}
    return _TELL.execute(session.connection(), row)
