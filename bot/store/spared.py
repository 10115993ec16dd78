"""The topics one person wants to be warned of or spared: always sealed."""

from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import bindparam, delete, select
from sqlmodel import Session

from bot.catalog.exercise import Topic
from bot.catalog.topics import Wish
from bot.store import tables
from bot.store.prepared import Prepared
from bot.store.upsert import Upsert
from bot.store.vault import Place, Vault

Wishes = dict[Topic, Wish]

_t = tables.spared
_WISHES: TypeAdapter[Wishes] = TypeAdapter(Wishes)
_SET = Upsert(_t, "participant_id", replace=("sealed_body", "changed_at"))
_GET = Prepared(select(_t.c.sealed_body).where(_t.c.participant_id == bindparam("person")))
_DROP = delete(_t).where(_t.c.participant_id == bindparam("person"))


def keep(session: Session, vault: Vault, person: UUID, wishes: Wishes, now: datetime) -> None:
    """These and no others from now on; without any, nothing is kept."""
    if not wishes:
        session.connection().execute(_DROP, {"person": person})
        return
    body = vault.seal(session, person, _place(person), _WISHES.dump_json(wishes))
    row = {"participant_id": person, "sealed_body": body, "changed_at": now}
    _SET.execute(session.connection(), row)


def of_person(session: Session, vault: Vault, person: UUID) -> Wishes:
    """What this person wishes, by topic."""
    body = _GET.scalar(session.connection(), {"person": person})
    if body is None:
        return {}
    return _WISHES.validate_json(vault.open(session, person, _place(person), body))


def _place(person: UUID) -> Place:
    return Place("spared", "sealed_body", person.hex)
