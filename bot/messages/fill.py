"""Putting a person's answers into texts and onto buttons, exactly as they were typed."""

import re
from collections.abc import Iterable, Iterator, Mapping

from babel.dates import format_datetime
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from bot.catalog.exercise import Exercise
from bot.catalog.markup import PLACEHOLDER
from bot.catalog.signs import whole
from bot.catalog.steps import (
    AskChoice,
    AskMany,
    AskNumber,
    AskWhen,
    ChooseFrom,
    Question,
    RateEach,
)
from bot.catalog.text import said
from bot.engine.moment import local_of
from bot.engine.run import Run, Value
from bot.messages.pack import units

_SENTENCE = re.compile(r"[,;:]|[.!?…»”]\s*$")

FILLED = 600
"""So much do the answers in one text take up together."""


def fill(text: str, answers: Mapping[str, Value], exercise: Exercise, language: str) -> Markup:
    """An author's text (checked HTML) with the placeholders replaced by escaped answers."""
    parts = PLACEHOLDER.split(text)
    room = FILLED // max(1, len(parts) // 2)
    filled = [
        part
        if at % 2 == 0
        else escape(fitted(shown(exercise, part, answers.get(part), language), room))
        for at, part in enumerate(parts)
    ]
    return Markup("").join(Markup(part) for part in filled)  # noqa: S704 # texts are checked


def shown(exercise: Exercise, step_id: str, value: Value, language: str) -> str:
    """An answer as a person reads it: the label of an option, a list in one line, a number."""
    step = exercise.find(step_id)
    match value:
        case None:
            return ""
        case str() if isinstance(step, AskWhen):
            return moment_said(value, language)
        case str():
            return entry_said(exercise, step_id, value, language)
        case int() | float():
            number = number_said(value, language)
            unit = said(step.unit, language) if isinstance(step, AskNumber) and step.unit else ""
            return f"{number} {unit}".rstrip()
        case tuple():
            return in_a_row(entry_said(exercise, step_id, each, language) for each in value)
        case dict():
            return in_a_row(
                f"{entry_said(exercise, step_id, each, language)} {number}"
                for each, number in value.items()
            )


def question_said(exercise: Exercise, step_id: str, run: Run) -> str:
    """A question as it was asked in this run, for whoever reads it later: without markup, with the
    earlier answers it quotes. "" for what is no question."""
    step = exercise.find(step_id)
    if not isinstance(step, Question):
        return ""
    text = PLACEHOLDER.sub(
        lambda found: "…" if found[1] == "item" else found[0], step.words(run.language, run.plain)
    )
    return fill(text, run.answers, exercise, run.language).striptags()


def in_a_row(entries: Iterable[str]) -> str:
    """Several entries in one line; sentences, which have commas and ends of their own, by dots."""
    each = tuple(entries)
    return (" · " if any(map(_SENTENCE.search, each)) else ", ").join(each)


def entry_said(exercise: Exercise, step_id: str, entry: str, language: str) -> str:
    """One entry of an answer: the label of an option, whichever step it comes from; own words."""
    step = exercise.find(step_id)
    if isinstance(step, RateEach | ChooseFrom):
        step = exercise.find(step.of)
    if not isinstance(step, AskChoice | AskMany):
        return entry
    labels = (said(option.label, language) for option in step.options if option.id == entry)
    return next(labels, entry)


def number_said(number: float, language: str) -> str:
    """A number as it is written in this language: 7.5 or 7,5."""
    return str(number) if isinstance(number, int) else str(format_decimal(number, locale=language))


def span_said(seconds: int) -> str:
    """Minutes and seconds, as a stopwatch shows them: 3:05."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def moment_said(value: str, language: str) -> str:
    """A moment as this person writes it, on the clock it was meant on."""
    local = local_of(value)
    if local is None:
        return value
    return str(format_datetime(local, "EEE d MMM, HH:mm", locale=language))


def short(text: str, longest: int) -> str:
    """The text in one line, cut with an ellipsis when it is longer than that."""
    return fitted(" ".join(text.split()), longest)


def fitted(text: str, longest: int) -> str:
    """The text as it is, cut with an ellipsis when Telegram counts more units than that."""
    if units(text) <= longest:
        return text
    return text[: _cut(text, longest - 1)].rstrip() + "…"


def pieces(text: str, longest: int) -> Iterator[str]:
    """All of the text, in pieces of so many units at most, parted at blanks where there are any."""
    while units(text) > longest:
        at = _cut(text, longest)
        blank = text.rfind(" ", at // 2, at)
        at = at if blank < 0 else blank + 1
        yield text[:at]
        text = text[at:]
    yield text


def _cut(text: str, longest: int) -> int:
    head = text.encode("utf-16-le", "surrogatepass")[: 2 * longest]
    return whole(text, len(head.decode("utf-16-le", "ignore")))
