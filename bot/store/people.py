"""Who talks to the bot: found by a keyed hash of their Telegram id, never kept readable."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.ids import new_id
from bot.store.prepared import Prepared
from bot.store.upsert import Upsert
from bot.store.vault import Place, Vault

_t = tables.participant

# On PostgreSQL the row stays locked until the transaction ends: whoever handles another update of
# this person, in this process or another, waits here, and so a person's updates keep their order.
# NO KEY UPDATE rather than UPDATE: a message for this person may still be queued meanwhile.
# SQLite has one writer and no such clause.
_COLUMNS = select(
    *(_t.c.id, _t.c.language, _t.c.zone, _t.c.country, _t.c.reachable, _t.c.standing),
    *(_t.c.onboarding, _t.c.paused_until, _t.c.plain, _t.c.created_at),
)
_FIND = Prepared(
    _COLUMNS.where(_t.c.telegram_key == bindparam("telegram_key")).with_for_update(key_share=True)
)
_ONE = _COLUMNS.where(_t.c.id == bindparam("person"))
_LOOK = Prepared(_ONE)
_GET = Prepared(_ONE.with_for_update(key_share=True))
_STANDING = Prepared(select(_t.c.standing).where(_t.c.id == bindparam("person")))
_WELCOME = Upsert(_t, "telegram_key")
_ERASED = select(tables.tombstone.c.at).where(
    tables.tombstone.c.telegram_key == bindparam("telegram_key")
)
_NEXT = timedelta(microseconds=1)
_DELETE = delete(_t).where(_t.c.id == bindparam("person"))
_SET = {
    name: Prepared(update(_t).where(_t.c.id == bindparam("person")).values({name: bindparam("to")}))
    for name in ("language", "zone", "country", "reachable", "standing", "onboarding", "plain")
} | {
    "paused_until": Prepared(
        update(_t)
        .where(_t.c.id == bindparam("person"))
        .values(paused_until=bindparam("to", type_=_t.c.paused_until.type))
    )
}


class Standing(StrEnum):
    """What somebody is to the programme.

    A stranger has no valid invitation; a pending newcomer took one and waits until the therapist
    confirms them; a member takes part; a discharged one did; staff look after groups.
    """

    STRANGER = "stranger"
    PENDING = "pending"
    MEMBER = "member"
    DISCHARGED = "discharged"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Participant:
    """One person, without anything that says who they are.

    `country` (ISO 3166, two letters) is what they chose for help lines; None until they do.
    `onboarding` is the step they have still to take, None once all are taken. Until `paused_until`
    (UTC) nothing is sent unasked. `plain` asks for easier words; None while they have not chosen.
    """

    id: UUID
    language: str
    zone: str
    country: str | None
    reachable: bool
    standing: Standing
    onboarding: str | None
    paused_until: datetime | None
    created_at: datetime
    plain: bool | None = None


def find(session: Session, vault: Vault, telegram_id: int) -> Participant | None:
    """The person behind a Telegram id, locked for the rest of the transaction."""
    key = vault.lookup("telegram", str(telegram_id))
    row = _FIND.first(session.connection(), {"telegram_key": key})
    return None if row is None else _participant(row)


def get(session: Session, person: UUID) -> Participant | None:
    """A person by our own id, locked in the same way."""
    row = _GET.first(session.connection(), {"person": person})
    return None if row is None else _participant(row)


def standing_of(session: Session, person: UUID) -> Standing | None:
    """What somebody is to the programme, without locking them; None if there is nobody."""
    found = _STANDING.scalar(session.connection(), {"person": person})
    return None if found is None else Standing(found)


def look(session: Session, person: UUID) -> Participant | None:
    """A person by our own id, not locked: for a second person in one transaction."""
    row = _LOOK.first(session.connection(), {"person": person})
    return None if row is None else _participant(row)


def welcome(
    session: Session, vault: Vault, telegram_id: int, language: str, zone: str, now: datetime
) -> Participant:
    """Take somebody in as a stranger, with a key of their own; if another update was quicker,
    find them."""
    person = new_id(now)
    vault.new_key(session, person)
    if not _take_in(session, vault, person, telegram_id, (language, zone), now):
        vault.destroy_key(session, person)
    found = find(session, vault, telegram_id)
    assert found is not None
    return found


def take_place(
    session: Session, vault: Vault, person: UUID, telegram_id: int, of: Participant, now: datetime
) -> Participant:
    """Give somebody the id and the key prepared for them (staff); who they were before is gone.

    So is whoever held the place before: they come in with another phone. The key of a place of
    staff is never destroyed, because it seals their name in the records.
    """
    for each in (of.id, person):
        session.connection().execute(_DELETE, {"person": each})
    if of.standing is not Standing.STAFF:
        vault.destroy_key(session, of.id)
    _take_in(session, vault, person, telegram_id, (of.language, of.zone), now)
    found = find(session, vault, telegram_id)
    assert found is not None
    return found


def _take_in(
    session: Session,
    vault: Vault,
    person: UUID,
    telegram_id: int,
    tongue_and_zone: tuple[str, str],
    now: datetime,
) -> bool:
    language, zone = tongue_and_zone
    key = vault.lookup("telegram", str(telegram_id))
    # A clock that ran ahead may have erased them in what is the future still; they came after it,
    # or the list would erase them again at each start.
    erased = session.connection().execute(_ERASED, {"telegram_key": key}).scalar()
    row = {
        "id": person,
        "telegram_key": key,
        "sealed_address": vault.seal(
            session, person, address_of(person), str(telegram_id).encode()
        ),
        "language": language,
        "zone": zone,
        "reachable": True,
        "standing": Standing.STRANGER.value,
        "created_at": now if erased is None else max(now, erased + _NEXT),
    }
    return _WELCOME.execute(session.connection(), row)


def telegram_id_of(session: Session, vault: Vault, person: UUID) -> int | None:
    """Which Telegram account somebody writes from; None if there is nobody."""
    query = select(_t.c.sealed_address).where(_t.c.id == person)
    sealed = session.connection().execute(query).scalar()
    return None if sealed is None else int(vault.open(session, person, address_of(person), sealed))


def address_of(person: UUID) -> Place:
    """Where a person's Telegram chat id is sealed."""
    return Place("participant", "sealed_address", person.hex)


