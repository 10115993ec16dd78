"""One question about the person: how it is asked, and what takes a tap or typed words as answer."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.catalog.bare import bare
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message, Rows
from bot.usecases.scene import Scene

VERB = "step"
"""What the buttons of these questions begin with; the step and the choice follow."""

_POLITE = re.compile(r",? (?:thanks|thank you|please|pls|gracias|por favor)$")


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


def chosen(scene: Scene, text: str, labels: Mapping[str, str]) -> str | None:
    """The choice whose button was typed instead of tapped, in any language; None if none was.

    `labels` leads from the name of a button's words to its choice.
    """
    words, typed = scene.kit.words, _plain(text)
    for name, choice in labels.items():
        if typed in {_plain(words.word(language, name)) for language in words.languages}:
            return choice
    return None


def means(scene: Scene, text: str, which: str) -> bool:
    """Whether it is one of the `yes_words` or `no_words`, with thanks at most, in any language."""
    words, typed = scene.kit.words, _POLITE.sub("", text.strip(" .!").casefold())
    named = (words.word(language, f"onboarding.{which}").split() for language in words.languages)
    return any(typed in each for each in named)


def declines(scene: Scene, text: str) -> bool:
    """Whether somebody would rather not say, or does not know: "skip", "I don't want to"."""
    return _plain(text).replace("’", "'") in scene.kit.words.listed("onboarding.declined")


def asks_back(scene: Scene, text: str, *, free: bool = False) -> bool:
    """Whether it is a question and no answer: "why?", "what do you mean". With a number in it, it
    may be one all the same ("what about 8?"); so may it where own words are asked for (`free`) and
    no question mark says otherwise: "que no esté mi marido"."""
    if free and not text.rstrip().endswith("?"):
        return False
    said = _plain(text.strip("¿? ")).replace("’", "'")
    asking = scene.kit.words.listed("onboarding.asking")
    begins = any(said == each or said.startswith(f"{each} ") for each in asking)
    return begins and not any(sign.isdigit() for sign in said)


def _plain(text: str) -> str:
    return bare(text).replace("'", "’").strip(" .!¡…")


def again(ask: Callable[[Scene], None]) -> Callable[[Scene, str], bool]:
    """For a page of switches: [Go on] may be typed; other words set none, which is said, and bring
    the page back."""

    def asked(scene: Scene, text: str) -> bool:
        if chosen(scene, text, {"onboarding.go_on": "done", "buttons.done": "done"}):
            return True
        show(scene, "taps_only")
        ask(scene)
        return False

    return asked
