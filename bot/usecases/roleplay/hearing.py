"""A card that has come: what stands on it, in the reader's language; and how it was heard."""

from bot.catalog.text import said
from bot.store import rehearsal_cards, rehearsals
from bot.store.dues import Due
from bot.store.outbox import Kind
from bot.store.rehearsal_cards import PARTS, Card, Said
from bot.store.rehearsals import StoredRehearsal
from bot.usecases.pairs import own as pair_own
from bot.usecases.pairs import telling
from bot.usecases.roleplay import own
from bot.usecases.scene import Scene

HEARD = range(5)
"""From not at all to fully."""


def ring(scene: Scene, due: Due) -> None:
    """A card has come: its words, each ready one in this person's language."""
    found = _given(scene, due)
    if found is None:
        return
    stored, card = found
    text = scene.kit.words.text(
        scene.language,
        "roleplay/card",
        alias=own.partner(scene, stored),
        parts=parts_of(scene, card),
    )
    rate = tuple(
        own.pressing(scene.word(f"roleplay.heard.{each}"), "heard", stored.id, card.round, each)
        for each in HEARD
    )
    report = (pair_own.button(scene, "report", "report", stored.pair),)
    key = f"playcard.{stored.id.hex}.{card.round}"
    guard = own.passes_both(stored)
    telling.post(
        scene, text, (*((each,) for each in rate), report), guard=guard, key=key, kind=Kind.NUDGE
    )


def _given(scene: Scene, due: Due) -> tuple[StoredRehearsal, Card] | None:
    stored = rehearsals.get(scene.session, due.subject) if due.subject is not None else None
    if stored is None or due.turn is None or not own.may_go_on(scene, stored):
        return None
    card = rehearsal_cards.get(scene.session, scene.kit.vault, stored.id, due.turn)
    if card is None or card.given_at is None or card.receiver != scene.person.id:
        return None
    return stored, card


def heard(scene: Scene, argument: str) -> None:
    """How far they felt heard, 0 to 4. It stays with the card; the giver is not shown a number."""
    match argument.split("."):
        case [short, number, rating] if number in ("1", "2") and rating in map(str, HEARD):
            stored = own.named(scene, short)
            if stored is None:
                scene.note = scene.word("notes.old_button")
                return
            vault = scene.kit.vault
            card = rehearsal_cards.get(scene.session, vault, stored.id, int(number))
            if card is None or card.receiver != scene.person.id or card.given_at is None:
                scene.note = scene.word("notes.not_yours")
                return
            scene.settled = True
            if rehearsal_cards.rate(scene.session, stored.id, int(number), int(rating)):
                scene.say("roleplay/said", what="heard", alias=own.partner(scene, stored))
            else:
                scene.note = scene.word("notes.answered")


def parts_of(scene: Scene, card: Card) -> list[dict[str, str]]:
    """What stands on a card, under its headings, in the language of whoever reads it."""
    parts = []
    for name in PARTS:
        found = card.body.part(name)
        words = _words(scene, found) if found is not None else ""
        if words:
            parts.append({"name": scene.word(f"roleplay.parts.{name}"), "words": words})
    return parts


def _words(scene: Scene, found: Said) -> str:
    ready = said(found.words, scene.language) if found.words is not None else ""
    return f"{ready.rstrip('…').rstrip()} {found.text}".strip() if found.text else ready
