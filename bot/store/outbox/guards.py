"""What must still hold when a message is sent: looked at again in the transaction that claims it.

A guard is one or several conditions parted by blanks, all of which must hold:
`consent.<scope>.<person>`  that person's newest word on the scope is yes; with `.<version>` behind
                            it, a yes to that version of the words or a later one;
`awake.<person>`            they have not paused what comes unasked;
`member.<person>`           they take part in the programme;
`stands.<run>.<turn>`       the run still waits at this turn;
`assigned.<assignment>`     what was assigned was not taken back;
`enrolled.<enrolment>`      the workshop runs: it was neither left, nor taken back, nor is it over;
`loud.<person>`             their quiet hours are not now;
`pair.<pair>.<person>`      something may pass to this one of the two (`bot.store.outbox.pairing`);
`going.<pair>.<person>`     the pair is active, whether or not this one of the two muted the other;
`asked.<pair>.<person>`     the pair was approved and this one of the two has still to answer;
`share.<pair>.<person>.<kind>`  this one of the two lets the other see it;
`unpaused.<person>`         the same as awake, also for whoever was discharged;
`rehearsal.<rehearsal>`     the talk two partners practise goes on;
`alumni.<person>`           they finished it, want one hello a week, and have not paused it;
`works.<staff>`             this member of staff works here;
`alert.<alert>`             the alert is kept: its person has not deleted everything;
`written.<line>.<state>`    the line stands where it stood when it was read;
`instead.<key>`             the message with this key was called off, most often by its own guard;
`line.<line>.<version>`     the line stands on the board, and its writer still agrees to that (a yes
                            to that version of the words or a later one).
The names stand for ids in hex. A guard nobody understands does not hold.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlmodel import Session

from bot.store import tables
from bot.store.outbox import pairing

BOARD = "board_lines"
"""The scope a writer agreed to."""
_p = tables.participant
_c = tables.consent
_talk = tables.rehearsal
_GOES_ON = select(_talk.c.live).where(_talk.c.id == bindparam("rehearsal"))
_WORKS = select(tables.staff.c.active).where(tables.staff.c.id == bindparam("staff"))
_PERSON = select(_p.c.standing, _p.c.paused_until).where(_p.c.id == bindparam("person"))
_ASSIGNED = select(tables.assignment.c.id).where(tables.assignment.c.id == bindparam("given"))
_ENROLLED = select(tables.enrolment.c.state).where(tables.enrolment.c.id == bindparam("course"))
_m = tables.member
_ALUMNI = (
    select(_p.c.standing, _p.c.paused_until, _m.c.phase)
    .join(_m, _m.c.participant_id == _p.c.id)
    .where(_p.c.id == bindparam("person"))
)
_b = tables.board_line
_LINE = select(_b.c.participant_id, _b.c.state).where(_b.c.id == bindparam("line"))
_STATE = select(_b.c.state).where(_b.c.id == bindparam("line"))
_ALERT = select(tables.alert.c.id).where(tables.alert.c.id == bindparam("alert"))
_NEWEST = (
    select(_c.c.granted, _c.c.version)
    .where(_c.c.participant_id == bindparam("person"), _c.c.scope == bindparam("scope"))
    .order_by(_c.c.id.desc())
    .limit(1)
)

_o = tables.outbox
_STATUS = select(_o.c.status).where(_o.c.key == bindparam("of"))
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


def enrolled(enrolment: UUID) -> str:
    """The guard that a workshop runs for somebody."""
    return f"enrolled.{enrolment.hex}"


def unpaused(person: UUID) -> str:
    """The guard that a person has not paused what comes unasked; discharged people too."""
    return f"unpaused.{person.hex}"


def rehearsing(rehearsal: UUID) -> str:
    """The guard that the talk two partners practise still goes on."""
    return f"rehearsal.{rehearsal.hex}"


def passes(pair: UUID, receiver: UUID) -> str:
    """The guard that something may pass to this one of a pair, now that it is sent."""
    return f"pair.{pair.hex}.{receiver.hex}"


def going(pair: UUID, person: UUID) -> str:
    """The guard that the pair is active: for what this one of the two has to do with it alone."""
    return f"going.{pair.hex}.{person.hex}"


def asked(pair: UUID, person: UUID) -> str:
    """The guard that this one of a pair has still to say yes or no."""
    return f"asked.{pair.hex}.{person.hex}"


def loud(person: UUID) -> str:
    """The guard that a person's quiet hours are not now."""
    return f"loud.{person.hex}"


def shared(pair: UUID, person: UUID, kind: str) -> str:
    """The guard that this one of a pair lets the other see this kind of thing."""
    return f"share.{pair.hex}.{person.hex}.{kind}"


