"""Whether somebody would like a partner, and what they said about whom; always sealed."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import bindparam, select
from sqlmodel import Session

from bot.private import PRIVATE
from bot.store import tables
from bot.store.upsert import Upsert
from bot.store.vault import Place, Vault

_t = tables.pair_wish
_SET = Upsert(_t, "participant_id", replace=("wants", "sealed_body", "at"))
_GET = select(_t.c.wants, _t.c.sealed_body).where(_t.c.participant_id == bindparam("person"))


class Wants(StrEnum):
    """`open`: said nothing, may be proposed; `yes`: asked for one; `no`: is left alone."""

    OPEN = "open"
    YES = "yes"
    NO = "no"


class Wish(BaseModel):
    """What somebody said of themselves, in codes; everything may be left unsaid."""

    model_config = PRIVATE

    wants: Wants = Wants.OPEN
    gender: str = ""
    with_gender: str = ""
    age: str = ""
    interests: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()


def get(session: Session, vault: Vault, person: UUID) -> Wish:
    """What somebody said; nothing where they said nothing."""
    row = session.connection().execute(_GET, {"person": person}).first()
    if row is None or row.sealed_body is None:
        return Wish()
    plain = vault.open(session, person, _place(person), row.sealed_body)
    return Wish.model_validate_json(plain).model_copy(update={"wants": Wants(row.wants)})


def keep(session: Session, vault: Vault, person: UUID, wish: Wish, now: datetime) -> None:
    """This is what they say now."""
    sealed = vault.seal(session, person, _place(person), wish.model_dump_json().encode())
    row = {"participant_id": person, "wants": wish.wants.value, "sealed_body": sealed, "at": now}
    _SET.execute(session.connection(), row)


def _place(person: UUID) -> Place:
    return Place("pair_wish", "sealed_body", person.hex)
