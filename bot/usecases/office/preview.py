"""An exercise as a participant goes through it, without one: one way from the start to an end.

Every question is answered with the example its author wrote, the middle of its scale, the first of
its options that goes on; so a safety question with the answer that does. Nothing is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import UUID

from markupsafe import Markup, escape

from bot.catalog.exercise import Exercise
from bot.catalog.flow import next_in_file, reached
from bot.catalog.steps import (
    AskChoice,
    AskList,
    AskMany,
    AskNumber,
    AskScale,
    AskText,
    AskWhen,
    ChooseFrom,
    RateEach,
    Timed,
)
from bot.catalog.text import said
from bot.engine.advance import advance, start
from bot.engine.brought import stand_ins
from bot.engine.given import DONE, SKIP, Given, Pressed, Rang, Said
from bot.engine.moment import for_button, wall
from bot.engine.run import Run
from bot.messages.message import Message
from bot.messages.render import render
from bot.messages.summary import Viewer
from bot.reports.marked import safe
from bot.usecases.kit import Kit

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A preview has a clock of its own, so that it reads the same every time."""
MOST = 60
"""So many turns; every exercise ends before."""
A_GOOD_PART = 5
"""Steps; the few questions to somebody who does not feel safe are fewer."""
_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of the bot with its buttons by row, or (`own`) what the person answered."""

    text: Markup
    rows: tuple[tuple[str, ...], ...] = ()
    own: bool = False


def preview(kit: Kit, exercise: Exercise, language: str) -> tuple[Bubble, ...]:
    """The conversation from the first message to an end."""
    return tuple(_bubbles(kit, exercise, language))


def _bubbles(kit: Kit, exercise: Exercise, language: str) -> Iterator[Bubble]:
    viewer = Viewer(language, "UTC", MORNING, kit.titles)
    known = stand_ins(exercise, language)
    turn = start(exercise, MORNING, language, known)
    for _ in range(MOST):
        for each in render(kit.words, exercise, _NOBODY, turn.run, turn.events, viewer):
            yield _bubble(each.message)
        given = _answer(exercise, turn.run, language) if turn.run.is_open else None
        if given is None:
            return
        words = _said(exercise, turn.run, given, language)
        if words:
            yield Bubble(escape(words), own=True)
        after = advance(exercise, turn.run, given, MORNING)
        if after.run == turn.run:  # refused: what the author gave as an example does not fit
            return
        turn = after


def _bubble(message: Message) -> Bubble:
    text = message.text or (message.media.text if message.media is not None else "")
    rows = tuple(tuple(button.text for button in row) for row in message.buttons)
    return Bubble(safe(text), rows)


def _answer(exercise: Exercise, run: Run, language: str) -> Given | None:
    """What a person might give here; None where there is nothing to give."""
    step, turn, mark = exercise.step(run.cursor), run.turn, run.latest_mark + 1
    match step:
        case AskText() | AskList() if not run.draft.items:
            return Said(_example(step, language)[: step.max_chars], mark)
        case AskList():
            return Pressed(turn, DONE)
        case AskMany():
            if len(run.draft.items) >= max(step.min_items, 1):
                return Pressed(turn, DONE)
            return Pressed(turn, f"s{len(run.draft.items)}")
        case AskNumber():
            return Pressed(turn, f"{step.min:g}")
        case AskWhen():
            away = timedelta(days=-1 if step.past else 1)
            return Pressed(turn, for_button(wall(MORNING, run.zone) + away))
        case AskScale() | RateEach():
            scale = step.scale
            middle = scale.min + (scale.max - scale.min) // (2 * scale.by) * scale.by
            return Pressed(turn, str(middle))
        case ChooseFrom():
            return Pressed(turn, "i1")
        case AskChoice():
            return Pressed(turn, _goes_on(exercise, step))
        case Timed():
            return Rang(turn)
    return Pressed(turn, SKIP)


def _goes_on(exercise: Exercise, step: AskChoice) -> str:
    """The first option that goes on below, or simply the first; of a safety question, and where the
    first would leave out a good part of the exercise, the one behind which most of it lies."""
    straight = [each for each in step.options if each.goto is None]
    first = (straight or list(step.options))[0]
    furthest = max(
        step.options, key=lambda each: (_ahead(exercise, step, each.goto), each.id == "no")
    )
    missed = _ahead(exercise, step, furthest.goto) - _ahead(exercise, step, first.goto)
    return (furthest if step.gate or missed >= A_GOOD_PART else first).id


def _ahead(exercise: Exercise, step: AskChoice, goto: str | None) -> int:
    """How many steps can still come."""
    there = goto or step.goto or next_in_file(exercise, step)
    return len(reached(exercise, there)) if there is not None else 0


def _example(step: AskText | AskList, language: str) -> str:
    """What the author gave as an example, or offers as the first suggestion."""
    if step.example:
        return _plain(said(step.example, language))
    if isinstance(step, AskList) and step.suggest:
        return step.suggest[language][0]
    return "…"


def _said(exercise: Exercise, run: Run, given: Given, language: str) -> str:
    """The answer as the person would see it in their chat; "" for a timer and for [Done]."""
    step = exercise.step(run.cursor)
    match given:
        case Said(text):
            return text
        case Pressed(_, choice) if isinstance(step, AskChoice):
            labels = {each.id: said(each.label, language) for each in step.options}
            return labels.get(choice, "")
        case Pressed(_, choice) if isinstance(step, AskMany) and choice[1:].isdigit():
            return said(step.options[int(choice[1:])].label, language)
        case Pressed(_, choice) if isinstance(step, AskScale | RateEach | AskNumber):
            return choice
    return ""


def _plain(text: str) -> str:
    """Telegram HTML without its tags."""
    return unescape(re.sub(r"<[^>]+>", "", text)).strip()
