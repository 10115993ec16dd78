"""The first steps of a newcomer: one small message at a time, to be left and taken up anywhere.

`participant.onboarding` names the question that is open. It is the only memory there is, so a
restart, an old button or a voice note always finds the way back to it. Help me now, /privacy,
/language and /delete_me work at every step.
"""

from dataclasses import replace

from bot.catalog.text import said
from bot.messages.callback import MenuPress, RunPress, unpack
from bot.messages.message import Message
from bot.store import groups, members, people
from bot.usecases import below_card, carded, pages, reminder, to_do
from bot.usecases.incoming import SPOKEN, Attachment, Command, Membership, Press, What, Words
from bot.usecases.open_runs import at_hand, waiting
from bot.usecases.profile import frame, hours, noted, tongue
from bot.usecases.profile.step import VERB
from bot.usecases.profile.steps import STEPS, following, typed
from bot.usecases.scene import Scene

ALWAYS = frozenset({"help", "privacy", "language", "delete_me", "export", "who"})
"""Commands that do at every step what they do later."""
HELD = frozenset(
    {
        "menu",
        "open",
        "aside",
        "progress",
        "history",
        "entry",
        "settings",
        "pause",
        "urge",
        "toolbox",
    }
)
"""Buttons that lead somewhere a newcomer has not come to yet."""
STOPS = frozenset({"stop", "cancel", "pause"})
"""Commands (and a track's stop words) after which nothing is asked until they come back."""
AFTER_FRAME = frozenset({"begin", "plan", "change_plan", "who", "export"})
"""Buttons (those of the help card among them) whose use leaves something to be kept."""


def begin(scene: Scene) -> None:
    """The therapist has confirmed somebody: the keys below the text field, then the frame."""
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    group = groups.group(scene.session, member.group) if member is not None else None
    if group is not None:
        people.set_zone(scene.session, scene.person.id, group.zone)
        scene.person = replace(scene.person, zone=group.zone)
    keys = ((scene.word("keys.menu"), scene.word("keys.help_now")),)
    scene.post(Message(text=scene.kit.words.text(scene.language, "onboarding/welcome"), keys=keys))
    _go_to(scene, frame.NAME)


def handle(scene: Scene, what: What) -> bool:
    """Takes what a newcomer does as an answer, or brings the open question back.

    False for whatever is not about the onboarding and happens as always.
    """
    step = scene.person.onboarding
    if step not in STEPS:
        return False
    if carded.holds(scene) and _waits(scene, step, what):
        return True
    taken = _take(scene, step, what)
    is_asked_still = scene.person.onboarding == step and isinstance(what, Words | Attachment)
    if taken and scene.halts and is_asked_still:
        carded.hold(scene)
    return taken


def _waits(scene: Scene, step: str, what: What) -> bool:
    """Whether the question waits on below the card of a crisis, and this was about the card: “no, I
    am alone”, typed below “is there a person near you?”, would be the name somebody goes by."""
    if _in_exercise(scene, step):
        return False
    match what:
        case Words(text, _, edited) if edited or scene.kit.words.is_key(text):
            pass
        case Words(text):
            if scene.heavy or below_card.reply(scene, text):
                return not scene.heavy
            STEPS[step].ask(scene)  # long after, or it was not meant: which question it was
            carded.hold(scene, False)
            return True
        case Press(data) if not _leads_on(data):
            return False
    carded.hold(scene, False)
    return False


def _leads_on(data: str) -> bool:
    match unpack(data):
        case MenuPress(verb):
            return verb in {"open", "menu", VERB}
    return False


def _take(scene: Scene, step: str, what: What) -> bool:
    match what:
        case Press(data):
            return _pressed(scene, step, data)
        case Command(name, argument):
            return _command(scene, step, name, argument)
        case Words(text, _, edited):
            return _words(scene, step, text, edited=edited)
        case Attachment(kind):
            if _in_exercise(scene, step):
                return False
            if not scene.heavy:  # its caption was read, and the card is the answer
                scene.say("attachment", spoken=kind in SPOKEN)
            if step == frame.NAME and not scene.heavy:
                frame.again(scene)
            elif not scene.halts:
                STEPS[step].ask(scene)
        case Membership():
            pass
    return True


def _pressed(scene: Scene, step: str, data: str) -> bool:
    match unpack(data):
        case MenuPress(verb, argument) if verb == VERB and argument.partition(".")[0] == step:
            _answered(scene, step, STEPS[step].pressed(scene, argument.partition(".")[2]))
            return True
        case MenuPress("lang", language) if language in scene.kit.words.languages:
            tongue.speak(scene, language)
            scene.settled = True
        case MenuPress("open") if step != frame.NAME and at_hand(scene) is not None:
            return False
        case MenuPress("open"):
            pass
        case MenuPress(verb) if verb in AFTER_FRAME and step != frame.NAME:
            return False
        case MenuPress(verb) if verb != VERB and verb not in HELD | AFTER_FRAME:
            return False
        case RunPress() if step != frame.NAME:
            return False
        case _:
            scene.note = scene.word("notes.old_button")
    STEPS[step].ask(scene)
    return True


def _command(scene: Scene, step: str, name: str, argument: str) -> bool:
    if name in ALWAYS or (name == "plan" and step != frame.NAME):
        return False
    if name == "timezone" and step == "zone" and argument:
        _answered(scene, step, STEPS[step].typed(scene, argument))
        return True
    if _in_exercise(scene, step) and name != "start":
        return False
    if name in STOPS:  # a question that comes straight back is no stop
        scene.say("onboarding/stopped")
        return True
    if name != "start":  # /menu, /settings: why something else comes instead
        scene.say("onboarding/still")
    STEPS[step].ask(scene)
    return True


def _words(scene: Scene, step: str, text: str, *, edited: bool) -> bool:
    if scene.kit.words.is_word(text, "keys.help_now"):
        return False
    if scene.kit.words.is_word(text, "keys.menu"):
        scene.say("onboarding/still")
        STEPS[step].ask(scene)
        return True
    if _in_exercise(scene, step):
        return False
    if edited:  # a correction of something that was answered before
        if not scene.heavy:
            scene.say("onboarding/edited")
        if not scene.halts:
            STEPS[step].ask(scene)
        return True
    done = typed(scene, step, text)
    if done:
        noted.note(scene, step)
    _answered(scene, step, done)
    return True


def _in_exercise(scene: Scene, step: str) -> bool:
    """Whether an exercise waits that was begun from the help card; it comes first."""
    return step != frame.NAME and waiting(scene) is not None


def _answered(scene: Scene, step: str, done: bool) -> None:
    if not done:
        return
    scene.settled = True
    later = following(scene, step)
    if later is not None:
        _go_to(scene, later)
        return
    people.set_onboarding(scene.session, scene.person.id, None)
    scene.person = replace(scene.person, onboarding=None)
    hours.follow(scene)
    _done(scene)
    pages.first_try(scene)


def _done(scene: Scene) -> None:
    """That it was all; and what the group was given before they came."""
    given = reminder.join_in(scene)
    scene.say(
        "onboarding/done",
        title=said(given[1].title, scene.language) if given else "",
        weekday=to_do.weekday(given[0].until, scene.language) if given else "",
    )


def _go_to(scene: Scene, step: str) -> None:
    people.set_onboarding(scene.session, scene.person.id, step)
    scene.person = replace(scene.person, onboarding=step)
    STEPS[step].ask(scene)
