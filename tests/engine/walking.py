"""Walking an exercise along every way it has."""

from collections.abc import Iterator
from datetime import timedelta

from bot.catalog.condition import AnyCondition, Compare, Moved, Scored, singles
from bot.catalog.exercise import Exercise
from bot.catalog.later import Given
from bot.catalog.steps import (
    AskChoice,
    AskList,
    AskMany,
    AskNumber,
    AskScale,
    AskText,
    AskWhen,
    Branch,
    ChooseFrom,
    Finish,
    Question,
    RateEach,
    Timed,
)
from bot.engine.advance import advance, start
from bot.engine.given import DONE, ENOUGH, SKIP, Pressed, Rang, Said
from bot.engine.given import Given as Input
from bot.engine.moment import for_button, wall
from bot.engine.run import Run, Value
from bot.engine.walk import Turn
from tests.engine.playing import NOON

MOST_TURNS = 20_000
"""More than this is more than a test should walk."""


def every_turn(
    exercise: Exercise,
    language: str = "en",
    *,
    words: str = "words",
    entries: tuple[int, ...] = (1, 2),
) -> Iterator[Turn]:
    """Every turn on every way from the start to an end: all options, skipped or not, timers rung
    or stopped, numbers at both ends, lists of so many entries. Ways that can only go on alike are
    walked once.
    """
    followed = tuple(each.id for each in exercise.targets) or None
    waiting = [
        start(exercise, NOON, language, known, targets=followed)
        for known in ways_to_begin(exercise, words)
    ]
    decides = _deciding(exercise)
    seen: set[str] = set()
    while waiting:
        turn = waiting.pop()
        yield turn
        if not turn.run.is_open or (key := _telling(decides, turn.run)) in seen:
            continue
        seen.add(key)
        assert len(seen) < MOST_TURNS, "there are more ways than a test can walk"
        for given in onwards(exercise, turn.run, words, entries):
            after = advance(exercise, turn.run, given, NOON)
            assert after.run != turn.run, f"{given} leads nowhere at {turn.run.cursor}"
            waiting.append(after)


def ways_to_begin(exercise: Exercise, words: str = "words") -> list[dict[str, Value]]:
    """With all that can be brought along, and with empty lists where they may be empty."""
    known = brought(exercise, words)
    bare = {each.id: () if each.list else known[each.id] for each in exercise.given}
    return [known] if bare == known else [known, bare]


def brought(exercise: Exercise, words: str = "words") -> dict[str, Value]:
    """What an earlier exercise would have brought along."""

    def one(each: Given) -> Value:
        if each.scale is not None:
            return each.scale.max
        return (words * 20,) if each.list else words * 100

    return {each.id: one(each) for each in exercise.given}


def onwards(
    exercise: Exercise, run: Run, words: str = "words", entries: tuple[int, ...] = (1, 2)
) -> Iterator[Input]:
    """What leads on in different directions from here: one of each kind."""
    step, turn, mark = exercise.step(run.cursor), run.turn, run.latest_mark + 1
    if isinstance(step, Question) and step.optional and not run.draft.items:
        yield Pressed(turn, SKIP)
    match step:
        case AskText():
            yield Said((words * step.max_chars)[: step.max_chars], mark)
        case AskList() if run.draft.items:
            yield Pressed(turn, DONE)
        case AskList():
            for count in {min(each, step.max_items) for each in entries}:
                several = [f"{n}{words * step.max_chars}"[: step.max_chars] for n in range(count)]
                yield Said("\n".join(several), mark)
        case AskMany() if len(run.draft.items) >= step.min_items or _stands_alone(step, run):
            yield Pressed(turn, DONE)
        case AskMany():
            for at, option in enumerate(step.options):
                if option.id not in {item.text for item in run.draft.items}:
                    yield Pressed(turn, f"s{at}")
            if step.own:
                yield Said((words * step.max_chars)[: step.max_chars], mark)
        case AskNumber():
            yield from (Pressed(turn, str(end)) for end in (step.min, step.max))
        case AskWhen():
            away = timedelta(days=-1 if step.past else 1)
            yield Pressed(turn, for_button(wall(NOON, run.zone) + away))
        case AskScale() | RateEach():
            given = next(iter(run.draft.ratings.values()), None)  # several alike are enough
            for end in (step.scale.min, step.scale.max):
                if given in (None, end):
                    yield Pressed(turn, str(end))
        case ChooseFrom():
            yield Pressed(turn, "i1")
        case AskChoice():
            yield from (Pressed(turn, option.id) for option in step.options)
            if step.own:
                yield Said((words * step.max_chars)[: step.max_chars], mark)
        case Timed():
            yield Rang(turn)
            yield Pressed(turn, ENOUGH)


def _stands_alone(step: AskMany, run: Run) -> bool:
    alone = {option.id for option in step.options if option.alone}
    return any(item.text in alone for item in run.draft.items)


def _looked_at(exercise: Exercise, condition: AnyCondition) -> set[str]:
    """The answers a condition looks at."""
    names: set[str] = set()
    for _, single in singles(condition):
        match single:
            case Compare(answer=name):
                names.add(name)
            case Scored(score=name):
                names.update(exercise.scored[name].items)
            case Moved(change=pair):
                names.update((pair.before, pair.after))
    return names


def _deciding(exercise: Exercise) -> set[str]:
    """The answers that decide how a run goes on and what its end says of it."""
    looked_at = {step.of for step in exercise.steps if isinstance(step, RateEach | ChooseFrom)}
    for step in exercise.steps:
        conditions = [step.when] if isinstance(step, Branch) else []
        if isinstance(step, Finish) and not step.one_remark:  # one line does not add to another
            conditions += [remark.when for remark in step.remarks]
        for condition in conditions:
            looked_at |= _looked_at(exercise, condition)
    return looked_at


def _telling(decides: set[str], run: Run) -> str:
    """What decides how a run can go on and what its end says of it."""
    kept = {name: value for name, value in run.answers.items() if name in decides}
    timeless = {"turn": 0, "latest_mark": 0, "opened_after": 0, "trail": (), "answers": kept,
                "signalled": ()}  # fmt: skip
    return run.model_copy(update=timeless).model_dump_json()
