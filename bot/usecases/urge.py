"""/urge: two tools at once, ten minutes together, and help one tap away."""

from datetime import timedelta

from bot.care.toolbox import Tool
from bot.catalog.exercise import Exercise, Need
from bot.catalog.text import said
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message
from bot.store import dues
from bot.usecases.afterwards import LOG, URGE, urge_key
from bot.usecases.menu import begin_button, column, library, menu_button
from bot.usecases.own_plan import LEADS
from bot.usecases.scene import Scene
from bot.usecases.toolbox import tools

USUAL = ("sud.surf", "breath.paced", "mind.ground54321", "dt.stop")
"""What is offered while nothing of one's own is known; the first two that this person may use.
Urge surfing first (clinical brief A7); both ask about the body before they begin."""
QUICK = 12
"""Longer exercises (minutes) are nothing for the middle of an urge."""
LASTS = timedelta(hours=1)
"""So long after /urge the next finished exercise is followed by "how strong is it now?"."""


def page(scene: Scene, _: str = "") -> None:
    """Two buttons to begin, the craving log with its ten minutes, something else, and help."""
    own, two = _two(scene)
    text = scene.kit.words.text(
        scene.language,
        "urge",
        own=[{"title": said(each.title, scene.language), "tool": tool} for tool, each in own],
    )
    shelf = {each.id for each in library(scene)}
    log = [Button(text=scene.word("urge.log"), data=for_menu("begin", LOG))] if LOG in shelf else []
    other = Button(text=scene.word("urge.other"), data=for_menu("need", "urge"))
    help_now = Button(text=scene.word("keys.help_now"), data=for_menu("help"))
    begin = [begin_button(scene, each) for each in two]
    scene.post(
        Message(text=text, buttons=column(*begin, *log, other, help_now, menu_button(scene)))
    )
    dues.set_due(
        *(scene.session, scene.person.id, URGE, None, None, scene.now + LASTS),
        *(urge_key(scene.person.id), scene.now),
    )


def _two(scene: Scene) -> tuple[list[tuple[Tool, Exercise]], list[Exercise]]:
    """The person's own (those that helped or are pinned), filled up with the usual ones."""
    fitting = [
        (tool, each)
        for tool, each in tools(scene)
        if each.minutes <= QUICK and each.id != LOG and not each.daily
    ][:2]
    shelf = {each.id: each for each in library(scene)}
    names = dict.fromkeys([each.id for _, each in fitting] + [n for n in USUAL if n in shelf])
    return fitting, [shelf[name] for name in list(names)[:2]]


def after_lapse(scene: Scene) -> None:
    """The way on after a lapse, for whoever writes of one: “an urge rises, peaks and falls” was no
    answer to “I relapsed yesterday”. Where no such exercise is open to them, the shame of it has a
    door, and their own plan, unless a card above has it."""
    shelf = library(scene)
    ways = [begin_button(scene, each) for each in shelf if LEADS in each.tags]
    now = Button(text=scene.word("need.urge"), data=for_menu("urge"))
    text = scene.kit.words.text(scene.language, "after_lapse", way=bool(ways))
    if not ways:
        ashamed = Button(text=scene.word("need.ashamed"), data=for_menu("need", Need.ASHAMED))
        plan = Button(text=scene.word("help_now.plan"), data=for_menu("plan"))
        is_there = any(Need.ASHAMED in each.need for each in shelf)
        ways = [*([ashamed] if is_there else []), now, *([] if scene.posted else [plan])]
    else:
        ways.append(now)
    scene.post(Message(text=text, buttons=column(*ways, menu_button(scene))))
