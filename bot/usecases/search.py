"""Words typed outside an exercise: the need they name, what has them in its title, or the menu."""

from bot.catalog.exercise import Need
from bot.catalog.search import exercises_of, need_of, plain
from bot.messages.message import Button, Message
from bot.usecases import (
    asked,
    below_card,
    hello,
    help_now,
    menu,
    offering,
    thanks,
    typed_button,
    urge,
)
from bot.usecases.scene import Scene
from bot.usecases.workshops.lesson import course_button

MOST = 10
"""So many are shown; more would be no answer."""
LONGEST_ANSWER = 5
YES_OR_NO = frozenset({"yes", "yeah", "yep", "no", "nope", "si", "claro", "vale", "ok"})
MENU = "menu"
"""Whoever types the word gets what it names, in either language."""


def find(scene: Scene, text: str, *, edited: bool = False) -> None:
    """A need goes first: whoever writes "I'm panicking" gets something to do at once. Below the
    card of a crisis nothing comes that would push it out of sight. `edited` words that name nothing
    were an answer once."""
    if scene.halts:
        return
    if need_of(text, _signs(scene, "find_help")) is not None:
        help_now.help_now(scene)
        return
    needed = need(scene, text)
    if not edited and below_card.answers_it(scene, text, lonely=needed == Need.LONELY):
        return
    named = exercises_of(text, menu.library(scene))[:MOST]
    # More than the need: perhaps the name of something closed.
    if needed is not None and " " in text:
        _say_why_not(scene, text)
    if _is_of_a_lapse(scene, text):
        urge.after_lapse(scene)
    elif needed == Need.URGE:
        urge.page(scene)
    elif needed is not None:
        menu.need_page(scene, needed, first=named, told=" " in text and not scene.posted)
    elif buttons := [*(menu.begin_button(scene, each) for each in named), *_workshops(scene, text)]:
        _found(scene, buttons)
    # Else the card is the answer; twenty buttons below it would push it out of sight.
    elif not (scene.heavy and scene.posted) and not _say_why_not(scene, text):
        _nothing(scene, text, edited=edited)


def _nothing(scene: Scene, text: str, *, edited: bool) -> None:
    """They name nothing there is."""
    is_menu = plain(text) == MENU
    if not is_menu and _is_answered(scene, text):
        return
    if edited:
        scene.say("too_late")
        return
    if not scene.posted and not is_menu:
        if typed_button.not_passed(scene):
            return
        if thanks.is_thanks(text) and thanks.answer(scene):
            return
        scene.say("no_reply", answers=_answers(text))
    menu.menu(scene)


def need(scene: Scene, text: str) -> str | None:
    """What these words say is needed now, by its id; None where they name nothing."""
    return need_of(text, _signs(scene, "find"))


def _is_of_a_lapse(scene: Scene, text: str) -> bool:
    of_one = need_of(text, _signs(scene, "find_lapse")) is not None
    return of_one and not _workshops(scene, text)


def names_exercise(scene: Scene, text: str) -> bool:
    """Whether they would find an exercise."""
    return bool(exercises_of(text, menu.library(scene)))


def _is_answered(scene: Scene, text: str) -> bool:
    """Below a card, and below “how are you today?”, a menu would be no answer."""
    if below_card.reply(scene, text):
        return True
    if not asked.is_open(scene, asked.HELLO):
        return False
    hello.which(scene)
    return True


def _answers(text: str) -> bool:
    """Whether it sounds like the answer to a question that has buttons: typed, it cannot be told
    which one is meant."""
    said = plain(text).split()
    return 0 < len(said) <= LONGEST_ANSWER and said[0].strip(".,!") in YES_OR_NO


def _say_why_not(scene: Scene, text: str) -> bool:
    """Why what they look for is not there; False where there is no such thing."""
    offer = offering.Offering(scene)
    named = offering.called(scene, text)
    for why in offering.Why:
        closed = [each for each in named if offer.why_not(each) is why]
        if closed:
            offering.say_why(scene, closed, why)
            return True
    waiting = [each for each in named if offer.waits(each)]
    if waiting:
        offering.say_why(scene, waiting, None)
    return bool(waiting)


def _signs(scene: Scene, branch: str) -> list[dict[str, str]]:
    """The signs of the person's own language, then those of the others."""
    words = scene.kit.words
    ordered = sorted(words.languages, key=lambda each: each != scene.language)
    found = (words.short(language)[branch] for language in ordered)
    return [each if isinstance(each, dict) else {branch: each} for each in found]


def _workshops(scene: Scene, text: str) -> list[Button]:
    wanted = plain(text)
    named = [
        each
        for each in scene.kit.workshops.known.values()
        if len(wanted) > 2 and any(wanted in plain(title) for title in each.title.values())
    ]
    offer = offering.Offering(scene) if named else None
    return [course_button(scene, each) for each in named if offer and offer.leads_through(each)]


def _found(scene: Scene, buttons: list[Button]) -> None:
    text = scene.kit.words.text(scene.language, "found")
    # "I'm back" found two exercises with "back" in them, and not the one that was left.
    rows = menu.column(*menu.go_on_buttons(scene), *buttons, menu.menu_button(scene))
    scene.post(Message(text=text, buttons=rows))
