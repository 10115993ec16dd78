"""What must still hold when a message is sent: looked at again in the transaction that claims it.

A guard is one or several conditions parted by blanks, all of which must hold:
`consent.<scope>.<person>`  that person's newest word on the scope is yes; with `.<version>` behind
                            it, a yes to that version of the words or a later one;
`awake.<person>`            they have not paused what comes unasked;
`member.<person>`           they take part in the programme;
`stands.<run>.<turn>`       the run still waits at this turn.
`assigned.<assignment>`     what was assigned was not taken back.
`<person>`, `<run>` and `<assignment>` are ids in hex. A guard nobody understands does not hold.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import Session

from bot.store import tables

_p = tables.participant
_c = tables.consent
_PERSON = select(_p.c.standing, _p.c.paused_until).where(_p.c.id == bindparam("person"))
_ASSIGNED = select(tables.assignment.c.id).where(tables.assignment.c.id == bindparam("given"))
_NEWEST = (
    select(_c.c.granted, _c.c.version)
    .where(_c.c.participant_id == bindparam("person"), _c.c.scope == bindparam("scope"))
    .order_by(_c.c.id.desc())
    .limit(1)
)

_r = tables.run
_STANDS = select(_r.c.status, _r.c.turn).where(_r.c.id == bindparam("run"))


def consents(scope: str, person: UUID, since: int = 1) -> str:
    """The guard that a person still agrees to a scope, in this version of its words or later."""
    return f"consent.{scope}.{person.hex}.{since}"


def member(person: UUID) -> str:
    """The guard that a person takes part."""
    return f"member.{person.hex}"


def awake(person: UUID) -> str:
    """The guard that a person takes part and has not paused what comes unasked."""
    return f"member.{person.hex} awake.{person.hex}"


def stands(run: UUID, turn: int) -> str:
    """The guard that a run has gone neither on nor away."""
    return f"stands.{run.hex}.{turn}"


def assigned(assignment: UUID) -> str:
    """The guard that an assignment was not taken back."""
    return f"assigned.{assignment.hex}"


def holds(session: Session, guard: str | None, now: datetime) -> bool:
    """Whether a message with this guard may be sent now."""
    return guard is None or all(_holds(session, each, now) for each in guard.split())


def _holds(session: Session, condition: str, now: datetime) -> bool:
    match condition.split("."):
        case ["consent", scope, person, *since]:
            asked = {"person": UUID(hex=person), "scope": scope}
            newest = session.connection().execute(_NEWEST, asked).first()
            oldest = int(since[0]) if since else 1
            return newest is not None and newest.granted and bool(newest.version >= oldest)
        case ["awake" | "member" as kind, person]:
            row = session.connection().execute(_PERSON, {"person": UUID(hex=person)}).first()
            if row is None:
                return False
            if kind == "member":
                return bool(row.standing == "member")
            return row.paused_until is None or row.paused_until <= now
        case ["stands", run, turn]:
            row = session.connection().execute(_STANDS, {"run": UUID(hex=run)}).first()
            return row is not None and row.status == "waiting" and bool(row.turn == int(turn))
        case ["assigned", given]:
            asked = {"given": UUID(hex=given)}
            return session.connection().execute(_ASSIGNED, asked).first() is not None
    return False
