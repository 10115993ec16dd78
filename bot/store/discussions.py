"""Which question a therapist picked for which session of a group."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import Session

from bot.store import tables
from bot.store.upsert import Upsert

_t = tables.discussion
_CHOOSE = Upsert(_t, "group_id", "session_date", replace=("question", "chosen_by", "chosen_at"))
_CHOSEN = select(_t.c.question).where(
    _t.c.group_id == bindparam("group"),
    _t.c.session_date == bindparam("day", type_=_t.c.session_date.type),
)


def choose(
    session: Session, group: UUID, day: date, question: str, by: UUID, now: datetime
) -> None:
    """The question for the session on this local date; a later pick takes its place."""
    row = {"group_id": group, "session_date": day, "question": question}
    _CHOOSE.execute(session.connection(), {**row, "chosen_by": by, "chosen_at": now})


def chosen(session: Session, group: UUID, day: date) -> str | None:
    """The id of the question that was picked; None where nobody picked one."""
    return session.connection().execute(_CHOSEN, {"group": group, "day": day}).scalar()
