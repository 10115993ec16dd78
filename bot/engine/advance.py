"""Going through an exercise: one pure function from what was given to what happened."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple, assert_never

from bot.catalog.exercise import Exercise
from bot.catalog.steps import Pace, Question, Timed
from bot.engine.answer.read import read
from bot.engine.answer.reading import Partly, Whole
from bot.engine.event import (
    Answered,
    Asked,
    Event,
    Paused,
    Refused,
    Returned,
    Stopped,
    TimerStarted,
    Why,
)
from bot.engine.given import BACK, ENOUGH, GO, PAUSE, SKIP, STOP, USE, Given, Pressed, Rang, Said
from bot.engine.notice import altered, signals
from bot.engine.run import Draft, Run, Status, Value
from bot.engine.walk import LEAD_IN, Turn, answered, asked, back, begun, go_on, put, standing

LATE = timedelta(hours=6)
"""Words that come later than this after the question may be about something else."""


class Day(NamedTuple):
    """The person's own date an entry is about, and whether that day was over already."""

    of: date
    late: bool = False


def start(
    exercise: Exercise,
    now: datetime,
    language: str = "en",
    answers: Mapping[str, Value] = MappingProxyType({}),
    zone: str = "UTC",
    plain: bool = False,
    targets: tuple[str, ...] | None = None,
    day: Day | None = None,
) -> Turn:
    """Begins an exercise: everything up to the first question.

    `answers` of an earlier time stand as if the person had come back to change them; those that
    the exercise takes as `given` are known from now on. `zone` (IANA) is the person's clock;
    `plain` asks for easier words. `targets` are what this person's diary follows, None for the
    usual ones. `day` is what a daily entry is about.
    """
    first = exercise.steps[0]
    known = exercise.places.keys() | exercise.brought.keys()
    run = Run(
        exercise=exercise.id,
        language=language,
        cursor=first.id,
        asked_at=now,
        answers={name: value for name, value in answers.items() if name in known},
        zone=zone,
        plain=plain,
        targets=exercise.usual if targets is None else targets,
        about=day.of if day else None,
        late=day.late if day else False,
    )
    return go_on(exercise, run, first.id, now)


def advance(exercise: Exercise, run: Run, given: Given, now: datetime) -> Turn:
    """What this input does to the run.

    A press or a timer of another turn does nothing, and neither does anything given to a run that
    has ended: the run comes back unchanged, without events. Never raises for what a person gives.
    """
    if not run.is_open:
        return Turn(run, ())
    turn = _moved(exercise, run, given, now)
    return _watched(exercise, turn) if exercise.signals and turn.run is not run else turn


def _moved(exercise: Exercise, run: Run, given: Given, now: datetime) -> Turn:
    match given:
        case Rang(turn):
            return _rang(exercise, run, now) if turn == run.turn else Turn(run, ())
        case Pressed(turn, choice):
            return _pressed(exercise, run, choice, now) if turn == run.turn else Turn(run, ())
        case Said():
            return _said(exercise, run, given, now)
    assert_never(given)


def _watched(exercise: Exercise, turn: Turn) -> Turn:
    """With the signals that hold now, and those that do no more: half a set of ratings counts as
    well as whole answers."""
    run = turn.run
    known = standing(exercise, run)
    half = run.answers.get(run.cursor) if run.status is Status.STOPPED else begun(run)
    if half is not None:
        known = {**known, run.cursor: half}
    run, gone = altered(exercise, run, known)
    run, raised = signals(exercise, run, known)
    return Turn(run, (*turn.events, *gone, *raised))


def held_back(exercise: Exercise, turn: Turn, now: datetime) -> Turn:
    """The same turn without the question it leads to: what was given stays, and the run lies aside
    until the person goes on. For when something more urgent than a question has to be read."""
    questions = (Asked, TimerStarted)
    if not any(isinstance(each, questions) for each in turn.events):
        return turn
    aside = advance(exercise, turn.run, Pressed(turn.run.turn, PAUSE), now)
    said = (each for each in turn.events if not isinstance(each, (*questions, Refused)))
    return Turn(aside.run, tuple(said))


def ask_again(exercise: Exercise, run: Run) -> Event | None:
    """The question that stands open, to be shown once more; nothing changes by it."""
    if run.status is not Status.WAITING:
        return None
    step = exercise.step(run.cursor)
    if isinstance(step, Timed):
        return TimerStarted(step, run.due_at or run.asked_at)
    return asked(step, run) if isinstance(step, Question) else None


def _rang(exercise: Exercise, run: Run, now: datetime) -> Turn:
    step = exercise.step(run.cursor)
    if not isinstance(step, Timed) or run.status is not Status.WAITING:
        return Turn(run, ())
    return answered(exercise, run, step, Whole(step.duration), now)


