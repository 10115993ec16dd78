"""What must still hold when a message is sent: looked at again in the transaction that claims it.

A guard is one or several conditions parted by blanks, all of which must hold:
`consent.<scope>.<person>`  that person's newest word on the scope is yes; with `.<version>` behind
                            it, a yes to that version of the words or a later one;
`awake.<person>`            they have not paused what comes unasked;
`member.<person>`           they take part in the programme;
`alumni.<person>`           they finished it, want one hello a week, and have not paused it;
`line.<line>.<version>`     the line stands on the board, and its writer still agrees to that (a yes
                            to that version of the words or a later one).
`<person>` is the id in hex. A guard nobody understands does not hold.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import Session

from bot.store import tables

BOARD = "board_lines"
"""The scope a writer agreed to."""
_p = tables.participant
_c = tables.consent
_PERSON = select(_p.c.standing, _p.c.paused_until).where(_p.c.id == bindparam("person"))
_m = tables.member
_ALUMNI = (
    select(_p.c.standing, _p.c.paused_until, _m.c.phase)
    .join(_m, _m.c.participant_id == _p.c.id)
    .where(_p.c.id == bindparam("person"))
)
_b = tables.board_line
_LINE = select(_b.c.participant_id, _b.c.state).where(_b.c.id == bindparam("line"))
_NEWEST = (
    select(_c.c.granted, _c.c.version)
    .where(_c.c.participant_id == bindparam("person"), _c.c.scope == bindparam("scope"))
    .order_by(_c.c.id.desc())
    .limit(1)
)


def consents(scope: str, person: UUID, since: int = 1) -> str:
    """The guard that a person still agrees to a scope, in this version of its words or later."""
    return f"consent.{scope}.{person.hex}.{since}"


def member(person: UUID) -> str:
    """The guard that a person takes part."""
    return f"member.{person.hex}"


def awake(person: UUID) -> str:
    """The guard that a person takes part and has not paused what comes unasked."""
    return f"member.{person.hex} awake.{person.hex}"


def alumni(person: UUID) -> str:
    """The guard that somebody who finished wants one hello a week and has not paused it."""
    return f"alumni.{person.hex}"


def line(line_id: UUID, since: int) -> str:
    """The guard that a line stands on the board and its writer still agrees to these words."""
    return f"line.{line_id.hex}.{since}"


def holds(session: Session, guard: str | None, now: datetime) -> bool:
    """Whether a message with this guard may be sent now."""
    return guard is None or all(_holds(session, each, now) for each in guard.split())


def _holds(session: Session, condition: str, now: datetime) -> bool:
    match condition.split("."):
        case ["consent", scope, person, *since]:
            return _agrees(session, UUID(hex=person), scope, int(since[0]) if since else 1)
        case ["line", line, since]:
            found = session.connection().execute(_LINE, {"line": UUID(hex=line)}).first()
            if found is None or found.state != "approved":
                return False
            return _agrees(session, found.participant_id, BOARD, int(since))
        case ["alumni", person]:
            alumni = session.connection().execute(_ALUMNI, {"person": UUID(hex=person)}).first()
            if alumni is None or (alumni.standing, alumni.phase) != ("discharged", "alumni"):
                return False
            return alumni.paused_until is None or bool(alumni.paused_until <= now)
        case ["awake" | "member" as kind, person]:
            row = session.connection().execute(_PERSON, {"person": UUID(hex=person)}).first()
            if row is None:
                return False
            if kind == "member":
                return bool(row.standing == "member")
            return row.paused_until is None or row.paused_until <= now
    return False


def _agrees(session: Session, person: UUID, scope: str, since: int) -> bool:
    asked = {"person": person, "scope": scope}
    newest = session.connection().execute(_NEWEST, asked).first()
    return newest is not None and newest.granted and bool(newest.version >= since)
