"""Into the outbox: queueing a message, calling one off, looking at what is there."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, literal_column, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.outbox.letters import Letter, State, body_place
from bot.store.prepared import Prepared
from bot.store.upsert import Upsert
from bot.store.vault import Vault

_t = tables.outbox
_ENQUEUE = Upsert(_t, "key")

_EDITS = Prepared(
    select(_t.c.message_id)
    .where(
        _t.c.asks_run == bindparam("run"),
        _t.c.asks_turn.is_not(None),
        _t.c.status == State.SENT.value,
        _t.c.message_id.is_not(None),
    )
    .order_by(_t.c.id.desc())
    .limit(1)
)
_SHOWN = Prepared(
    select(_t.c.message_id)
    .where(
        _t.c.asks_run == bindparam("run"),
        _t.c.status == State.SENT.value,
        _t.c.message_id.is_not(None),
    )
    .order_by(_t.c.id.desc())
    .limit(1)
)
_CALL_OFF = Prepared(
    update(_t)
    .where(_t.c.key == bindparam("of"), _t.c.status == literal_column("'pending'"))
    .values(status=State.CANCELLED.value, error="called off", sealed_body=None)
)
_SUPERSEDE = Prepared(
    update(_t)
    .where(
        _t.c.asks_run == bindparam("run"),
        _t.c.redraws.is_(True),
        _t.c.status == literal_column("'pending'"),
    )
    .values(status=State.CANCELLED.value, error="superseded", sealed_body=None)
)
_BLANK = (
    update(_t)
    .where(
        _t.c.sealed_body.is_not(None),
        _t.c.status.not_in([State.PENDING.value, State.SENDING.value]),
    )
    .values(sealed_body=None)
)
_BRING_FORWARD = (
    update(_t)
    .where(
        _t.c.status == literal_column("'pending'"),
        _t.c.not_before > bindparam("now", type_=_t.c.not_before.type),
    )
    .values(not_before=bindparam("now", type_=_t.c.not_before.type))
)
_STATUS = select(_t.c.status, _t.c.created_at).where(_t.c.key == bindparam("of"))
_SENT_IN = Prepared(
    select(_t.c.message_id).where(
        _t.c.key == bindparam("of"),
        _t.c.status == State.SENT.value,
        _t.c.message_id.is_not(None),
    )
)
_COUNTS = select(_t.c.status, func.count()).group_by(_t.c.status)


def enqueue(session: Session, vault: Vault, letter: Letter, now: datetime) -> bool:
    """Queue a message; False if one with this key was queued before."""
    row = {
        "key": letter.key,
        "participant_id": letter.person,
        "kind": letter.kind.value,
        "policy": letter.policy.value,
        "sealed_body": vault.seal(
            session, letter.person, body_place(letter.key), letter.body.encode()
        ),
        "asks_run": letter.asks_run,
        "asks_turn": letter.asks_turn,
        "redraws": letter.redraws,
        "guard": letter.guard,
        "status": State.PENDING.value,
        "attempts": 0,
        "ambiguous": 0,
        "not_before": letter.not_before,
        "expires_at": letter.expires_at,
        "created_at": now,
    }
    return _ENQUEUE.execute(session.connection(), row)


def drop_redraws(session: Session, run: UUID) -> None:
    """Call off changes to a question's message that are overtaken: by the next, or by its end."""
    _SUPERSEDE.run(session.connection(), {"run": run})


def asked_in(session: Session, run: UUID) -> int | None:
    """The message that asked this run's last question, if it was sent."""
    return _EDITS.scalar(session.connection(), {"run": run})


def shown_in(session: Session, run: UUID) -> int | None:
    """The last message of this run that was sent, whether or not it asked something."""
    return _SHOWN.scalar(session.connection(), {"run": run})


def sent_in(session: Session, key: str) -> int | None:
    """The message with this key, if it was sent."""
    return _SENT_IN.scalar(session.connection(), {"of": key})


def call_off(session: Session, key: str) -> bool:
    """The message with this key is not sent; False once it is on its way, or there is none."""
    return _CALL_OFF.run(session.connection(), {"of": key}) == 1


def blank_bodies(session: Session) -> int:
    """Forget the words of settled messages that an earlier version kept for a day; how many."""
    return session.connection().execute(_BLANK).rowcount


def bring_forward(session: Session, now: datetime) -> None:
    """Nothing waits for a moment that a clock which went wrong has set."""
    session.connection().execute(_BRING_FORWARD, {"now": now})


def status(session: Session, key: str) -> tuple[str, datetime] | None:
    """Where the message with this key stands, and since when it was queued."""
    row = session.connection().execute(_STATUS, {"of": key}).first()
    return None if row is None else (row.status, row.created_at)


def counts(session: Session) -> dict[str, int]:
    """How many messages stand where; every state is there, if only with 0."""
    found = {row[0]: int(row[1]) for row in session.connection().execute(_COUNTS).all()}
    return {state.value: found.get(state.value, 0) for state in State}
