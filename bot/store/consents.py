"""What people agreed to: every yes and no is kept, the newest of each scope counts."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, insert, select
from sqlmodel import Session

from bot.store import tables
from bot.store.ids import new_id
from bot.store.prepared import Prepared

_t = tables.consent
_ALL = Prepared(
    select(_t.c.scope, _t.c.granted, _t.c.version, _t.c.text_sha, _t.c.at)
    .where(_t.c.participant_id == bindparam("person"))
    .order_by(_t.c.id)
)
_WORD = Prepared(
    select(_t.c.scope, _t.c.granted, _t.c.version)
    .where(_t.c.participant_id == bindparam("person"))
    .order_by(_t.c.id)
)
_LAST = (
    select(_t.c.id)
    .where(_t.c.participant_id == bindparam("person"))
    .order_by(_t.c.id.desc())
    .limit(1)
)
_OF_PEOPLE = (
    select(
        *(_t.c.participant_id, _t.c.scope, _t.c.granted, _t.c.version, _t.c.text_sha, _t.c.at),
    )
    .where(
        _t.c.participant_id.in_(bindparam("people", expanding=True)),
        _t.c.scope.in_(bindparam("scopes", expanding=True)),
    )
    .order_by(_t.c.id)
)


@dataclass(frozen=True, slots=True)
class Event:
    """One yes or no: to which words (version, SHA-256 of the text as shown), and when (UTC)."""

    scope: str
    granted: bool
    version: int
    text_sha: str
    at: datetime


def record(session: Session, person: UUID, event: Event) -> None:
    """Keep what somebody said; what they said before stays on record, and counts no more, even if
    it was said by a clock that ran ahead."""
    last = session.connection().execute(_LAST, {"person": person}).scalar()
    row = {
        "id": new_id(event.at, after=last),
        "participant_id": person,
        "scope": event.scope,
        "granted": event.granted,
        "version": event.version,
        "text_sha": event.text_sha,
        "at": event.at,
    }
    session.connection().execute(insert(_t), row)


def events(session: Session, person: UUID) -> list[Event]:
    """Everything somebody said, the oldest first."""
    rows = _ALL.all(session.connection(), {"person": person})
    return [Event(row.scope, row.granted, row.version, row.text_sha, row.at) for row in rows]


def newest(session: Session, person: UUID) -> Mapping[str, Event]:
    """The last word on each scope."""
    return {event.scope: event for event in events(session, person)}


def last_words(session: Session, person: UUID) -> Mapping[str, tuple[bool, int]]:
    """The last word on each scope: yes or no, and to which version. Every update asks for it."""
    rows = _WORD.all(session.connection(), {"person": person})
    return {row.scope: (row.granted, row.version) for row in rows}


def newest_of(
    session: Session, people: Collection[UUID], scopes: Collection[str]
) -> dict[UUID, dict[str, Event]]:
    """The last word of each of these people on each of these scopes, in one look."""
    found: defaultdict[UUID, dict[str, Event]] = defaultdict(dict)
    asked = {"people": list(people), "scopes": list(scopes)}
    for person, *event in session.connection().execute(_OF_PEOPLE, asked):
        found[person][event[0]] = Event(*event)
    return found
