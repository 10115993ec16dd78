"""The menu: what was left open, what would help now by need, and everything else by skill."""

from collections.abc import Iterable

from bot.catalog.exercise import Exercise, Modality, Need
from bot.catalog.text import said
from bot.messages.callback import for_menu
from bot.messages.keyboard import by_length
from bot.messages.message import Button, Message, Rows
from bot.messages.render import go_on_button, place
from bot.store import groups, revisions, runs
from bot.usecases.offering import Offering
from bot.usecases.scene import Scene

ASIDE = 3
"""So many exercises that were set aside are offered again in the menu."""
FEW = 8
"""So many exercises can be read at a glance; more are asked for by need."""
HERE = ("check.core", "dbt.diary", "check.week")
"""What tells how it is going; it stands in the menu itself."""
LEADS = {Need.PANIC.value: ("mind.ground54321", "breath.paced")}
"""What goes before shorter things: in panic the way back to the room (clinical brief, A2)."""


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
    last: Rows = (
        *_board(scene),
        (Button(text=scene.word("help_now.plan"), data=for_menu("plan")),),
        (
            Button(text=scene.word("buttons.progress"), data=for_menu("progress")),
            Button(text=scene.word("buttons.history"), data=for_menu("history")),
        ),
    )
    programme = groups.programme(scene.session)
    if programme is not None and programme.partner_pairs:
        last = (*last, (Button(text=scene.word("pairs.door"), data=for_menu("pair", "page")),))
    text = words.text(language, "menu", open=left)
    state = _state(scene, library(scene))
    if state["few"] and left is None:
        text = words.text(language, "everything", **state)
    protect = left is not None and bool(left.kept)
    buttons = (*column(*first), *_offers(scene), *last)
    scene.post(Message(text=text, buttons=buttons, protect=protect))


def _board(scene: Scene) -> Rows:
    """What helped others in the group, where there is anything to choose from."""
    if not scene.kit.board.situations:
        return ()
    return ((Button(text=scene.word("board.open"), data=for_menu("board")),),)


def _offers(scene: Scene) -> Rows:
    """The two doors: what is needed now, and which skill; and the toolbox, one tap away."""
    shelf = library(scene)
    mine = Button(text=scene.word("toolbox.mine"), data=for_menu("toolbox"))
    if len(shelf) <= FEW:
        return column(*(begin_button(scene, each) for each in shelf), mine)
    needs = [
        Button(text=scene.word(f"need.{need}"), data=_door(need))
        for need in Need
        if any(need in each.need for each in shelf)
    ]
    own = (*HERE, Offering(scene).check_in)
    here = [begin_button(scene, each) for each in shelf if each.id in own]
    skills = Button(text=scene.word("menu.skills"), data=for_menu("skills"))
    courses = Button(text=scene.word("workshops.list"), data=for_menu("workshops"))
    # What stands last is what a phone shows without scrolling.
    return (*by_length(needs), *column(*here, mine), *by_length([skills, courses]))


def _door(need: Need) -> str:
    """An urge has a page of its own."""
    return for_menu("urge") if need is Need.URGE else for_menu("need", need)


def need_page(scene: Scene, wanted: str, first: Iterable[Exercise] = ()) -> None:
    """What helps with one need, the shortest first; before them what was named."""
    shelf = library(scene)
    lead = [each for name in LEADS.get(wanted, ()) for each in shelf if each.id == name]
    fitting = [each for each in shelf if wanted in each.need]
    found = list({each.id: each for each in (*first, *lead, *fitting)}.values())
    if not fitting:
        menu(scene)
        return
    text = scene.kit.words.text(scene.language, "need", need=wanted)
    _shelf_page(scene, text, found)


def skills_page(scene: Scene, _: str = "") -> None:
    """By what is practised; the whole list stands last."""
    known = {each.modality for each in library(scene)}
    skills = [
        Button(text=scene.word(f"modality.{each}"), data=for_menu("skill", each))
        for each in Modality
        if each in known and each is not Modality.MEASURE
    ]
    everything = Button(text=scene.word("menu.everything"), data=for_menu("all"))
    text = scene.kit.words.text(scene.language, "skills")
    rows = (*by_length(skills), *column(everything, menu_button(scene)))
    scene.post(Message(text=text, buttons=rows))


def skill_page(scene: Scene, wanted: str) -> None:
    """All exercises of one skill, the shortest first."""
    found = [each for each in library(scene) if each.modality == wanted]
    if not found:
        skills_page(scene)
        return
    text = scene.kit.words.text(scene.language, "skill", skill=scene.word(f"modality.{wanted}"))
    _shelf_page(scene, text, found)


def all_page(scene: Scene, _: str = "") -> None:
    """Every exercise in one list, by what it works on."""
    order = list(Modality)
    shelf = library(scene)
    if Offering(scene).track is None:  # a track has an order of its own, its core first
        shelf.sort(key=lambda each: order.index(each.modality))
    text = scene.kit.words.text(scene.language, "everything", **_state(scene, shelf))
    _shelf_page(scene, text, shelf)


def _state(scene: Scene, shelf: list[Exercise]) -> dict[str, object]:
    """Whether the list is short because exercises wait for their review, and nothing is left."""
    skills = [each for each in shelf if each.modality is not Modality.CHECK_IN]
    reviewed = Offering(scene).is_reviewed_only
    return {"reviewed": reviewed, "few": reviewed and not skills}


def _shelf_page(scene: Scene, text: str, shelf: Iterable[Exercise]) -> None:
    buttons = [begin_button(scene, each) for each in shelf]
    scene.post(Message(text=text, buttons=column(*buttons, menu_button(scene))))


def library(scene: Scene) -> list[Exercise]:
    """What is offered to this person, the shortest first; in a track, its core before all else."""
    return Offering(scene).shelf()


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
