"""An exercise as a conversation in the terminal, on the real engine and with the real words."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import UUID

from bot.catalog.exercise import Exercise
from bot.engine.advance import advance, start
from bot.engine.brought import stand_ins
from bot.engine.event import Altered, Event, Promised, Signalled
from bot.engine.given import (
    BACK,
    DONE,
    ENOUGH,
    GO,
    KEEP,
    PAUSE,
    SKIP,
    STOP,
    USE,
    Given,
    Pressed,
    Rang,
    Said,
)
from bot.engine.run import Value
from bot.engine.walk import Turn
from bot.messages.callback import RunPress, unpack
from bot.messages.message import Button, Message
from bot.messages.render import render
from bot.messages.summary import Viewer
from bot.messages.words import Words

CONTROLS = {
    f"/{choice[1:]}": choice for choice in (BACK, SKIP, PAUSE, STOP, DONE, KEEP, ENOUGH, GO, USE)
}
RUN_ID = UUID(int=0)
STARTED = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
"""A play has a clock of its own, so that it reads the same every time."""
_TAG = re.compile(r"</?(?:b|i|u|s|code|blockquote|tg-spoiler)>")


class Play:
    """One person in a terminal. Holds the run and the clock of the play."""

    def __init__(
        self,
        words: Words,
        exercise: Exercise,
        language: str,
        titles: dict[str, dict[str, str]],
        *,
        plain: bool = False,
        brought: Mapping[str, Value] | None = None,
    ) -> None:
        self.words = words
        self.exercise = exercise
        self.titles = titles
        self.language = language
        self.now = STARTED
        self.mark = 0
        self.brought = dict(brought or {})
        known = {**stand_ins(exercise, language), **self.brought}
        self.turn: Turn = start(exercise, self.now, language, known, plain=plain)
        self.buttons: list[Button] = []

    @property
    def is_over(self) -> bool:
        """Whether the end was reached or the person stopped."""
        return not self.turn.run.is_open

    def shown(self) -> list[str]:
        """What the person sees after the last turn: lines of text and a line of buttons."""
        viewer = Viewer(self.language, "UTC", self.now, self.titles)
        lines: list[str] = []
        for each in render(
            self.words, self.exercise, RUN_ID, self.turn.run, self.turn.events, viewer
        ):
            lines += self._lines(each.message)
        return lines + [line for event in self.turn.events for line in _unseen(event)]

    def give(self, line: str) -> list[str]:
        """One line of the person: words, a button's label, /done and the like, or /wait."""
        self.mark += 1
        self.now += timedelta(seconds=20)
        self.turn = advance(self.exercise, self.turn.run, self._given(line), self.now)
        return self.shown()

    def _given(self, line: str) -> Given:
        run = self.turn.run
        if line == "/wait":
            self.now = max(self.now, run.due_at or self.now)
            return Rang(run.turn)
        if line in CONTROLS:
            return Pressed(run.turn, CONTROLS[line])
        for button in self.buttons:
            press = unpack(button.data or "")
            if button.text.casefold() == line.casefold() and isinstance(press, RunPress):
                return Pressed(run.turn, press.choice)
        return Said(line, self.mark)

    def _lines(self, message: Message) -> list[str]:
        self.buttons = [button for row in message.buttons for button in row]
        rows = [" ".join(f"[{button.text}]" for button in row) for row in message.buttons]
        copied = [line for each in self.buttons for line in (each.copy_text or "").splitlines()]
        return [*plain(message.text).splitlines(), *rows, *(f"| {line}" for line in copied), ""]


def _unseen(event: Event) -> list[str]:
    """What happens without the person seeing it, for whoever writes the exercise."""
    match event:
        case Signalled(tier, reason):
            return [f"(signal, {tier}: {reason})", ""]
        case Altered(reason):
            return [f"(changed: {reason})", ""]
        case Promised(at, _, ask, quote):
            what = ", ".join([*([ask] if ask else []), *(f"“{name}”" for name in quote)])
            return [f"(later, {at:%Y-%m-%d %H:%M}: {what})", ""]
    return []


def plain(text: str) -> str:
    """Telegram HTML without its tags."""
    return unescape(_TAG.sub("", text))


def transcript(play: Play, inputs: list[str]) -> str:
    """The whole conversation: what was shown, and after "> " what was given.

    What an earlier exercise brought along stands above it, each after "< ".
    """
    lines = [f"< {name}: {value}" for name, value in play.brought.items()]
    lines += ["", *play.shown()] if lines else play.shown()
    for line in inputs:
        lines += [f"> {line}", "", *play.give(line)]
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"
