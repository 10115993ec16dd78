"""What lies sealed in an alert: each thing that was said or tapped, under that person's key."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlmodel import Session

from bot.catalog.risk import Tier
from bot.private import PRIVATE
from bot.store.vault import Place, Vault

ITEMS = 40
"""So many items are kept in one alert; of more, the gravest, and of those the newest."""
LONGEST = 8192
"""Characters of one: a message of Telegram's has 4,096, and several may say it together."""


class Item(BaseModel):
    """One thing that was said or tapped: when, how grave, from where, why it counts, the words;
    whether somebody should hear of it on the same day; when the answer was changed afterwards."""

    model_config = PRIVATE

    at: datetime
    tier: str
    source: str
    reason: str = ""
    text: str = ""
    today: bool = False
    altered_at: datetime | None = None


class Detail(BaseModel):
    """What is sealed in an alert. From `routed_at` the times of its way up are counted;
    `carded_at` and `carded` say when the person last got the whole card, and for which tier;
    `again_at` and `again` the same of its short form; `cards` are the whole ones of that while.
    `holds` says that a question of the first steps waits below it."""

    model_config = PRIVATE

    routed_at: datetime
    carded_at: datetime | None = None
    carded: str = ""
    cards: tuple[str, ...] = ()
    again_at: datetime | None = None
    again: str = ""
    holds: bool = False
    items: tuple[Item, ...] = ()

    @property
    def today(self) -> bool:
        """Whether something in it should be heard of on the same day."""
        return any(each.today for each in self.items)

    def plus(self, item: Item) -> "Detail":
        """With one more item."""
        kept = item.model_copy(update={"text": item.text[:LONGEST]})
        before = list(self.items)
        while len(before) >= ITEMS:
            lightest = min(range(len(before)), key=lambda at: (Tier(before[at].tier), at))
            del before[lightest]
        return self.model_copy(update={"items": (*before, kept)})

    def altered(self, reason: str, now: datetime) -> "Detail":
        """With the newest item of this reason marked; what it is about was changed, and counts."""
        for place in reversed(range(len(self.items))):
            item = self.items[place]
            if (item.source, item.reason, item.altered_at) == ("answer", reason, None):
                marked = item.model_copy(update={"altered_at": now})
                items = (*self.items[:place], marked, *self.items[place + 1 :])
                return self.model_copy(update={"items": items})
        return self


def of_answer(exercise: str, reason: str) -> str:
    """The reason of an item that an answer raised: the exercise, and its signal."""
    return f"{exercise}: {reason}"


def seal(session: Session, vault: Vault, person: UUID, alert: UUID, detail: Detail) -> bytes:
    """As it is kept in the row of the alert."""
    return vault.seal(session, person, _place(alert), detail.model_dump_json().encode())


def unseal(session: Session, vault: Vault, person: UUID, alert: UUID, sealed: bytes) -> Detail:
    """What was said."""
    return Detail.model_validate_json(vault.open(session, person, _place(alert), sealed))


def _place(alert: UUID) -> Place:
    return Place("alert", "sealed_detail", alert.hex)
