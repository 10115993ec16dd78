"""My toolbox: what helped this person most by their own numbers, and what they keep on top."""

from collections.abc import Callable

from bot.care import toolbox as care
from bot.care.toolbox import Tool
from bot.catalog.exercise import Exercise, Modality
from bot.catalog.text import said
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message
from bot.store import pinned
from bot.usecases.menu import begin_button, column, library, menu_button
from bot.usecases.practices import practised
from bot.usecases.scene import Scene

MOST = 8
"""So many tools are at hand; more would be a list again."""
NO_TOOLS = (Modality.CHECK_IN, Modality.MEASURE, Modality.SAFETY)
"""What tells how it is, or is needed in danger, is no tool to be compared."""


def tools(scene: Scene) -> list[tuple[Tool, Exercise]]:
    """The toolbox as it stands now, the most helpful first; only what is offered to this person."""
    shelf = _shelf(scene)
    mine = care.toolbox(practised(scene), pinned.of_person(scene.session, scene.person.id))
    return [(tool, shelf[tool.exercise]) for tool in mine if tool.exercise in shelf]


def _shelf(scene: Scene) -> dict[str, Exercise]:
    return {each.id: each for each in library(scene) if each.modality not in NO_TOOLS}


def page(scene: Scene, _: str = "") -> None:
    """Each tool with its number and a button that begins it."""
    mine = tools(scene)[:MOST]
    text = scene.kit.words.text(
        scene.language, "toolbox", tools=[_line(scene, *each) for each in mine]
    )
    begin = [begin_button(scene, exercise) for _, exercise in mine]
    choose = Button(text=scene.word("toolbox.choose"), data=for_menu("keep_tools"))
    scene.post(Message(text=text, buttons=column(*begin, choose, menu_button(scene))))


def _line(scene: Scene, tool: Tool, exercise: Exercise) -> dict[str, object]:
    return {"title": said(exercise.title, scene.language), "tool": tool}


def choose_page(scene: Scene, argument: str = "") -> None:
    """What to keep on top: of what was done, or of everything."""
    shelf, kept = _shelf(scene), pinned.of_person(scene.session, scene.person.id)
    done = {each.exercise for each in practised(scene)} | set(kept)
    everything = argument == "all" or not any(name in done for name in shelf)
    shown = [each for each in shelf.values() if everything or each.id in done]
    buttons = [_toggle(scene, each, on=each.id in kept) for each in shown]
    if not everything:
        more = Button(text=scene.word("menu.everything"), data=for_menu("keep_tools", "all"))
        buttons.append(more)
    text = scene.kit.words.text(scene.language, "toolbox_choose")
    scene.post(Message(text=text, buttons=column(*buttons, toolbox_button(scene))))


def _toggle(scene: Scene, exercise: Exercise, *, on: bool) -> Button:
    title = said(exercise.title, scene.language)
    return Button(text=f"📌 {title}" if on else title, data=for_menu("keep", exercise.id))


def keep(scene: Scene, name: str) -> None:
    """Puts a tool on top, or lets it stand by its numbers again."""
    session, person = scene.session, scene.person.id
    if name in pinned.of_person(session, person):
        pinned.unpin(session, person, name)
    elif name in _shelf(scene):
        pinned.pin(session, person, name, scene.now)
    scene.settled = True
    page(scene)


def toolbox_button(scene: Scene) -> Button:
    """The way to the toolbox."""
    return Button(text=scene.word("toolbox.mine"), data=for_menu("toolbox"))


PAGES: dict[str, Callable[[Scene, str], None]] = {
    "toolbox": page,
    "keep_tools": choose_page,
    "keep": keep,
}
"""What the buttons of the toolbox do."""
