"""Which button, which word and which moment of a pair does what."""

from collections.abc import Callable
from uuid import UUID

from bot.care.pairing import Leave
from bot.store import pairs
from bot.store.dues import Due
from bot.usecases.elsewhere import leads_away
from bot.usecases.incoming import Receipt, What, Words
from bot.usecases.pairs import (
    asking,
    asking_back,
    looking_back,
    notes,
    nudging,
    own,
    promising,
    quieter,
    sharing,
    telling,
    typed,
    typed_day,
    ways_out,
    wishing,
)
from bot.usecases.pairs import page as pages
from bot.usecases.pairs.typed import Asks
from bot.usecases.ringing import over, ringing
from bot.usecases.scene import Scene

ACTIONS: dict[str, Callable[[Scene, str], None]] = {
    "page": pages.page,
    "yes": asking.yes,
    "no": asking.no,
    "level": asking.level,
    "share": sharing.page,
    "set": sharing.switch,
    "phrases": nudging.page,
    "say": nudging.say,
    "nottoday": nudging.not_today,
    "promise": promising.ask,
    "write": promising.write,
    "ready": promising.ready,
    "skip": promising.skip,
    "day": promising.day,
    "did": promising.did,
    "kept": looking_back.kept,
    "then": looking_back.then,
    "mute": ways_out.mute,
    "rest": ways_out.rest,
    "stay": ways_out.stay,
    "end": ways_out.end,
    "ended": ways_out.ended,
    "another": ways_out.another,
    "block": ways_out.block,
    "report": ways_out.report,
    "reported": ways_out.reported,
    "want": pages.want,
    "note": notes.ask,
    "hard": notes.hard,
    "wish": wishing.page,
    "wishes": wishing.question,
    "choose": wishing.choose,
}
"""What a button does, with what stands behind it."""


def press(scene: Scene, argument: str) -> None:
    """A button of these pages."""
    action, _, rest = argument.partition(".")
    ACTIONS.get(action, pages.page)(scene, rest)


def handle(scene: Scene, what: What) -> bool:
    """Takes typed words as the answer to an open question; anything else puts the question away."""
    match what:
        case Words(text, _, False):
            return typed_words(scene, text)
        case _ if leads_away(what, own.VERB):
            typed.close(scene)
    return False


def is_asked(scene: Scene) -> bool:
    """Whether typed words would be the answer to a question of these pages."""
    return typed.asked(scene) is not None


def typed_words(scene: Scene, text: str) -> bool:
    """The words that an open question waits for; False where there is none, or they are a key."""
    asked = typed.asked(scene)
    if asked is None or scene.kit.words.is_key(text):
        return False
    stored, asks = asked
    match asks:
        case Asks.PROMISE:
            promising.take_words(scene, stored, text)
        case Asks.NOTE:
            notes.take_words(scene, stored, text)
        case Asks.DAY:
            return typed_day.take(scene, stored, text)
    return True


def leave(scene: Scene, person: UUID) -> None:
    """Somebody is discharged: their pair ends, unless both said they want to go on."""
    stored = pairs.live_of(scene.session, person)
    if stored is None:
        return
    after = pairs.take(scene.session, stored.id, Leave(person), scene.now)
    if after is not None and not after.pair.is_live:
        for each in stored.people:
            asking.forget_plans(scene, stored, each)
        telling.call_off(scene, stored.id, person, telling.SUNDAY)


RINGS: dict[str, Callable[[Scene, Due], Receipt]] = {
    telling.ASK: ringing(asking.ring),
    telling.BEGIN: ringing(asking_back.ring_begin),
    telling.PROMISE: ringing(asking_back.ring_promise),
    telling.MONDAY: ringing(asking_back.ring_monday),
    telling.SUNDAY: ringing(looking_back.ring),
    telling.LOOK: ringing(quieter.ring),
    telling.HELD: ringing(nudging.ring),
    telling.CLEARED: ringing(asking_back.ring_cleared),
    telling.TYPED: over,
}
"""What each kind of due row of a pair does when its moment has come."""
