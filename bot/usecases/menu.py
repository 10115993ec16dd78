"""The menu: what was left open, what would help now by need, and everything else by skill."""

from collections.abc import Collection, Iterable

from bot.catalog.exercise import Exercise, Modality, Need
from bot.catalog.text import said
from bot.messages.callback import for_menu
from bot.messages.fill import short
from bot.messages.keyboard import by_length, two_by_two
from bot.messages.message import Button, Message, Rows
from bot.messages.render import Place, go_on_button, place
from bot.store import groups, revisions, runs
from bot.usecases.offering import Offering
from bot.usecases.scene import Scene
from bot.usecases.to_do import to_do, weekday

ASIDE = 3
"""So many exercises that were set aside are offered again in the menu."""
GIVEN = 2
"""So many of the newest that were given stand in it."""
TOLD_APART = 26
"""So much of a thought stands on the button of one of two runs of the same exercise."""
FEW = 8
"""So many exercises can be read at a glance; more are asked for by need."""
HERE = ("check.core", "dbt.diary", "check.week")
"""What tells how it is going; it stands in the menu itself."""
TOOLBOX = "toolbox.mine", for_menu("toolbox")
SKILLS = "menu.skills", for_menu("skills")
COURSES = "workshops.list", for_menu("workshops")
BOARD = "board.open", for_menu("board")
PLAN = "help_now.plan", for_menu("plan")
PARTNER = "pairs.door", for_menu("pair", "page")
PROGRESS = "buttons.progress", for_menu("progress")
HISTORY = "buttons.history", for_menu("history")
"""Pages of one's own: the word of their button, and what it carries."""
LEADS = {
    Need.ANXIOUS.value: ("breath.paced",),
    Need.PANIC.value: ("mind.ground54321", "breath.paced"),
    Need.LOW.value: ("cbt.ba_plan", "sc.break"),
    Need.ASHAMED.value: ("sc.break", "er.opposite"),
}
"""What goes before shorter things: in panic the way back to the room, for the anxious the slow
breath with the best evidence, for the low something small to do, for the ashamed a kind word and a
way out of hiding (clinical brief, A1 to A3)."""
AT_ONCE = 6
"""So many ways stand below a need; sixteen were a wall for whoever is low. The rest is a tap on."""
ALL = "all"


def menu(scene: Scene, _: str = "") -> None:
    """What would help now; an exercise that was left comes first, with its thought."""
    words, language = scene.kit.words, scene.language
    unfinished = runs.open_runs(scene.session, scene.kit.vault, scene.person.id, ASIDE)
    places = [
        place(revisions.recall(scene.session, each.revision), each.run, language)
        for each in unfinished
    ]
    left = places[0] if places else None
    first = [
        go_on_button(words, language, each.id, each.run, _told_apart(at, places))
        for each, at in zip(unfinished, places, strict=True)
    ]
    text = words.text(language, "menu", open=left)
    state = _state(scene, library(scene))
    if state["few"] and left is None:
        text = words.text(language, "everything", **state)
    protect = any(each.kept for each in places)
    begun = {each.run.exercise for each in unfinished}
    buttons = (*column(*first, *_given(scene, begun)), *_offers(scene))
    scene.post(Message(text=text, buttons=buttons, protect=protect))


def _given(scene: Scene, begun: Collection[str]) -> list[Button]:
    """What a therapist gave them and they have not done yet, with the day it is for."""
    group = groups.of_person(scene.session, scene.person.id)
    if group is None:
        return []
    left = to_do(scene, group, scene.now)
    fresh = {each.id: given.until for given, each in reversed(left) if each.id not in begun}
    return [
        Button(
            text=scene.word(
                "menu.given",
                day=weekday(until, scene.language),
                title=said(scene.kit.titles[name], scene.language),
            ),
            data=for_menu("begin", name),
        )
        for name, until in list(fresh.items())[-GIVEN:]
    ]


def go_on_buttons(scene: Scene) -> list[Button]:
    """The ways back into what was left, each with its title, to stand above other things."""
    return [
        go_on_button(
            *(scene.kit.words, scene.language, each.id, each.run),
            place(revisions.recall(scene.session, each.revision), each.run, scene.language).title,
        )
        for each in runs.open_runs(scene.session, scene.kit.vault, scene.person.id, ASIDE)
    ]


