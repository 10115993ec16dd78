"""One question about the person: how it is asked, and what takes a tap or typed words as answer."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.messages.callback import for_menu
from bot.messages.message import Button, Message, Rows
from bot.usecases.scene import Scene

VERB = "step"
"""What the buttons of these questions begin with; the step and the choice follow."""


@dataclass(frozen=True, slots=True)
class Step:
    """`ask` shows the question; the others give True once it is answered, and otherwise say why not
    and leave it open."""

    ask: Callable[[Scene], None]
    pressed: Callable[[Scene, str], bool]
    typed: Callable[[Scene, str], bool]


def button(text: str, step: str, choice: str) -> Button:
    """A button that answers a step; it means the same at the start, in /settings and next year."""
    return Button(text=text, data=for_menu(VERB, f"{step}.{choice}"))


def show(scene: Scene, name: str, rows: Rows = (), **values: object) -> None:
    """Posts a question from prompts/<language>/onboarding/."""
    text = scene.kit.words.text(scene.language, f"onboarding/{name}", **values)
    scene.post(Message(text=text, buttons=rows))


def again(ask: Callable[[Scene], None]) -> Callable[[Scene, str], bool]:
    """For a question that is answered by a tap only: typed words bring it back."""

    def asked(scene: Scene, _: str) -> bool:
        ask(scene)
        return False

    return asked
