"""Going through an exercise: one pure function from what was given to what happened."""

from datetime import datetime, timedelta
from typing import NamedTuple, assert_never

from bot.catalog.exercise import Exercise
from bot.catalog.flow import next_in_file
from bot.catalog.steps import (
    AnyStep,
    AskList,
    Branch,
    ChooseFrom,
    Finish,
    Pace,
    Question,
    RateEach,
    Say,
)
from bot.engine.answer import Partly, Whole, next_unrated, previous, rated, read
from bot.engine.event import (
    Answered,
    Asked,
    Event,
    Finished,
    PaceStarted,
    Paused,
    Refused,
    Returned,
    Stopped,
    Told,
    Why,
)
from bot.engine.given import BACK, ENOUGH, GO, PAUSE, SKIP, STOP, USE, Given, Pressed, Rang, Said
from bot.engine.holds import holds
from bot.engine.run import Draft, Item, Run, Status, Value

LATE = timedelta(hours=6)
"""Words that come later than this after the question may be about something else."""
LEAD_IN = timedelta(seconds=2)
"""A rhythm begins this long after its message, so that there is time to look."""
SILENT_HOPS = 100
"""More steps than this without a question are usually a sign of a loop."""


class Turn(NamedTuple):
    """A run after something happened, and what happened, in order."""

    run: Run
    events: tuple[Event, ...]


def start(exercise: Exercise, now: datetime, language: str = "en") -> Turn:
    """Begins an exercise: everything up to the first question."""
    first = exercise.steps[0]
    run = Run(exercise=exercise.id, language=language, cursor=first.id, asked_at=now)
    return _go_on(exercise, run, first.id, now)


def advance(exercise: Exercise, run: Run, given: Given, now: datetime) -> Turn:
    """What this input does to the run.

    A press or a timer of another turn does nothing, and neither does anything given to a run that
    has ended: the run comes back unchanged, without events. Never raises for what a person gives.
    """
    if not run.is_open:
        return Turn(run, ())
    match given:
        case Rang(turn):
            return _rang(exercise, run, now) if turn == run.turn else Turn(run, ())
        case Pressed(turn, choice):
            return _pressed(exercise, run, choice, now) if turn == run.turn else Turn(run, ())
        case Said():
            return _said(exercise, run, given, now)
    assert_never(given)


def ask_again(exercise: Exercise, run: Run) -> Event | None:
    """The question that stands open, to be shown once more; nothing changes by it."""
    if run.status is not Status.WAITING:
        return None
    step = exercise.step(run.cursor)
    if isinstance(step, Pace):
        return PaceStarted(step, run.due_at or run.asked_at)
    return _asked(step, run) if isinstance(step, Question) else None


def _rang(exercise: Exercise, run: Run, now: datetime) -> Turn:
    step = exercise.step(run.cursor)
    if not isinstance(step, Pace) or run.status is not Status.WAITING:
        return Turn(run, ())
    return _answered(exercise, run, step, Whole(step.seconds), now)


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
        return _back(exercise, run, now)
    if isinstance(step, Pace):
        return _cut_short(exercise, run, step, choice, now)
    if choice == SKIP and isinstance(step, Question) and step.optional:
        return _answered(exercise, run, step, Whole(None), now)
    return _given(exercise, run, Pressed(run.turn, choice), now)


def _stopped(run: Run) -> Turn:
    """Ended for good; what was begun and not yet done with counts as answered."""
    begun = _begun(run)
    answers = run.answers if begun is None else {**run.answers, run.cursor: begun}
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
    last = () if begun is None else (Answered(run.cursor, begun),)
    return Turn(stopped, (*last, Stopped()))


def _begun(run: Run) -> Value:
    """What stands in the draft, as an answer; None where nothing does."""
    if run.draft.items:
        return tuple(item.text for item in run.draft.items)
    return run.draft.ratings or None


