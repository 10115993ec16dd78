"""From one question to the next: what is said, where it forks, where it ends, and back."""

from datetime import datetime, timedelta
from typing import NamedTuple

from bot.catalog.exercise import Exercise
from bot.catalog.flow import is_asked, next_in_file
from bot.catalog.steps import (
    AskList,
    AskMany,
    Branch,
    ChooseFrom,
    Finish,
    Question,
    RateEach,
    Say,
    Step,
    Timed,
)
from bot.engine.answer.numbers import next_unrated, rated
from bot.engine.answer.read import previous
from bot.engine.answer.reading import Whole
from bot.engine.event import Answered, Asked, Event, Finished, TimerStarted, Told
from bot.engine.holds import holds
from bot.engine.notice import promises
from bot.engine.run import Draft, Item, Run, Status, Value

LEAD_IN = timedelta(seconds=2)
"""A timed step begins this long after its message, so that there is time to look."""
SILENT_HOPS = 100
"""More steps than this without a question are usually a sign of a loop."""


class Turn(NamedTuple):
    """A run after something happened, and what happened, in order."""

    run: Run
    events: tuple[Event, ...]


def go_on(exercise: Exercise, run: Run, target: str, now: datetime) -> Turn:
    """From a step to the next that waits, with everything said on the way."""
    events: list[Event] = []
    for _ in range(SILENT_HOPS):
        step = exercise.step(target)
        match step:
            case Say():
                events.append(Told(step))
                target = _next(exercise, step)
            case Branch():
                holding = holds(step.when, exercise, standing(exercise, run))
                target = step.then if holding else step.otherwise
            case Finish():
                ended = _ended(exercise, run, step)
                return Turn(ended, (*events, Finished(step), *promises(exercise, ended, now)))
            case Question() if not is_asked(step, run.targets):
                target = _next(exercise, step)
            case RateEach() if not rated(step, run):
                run, target = _silently(exercise, run, step, {})
                events.append(Answered(step.id, {}))
            case ChooseFrom() if (only := _only_entry(step, run)) is not None:
                run, target = _silently(exercise, run, step, only)
                events.append(Answered(step.id, only))
            case _:
                turn = put(run, step, now)
                return Turn(turn.run, (*events, *turn.events))
    raise RecursionError(f"{exercise.id} goes round from {run.cursor} without a question")


def answered(exercise: Exercise, run: Run, step: Step, answer: Whole, now: datetime) -> Turn:
    """Keeps a whole answer, and on to the next step that waits."""
    trail = (*run.trail, step.id) if isinstance(step, Question) else run.trail
    answers = {**run.answers, step.id: answer.value}
    after = run.model_copy(
        update={"answers": answers, "trail": trail, "draft": Draft(), "due_at": None}
    )
    turn = go_on(exercise, after, answer.goto or _next(exercise, step), now)
    return Turn(turn.run, (Answered(step.id, answer.value), *turn.events))


def put(run: Run, step: Step, now: datetime) -> Turn:
    """Puts the question (or starts the timer) and waits."""
    waiting: dict[str, object] = {
        "cursor": step.id,
        "turn": run.turn + 1,
        "asked_at": now,
        "due_at": None,
        "opened_after": run.latest_mark,
    }
    if isinstance(step, Timed):
        ends_at = now + LEAD_IN + timedelta(seconds=step.duration)
        run = run.model_copy(update={**waiting, "due_at": ends_at})
        return Turn(run, (TimerStarted(step, ends_at),))
    left = run.answers.get(step.id)
    if isinstance(step, AskList | AskMany) and isinstance(left, tuple) and not run.draft.items:
        # The list goes on as it was left; nobody types it twice.
        waiting["draft"] = Draft(items=tuple(Item(text=text) for text in left))
    run = run.model_copy(update=waiting)
    return Turn(run, (asked(step, run),)) if isinstance(step, Question) else Turn(run, ())


def asked(step: Question, run: Run, *, redraw: bool = False) -> Asked:
    """The question as it stands in the run: for which entry, and what was answered before."""
    item = next_unrated(step, run) if isinstance(step, RateEach) else None
    return Asked(step, item, redraw, previous(step, run))


def back(exercise: Exercise, run: Run, now: datetime) -> Turn:
    """To the question before: inside a set of ratings first, then along the trail."""
    step = exercise.step(run.cursor)
    if isinstance(step, RateEach) and run.draft.ratings:
        ratings = dict(list(run.draft.ratings.items())[:-1])
        kept = {**run.answers, step.id: begun(run)}
        shorter = run.model_copy(update={"answers": kept, "draft": Draft(ratings=ratings)})
        return put(shorter, step, now)
    trail = run.trail
    while trail and _needs_no_asking(exercise.step(trail[-1]), run):
        trail = trail[:-1]
    if not trail:
        return Turn(run, (asked(step, run),) if isinstance(step, Question) else ())
    half = begun(run)
    answers = run.answers if half is None else {**run.answers, step.id: half}
    run = run.model_copy(update={"answers": answers, "trail": trail[:-1], "draft": Draft()})
    return put(run, exercise.step(trail[-1]), now)


def seen(exercise: Exercise, run: Run) -> int:
    """How many questions of the way so far were put to the person; those that answered themselves
    would make the count jump."""
    return sum(not _needs_no_asking(exercise.step(each), run) for each in run.trail)


def begun(run: Run) -> Value:
    """What stands in the draft, as an answer; None where nothing does.

    Ratings that were given before and not yet again stay, to be offered once more.
    """
    if run.draft.items:
        return tuple(item.text for item in run.draft.items)
    if not run.draft.ratings:
        return None
    before = run.answers.get(run.cursor)
    return {**(before if isinstance(before, dict) else {}), **run.draft.ratings}


def _silently(exercise: Exercise, run: Run, step: Step, value: Value) -> tuple[Run, str]:
    """An answer that needs no asking; Back passes over it."""
    answers = {**run.answers, step.id: value}
    after = run.model_copy(update={"answers": answers, "trail": (*run.trail, step.id)})
    return after, _next(exercise, step)


def _next(exercise: Exercise, step: Step) -> str:
    """The step behind this one: where it says, else by the file; the last one leads to itself."""
    return step.goto or next_in_file(exercise, step) or step.id


def _only_entry(step: ChooseFrom, run: Run) -> str | None:
    entries = run.answers.get(step.of)
    return entries[0] if isinstance(entries, tuple) and len(entries) == 1 else None


def _needs_no_asking(step: Step, run: Run) -> bool:
    match step:
        case RateEach():
            return not rated(step, run)
        case ChooseFrom():
            return _only_entry(step, run) is not None
    return False


def _ended(exercise: Exercise, run: Run, step: Finish) -> Run:
    """Finished, without the answers of a way that was left again by going back."""
    return run.model_copy(
        update={
            "answers": standing(exercise, run),
            "status": Status.FINISHED,
            "cursor": step.id,
            "turn": run.turn + 1,
            "draft": Draft(),
            "due_at": None,
        }
    )


def standing(exercise: Exercise, run: Run) -> dict[str, Value]:
    """The answers of the way that was gone, without those of a way left again by going back."""
    return {
        name: value
        for name, value in run.answers.items()
        if name in run.trail or not isinstance(exercise.find(name), Question)
    }
