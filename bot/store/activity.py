"""When somebody finished something: moments only, nothing of what it was."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import Session

from bot.store import tables

_t = tables.run
_FINISHED = (
    select(_t.c.finished_at)
    .where(
        _t.c.participant_id == bindparam("person"),
        _t.c.status == "finished",
        _t.c.finished_at >= bindparam("since", type_=_t.c.finished_at.type),
    )
    .order_by(_t.c.finished_at)
)


def finished(session: Session, person: UUID, since: datetime) -> list[datetime]:
    """The moments (UTC) since then, oldest first."""
    asked = {"person": person, "since": since}
    return list(session.connection().execute(_FINISHED, asked).scalars())
