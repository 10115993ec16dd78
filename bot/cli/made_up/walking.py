"""An exercise gone through with answers known beforehand, by the engine itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from bot.catalog.exercise import Exercise
from bot.catalog.steps import (
    AskChoice,
    AskList,
    AskMany,
    AskNumber,
    AskScale,
    AskText,
    AskWhen,
    ChooseFrom,
    Question,
    RateEach,
    Timed,
)
from bot.engine.advance import Day, advance, start
from bot.engine.answer.numbers import next_unrated
from bot.engine.event import Answered, Refused
from bot.engine.given import DONE, SKIP, Given, Pressed, Rang, Said
from bot.engine.run import Run, Value
from bot.store.runs import Answer

THINKING = timedelta(seconds=12)
"""So long every question takes."""


class NoAnswerError(Exception):
    """A made-up answer does not fit its question: the story has to be mended."""


@dataclass(frozen=True, slots=True)
class Walked:
    """A run to its end: when it began, when each answer was given, when it was over (UTC)."""

    run: Run
    answers: tuple[Answer, ...]
    begun_at: datetime
    ended_at: datetime


def walk(
    exercise: Exercise,
    wanted: Mapping[str, Value],
    begun_at: datetime,
    *,
    language: str,
    zone: str,
    day: Day | None = None,
) -> Walked:
    """Answers every question as wanted and skips the others. Raises NoAnswerError."""
    turn = start(exercise, begun_at, language, zone=zone, day=day)
    now, mark, answers = begun_at, 0, dict[str, Answer]()
    while turn.run.is_open:
        now, mark = turn.run.due_at or now + THINKING, mark + 1
        turn = advance(exercise, turn.run, _given(exercise, turn.run, wanted, mark), now)
        if not turn.events or any(isinstance(each, Refused) for each in turn.events):
            raise NoAnswerError(f"{exercise.id}: {turn.run.cursor}")
        for event in turn.events:
            if isinstance(event, Answered):
                answers[event.step] = Answer(event.step, event.value, now)
    return Walked(turn.run, tuple(answers.values()), begun_at, now)


class Walks:
    """Walks that are remembered: the engine knows no clock, so the same answers at another time
    are the same walk at that time. For exercises that ask for no moment."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Walked] = {}

    def walk(
        self,
        exercise: Exercise,
        wanted: Mapping[str, Value],
        begun_at: datetime,
        *,
        language: str,
        zone: str,
        day: Day | None = None,
    ) -> Walked:
        """As `walk` does it. Raises NoAnswerError."""
        key = (exercise.id, language, zone, day is None, *map(str, wanted.items()))
        known = self._known.get(key)
        if known is None:
            known = walk(exercise, wanted, begun_at, language=language, zone=zone, day=day)
            self._known[key] = known
        return _at(known, begun_at, day)


def _at(walked: Walked, begun_at: datetime, day: Day | None) -> Walked:
    later = begun_at - walked.begun_at
    run = walked.run.model_copy(
        update={"asked_at": walked.run.asked_at + later, "about": day.of if day else None}
    )
    answers = tuple(each._replace(at=each.at + later) for each in walked.answers)
    return Walked(run, answers, begun_at, walked.ended_at + later)


def _given(exercise: Exercise, run: Run, wanted: Mapping[str, Value], mark: int) -> Given:
    """The next thing the person does."""
    step = exercise.step(run.cursor)
    if isinstance(step, Timed):
        return Rang(run.turn)
    if not isinstance(step, Question):
        raise NoAnswerError(f"{exercise.id}: {step.id}")
    value = wanted.get(step.id)
    if value is None:
        return Pressed(run.turn, SKIP)
    match step:
        case AskText() | AskScale() | AskNumber() | AskWhen():
            return Said(str(value), mark)
        case AskChoice():
            return Pressed(run.turn, str(value))
        case AskList():
            return _next_entry(run, _entries(value), mark)
        case AskMany():
            return _next_option(step, run, _entries(value), mark)
        case RateEach():
            assert isinstance(value, dict)
            return Said(str(value[next_unrated(step, run) or ""]), mark)
        case ChooseFrom():
            offered = run.answers[step.of]
            assert isinstance(offered, tuple)
            return Pressed(run.turn, f"i{offered.index(str(value))}")
    assert_never(step)


def _entries(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _next_entry(run: Run, entries: tuple[str, ...], mark: int) -> Given:
    done = len(run.draft.items)
    return Pressed(run.turn, DONE) if done >= len(entries) else Said(entries[done], mark)


def _next_option(step: AskMany, run: Run, entries: tuple[str, ...], mark: int) -> Given:
    """The next one that is tapped; what is no option is typed."""
    done = len(run.draft.items)
    if done >= len(entries):
        return Pressed(run.turn, DONE)
    places = {option.id: place for place, option in enumerate(step.options)}
    if entries[done] in places:
        return Pressed(run.turn, f"s{places[entries[done]]}")
    return Said(entries[done], mark)
