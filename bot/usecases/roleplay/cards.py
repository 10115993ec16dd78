"""Writing a card: what worked, what to try, then reflect, normalise, ask. Nothing is advice."""

from dataclasses import replace
from typing import Any

from bot.care.rehearsal import GiveCard, Phase, gentler
from bot.catalog.talks import is_beginning
from bot.catalog.text import Text, said
from bot.messages.callback import number_in
from bot.messages.message import Message, Rows
from bot.store import rehearsal_cards
from bot.store.rehearsal_cards import PARTS, Body, Card, Part, Said
from bot.store.rehearsals import StoredRehearsal
from bot.usecases.roleplay import ending, hearing, own, plans, stepping, turns, typed
from bot.usecases.roleplay.own import button
from bot.usecases.scene import Scene

LEAVE, OWN = "left", "own"
POINTS: tuple[Part, ...] = ("worked", "to_try")
"""The parts with things to tap; the others are a way of listening, with lines ready."""


def open_card(scene: Scene, argument: str) -> None:
    """[Write the card], or go on with it."""
    stored = own.named(scene, argument)
    if stored is None or not _is_writing(scene, stored):
        ending.say_over(scene, stored)
        return
    show(scene, stored)


def show(scene: Scene, stored: StoredRehearsal) -> None:
    """The next part to be answered; the whole card once all are."""
    card = _draft(scene, stored)
    part = card.body.next
    if part is None:
        _preview(scene, stored, card)
        return
    at = PARTS.index(part)
    text = scene.kit.words.text(
        scene.language, "roleplay/part", part=part, alias=own.partner(scene, stored), first=at == 0
    )
    rows = _choices(scene, stored, part, at)
    if part in POINTS:
        rows = (*rows, (button(scene, "own_words", "part", stored.id, at, OWN),))
    if part != "worked":
        rows = (*rows, (button(scene, "leave_out", "part", stored.id, at, LEAVE),))
    scene.post(Message(text=text, buttons=rows, protect=True))


def _choices(scene: Scene, stored: StoredRehearsal, part: Part, at: int) -> Rows:
    """What can be tapped: the code of each is its place, so that it fits into a button."""
    texts = _ready(scene, stored, part)
    return tuple(
        (own.pressing(said(each, scene.language), "part", stored.id, at, number),)
        for number, each in enumerate(texts)
    )


def _ready(scene: Scene, stored: StoredRehearsal, part: Part) -> tuple[Text, ...]:
    found = own.talk_of(scene, stored)
    if part in POINTS:
        points: Any = getattr(found[0], part) if found is not None else ()
        return tuple(each.text for each in points)
    lines: tuple[Text, ...] = getattr(scene.kit.talks.listening, part)
    return lines


def part(scene: Scene, argument: str) -> None:
    """One part: tapped, left out, or to be typed."""
    match argument.split("."):
        case [short, number, code] if (at := _part_at(number)) is not None:
            stored = own.named(scene, short)
            if stored is None or not _is_writing(scene, stored):
                ending.say_over(scene, stored)
                return
            scene.settled = True
            if _draft(scene, stored).body.next != PARTS[at]:  # tapped twice, or from before
                show(scene, stored)
                return
            _answer(scene, stored, at, code)


def _part_at(number: str) -> int | None:
    at = number_in(number, 1)
    return at if at is not None and at < len(PARTS) else None


def _answer(scene: Scene, stored: StoredRehearsal, at: int, code: str) -> None:
    texts, chosen = _ready(scene, stored, PARTS[at]), number_in(code, 2)
    if code == OWN and PARTS[at] in POINTS:
        _ask_words(scene, stored, at, None, "")
    elif code == LEAVE and PARTS[at] != "worked":
        _keep(scene, stored, PARTS[at], Said())
        show(scene, stored)
    elif chosen is not None and chosen < len(texts):
        words = said(texts[chosen], scene.language)
        if is_beginning(words):
            _ask_words(scene, stored, at, chosen, words)
            return
        _keep(scene, stored, PARTS[at], Said(words=texts[chosen]))
        show(scene, stored)


def _ask_words(
    scene: Scene, stored: StoredRehearsal, at: int, beginning: int | None, words: str
) -> None:
    typed.open_for(scene, stored, typed.for_part(at, beginning))
    scene.say("roleplay/rest", beginning=words, alias=own.partner(scene, stored))