def set_language(session: Session, person: UUID, language: str) -> None:
    """Speak this language with them from now on."""
    _set(session, person, "language", language)


def set_zone(session: Session, person: UUID, zone: str) -> None:
    """Count their hours in this IANA zone from now on."""
    _set(session, person, "zone", zone)


def set_country(session: Session, person: UUID, country: str) -> None:
    """Show them this country's help lines from now on."""
    _set(session, person, "country", country)


def set_reachable(session: Session, person: UUID, reachable: bool) -> None:
    """Note whether Telegram lets us write to them."""
    _set(session, person, "reachable", reachable)


def set_standing(session: Session, person: UUID, standing: Standing) -> None:
    """Change what they are to the programme."""
    _set(session, person, "standing", standing.value)


def set_onboarding(session: Session, person: UUID, step: str | None) -> None:
    """Note the step of the onboarding they have still to take; None when all are taken."""
    _set(session, person, "onboarding", step)


def set_paused(session: Session, person: UUID, until: datetime | None) -> None:
    """Send nothing unasked before this moment (UTC); None ends the pause."""
    _set(session, person, "paused_until", until)


def set_plain(session: Session, person: UUID, wanted: bool) -> None:
    """Use easier words with them from now on, or the usual ones."""
    _set(session, person, "plain", wanted)


def _set(session: Session, person: UUID, column: str, to: object) -> None:
    _SET[column].run(session.connection(), {"person": person, "to": to})


def _participant(row: Row[*tuple[Any, ...]]) -> Participant:
    return Participant(
        row.id,
        row.language,
        row.zone,
        row.country,
        row.reachable,
        Standing(row.standing),
        row.onboarding,
        row.paused_until,
        row.created_at,
        row.plain,
    )
