"""How an entry is laid out: thought records in their columns, all else as question and answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from bot.care.feedback import moved
from bot.catalog.exercise import Exercise
from bot.catalog.steps import Finish, Question, RateEach, Timed
from bot.catalog.text import said
from bot.engine.run import Run, Value
from bot.messages.fill import entry_said, fill, number_said, shown, span_said
from bot.messages.lines import has, named

COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "cbt.thought5": {
        "situation": ("situation",),
        "feelings": ("moods", "moods_before"),
        "thoughts": ("thought", "belief_before"),
        "fairer": ("fairer", "fairer_belief"),
        "now": ("belief_after", "moods_after"),
    },
    "cbt.thought7": {
        "situation": ("situation",),
        "feelings": ("moods", "moods_before"),
        "thoughts": ("thoughts", "hot_thought", "belief_before"),
        "fits": ("evidence_for",),
        "fits_not": ("evidence_against", "look_again"),
        "fairer": ("balanced", "balanced_belief"),
        "now": ("belief_after", "moods_after", "next_action"),
    },
}
"""The columns of the form as it is used on paper (Greenberger and Padesky, 1995): the word for
each, and the steps in it. A rating of each entry of a list stands in for the list."""


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: what it is called, how it was asked (checked HTML of the author's), the answer
    as it was typed, a line for each entry of a list."""

    label: str
    asked: Markup
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `name` is a word below `office_entry.columns`."""

    name: str
    answers: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Rated:
    """One rating before and after, on the scale from `low` to `high`."""

    label: str
    before: int
    after: int
    low: int
    high: int


def columns(exercise: Exercise, run: Run, language: str) -> tuple[Column, ...]:
    """The columns of a thought record; () for every other exercise."""
    form = COLUMNS.get(exercise.id, {})
    return tuple(
        Column(name, tuple(_answers(exercise, run, steps, language)))
        for name, steps in form.items()
    )


def _answers(exercise: Exercise, run: Run, steps: tuple[str, ...], language: str) -> Iterator[Said]:
    there = [step for step in steps if has(run, step)]
    rated = {each.of for step in there if isinstance(each := exercise.find(step), RateEach)}
    for step in there:
        if step not in rated:
            yield said_of(exercise, run, step, language)


def pairs(exercise: Exercise, run: Run, language: str) -> tuple[Said, ...]:
    """What is in no column, in the order in which it is asked."""
    return tuple(said_of(exercise, run, step, language) for step in in_no_column(exercise, run))


def in_no_column(exercise: Exercise, run: Run) -> tuple[str, ...]:
    """The steps of it."""
    placed = {step for steps in COLUMNS.get(exercise.id, {}).values() for step in steps}
    return tuple(
        step.id
        for step in exercise.steps
        if isinstance(step, Question | Timed) and has(run, step.id) and step.id not in placed
    )


def said_of(exercise: Exercise, run: Run, step: str, language: str) -> Said:
    """One answer, with labels and options in this language; own words stay as they are."""
    asked = exercise.find(step)
    text = Markup("")
    if isinstance(asked, Question) and not isinstance(asked, RateEach):
        text = fill(asked.words(language, run.plain), run.answers, exercise, language)
    value = run.answers.get(step)
    return Said(named(exercise, step, language), text, lines_of(exercise, step, value, language))


def lines_of(exercise: Exercise, step: str, value: Value, language: str) -> tuple[str, ...]:
    """An answer as a person reads it, a line for each entry of a list."""
    match value:
        case tuple():
            return tuple(entry_said(exercise, step, each, language) for each in value)
        case dict():
            return tuple(
                f"{entry_said(exercise, step, each, language)}: {number_said(number, language)}"
                for each, number in value.items()
            )
        case int() if isinstance(exercise.find(step), Timed):
            return (span_said(value),)
    return (shown(exercise, step, value, language),)


def rated(exercise: Exercise, run: Run, language: str) -> tuple[Rated, ...]:
    """What was rated before and after."""
    end = exercise.find(run.cursor)
    if not isinstance(end, Finish):
        return ()
    found = []
    for change, several in moved(exercise, end, run.answers):
        name = said(change.label, language) if change.label else ""
        name = name or named(exercise, change.before, language)
        for each in several:
            item = entry_said(exercise, change.before, each.item, language) if each.item else ""
            found.append(Rated(item or name, each.before, each.after, each.low, each.high))
    return tuple(found)
