"""Easier words in exercises, for whoever wants them: a switch in /settings."""

from dataclasses import replace

from bot.messages.callback import for_menu
from bot.messages.message import Button
from bot.store import people
from bot.usecases.scene import Scene

VERB = "simpler"
ON, OFF = "on", "off"


def is_wanted(scene: Scene) -> bool:
    """Whether what begins now begins in easier words."""
    return bool(scene.person.plain)


def button(scene: Scene) -> Button:
    """The switch; it says what a tap does."""
    wanted = is_wanted(scene)
    label = scene.word(f"simpler.{OFF if wanted else ON}")
    return Button(text=label, data=for_menu(VERB, OFF if wanted else ON))


def switch(scene: Scene, to: str) -> None:
    """Takes it from the button; tapped again, it stays as it is."""
    wanted = to == ON
    people.set_plain(scene.session, scene.person.id, wanted)
    scene.person = replace(scene.person, plain=wanted)
    scene.settled = True