def take_words(scene: Scene, stored: StoredRehearsal, question: int, text: str) -> None:
    """The words for a part; "you should" gets the offer of a gentler way to say it."""
    at, beginning = divmod(question - typed.CARDS, 10)
    if not _is_writing(scene, stored) or _draft(scene, stored).body.next != PARTS[at]:
        typed.close(scene)
        return
    line = stepping.fit(scene, stored, text)
    if line is None:
        return
    typed.close(scene)
    texts = _ready(scene, stored, PARTS[at])
    begun = texts[beginning] if beginning < len(texts) else None
    _keep(scene, stored, PARTS[at], Said(words=begun, text=line))
    gentle = gentler(line)
    if gentle is None:
        show(scene, stored)
        return
    rows = (
        (button(scene, "gentle", "gentle", stored.id, at),),
        (button(scene, "as_is", "card", stored.id),),
    )
    words = scene.kit.words.text(scene.language, "roleplay/gentle", said=line, gentle=gentle)
    scene.post(Message(text=words, buttons=rows, protect=True))


def take_gentle(scene: Scene, argument: str) -> None:
    """They take the gentler words."""
    short, _, number = argument.partition(".")
    stored, at = own.named(scene, short), _part_at(number)
    if stored is None or at is None or not _is_writing(scene, stored):
        ending.say_over(scene, stored)
        return
    scene.settled = True
    before = _draft(scene, stored).body.part(PARTS[at])
    gentle = gentler(before.text) if before is not None and before.text else None
    if before is not None and gentle is not None:
        changed = before.model_copy(update={"text": gentle})
        _keep(scene, stored, PARTS[at], changed)
    show(scene, stored)


def anew(scene: Scene, argument: str) -> None:
    """The card from the beginning."""
    stored = own.named(scene, argument)
    if stored is None or not _is_writing(scene, stored):
        ending.say_over(scene, stored)
        return
    scene.settled = True
    card = _draft(scene, stored)
    rehearsal_cards.keep(scene.session, scene.kit.vault, replace(card, body=Body()))
    show(scene, stored)


def _preview(scene: Scene, stored: StoredRehearsal, card: Card) -> None:
    rows = (
        (button(scene, "give", "give", stored.id),),
        (button(scene, "anew", "anew", stored.id),),
    )
    text = scene.kit.words.text(
        scene.language,
        "roleplay/preview",
        alias=own.partner(scene, stored),
        parts=hearing.parts_of(scene, card),
    )
    scene.post(Message(text=text, buttons=rows, protect=True))


def give(scene: Scene, argument: str) -> None:
    """It goes to the other one, as soon as it suits them."""
    stored = own.named(scene, argument)
    card = _draft(scene, stored) if stored is not None and _is_writing(scene, stored) else None
    if stored is None or card is None or card.body.next is not None:
        ending.say_over(scene, stored)
        return
    scene.settled = True
    number = stored.at.round
    after = stepping.move(scene, stored, GiveCard(scene.person.id))
    if after is None:
        return
    given = replace(card, given_at=scene.now)
    rehearsal_cards.keep(scene.session, scene.kit.vault, given)
    plans.plan(scene, plans.CARD, stored.id, given.receiver, scene.now, number)
    scene.say("roleplay/said", what="given", alias=own.partner(scene, stored))
    if not after.at.is_live:
        ending.say_over(scene, after)
        return
    text, rows = turns.move_of(scene, after)
    scene.post(Message(text=text, buttons=rows, protect=True))


def _is_writing(scene: Scene, stored: StoredRehearsal) -> bool:
    return stored.at.phase is Phase.CARD and stored.at.mover == scene.person.id


def _draft(scene: Scene, stored: StoredRehearsal) -> Card:
    """The card of this round as it is so far."""
    vault, number = scene.kit.vault, stored.at.round
    found = rehearsal_cards.get(scene.session, vault, stored.id, number)
    empty = Card(stored.id, number, stored.at.plays, stored.at.practises, Body())
    return found or empty


def _keep(scene: Scene, stored: StoredRehearsal, name: Part, what: Said) -> None:
    card = _draft(scene, stored)
    body = card.body.model_copy(update={name: what})
    rehearsal_cards.keep(scene.session, scene.kit.vault, replace(card, body=body))
