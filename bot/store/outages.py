"""Our own heartbeat, and the times in which we were down."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session

from bot.care.cadence import Beat, Outage
from bot.store import tables
from bot.store.upsert import Upsert

_b = tables.beat
_o = tables.outage
_LAST = select(_b.c.wall, _b.c.steady).where(_b.c.id == bindparam("boot"))
_OLD = delete(_b).where(
    _b.c.id != bindparam("ours"), _b.c.wall < bindparam("before", type_=_b.c.wall.type)
)
ANY = 1
"""The row of the last beat, whichever machine it was on; others are those of one start of one."""
_BEAT = Upsert(_b, "id", replace=("wall", "steady"))
_ADD = Upsert(_o, "start_at", replace=("end_at",))
_SINCE = (
    select(_o.c.start_at, _o.c.end_at)
    .where(_o.c.end_at > bindparam("since", type_=_o.c.end_at.type))
    .order_by(_o.c.start_at)
)
_AHEAD = delete(_o).where(_o.c.end_at > bindparam("now", type_=_o.c.end_at.type))


def last_beat(session: Session, boot: int = ANY) -> Beat | None:
    """The last heartbeat that was believed; that of one start of a machine, if `boot` names it."""
    row = session.connection().execute(_LAST, {"boot": boot}).first()
    return None if row is None else Beat(row.wall, row.steady)


def set_beat(session: Session, beat: Beat, boot: int = ANY) -> None:
    """Write down that we are here."""
    for number in {ANY, boot}:
        row = {"id": number, "wall": beat.wall, "steady": beat.steady}
        _BEAT.execute(session.connection(), row)


def forget_beats(session: Session, before: datetime) -> None:
    """The beats of machines that were started anew since."""
    session.connection().execute(_OLD, {"ours": ANY, "before": before})


def add(session: Session, outage: Outage) -> None:
    """Keep a time in which we were down."""
    _ADD.execute(session.connection(), {"start_at": outage.start, "end_at": outage.end})


def since(session: Session, moment: datetime) -> tuple[Outage, ...]:
    """The outages that ended after this moment, in order."""
    rows = session.connection().execute(_SINCE, {"since": moment})
    return tuple(Outage(row.start_at, row.end_at) for row in rows)


def forget_ahead(session: Session, now: datetime) -> None:
    """What a clock that went wrong wrote about times still to come."""
    session.connection().execute(_AHEAD, {"now": now})