def _told_apart(at: Place, places: list[Place]) -> str:
    """What tells one open exercise from the others: its title, or else its thought or step."""
    if len(places) == 1:
        return ""
    same = sum(each.title == at.title for each in places) > 1
    return short(at.kept or at.label, TOLD_APART) if same else at.title


def _offers(scene: Scene) -> Rows:
    """The two doors: what is needed now, and which skill; and one tap away what is one's own."""
    shelf = library(scene)
    if len(shelf) <= FEW:
        few = column(*(begin_button(scene, each) for each in shelf))
        return (*few, *two_by_two([*_doors(scene, (TOOLBOX,)), *_own(scene)]))
    needs = [
        Button(text=scene.word(f"need.{need}"), data=_door(need))
        for need in Need
        if any(need in each.need for each in shelf)
    ]
    own = (*HERE, Offering(scene).check_in)
    here = [begin_button(scene, each) for each in shelf if each.id in own]
    # What stands last is what a phone shows without scrolling.
    own_pages = [*here, *_doors(scene, (TOOLBOX, SKILLS, COURSES)), *_own(scene)]
    return (*two_by_two(needs), *two_by_two(own_pages))


def _own(scene: Scene) -> list[Button]:
    """What is this person's, and the group's where there is something to find."""
    programme = groups.programme(scene.session)
    is_paired = programme is not None and programme.partner_pairs
    others = (BOARD,) if scene.kit.board.situations else ()
    partner = (PARTNER,) if is_paired else ()
    return _doors(scene, (*others, PLAN, *partner, PROGRESS, HISTORY))


def _doors(scene: Scene, doors: Iterable[tuple[str, str]]) -> list[Button]:
    return [Button(text=scene.word(label), data=data) for label, data in doors]


def _door(need: Need) -> str:
    """An urge has a page of its own."""
    return for_menu("urge") if need is Need.URGE else for_menu("need", need)


def need_page(
    scene: Scene, wanted: str, first: Collection[Exercise] = (), *, told: bool = False
) -> None:
    """What helps with one need, the shortest first; before them what was named; of many the first
    few, and with ".all" every one. `told`: they said in a sentence how they are, and that is
    answered first."""
    shelf, (wanted, _, more) = library(scene), wanted.partition(".")
    lead = [each for name in LEADS.get(wanted, ()) for each in shelf if each.id == name]
    fitting = [each for each in shelf if wanted in each.need]
    found = list({each.id: each for each in (*first, *lead, *fitting)}.values())
    if not fitting:
        menu(scene)
        return
    text = scene.kit.words.text(scene.language, "need", need=wanted, told=told)
    most = max(AT_ONCE, len(first))
    if more == ALL or len(found) <= most + 1:
        _shelf_page(scene, text, found)
        return
    rest = Button(text=scene.word("menu.more"), data=for_menu("need", f"{wanted}.{ALL}"))
    _shelf_page(scene, text, found[:most], rest)


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
    """Every exercise below the name of its skill; what a track puts first stands on top."""
    offering = Offering(scene)
    shelf = offering.shelf()
    lead = [each for each in shelf if offering.is_lead(each)]
    rows = list(column(*(begin_button(scene, each) for each in lead)))
    for skill in Modality:
        found = [each for each in shelf if each.modality is skill and each not in lead]
        if found:
            rows += column(_heading(scene, skill), *(begin_button(scene, each) for each in found))
    text = scene.kit.words.text(scene.language, "everything", **_state(scene, shelf))
    scene.post(Message(text=text, buttons=(*rows, (menu_button(scene),))))


def _heading(scene: Scene, skill: Modality) -> Button:
    """Parts a long list; whoever taps it sees this skill alone."""
    return Button(text=f"— {scene.word(f'modality.{skill}')} —", data=for_menu("skill", skill))


def _state(scene: Scene, shelf: list[Exercise]) -> dict[str, object]:
    """Whether the list is short because exercises wait for their review, and nothing is left."""
    skills = [each for each in shelf if each.modality is not Modality.CHECK_IN]
    reviewed = Offering(scene).is_reviewed_only
    return {"reviewed": reviewed, "few": reviewed and not skills}


def _shelf_page(scene: Scene, text: str, shelf: Iterable[Exercise], *below: Button) -> None:
    buttons = [begin_button(scene, each) for each in shelf]
    scene.post(Message(text=text, buttons=column(*buttons, *below, menu_button(scene))))


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
