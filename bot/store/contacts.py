"""How staff may call somebody, and when it is safe to; and which aliases a group has taken."""

import json
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from bot.store import members, tables
from bot.store.vault import Place, Vault

_t = tables.member
_GET = select(_t.c.sealed_contact).where(_t.c.participant_id == bindparam("person"))
_SET = (
    update(_t)
    .where(_t.c.participant_id == bindparam("person"))
    .values(sealed_contact=bindparam("to", type_=_t.c.sealed_contact.type))
)
_g = tables.care_group
_LOCK = select(_g.c.id).where(_g.c.id == bindparam("group")).with_for_update()


@dataclass(frozen=True, slots=True)
class Contact:
    """A number to call back, and in the person's own words when that is safe; both may be ""."""

    number: str = ""
    when: str = ""


def get(session: Session, vault: Vault, person: UUID) -> Contact:
    """What somebody left; empty if nothing."""
    sealed = session.connection().execute(_GET, {"person": person}).scalar()
    if sealed is None:
        return Contact()
    return Contact(**json.loads(vault.open(session, person, _place(person), sealed)))


def put(session: Session, vault: Vault, person: UUID, contact: Contact) -> None:
    """Keep it, sealed; an empty one leaves nothing."""
    sealed = None
    if contact != Contact():
        plain = json.dumps(asdict(contact)).encode()
        sealed = vault.seal(session, person, _place(person), plain)
    session.connection().execute(_SET, {"person": person, "to": sealed})


def aliases(session: Session, vault: Vault, group: UUID, besides: UUID) -> list[str]:
    """The aliases of everybody else in a group. The group stays locked until the transaction ends,
    so that two people cannot take the same one at once."""
    session.connection().execute(_LOCK, {"group": group})
    everybody = members.of_group(session, vault, group)
    return [each.alias for each in everybody if each.alias and each.person != besides]


def _place(person: UUID) -> Place:
    return Place("member", "sealed_contact", person.hex)