def alumni(person: UUID) -> str:
    """The guard that somebody who finished wants one hello a week and has not paused it."""
    return f"alumni.{person.hex}"


def works(staff: UUID) -> str:
    """The guard that somebody is still on the staff."""
    return f"works.{staff.hex}"


def alert(alert_id: UUID) -> str:
    """The guard that an alert is still kept: for what was written in it."""
    return f"alert.{alert_id.hex}"


def written(line_id: UUID, state: str) -> str:
    """The guard that a line is still where it was, neither decided on nor taken back."""
    return f"written.{line_id.hex}.{state}"


def line(line_id: UUID, since: int) -> str:
    """The guard that a line stands on the board and its writer still agrees to these words."""
    return f"line.{line_id.hex}.{since}"


def instead(key: str) -> str:
    """The guard that the message with this key, queued right before, was called off."""
    return f"instead.{key}"


def holds(session: Session, guard: str | None, now: datetime) -> bool:
    """Whether a message with this guard may be sent now."""
    return guard is None or all(_holds(session, each, now) for each in guard.split())


def _holds(session: Session, condition: str, now: datetime) -> bool:
    match condition.split("."):
        case ["consent", scope, person, *since]:
            return _agrees(session, UUID(hex=person), scope, int(since[0]) if since else 1)
        case ["awake" | "unpaused", person]:
            return _is_awake(session, UUID(hex=person), now)
        case ["member", person]:
            return _takes_part(session, UUID(hex=person))
        case ["alumni", person]:
            return _wants_hellos(session, UUID(hex=person), now)
        case ["stands", run, turn]:
            return _stands(session, UUID(hex=run), int(turn))
        case ["line", line, since]:
            return _is_on_the_board(session, UUID(hex=line), int(since))
        case ["written", line, state]:
            return _is(state, session, _STATE, line=UUID(hex=line))
        case ["instead", *key]:
            return _is("cancelled", session, _STATUS, of=".".join(key))
        case ["alert", alert]:
            return _is_there(session, _ALERT, alert=UUID(hex=alert))
        case ["assigned", given]:
            return _is_there(session, _ASSIGNED, given=UUID(hex=given))
        case ["enrolled", course]:
            return _is("running", session, _ENROLLED, course=UUID(hex=course))
        case ["works", staff]:
            return _is(True, session, _WORKS, staff=UUID(hex=staff))
        case ["rehearsal", rehearsal]:
            return _is(True, session, _GOES_ON, rehearsal=UUID(hex=rehearsal))
        case ["loud", person]:
            return pairing.is_loud(session, UUID(hex=person), now)
        case ["pair", pair, person]:
            return pairing.may_pass(session, UUID(hex=pair), UUID(hex=person), now)
        case ["going", pair, person]:
            return pairing.is_going(session, UUID(hex=pair), UUID(hex=person), now)
        case ["asked", pair, person]:
            return pairing.is_asked(session, UUID(hex=pair), UUID(hex=person), now)
        case ["share", pair, person, kind]:
            return pairing.is_shared(session, UUID(hex=pair), UUID(hex=person), kind)
    return False


def _is(value: object, session: Session, query: Select[Any], **asked: object) -> bool:
    return bool(session.connection().execute(query, asked).scalar() == value)


def _is_there(session: Session, query: Select[Any], **asked: object) -> bool:
    return session.connection().execute(query, asked).first() is not None


def _agrees(session: Session, person: UUID, scope: str, since: int) -> bool:
    asked = {"person": person, "scope": scope}
    newest = session.connection().execute(_NEWEST, asked).first()
    return newest is not None and newest.granted and bool(newest.version >= since)


def _is_awake(session: Session, person: UUID, now: datetime) -> bool:
    row = session.connection().execute(_PERSON, {"person": person}).first()
    return row is not None and (row.paused_until is None or row.paused_until <= now)


def _takes_part(session: Session, person: UUID) -> bool:
    row = session.connection().execute(_PERSON, {"person": person}).first()
    return row is not None and bool(row.standing == "member")


def _wants_hellos(session: Session, person: UUID, now: datetime) -> bool:
    row = session.connection().execute(_ALUMNI, {"person": person}).first()
    if row is None or (row.standing, row.phase) != ("discharged", "alumni"):
        return False
    return row.paused_until is None or bool(row.paused_until <= now)


def _stands(session: Session, run: UUID, turn: int) -> bool:
    row = session.connection().execute(_STANDS, {"run": run}).first()
    return row is not None and row.status == "waiting" and bool(row.turn == turn)


def _is_on_the_board(session: Session, line: UUID, since: int) -> bool:
    row = session.connection().execute(_LINE, {"line": line}).first()
    if row is None or row.state != "approved":
        return False
    return _agrees(session, row.participant_id, BOARD, since)
