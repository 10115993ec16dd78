"""The cards partners gave each other after a rehearsal: behind the PIN, and only of those who let
their therapist read; every look is on record."""

from collections.abc import Callable, Mapping
from uuid import UUID

from bot.catalog.consents import Scope
from bot.catalog.text import said
from bot.messages.message import Message
from bot.messages.pack import packed
from bot.store import audit, groups, rehearsal_cards, rehearsals
from bot.store.groups import Group
from bot.store.outbox import Kind, guards
from bot.store.rehearsal_cards import Card
from bot.usecases import consented
from bot.usecases.roleplay.hearing import parts_of
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import own
from bot.usecases.staff_chat.behind_pin import Locked
from bot.usecases.staff_chat.menu import back, menu
from bot.usecases.staff_chat.which import which_group

VERB = "cards"


def page(scene: Scene, chosen: str = "") -> None:
    """The chosen group, or which there are; then the PIN."""
    programme = groups.programme(scene.session)
    if programme is None or not programme.partner_pairs:
        menu(scene)
        return
    group = which_group(scene, chosen, VERB)
    if group is not None:
        LOCKED.ask(scene, group)


def _show(scene: Scene, group: Group) -> None:
    """The latest cards whose writers agreed, and in the same transaction the audit rows."""
    cards = rehearsal_cards.of_group(scene.session, scene.kit.vault, group.id)
    shown = [each for each in cards if _reads(scene, each.giver)]
    head = scene.kit.words.text(scene.language, "staff/cards", group=group.name, some=bool(shown))
    texts = packed([head, *(_card(scene, each) for each in shown)])
    guard = _guard(scene, shown)
    for text in texts[:-1]:
        scene.post(Message(text=text, protect=True), kind=Kind.ALERT, guard=guard)
    last = Message(text=texts[-1], buttons=back(scene), protect=True)
    scene.post(last, kind=Kind.ALERT, guard=guard)
    for person in sorted({each.giver for each in shown}):
        _record(scene, person)


def _guard(scene: Scene, shown: list[Card]) -> str:
    """All whose words are in it agree when it goes out, too: one of them may have said no while
    Telegram was slow."""
    since = scene.kit.consents.since(Scope.THERAPIST_READS)
    heard = {each.receiver for each in shown if _heard(scene, each) is not None}
    whose = sorted({each.giver for each in shown} | heard)
    agree = [guards.consents(Scope.THERAPIST_READS, each, since) for each in whose]
    return " ".join([guards.works(scene.person.id), *agree])


def _heard(scene: Scene, card: Card) -> int | None:
    """The receiver's own number, only where the receiver agreed as well."""
    return card.heard if card.heard is not None and _reads(scene, card.receiver) else None


def _card(scene: Scene, card: Card) -> str:
    """One card, as it is read."""
    stored = rehearsals.get(scene.session, card.rehearsal)
    talk = scene.kit.talks.find(stored.talk) if stored is not None else None
    heard = _heard(scene, card)
    if heard is not None:
        _record(scene, card.receiver)
    return scene.kit.words.text(
        scene.language,
        "staff/card",
        giver=own.alias_by_id(scene, card.giver),
        receiver=own.alias_by_id(scene, card.receiver),
        title=said(talk.title, scene.language) if talk is not None else "",
        day=scene.viewer.day(card.given_at) if card.given_at is not None else "",
        parts=parts_of(scene, card),
        heard=scene.word(f"roleplay.heard.{heard}") if heard is not None else "",
    )


def _reads(scene: Scene, person: UUID) -> bool:
    return consented.agreed(scene.session, scene.kit, person, needs=Scope.THERAPIST_READS)


def _record(scene: Scene, person: UUID) -> None:
    me, now, action = scene.person.id, scene.now, "card.viewed"
    audit.write(scene.session, actor=me, subject=person, action=action, reason="care", now=now)


LOCKED = Locked("cards-asks", VERB, _show)
VERBS: Mapping[str, Callable[[Scene, str], None]] = {VERB: page}
"""What the button in the menu does."""
