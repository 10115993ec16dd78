"""The menu: what was left open, what would help now by need, and everything else in one list."""

import re
import unicodedata

from bot.catalog.exercise import Exercise, Modality, Need
from bot.catalog.text import said
from bot.messages.callback import for_menu
from bot.messages.keyboard import by_length
from bot.messages.message import Button, Message, Rows
from bot.messages.render import go_on_button, place
from bot.store import revisions, runs
from bot.usecases.safety_plan import PLAN
from bot.usecases.scene import Scene

ASIDE = 3
"""So many exercises that were set aside are offered again in the menu."""
FEW = 8
"""So many exercises can be read at a glance; more are asked for by need."""
HERE = ("check.core", "dbt.diary", "check.week")
"""What tells how it is going; it stands in the menu itself."""


def menu(scene: Scene, _: str = "") -> None:
    """What would help now; an exercise that was left comes first, with its thought."""
    words, language = scene.kit.words, scene.language
    unfinished = runs.open_runs(scene.session, scene.kit.vault, scene.person.id, ASIDE)
    left = None
    first: list[Button] = []
    for stored in unfinished:
        exercise = revisions.recall(scene.session, stored.revision)
        left = left or place(exercise, stored.run, language)
        named = said(exercise.title, language) if len(unfinished) > 1 else ""
        first.append(go_on_button(words, language, stored.id, stored.run, named))
    last = (
        *_board(scene),
        (Button(text=scene.word("help_now.plan"), data=for_menu("plan")),),
        (
            Button(text=scene.word("buttons.progress"), data=for_menu("progress")),
            Button(text=scene.word("buttons.history"), data=for_menu("history")),
        ),
    )
    text = words.text(language, "menu", open=left)
    protect = left is not None and bool(left.kept)
    buttons = (*column(*first), *_offers(scene), *last)
    scene.post(Message(text=text, buttons=buttons, protect=protect))


def _board(scene: Scene) -> Rows:
    """What helped others in the group, where there is anything to choose from."""
    if not scene.kit.board.situations:
        return ()
    return ((Button(text=scene.word("board.open"), data=for_menu("board")),),)


def _offers(scene: Scene) -> Rows:
    shelf = library(scene)
    if len(shelf) <= FEW:
        return column(*(begin_button(scene, each) for each in shelf))
    needs = [
        Button(text=scene.word(f"need.{need}"), data=for_menu("need", need))
        for need in Need
        if any(need in each.need for each in shelf)
    ]
    here = [begin_button(scene, each) for each in shelf if each.id in HERE]
    everything = Button(text=scene.word("menu.everything"), data=for_menu("all"))
    return (*by_length(needs), *column(*here, everything))


def need_page(scene: Scene, wanted: str) -> None:
    """What helps with one need, the shortest first."""
    found = [each for each in library(scene) if wanted in each.need]
    if not found:
        menu(scene)
        return
    text = scene.kit.words.text(scene.language, "need", need=wanted)
    buttons = [begin_button(scene, each) for each in found]
    scene.post(Message(text=text, buttons=column(*buttons, menu_button(scene))))


def all_page(scene: Scene, _: str = "") -> None:
    """Every exercise in one list, by what it works on."""
    order = list(Modality)
    shelf = sorted(library(scene), key=lambda each: order.index(each.modality))
    buttons = [begin_button(scene, each) for each in shelf]
    text = scene.kit.words.text(scene.language, "everything")
    scene.post(Message(text=text, buttons=column(*buttons, menu_button(scene))))


def find(scene: Scene, text: str) -> None:
    """Words outside an exercise: the need they name, or an exercise's title; else the menu."""
    words = _plain(text)
    for need, signs in scene.kit.words.short(scene.language)["find"].items():
        if any(re.search(rf"\b{re.escape(_plain(sign))}", words) for sign in signs.split(", ")):
            need_page(scene, need)
            return
    titled = [
        each
        for each in library(scene)
        if len(words) > 2 and words in _plain(said(each.title, scene.language))
    ]
    if not titled:
        menu(scene)
        return
    heading = scene.kit.words.text(scene.language, "everything")
    buttons = [begin_button(scene, each) for each in titled]
    scene.post(Message(text=heading, buttons=column(*buttons, menu_button(scene))))


def _plain(text: str) -> str:
    """Without capitals and accents."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("’", "'").strip())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def library(scene: Scene) -> list[Exercise]:
    """What is offered to this person, the shortest first."""
    shelf = scene.kit.library.exercises.values()
    known = (each for each in shelf if each.id != PLAN and not each.opt)
    return sorted(known, key=lambda each: (each.minutes, said(each.title, scene.language)))


def begin_button(scene: Scene, exercise: Exercise) -> Button:
    """Begins an exercise; says its honest length."""
    title = said(exercise.title, scene.language)
    text = scene.word("buttons.begin", title=title, minutes=exercise.minutes)
    return Button(text=text, data=for_menu("begin", exercise.id))


def menu_button(scene: Scene) -> Button:
    """The way back to the menu."""
    return Button(text=scene.word("buttons.menu"), data=for_menu("menu"))


def column(*buttons: Button) -> Rows:
    """One button a row."""
    return tuple((button,) for button in buttons)
