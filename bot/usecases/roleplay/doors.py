"""Which button, which word and which moment of a rehearsal does what."""

from collections.abc import Callable
from uuid import UUID

from bot.care.rehearsal import Phase
from bot.messages.message import Button, Message, Rows
from bot.store import rehearsals
from bot.store.dues import Due
from bot.usecases import pairs
from bot.usecases.elsewhere import leads_away
from bot.usecases.incoming import Receipt, What, Words
from bot.usecases.ringing import over, ringing
from bot.usecases.roleplay import (
    cards,
    choosing,
    ending,
    gate,
    hearing,
    minute,
    moving,
    own,
    plans,
    showing,
    typed,
)
from bot.usecases.roleplay.own import VERB, button
from bot.usecases.scene import Scene


def partner_page(scene: Scene, _: str = "") -> None:
    """/partner: the pair's page, and below it what the two can do together."""
    pairs.page(scene)
    offer(scene)


def offer(scene: Scene) -> None:
    """What can be practised: with the partner if there is one, else alone."""
    if not scene.kit.talks.talks:
        return
    if own.together(scene) is not None:
        rows: Rows = ((_talk(scene),), (button(scene, "minute", "minute"),))
        scene.post(Message(text=scene.line("roleplay.together"), buttons=rows))
    elif any(own.can_practise_alone(scene, each.solo) for each in scene.kit.talks.talks):
        rows = ((button(scene, "practise_alone", "talks"),),)
        scene.post(Message(text=scene.line("roleplay.alone"), buttons=rows))


def _talk(scene: Scene) -> Button:
    """A new talk, or the one that waits for them: “Practise a talk” stood there meanwhile."""
    stored = rehearsals.newest_of(scene.session, scene.person.id)
    waits = stored is not None and stored.at.phase in (Phase.TALKING, Phase.CARD)
    mine = waits and stored is not None and stored.at.mover == scene.person.id
    return button(scene, "your_turn" if mine else "practise", "talks")


def press_pair(scene: Scene, argument: str) -> None:
    """A button of the pair's pages."""
    pairs.press(scene, argument)
    if argument.partition(".")[0] == "page":
        offer(scene)


ACTIONS: dict[str, Callable[[Scene, str], None]] = {
    "partner": partner_page,
    "talks": choosing.page,
    "talk": choosing.talk,
    "scene": choosing.scene_of,
    "unsafe": gate.unsafe,
    "ask": choosing.ask,
    "agree": moving.agree,
    "no": moving.decline,
    "say": moving.ready,
    "write": moving.write,
    "stuck": moving.stuck,
    "swap": moving.swap,
    "swapped": moving.swapped,
    "enough": moving.enough,
    "stop": ending.stop,
    "card": cards.open_card,
    "part": cards.part,
    "gentle": cards.take_gentle,
    "anew": cards.anew,
    "give": cards.give,
    "heard": hearing.heard,
    "minute": minute.start,
    "calm": minute.alone,
    "nottoday": minute.not_today,
}
"""What a button does, with what stands behind it."""


def press(scene: Scene, argument: str) -> None:
    """A button of a rehearsal."""
    action, _, rest = argument.partition(".")
    ACTIONS.get(action, choosing.page)(scene, rest)


def handle(scene: Scene, what: What) -> bool:
    """Takes typed words as the answer to an open question; anything else puts the question away."""
    match what:
        case Words(text, _, False):
            return typed_words(scene, text)
        case _ if leads_away(what, VERB):
            typed.close(scene)
    return False


def is_asked(scene: Scene) -> bool:
    """Whether typed words would be a line of a talk, or a part of a card."""
    return typed.asked(scene) is not None


def way_back(scene: Scene) -> Rows:
    """The button back into a talk where it is this person's move; nothing where there is none."""
    stored = rehearsals.newest_of(scene.session, scene.person.id)
    if stored is None or not stored.at.is_live or stored.at.mover != scene.person.id:
        return ()
    return ((button(scene, "go_on", "talks"),),)


def typed_words(scene: Scene, text: str) -> bool:
    """The words that an open question waits for; False where there is none, or they are a key."""
    asked = typed.asked(scene)
    if asked is None or scene.kit.words.is_key(text):
        return False
    stored, question = asked
    if question >= typed.CARDS:
        cards.take_words(scene, stored, question, text)
    else:
        moving.take_words(scene, stored, question, text)
    return True


def heed(scene: Scene) -> None:
    """After something this person did: if nothing may pass between the two any more because of
    it, their rehearsal is over in the same transaction, and so is what is queued of it."""
    stored = rehearsals.newest_of(scene.session, scene.person.id)
    if stored is not None and stored.at.is_live and own.ended_it(scene, stored):
        ending.break_off(scene, stored)
        ending.forget(scene, stored)


def leave(scene: Scene, person: UUID) -> None:
    """Somebody is discharged: what goes on breaks off, unless both go on after the programme."""
    stored = rehearsals.newest_of(scene.session, person)
    if stored is None or not stored.at.is_live or own.may_go_on(scene, stored):
        return
    ending.break_off(scene, stored)
    plans.call_off(scene, stored.id, person, plans.MOVE, plans.CARD, plans.OVER)


RINGS: dict[str, Callable[[Scene, Due], Receipt]] = {
    plans.MOVE: ringing(showing.ring),
    plans.CARD: ringing(hearing.ring),
    plans.OVER: ringing(ending.ring),
    minute.WAIT: ringing(minute.ring_wait),
    minute.BELL: ringing(minute.ring_bell),
    typed.TYPED: over,
}
"""What each kind of due row of a rehearsal does when its moment has come."""
