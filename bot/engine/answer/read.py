"""The answer to the question that stands open, whatever its kind; and the answer before Back."""

from datetime import datetime

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
)
from bot.engine.answer.moments import moment, still_fits
from bot.engine.answer.numbers import measured, next_unrated, on_scale, rating
from bot.engine.answer.options import entry, option
from bot.engine.answer.reading import Reading, Whole
from bot.engine.answer.several import several
from bot.engine.answer.words import entries, words
from bot.engine.event import Refused, Why
from bot.engine.given import KEEP, Pressed, Said
from bot.engine.run import Run, Value


def read(
    exercise: Exercise, step: Question, run: Run, given: Said | Pressed, now: datetime
) -> Reading:
    """The answer, a part of one, or why it cannot be one. Never raises."""
    if isinstance(given, Pressed) and given.choice == KEEP:
        return _kept(step, run, now)
    match step:
        case AskText():
            return words(step.max_chars, given)
        case AskList():
            return entries(step, run, given)
        case AskMany():
            return several(step, run, given)
        case AskScale():
            return on_scale(step, run.language, given)
        case AskNumber():
            return measured(step, run.language, given)
        case RateEach():
            return rating(step, run, given)
        case ChooseFrom():
            return entry(exercise, step, run, given)
        case AskChoice():
            return option(step, run.language, given)
        case AskWhen():
            return moment(step, run, given, now)
    return Refused(Why.PICK_ONE)


def previous(step: Question, run: Run) -> Value:
    """What was answered here before the person went back, as far as it still fits."""
    value = run.answers.get(step.id)
    match step:
        case AskList() | AskMany():
            return None  # the list itself stands in the draft again
        case RateEach():
            item = next_unrated(step, run)
            return value.get(item) if isinstance(value, dict) and item is not None else None
        case ChooseFrom():
            entries = run.answers.get(step.of)
            return value if isinstance(entries, tuple) and value in entries else None
        case AskWhen():
            return value if still_fits(step, value, run.asked_at) is None else None
    return value


def _kept(step: Question, run: Run, now: datetime) -> Reading:
    value = previous(step, run)
    if value is None:
        return Refused(Why.PICK_ONE)
    match step:
        case RateEach():
            return rating(step, run, Pressed(run.turn, str(value)))
        case AskChoice():
            chosen = (each.goto for each in step.options if each.id == value)
            return Whole(value, next(chosen, None))
        case AskWhen():
            return still_fits(step, value, now) or Whole(value)
    return Whole(value)
