"""Who finished an exercise within some time: ids only, nothing of what they wrote."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from bot.engine.run import Status
from bot.store import tables

_r = tables.run
_signs = (
    (tables.answer, "answered_at"),
    (tables.occurrence, "touched_at"),
    (tables.board_line, "written_at"),
    (tables.attendance, "at"),
)
_FINISHED = (
    select(_r.c.participant_id)
    .where(
        _r.c.participant_id.in_(bindparam("people", expanding=True)),
        _r.c.status == Status.FINISHED.value,
        _r.c.finished_at >= bindparam("start", type_=_r.c.finished_at.type),
        _r.c.finished_at < bindparam("end", type_=_r.c.finished_at.type),
    )
    .distinct()
)
_LATEST = (
    # Not when a run was begun or changed last: a check-in begins by itself.
    select(func.max(_r.c.finished_at, type_=_r.c.finished_at.type)).where(
        _r.c.participant_id == bindparam("person"), _r.c.status == Status.FINISHED.value
    ),
    *(
        select(func.max(table.c[column], type_=table.c[column].type)).where(
            table.c.participant_id == bindparam("person")
        )
        for table, column in _signs
    ),
)


def practised(
    session: Session, people: Collection[UUID], start: datetime, end: datetime
) -> set[UUID]:
    """Those of them who finished any exercise from `start` to before `end` (UTC)."""
    asked = {"people": list(people), "start": start, "end": end}
    return set(session.connection().execute(_FINISHED, asked).scalars())


def last_heard(session: Session, person: UUID) -> datetime | None:
    """When somebody last answered, finished, tapped, wrote to the group or said "I was here"."""
    connection = session.connection()
    found = (connection.execute(each, {"person": person}).scalar() for each in _LATEST)
    return max((each for each in found if each is not None), default=None)
