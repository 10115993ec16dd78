"""Who talks to the bot: found by a keyed hash of their Telegram id, never kept readable."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.ids import new_id
from bot.store.upsert import Upsert
from bot.store.vault import Place, Vault

_t = tables.participant

# On PostgreSQL the row stays locked until the transaction ends: whoever handles another update of
# this person, in this process or another, waits here, and so a person's updates keep their order.
# NO KEY UPDATE rather than UPDATE: a message for this person may still be queued meanwhile.
# SQLite has one writer and no such clause.
_FIND = (
    select(_t.c.id, _t.c.language, _t.c.zone, _t.c.country, _t.c.reachable, _t.c.created_at)
    .where(_t.c.telegram_key == bindparam("telegram_key"))
    .with_for_update(key_share=True)
)
_GET = (
    select(_t.c.id, _t.c.language, _t.c.zone, _t.c.country, _t.c.reachable, _t.c.created_at)
    .where(_t.c.id == bindparam("person"))
    .with_for_update(key_share=True)
)
_WELCOME = Upsert(_t, "telegram_key")
_SET_LANGUAGE = update(_t).where(_t.c.id == bindparam("person")).values(language=bindparam("to"))
_SET_ZONE = update(_t).where(_t.c.id == bindparam("person")).values(zone=bindparam("to"))
_SET_COUNTRY = update(_t).where(_t.c.id == bindparam("person")).values(country=bindparam("to"))
_SET_REACHABLE = update(_t).where(_t.c.id == bindparam("person")).values(reachable=bindparam("to"))


@dataclass(frozen=True, slots=True)
class Participant:
    """One person, without anything that says who they are.

    `country` (ISO 3166, two letters) is what they chose for help lines; None until they do.
    """

    id: UUID
    language: str
    zone: str
    country: str | None
    reachable: bool
    created_at: datetime


def find(session: Session, vault: Vault, telegram_id: int) -> Participant | None:
    """The person behind a Telegram id, locked for the rest of the transaction."""
    key = vault.lookup("telegram", str(telegram_id))
    row = session.connection().execute(_FIND, {"telegram_key": key}).first()
    return None if row is None else _participant(row)


def get(session: Session, person: UUID) -> Participant | None:
    """A person by our own id, locked in the same way."""
    row = session.connection().execute(_GET, {"person": person}).first()
    return None if row is None else _participant(row)


def welcome(
    session: Session, vault: Vault, telegram_id: int, language: str, zone: str, now: datetime
) -> Participant:
    """Take somebody in, with a key of their own; if another update was quicker, find them."""
    person = new_id(now)
    vault.new_key(session, person)
    row = {
        "id": person,
        "telegram_key": vault.lookup("telegram", str(telegram_id)),
        "sealed_address": vault.seal(
            session, person, address_of(person), str(telegram_id).encode()
        ),
        "language": language,
        "zone": zone,
        "reachable": True,
        "created_at": now,
    }
    if not _WELCOME.execute(session.connection(), row):
        vault.destroy_key(session, person)
    found = find(session, vault, telegram_id)
    assert found is not None
    return found


def address_of(person: UUID) -> Place:
    """Where a person's Telegram chat id is sealed."""
    return Place("participant", "sealed_address", person.hex)


def set_language(session: Session, person: UUID, language: str) -> None:
    """Speak this language with them from now on."""
    session.connection().execute(_SET_LANGUAGE, {"person": person, "to": language})


def set_zone(session: Session, person: UUID, zone: str) -> None:
    """Count their hours in this IANA zone from now on."""
    session.connection().execute(_SET_ZONE, {"person": person, "to": zone})


def set_country(session: Session, person: UUID, country: str) -> None:
    """Show them this country's help lines from now on."""
    session.connection().execute(_SET_COUNTRY, {"person": person, "to": country})


def set_reachable(session: Session, person: UUID, reachable: bool) -> None:
    """Note whether Telegram lets us write to them."""
    session.connection().execute(_SET_REACHABLE, {"person": person, "to": reachable})


def _participant(row: Row[*tuple[Any, ...]]) -> Participant:
    return Participant(row.id, row.language, row.zone, row.country, row.reachable, row.created_at)
