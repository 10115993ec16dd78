"""What therapists write to somebody about one entry, and what became of it on its way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, func, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.upsert import Upsert
from bot.store.vault import Place, Vault

_t = tables.comment
_o = tables.outbox
_ADD = Upsert(_t, "id")
_KEY = "comment"
_COLUMNS = select(
    *(_t.c.id, _t.c.run_id, _t.c.participant_id, _t.c.staff_id, _t.c.sealed_text),
    *(_t.c.written_at, _t.c.attempt, _t.c.stopped, _t.c.thanked_at),
)
_GET = _COLUMNS.where(_t.c.id == bindparam("comment")).with_for_update()
_OF_RUN = _COLUMNS.where(_t.c.run_id == bindparam("entry")).order_by(_t.c.written_at, _t.c.id)
_OF_PERSON = _COLUMNS.where(_t.c.participant_id == bindparam("person")).order_by(_t.c.id)
_TIMES = (
    select(_t.c.run_id, _t.c.staff_id, _t.c.written_at)
    .where(
        _t.c.participant_id == bindparam("person"),
        _t.c.written_at >= bindparam("since", type_=_t.c.written_at.type),
        _t.c.written_at < bindparam("until", type_=_t.c.written_at.type),
    )
    .order_by(_t.c.id)
)
_ON_THE_WAY = select(_o.c.status, _o.c.sent_at, _o.c.error).where(_o.c.key == bindparam("of"))
_MANY = (
    select(_t.c.run_id, func.count())
    .where(_t.c.participant_id == bindparam("person"))
    .group_by(_t.c.run_id)
)
_SET = {
    name: update(_t)
    .where(_t.c.id == bindparam("comment"))
    .values({name: bindparam("to", type_=_t.c[name].type)})
    for name in ("attempt", "stopped")
}
_THANK = (
    update(_t)
    .where(_t.c.id == bindparam("comment"), _t.c.thanked_at.is_(None))
    .values(thanked_at=bindparam("at", type_=_t.c.thanked_at.type))
)
_REMOVE = delete(_t).where(_t.c.id == bindparam("comment"))


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment. `attempt` is 0 until it was given to the outbox; `stopped` is why it was not
    sent, by a code; `by` a member of staff."""

    id: UUID
    run: UUID
    person: UUID
    by: UUID
    text: str
    written_at: datetime
    attempt: int = 0
    stopped: str | None = None
    thanked_at: datetime | None = None

    @property
    def key(self) -> str:
        """That of the due row it waits in."""
        return f"{_KEY}.{self.id.hex}"

    @property
    def letter(self) -> str:
        """That of the outbox row which carries it, where its fate can be read."""
        return f"{self.key}.{self.attempt}"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of its message: a status of the outbox, when it was sent (UTC), what went wrong
    by a code."""

    status: str
    sent_at: datetime | None
    error: str | None


def add(session: Session, vault: Vault, comment: Comment) -> bool:
    """Keeps a new one; False if there is one with this id, which stays as it is."""
    row = {
        "id": comment.id,
        "run_id": comment.run,
        "participant_id": comment.person,
        "staff_id": comment.by,
        "sealed_text": vault.seal(
            session, comment.person, _place(comment.id), comment.text.encode()
        ),
        "written_at": comment.written_at,
        "attempt": comment.attempt,
    }
    return _ADD.execute(session.connection(), row)


def get(session: Session, vault: Vault, comment: UUID) -> Comment | None:
    """One, locked for the rest of the transaction."""
    row = session.connection().execute(_GET, {"comment": comment}).first()
    return None if row is None else _comment(session, vault, row)


def of_run(session: Session, vault: Vault, run: UUID) -> list[Comment]:
    """Those on one entry, oldest first."""
    rows = session.connection().execute(_OF_RUN, {"entry": run}).all()
    return [_comment(session, vault, row) for row in rows]


def of_person(session: Session, vault: Vault, person: UUID) -> list[Comment]:
    """All that somebody was written, oldest first."""
    rows = session.connection().execute(_OF_PERSON, {"person": person}).all()
    return [_comment(session, vault, row) for row in rows]


def times(
    session: Session, person: UUID, since: datetime, until: datetime
) -> list[tuple[UUID, UUID, datetime]]:
    """On which entry, by whom, when: from `since` to before `until` (UTC); nothing is opened."""
    asked = {"person": person, "since": since, "until": until}
    rows = session.connection().execute(_TIMES, asked).all()
    return [(row.run_id, row.staff_id, row.written_at) for row in rows]


def counts(session: Session, person: UUID) -> dict[UUID, int]:
    """How many there are on each of somebody's entries."""
    rows = session.connection().execute(_MANY, {"person": person}).all()
    return {row[0]: int(row[1]) for row in rows}


def fate(session: Session, comment: Comment) -> Fate | None:
    """What became of its message; None while there is none."""
    row = session.connection().execute(_ON_THE_WAY, {"of": comment.letter}).first()
    return None if row is None else Fate(row.status, row.sent_at, row.error)


def set_attempt(session: Session, comment: UUID, attempt: int) -> None:
    """It was given to the outbox once more; `attempt` counts these times."""
    session.connection().execute(_SET["attempt"], {"comment": comment, "to": attempt})


def set_stopped(session: Session, comment: UUID, why: str | None) -> None:
    """It is not sent, and why; None: it is on its way again."""
    session.connection().execute(_SET["stopped"], {"comment": comment, "to": why})


def thank(session: Session, comment: UUID, now: datetime) -> bool:
    """The person said thank you; False if they had."""
    return session.connection().execute(_THANK, {"comment": comment, "at": now}).rowcount == 1


def remove(session: Session, comment: UUID) -> None:
    """It was never written."""
    session.connection().execute(_REMOVE, {"comment": comment})


def _comment(session: Session, vault: Vault, row: Row[*tuple[Any, ...]]) -> Comment:
    person = row.participant_id
    plain = vault.open(session, person, _place(row.id), row.sealed_text)
    return Comment(
        *(row.id, row.run_id, person, row.staff_id, plain.decode(), row.written_at),
        *(row.attempt, row.stopped, row.thanked_at),
    )


def _place(comment: UUID) -> Place:
    return Place("comment", "sealed_text", comment.hex)