def _returned(exercise: Exercise, run: Run, choice: str, now: datetime) -> Turn:
    awake = run.model_copy(update={"status": Status.WAITING, "held": None})
    step = exercise.step(run.cursor)
    if choice == USE and run.held is not None and isinstance(step, Question):
        fresh = awake.model_copy(update={"asked_at": now})
        return _said(exercise, fresh, Said(run.held, run.latest_mark), now)
    # Words cannot be the answer to a rhythm; its timer is gone, so it starts again.
    if choice == GO or (choice == USE and run.held is not None):
        return _put(awake, step, now)
    return Turn(run, ())


def _said(exercise: Exercise, run: Run, given: Said, now: datetime) -> Turn:
    if given.edited:
        return _corrected(exercise, run, given, now)
    run = run.model_copy(update={"latest_mark": max(run.latest_mark, given.mark)})
    step = exercise.step(run.cursor)
    late = isinstance(step, Question) and now - run.asked_at >= LATE
    if run.status is Status.PAUSED or late:
        held = given.text if run.held is None else f"{run.held}\n{given.text}"
        kept = {"status": Status.PAUSED, "held": held, "turn": run.turn + 1}
        return Turn(run.model_copy(update=kept), (Returned(held),))
    if isinstance(step, Pace):
        return Turn(run, (Refused(Why.PACING),))
    return _given(exercise, run, given, now)


def _corrected(exercise: Exercise, run: Run, given: Said, now: datetime) -> Turn:
    """An edited message counts while the step it was sent for stands open, and not after."""
    step = exercise.step(run.cursor)
    open_still = run.status is Status.WAITING and given.mark > run.opened_after
    if not open_still or not isinstance(step, Question):
        return Turn(run, (Refused(Why.CLOSED),))
    return _given(exercise, run, given, now)


def _given(exercise: Exercise, run: Run, given: Said | Pressed, now: datetime) -> Turn:
    step = exercise.step(run.cursor)
    if not isinstance(step, Question):
        return Turn(run, ())
    reading = read(step, run, given)
    match reading:
        case Refused():
            return Turn(run, (reading, _asked(step, run)))
        case Partly(draft, redraw):
            turn = run.turn if redraw else run.turn + 1
            grown = run.model_copy(update={"draft": draft, "turn": turn, "asked_at": now})
            return Turn(grown, (_asked(step, grown, redraw=redraw),))
        case Whole():
            return _answered(exercise, run, step, reading, now)
    assert_never(reading)


def _answered(exercise: Exercise, run: Run, step: AnyStep, answer: Whole, now: datetime) -> Turn:
    trail = (*run.trail, step.id) if isinstance(step, Question) else run.trail
    answers = {**run.answers, step.id: answer.value}
    after = run.model_copy(
        update={"answers": answers, "trail": trail, "draft": Draft(), "due_at": None}
    )
    target = answer.goto or step.goto or next_in_file(exercise, step) or step.id
    turn = _go_on(exercise, after, target, now)
    return Turn(turn.run, (Answered(step.id, answer.value), *turn.events))


def _cut_short(exercise: Exercise, run: Run, step: Pace, choice: str, now: datetime) -> Turn:
    if choice != ENOUGH:
        return Turn(run, ())
    practised = max(0, min(step.seconds, int((now - run.asked_at - LEAD_IN).total_seconds())))
    return _answered(exercise, run, step, Whole(practised, step.stopped), now)


def _go_on(exercise: Exercise, run: Run, target: str, now: datetime) -> Turn:
    """From a step to the next that waits, with everything said on the way."""
    events: list[Event] = []
    for _ in range(SILENT_HOPS):
        step = exercise.step(target)
        match step:
            case Say():
                events.append(Told(step))
                target = step.goto or next_in_file(exercise, step) or target
            case Branch():
                holding = holds(step.when, _standing(exercise, run))
                target = step.then if holding else step.otherwise
            case Finish():
                return Turn(_ended(exercise, run, step), (*events, Finished(step)))
            case RateEach() if not rated(step, run):
                run, target = _silently(exercise, run, step, {})
                events.append(Answered(step.id, {}))
            case ChooseFrom() if (only := _only_entry(step, run)) is not None:
                run, target = _silently(exercise, run, step, only)
                events.append(Answered(step.id, only))
            case _:
                turn = _put(run, step, now)
                return Turn(turn.run, (*events, *turn.events))
    raise RecursionError(f"{exercise.id} goes round from {run.cursor} without a question")


