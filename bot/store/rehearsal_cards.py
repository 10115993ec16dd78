"""The cards after a rehearsal: what worked, what to try, and how the other was heard. Sealed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Row, bindparam, or_, select, update
from sqlmodel import Session

from bot.private import STRICT
from bot.store import tables
from bot.store.upsert import Upsert
from bot.store.vault import Place, Vault

SHOWN = 10
_t = tables.rehearsal_card
_r = tables.rehearsal
_p = tables.pair
_COLUMNS = select(
    *(_t.c.rehearsal_id, _t.c.round, _t.c.giver_id, _t.c.receiver_id, _t.c.sealed_body),
    *(_t.c.given_at, _t.c.heard),
)
_THIS = (_t.c.rehearsal_id == bindparam("rehearsal"), _t.c.round == bindparam("number"))
_GET = _COLUMNS.where(*_THIS)
_OF_GROUP = (
    _COLUMNS.join(_r, _r.c.id == _t.c.rehearsal_id)
    .join(_p, _p.c.id == _r.c.pair_id)
    .where(_p.c.group_id == bindparam("group"), _t.c.given_at.is_not(None))
    .order_by(_t.c.given_at.desc())
    .limit(bindparam("many"))
)
_OF_PERSON = _COLUMNS.where(
    or_(_t.c.giver_id == bindparam("person"), _t.c.receiver_id == bindparam("person")),
    _t.c.given_at.is_not(None),
).order_by(_t.c.given_at)
_KEEP = Upsert(_t, "rehearsal_id", "round", replace=("sealed_body", "given_at"))
_HEARD = update(_t).where(*_THIS, _t.c.heard.is_(None)).values(heard=bindparam("rating"))

Part = Literal["worked", "to_try", "reflect", "normalise", "ask"]
PARTS: tuple[Part, ...] = ("worked", "to_try", "reflect", "normalise", "ask")
"""In the order in which they are asked."""


class Said(BaseModel):
    """One part of a card: what was tapped (in every language, as it was then), one's own words, a
    beginning with the rest in one's own words, or nothing (left out)."""

    model_config = STRICT

    words: dict[str, str] | None = None
    text: str | None = None


class Body(BaseModel):
    """What stands on a card; None for what is still to be asked."""

    model_config = STRICT

    worked: Said | None = None
    to_try: Said | None = None
    reflect: Said | None = None
    normalise: Said | None = None
    ask: Said | None = None

    def part(self, name: Part) -> Said | None:
        """One part."""
        found: Said | None = getattr(self, name)
        return found

    @property
    def next(self) -> Part | None:
        """The first part still to be asked; None once all are."""
        return next((name for name in PARTS if self.part(name) is None), None)


@dataclass(frozen=True, slots=True)
class Card:
    """One card, from whom to whom; `given_at` is None while it is being written."""

    rehearsal: UUID
    round: int
    giver: UUID
    receiver: UUID
    body: Body
    given_at: datetime | None = None
    heard: int | None = None


def keep(session: Session, vault: Vault, card: Card) -> None:
    """Keeps it as it is now."""
    where = _place(card.rehearsal, card.round)
    row = {
        "rehearsal_id": card.rehearsal,
        "round": card.round,
        "giver_id": card.giver,
        "receiver_id": card.receiver,
        "sealed_body": vault.seal(
            session, card.giver, where, card.body.model_dump_json(exclude_none=True).encode()
        ),
        "given_at": card.given_at,
    }
    _KEEP.execute(session.connection(), row)


def get(session: Session, vault: Vault, rehearsal: UUID, number: int) -> Card | None:
    """The card of this round, given or not."""
    asked = {"rehearsal": rehearsal, "number": number}
    row = session.connection().execute(_GET, asked).first()
    return None if row is None else _card(session, vault, row)


def of_group(session: Session, vault: Vault, group: UUID) -> list[Card]:
    """The latest cards given in a group, newest first."""
    rows = session.connection().execute(_OF_GROUP, {"group": group, "many": SHOWN}).all()
    return [_card(session, vault, row) for row in rows]


def of_person(session: Session, vault: Vault, person: UUID) -> list[Card]:
    """The cards somebody gave or got, oldest first."""
    rows = session.connection().execute(_OF_PERSON, {"person": person}).all()
    return [_card(session, vault, row) for row in rows]


def rate(session: Session, rehearsal: UUID, number: int, rating: int) -> bool:
    """How far the receiver felt heard; False if they had said so before."""
    asked = {"rehearsal": rehearsal, "number": number, "rating": rating}
    return session.connection().execute(_HEARD, asked).rowcount == 1


def _card(session: Session, vault: Vault, row: Row[*tuple[Any, ...]]) -> Card:
    where = _place(row.rehearsal_id, row.round)
    plain = vault.open(session, row.giver_id, where, row.sealed_body)
    return Card(
        *(row.rehearsal_id, row.round, row.giver_id, row.receiver_id),
        *(Body.model_validate_json(plain), row.given_at, row.heard),
    )


def _place(rehearsal: UUID, number: int) -> Place:
    return Place("rehearsal_card", "sealed_body", f"{rehearsal.hex}.{number}")
