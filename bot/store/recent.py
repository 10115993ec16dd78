"""What somebody wrote within the last minute, sealed: read together, then forgotten."""

from datetime import datetime, timedelta
from uuid import UUID

from pydantic import BaseModel, TypeAdapter
from sqlalchemy import bindparam, delete, select
from sqlmodel import Session

from bot.catalog.risk import Tier
from bot.private import PRIVATE
from bot.store import tables
from bot.store.prepared import Prepared
from bot.store.upsert import Upsert
from bot.store.vault import Place, Vault

MINUTE = timedelta(seconds=60)
MOST = 6
LONGEST = 400
"""A longer text says by itself what it says; nobody splits that over messages."""

_t = tables.recent
_GET = Prepared(select(_t.c.sealed_texts).where(_t.c.participant_id == bindparam("person")))
_KEEP = Upsert(_t, "participant_id", replace=("sealed_texts", "at"))
_FORGET = delete(_t).where(_t.c.at < bindparam("before"))


class Said(BaseModel):
    """One text: when, under which mark, what; and the tier found in it, or in it together with
    those before it."""

    model_config = PRIVATE

    at: datetime
    mark: int
    text: str
    tier: Tier = Tier.NONE


_SEVERAL = TypeAdapter(tuple[Said, ...], config=PRIVATE)


def within_a_minute(session: Session, vault: Vault, person: UUID, now: datetime) -> list[Said]:
    """What they wrote in the last 60 seconds, oldest first; nothing from a clock that ran ahead."""
    sealed = _GET.scalar(session.connection(), {"person": person})
    if sealed is None:
        return []
    found = _SEVERAL.validate_json(vault.open(session, person, _place(person), sealed))
    return [said for said in found if abs(now - said.at) < MINUTE]


def keep(session: Session, vault: Vault, person: UUID, said: list[Said], now: datetime) -> None:
    """Keeps these for the next message; what was kept before is gone."""
    kept = tuple(each for each in said if len(each.text) <= LONGEST)[-MOST:]
    sealed = vault.seal(session, person, _place(person), _SEVERAL.dump_json(kept))
    row = {"participant_id": person, "sealed_texts": sealed, "at": now}
    _KEEP.execute(session.connection(), row)


def forget(session: Session, before: datetime) -> int:
    """Drops what nobody added to since then; how many people's."""
    return session.connection().execute(_FORGET, {"before": before}).rowcount


def _place(person: UUID) -> Place:
    return Place("recent", "sealed_texts", person.hex)
