"""Which step can follow which, and what is certain to have been answered on the way."""

from collections.abc import Iterator

from bot.catalog.condition import Compare
from bot.catalog.exercise import Exercise
from bot.catalog.steps import AskChoice, Branch, Finish, Question, Step, Timed

Graph = dict[str, tuple[str, ...]]
"""From each step id to the ids that can follow it."""


def next_in_file(exercise: Exercise, step: Step) -> str | None:
    """The step below this one, None at the end of the file."""
    place = exercise.places[step.id] + 1
    return exercise.steps[place].id if place < len(exercise.steps) else None


def targets(step: Step) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every step this one names, with the place inside the step where it does."""
    if step.goto is not None:
        yield ("goto",), step.goto
    if isinstance(step, AskChoice):
        for place, option in enumerate(step.options):
            if option.goto is not None:
                yield ("options", place, "goto"), option.goto
    if isinstance(step, Branch):
        yield ("then",), step.then
        yield ("else",), step.otherwise
    if isinstance(step, Timed) and step.stopped is not None:
        yield ("stopped",), step.stopped


def falls_through(step: Step) -> bool:
    """Whether this step can hand over to the one below it."""
    if isinstance(step, Finish | Branch) or step.goto is not None:
        return False
    if isinstance(step, AskChoice) and not step.optional and step.target is None:
        return step.own or any(option.goto is None for option in step.options)
    return True


def graph(exercise: Exercise) -> Graph:
    """What can follow each step. Names that do not exist are left out."""
    last = _drawn[-1]  # one look: another thread may draw meanwhile
    if last is None or last[0] is not exercise:
        last = exercise, _graph(exercise)
        _drawn[0] = last
    return last[1]


_drawn: list[tuple[Exercise, Graph] | None] = [None]
"""The exercise looked at last and its graph: every rule asks for that of the same one."""


def _graph(exercise: Exercise) -> Graph:
    following: Graph = {}
    for step in exercise.steps:
        exits = [name for _, name in targets(step) if name in exercise.places]
        below = next_in_file(exercise, step)
        if falls_through(step) and below is not None:
            exits.append(below)
        following[step.id] = tuple(dict.fromkeys(exits))
    return following


def reached(exercise: Exercise, start: str | None = None) -> frozenset[str]:
    """All steps that some path comes to, from the first step or from another one."""
    following = graph(exercise)
    seen: set[str] = set()
    waiting = [start or exercise.steps[0].id]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting.extend(following[here])
    return frozenset(seen)


def ahead(exercise: Exercise, followed: tuple[str, ...] = ()) -> dict[str, int]:
    """How many questions the longest way from each step still has, that step included.

    Ways that come back to where they were are not followed round again. `followed` are the
    person's targets.
    """
    key = exercise.revision, followed
    if key not in _AHEAD:
        following, found = graph(exercise), dict[str, int]()

        def longest(here: str, passed: frozenset[str]) -> int:
            if here not in found:
                ways = [
                    longest(there, passed | {here})
                    for there in following[here]
                    if there not in passed
                ]
                found[here] = is_asked(exercise.step(here), followed) + max(ways, default=0)
            return found[here]

        longest(exercise.steps[0].id, frozenset())
        _AHEAD[key] = found
    return _AHEAD[key]


_AHEAD: dict[tuple[str, tuple[str, ...]], dict[str, int]] = {}
"""By revision and targets: the same for every question of a run, and some work to find."""


def is_asked(step: Step, followed: tuple[str, ...]) -> bool:
    """Whether it is a question for somebody whose diary follows these targets."""
    return isinstance(step, Question) and (step.target is None or step.target in followed)


def certain(exercise: Exercise, start: str | None = None) -> dict[str, frozenset[str]]:
    """For each reachable step, the questions that every path there has answered in words.

    With `start`, only paths that pass that step count. A question that may be skipped is never
    certain, but behind a branch that asked whether it is empty. (The classic dominator
    computation, run to its fixed point.)
    """
    following = graph(exercise)
    everything = frozenset(exercise.places)
    first = start or exercise.steps[0].id
    known = dict.fromkeys(reached(exercise, first), everything)
    known[first] = certain(exercise)[first] if start else frozenset()
    waiting = [first]
    while waiting:
        here = waiting.pop()
        after = known[here] | _gives(exercise.step(here))
        for there in following[here]:
            narrowed = known[there] & (after | _shows(exercise.step(here), there))
            if narrowed != known[there] or (there not in waiting and known[there] == everything):
                known[there] = narrowed
                waiting.append(there)
    return known


def _gives(step: Step) -> frozenset[str]:
    answered = isinstance(step, Question) and not step.optional and step.target is None
    return frozenset({step.id}) if answered else frozenset()


def _shows(step: Step, there: str) -> frozenset[str]:
    """What a branch has found answered when it leads there."""
    if not isinstance(step, Branch) or there != step.otherwise or there == step.then:
        return frozenset()
    when = step.when
    if not isinstance(when, Compare) or when.is_ != "empty":
        return frozenset()
    return frozenset({when.answer})
