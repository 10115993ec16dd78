"""What a happening knows of a rehearsal: which it is, its words in a language, if it may go on."""

from uuid import UUID

from bot.care.pairing import State
from bot.catalog.consents import Scope
from bot.catalog.talks import Talk, Variant
from bot.catalog.text import said
from bot.messages.callback import for_menu, long_id, short_id
from bot.messages.message import Button
from bot.store import consents, pairs, people, rehearsals
from bot.store.outbox import guards
from bot.store.pairs import StoredPair
from bot.store.people import Standing
from bot.store.rehearsals import Line, StoredRehearsal
from bot.usecases import offering
from bot.usecases.pairs import own as pair_own
from bot.usecases.scene import Scene

VERB = "play"
"""What every button of a rehearsal begins with; what to do and in which follow."""
PUSH, STUCK = "p", "s"
"""A ready line: the pushback of this turn, or one of the suggestions, by its number from 0."""


def button(scene: Scene, word: str, *argument: object, **values: object) -> Button:
    """A button with the words `roleplay.buttons.<word>`."""
    return pressing(scene.word(f"roleplay.buttons.{word}", **values), *argument)


def pressing(text: str, *argument: object) -> Button:
    """A button of a rehearsal; ids are shortened."""
    parts = [short_id(each) if isinstance(each, UUID) else str(each) for each in argument]
    return Button(text=text, data=for_menu(VERB, ".".join(parts)))


def named(scene: Scene, short: str) -> StoredRehearsal | None:
    """The rehearsal a button names, if this person is in it."""
    found_id = long_id(short)
    found = rehearsals.get(scene.session, found_id) if found_id is not None else None
    if found is None or scene.person.id not in (found.at.first, found.at.second):
        return None
    return found


def together(scene: Scene) -> StoredPair | None:
    """The pair with whom something can be practised, as far as this person may know: also while
    the other one rests or muted them, which must not be seen."""
    found = pair_own.live(scene)
    if found is None or not pair_own.is_on(found):
        return None
    me = found.pair.side(scene.person.id)
    return None if me.paused or me.muted or me.reported or me.left else found


def partner(scene: Scene, stored: StoredRehearsal) -> str:
    """The other one's alias."""
    return pair_own.alias(scene, stored.at.other(scene.person.id))


def talk_of(scene: Scene, stored: StoredRehearsal) -> tuple[Talk, Variant] | None:
    """The talk and its scene; None where the programme has changed its words since they began."""
    talk = scene.kit.talks.find(stored.talk)
    variant = talk.variant(stored.variant) if talk is not None else None
    if talk is None or variant is None or talk.revision != stored.revision:
        return None
    return talk, variant


def spoken(scene: Scene, stored: StoredRehearsal, place: int, line: Line) -> str:
    """A line in this person's language; own words as they were written."""
    if line.ready is None:
        return line.text or ""
    found = talk_of(scene, stored)
    if found is None:
        return ""
    talk, variant = found
    if line.ready == PUSH:
        return said(variant.lines[place // 2 % len(variant.lines)], scene.language)
    return said(talk.stuck[int(line.ready.removeprefix(STUCK))], scene.language)


def may_go_on(scene: Scene, stored: StoredRehearsal) -> bool:
    """Whether anything may pass between the two now, in both directions."""
    return guards.holds(scene.session, passes_both(stored), scene.now)


def passes_both(stored: StoredRehearsal) -> str:
    """The guard that neither of the two has muted, paused, ended or left the pair."""
    both = (stored.at.first, stored.at.second)
    return " ".join(guards.passes(stored.pair, each) for each in both)


def ended_it(scene: Scene, stored: StoredRehearsal) -> bool:
    """Whether this person has just done something after which nothing may pass any more."""
    person = people.look(scene.session, scene.person.id)
    pair = pairs.get(scene.session, stored.pair)
    if person is None or pair is None:
        return True
    me = pair.pair.side(person.id)
    if me.muted or me.paused or me.reported or me.left:
        return True
    if pair.state is State.ENDED and pair.ended_at == scene.now:
        return True
    if person.paused_until is not None and person.paused_until > scene.now:
        return True
    word = consents.newest(scene.session, person.id).get(Scope.PARTNER_TICKS)
    return word is not None and not word.granted and word.at >= stored.begun_at


def can_practise_alone(scene: Scene, exercise: str) -> bool:
    """Whether the solo version can begin here."""
    here = offering.is_open(scene, exercise)
    return here and scene.person.standing is Standing.MEMBER
