"""How the bot is, as numbers: ages and counts from readable columns, no ids and no words.

Everything is found by an index, on a connection that only looks, so nobody waits for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Engine, bindparam, case, func, literal_column, select, text
from sqlmodel import Session

from bot.store import tables
from bot.store.outbox import Kind
from bot.store.upsert import Upsert

_v, _d, _o, _m = tables.vital, tables.due, tables.outbox, tables.mail
_a = tables.alert
_NOTE = Upsert(_v, "part", replace=("at", "by"))
_PARTS = select(_v.c.part, _v.c.at, _v.c.by)
_DUE = select(func.min(_d.c.at, type_=_d.c.at.type))
# Whatever was tried before is as old as it is; what was not, only waits since it may be sent.
_SINCE = case((_o.c.attempts + _o.c.ambiguous > 0, _o.c.created_at), else_=_o.c.not_before)
_OUTBOX = (
    select(_o.c.kind, func.min(_SINCE, type_=_o.c.created_at.type))
    .where(text(tables.LIVE), bindparam("now", type_=_o.c.created_at.type) >= _SINCE)
    .group_by(_o.c.kind)
)
_MAIL = select(func.min(_m.c.created_at, type_=_m.c.created_at.type)).where(text(tables.LIVE))
_TROUBLE = (
    select(_o.c.status, _o.c.kind, func.count())
    .where(text(tables.TROUBLE))
    .group_by(_o.c.status, _o.c.kind)
)
_DEAD = select(func.count()).select_from(tables.dead_letter)
_ALERTS = (
    select(_a.c.state, func.count(), func.min(_a.c.opened_at, type_=_a.c.opened_at.type))
    .where(literal_column("state") != literal_column("'closed'"))
    .group_by(_a.c.state)
)


@dataclass(frozen=True, slots=True)
class Vitals:
    """Ages in seconds; a part that never went well is missing, and what does not wait is 0.

    `trouble` counts messages by state (uncertain, failed) and kind; `alerts` are how many stand
    open and how many were taken, with the age of the oldest of each.
    """

    parts: Mapping[str, float]
    leaders: Mapping[str, str]
    due: float = 0.0
    outbox: Mapping[Kind, float] = field(default_factory=dict)
    mail: float = 0.0
    trouble: Mapping[tuple[str, Kind], int] = field(default_factory=dict)
    dead: int = 0
    alerts: Mapping[str, tuple[int, float]] = field(default_factory=dict)


def note(session: Session, part: str, at: datetime, by: str) -> None:
    """This part of the work went well at this moment, in the process of this name."""
    _NOTE.execute(session.connection(), {"part": part, "at": at, "by": by})


def look(engine: Engine, now: datetime) -> Vitals:
    """How everything is now; raises SQLAlchemyError where the database is away."""
    with engine.connect() as connection:
        return _look(connection, now)


def _look(connection: Connection, now: datetime) -> Vitals:
    def age(since: datetime | None) -> float:
        return 0.0 if since is None else max(0.0, (now - since).total_seconds())

    parts = connection.execute(_PARTS).all()
    waiting = {row[0]: age(row[1]) for row in connection.execute(_OUTBOX, {"now": now}).all()}
    trouble = {(row[0], Kind(row[1])): int(row[2]) for row in connection.execute(_TROUBLE).all()}
    alerts = {row[0]: (int(row[1]), age(row[2])) for row in connection.execute(_ALERTS).all()}
    return Vitals(
        parts={row.part: age(row.at) for row in parts},
        leaders={row.part: row.by for row in parts},
        due=age(connection.execute(_DUE).scalar()),
        outbox={kind: waiting.get(kind.value, 0.0) for kind in Kind},
        mail=age(connection.execute(_MAIL).scalar()),
        trouble={
            (state, kind): trouble.get((state, kind), 0)
            for state in ("uncertain", "failed")
            for kind in Kind
        },
        dead=int(connection.execute(_DEAD).scalar_one()),
        alerts={state: alerts.get(state, (0, 0.0)) for state in ("open", "taken")},
    )