def _pressed(exercise: Exercise, run: Run, choice: str, now: datetime) -> Turn:
    if choice == STOP:
        return _stopped(run)
    if run.status is Status.PAUSED:
        return _returned(exercise, run, choice, now)
    if choice == PAUSE:
        paused = {"status": Status.PAUSED, "due_at": None, "turn": run.turn + 1}
        return Turn(run.model_copy(update=paused), (Paused(),))
    step = exercise.step(run.cursor)
    if choice == BACK:
        return back(exercise, run, now)
    if isinstance(step, Timed):
        return _cut_short(exercise, run, step, choice, now)
    if choice == SKIP and isinstance(step, Question) and step.optional:
        return answered(exercise, run, step, Whole(None), now)
    return _given(exercise, run, Pressed(run.turn, choice), now)


def _stopped(run: Run) -> Turn:
    """Ended for good; what was begun and not yet done with counts as answered."""
    half = begun(run)
    answers = run.answers if half is None else {**run.answers, run.cursor: half}
    stopped = run.model_copy(
        update={
            "answers": answers,
            "status": Status.STOPPED,
            "turn": run.turn + 1,
            "draft": Draft(),
            "due_at": None,
            "held": None,
        }
    )
    last = () if half is None else (Answered(run.cursor, half),)
    return Turn(stopped, (*last, Stopped()))


def _returned(exercise: Exercise, run: Run, choice: str, now: datetime) -> Turn:
    awake = run.model_copy(update={"status": Status.WAITING, "held": None})
    step = exercise.step(run.cursor)
    if choice == USE and run.held is not None and isinstance(step, Question):
        fresh = awake.model_copy(update={"asked_at": now})
        return _said(exercise, fresh, Said(run.held, run.latest_mark), now)
    # Words cannot be the answer to a timed step; its timer is gone, so it starts again.
    if choice == GO or (choice == USE and run.held is not None):
        return put(awake, step, now)
    return Turn(run, ())


def _said(exercise: Exercise, run: Run, given: Said, now: datetime) -> Turn:
    if given.edited:
        return _corrected(exercise, run, given, now)
    run = run.model_copy(update={"latest_mark": max(run.latest_mark, given.mark)})
    step = exercise.step(run.cursor)
    if run.status is Status.PAUSED or (isinstance(step, Question) and is_late(run, now)):
        held = given.text if run.held is None else f"{run.held}\n{given.text}"
        kept = {"status": Status.PAUSED, "held": held, "turn": run.turn + 1}
        return Turn(run.model_copy(update=kept), (Returned(held),))
    if isinstance(step, Timed):
        why = Why.PACING if isinstance(step, Pace) else Why.WAITING
        return Turn(run, (Refused(why),))
    return _given(exercise, run, given, now)


def is_late(run: Run, now: datetime) -> bool:
    """Whether it was asked so long ago that words now may be about something else."""
    return now - run.asked_at >= LATE


def _corrected(exercise: Exercise, run: Run, given: Said, now: datetime) -> Turn:
    """An edited message counts while the step it was sent for stands open, and not after."""
    if run.held is not None and given.mark == run.latest_mark and "\n" not in run.held:
        return Turn(run.model_copy(update={"held": given.text}), (Returned(given.text),))
    step = exercise.step(run.cursor)
    open_still = run.status is Status.WAITING and given.mark > run.opened_after
    if not open_still or not isinstance(step, Question):
        return Turn(run, (Refused(Why.CLOSED),))
    return _given(exercise, run, given, now)


def _given(exercise: Exercise, run: Run, given: Said | Pressed, now: datetime) -> Turn:
    step = exercise.step(run.cursor)
    if not isinstance(step, Question):
        return Turn(run, ())
    reading = read(exercise, step, run, given, now)
    match reading:
        case Refused():
            return Turn(run, (reading, asked(step, run)))
        case Partly(draft, redraw):
            turn = run.turn if redraw else run.turn + 1
            grown = run.model_copy(update={"draft": draft, "turn": turn, "asked_at": now})
            return Turn(grown, (asked(step, grown, redraw=redraw),))
        case Whole():
            return answered(exercise, run, step, reading, now)
    assert_never(reading)


def _cut_short(exercise: Exercise, run: Run, step: Timed, choice: str, now: datetime) -> Turn:
    if choice != ENOUGH:
        return Turn(run, ())
    practised = max(0, min(step.duration, int((now - run.asked_at - LEAD_IN).total_seconds())))
    return answered(exercise, run, step, Whole(practised, step.stopped), now)
