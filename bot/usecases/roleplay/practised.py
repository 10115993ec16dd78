"""What of practised talks belongs into the copy of somebody's own data: cards they gave, and how
far they felt heard. The words of a card they got are its giver's."""

from bot.catalog.text import said
from bot.reports.own_data import Entry, Said
from bot.store import rehearsal_cards, rehearsals
from bot.store.rehearsal_cards import Card
from bot.usecases.roleplay.hearing import parts_of
from bot.usecases.scene import Scene


def entries(scene: Scene) -> list[Entry]:
    """One for each card, oldest first."""
    cards = rehearsal_cards.of_person(scene.session, scene.kit.vault, scene.person.id)
    found = (_entry(scene, each) for each in cards)
    return [each for each in found if each is not None and each.answers]


def _entry(scene: Scene, card: Card) -> Entry | None:
    stored = rehearsals.get(scene.session, card.rehearsal)
    if stored is None:
        return None
    talk = scene.kit.talks.find(stored.talk)
    return Entry(
        exercise=f"roleplay.{stored.talk}",
        title=said(talk.title, scene.language) if talk is not None else stored.talk,
        revision=stored.revision,
        status="finished",
        began=stored.begun_at,
        latest=card.given_at or stored.begun_at,
        answers=_answers(scene, card),
    )


def _answers(scene: Scene, card: Card) -> list[Said]:
    if card.giver == scene.person.id:
        parts = parts_of(scene, card)
        return [Said(label=each["name"], question="", answer=[each["words"]]) for each in parts]
    if card.heard is None:
        return []
    heard = scene.word(f"roleplay.heard.{card.heard}")
    return [Said(label=scene.word("roleplay.felt_heard"), question="", answer=[heard])]
