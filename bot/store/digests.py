"""When each member of staff wants the digest of their groups."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import Session

from bot.store import tables
from bot.store.upsert import Upsert

_t = tables.digest
_SET = Upsert(_t, "staff_id", replace=("weekday", "hour"))
_GET = select(_t.c.weekday, _t.c.hour).where(_t.c.staff_id == bindparam("staff"))


@dataclass(frozen=True, slots=True)
class Chosen:
    """Weekday 0 (Monday) to 6, None for never; HH:MM on the programme's clock."""

    weekday: int | None = 0
    hour: str = "08:00"


def of(session: Session, staff: UUID) -> Chosen:
    """What somebody chose; Monday at eight until they do."""
    row = session.connection().execute(_GET, {"staff": staff}).first()
    return Chosen() if row is None else Chosen(row.weekday, row.hour)


def choose(session: Session, staff: UUID, chosen: Chosen) -> None:
    """Keeps it."""
    row = {"staff_id": staff, "weekday": chosen.weekday, "hour": chosen.hour}
    _SET.execute(session.connection(), row)