def _put(run: Run, step: AnyStep, now: datetime) -> Turn:
    """Puts the question (or starts the timer) and waits."""
    waiting: dict[str, object] = {
        "cursor": step.id,
        "turn": run.turn + 1,
        "asked_at": now,
        "due_at": None,
        "opened_after": run.latest_mark,
    }
    if isinstance(step, Pace):
        ends_at = now + LEAD_IN + timedelta(seconds=step.seconds)
        run = run.model_copy(update={**waiting, "due_at": ends_at})
        return Turn(run, (PaceStarted(step, ends_at),))
    begun = run.answers.get(step.id)
    if isinstance(step, AskList) and isinstance(begun, tuple) and not run.draft.items:
        # The list goes on as it was left; nobody types it twice.
        waiting["draft"] = Draft(items=tuple(Item(text=text) for text in begun))
    run = run.model_copy(update=waiting)
    return Turn(run, (_asked(step, run),)) if isinstance(step, Question) else Turn(run, ())


def _asked(step: Question, run: Run, *, redraw: bool = False) -> Asked:
    item = next_unrated(step, run) if isinstance(step, RateEach) else None
    return Asked(step, item, redraw, previous(step, run))


def _only_entry(step: ChooseFrom, run: Run) -> str | None:
    entries = run.answers.get(step.of)
    return entries[0] if isinstance(entries, tuple) and len(entries) == 1 else None


def _silently(exercise: Exercise, run: Run, step: AnyStep, value: Value) -> tuple[Run, str]:
    """An answer that needs no asking; Back passes over it."""
    answers = {**run.answers, step.id: value}
    target = step.goto or next_in_file(exercise, step) or step.id
    return run.model_copy(update={"answers": answers, "trail": (*run.trail, step.id)}), target


def _ended(exercise: Exercise, run: Run, step: Finish) -> Run:
    """Finished, without the answers of a way that was left again by going back."""
    return run.model_copy(
        update={
            "answers": _standing(exercise, run),
            "status": Status.FINISHED,
            "cursor": step.id,
            "turn": run.turn + 1,
            "draft": Draft(),
            "due_at": None,
        }
    )


def _standing(exercise: Exercise, run: Run) -> dict[str, Value]:
    """The answers of the way that was gone, without those of a way left again by going back."""
    return {
        name: value
        for name, value in run.answers.items()
        if name in run.trail or not isinstance(exercise.step(name), Question)
    }


def _back(exercise: Exercise, run: Run, now: datetime) -> Turn:
    """To the question before: inside a set of ratings first, then along the trail."""
    step = exercise.step(run.cursor)
    if isinstance(step, RateEach) and run.draft.ratings:
        ratings = dict(list(run.draft.ratings.items())[:-1])
        shorter = run.model_copy(update={"draft": Draft(ratings=ratings)})
        return _put(shorter, step, now)
    trail = run.trail
    while trail and _needs_no_asking(exercise.step(trail[-1]), run):
        trail = trail[:-1]
    if not trail:
        again = ask_again(exercise, run)
        return Turn(run, (again,) if again else ())
    begun = _begun(run)
    answers = run.answers if begun is None else {**run.answers, step.id: begun}
    run = run.model_copy(update={"answers": answers, "trail": trail[:-1], "draft": Draft()})
    return _put(run, exercise.step(trail[-1]), now)


def _needs_no_asking(step: AnyStep, run: Run) -> bool:
    match step:
        case RateEach():
            return not rated(step, run)
        case ChooseFrom():
            return _only_entry(step, run) is not None
    return False
