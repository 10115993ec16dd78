"""Rules about the shape of a path: ids, targets, ends, loops, gates."""

from collections import Counter
from collections.abc import Iterator

from bot.catalog.exercise import Exercise
from bot.catalog.flow import certain, falls_through, graph, next_in_file, reached, targets
from bot.catalog.problem import Problem, did_you_mean
from bot.catalog.steps import (
    AskChoice,
    AskList,
    AskMany,
    AskNumber,
    AskScale,
    ChooseFrom,
    Finish,
    Question,
    RateEach,
    Step,
    Timed,
)


def unique_ids(exercise: Exercise) -> Iterator[Problem]:
    """Each step id is used once."""
    counted = Counter(step.id for step in exercise.steps)
    seen: set[str] = set()
    for place, step in enumerate(exercise.steps):
        if counted[step.id] > 1 and step.id in seen:
            yield Problem(
                "STEP_001",
                f"There is already a step called “{step.id}”. Give this one another id.",
                ("steps", place, "id"),
            )
        seen.add(step.id)


def unique_options(exercise: Exercise) -> Iterator[Problem]:
    """The options of a question have ids of their own."""
    for place, step in enumerate(exercise.steps):
        options = step.options if isinstance(step, AskChoice | AskMany) else ()
        ids = [option.id for option in options]
        for at, name in enumerate(ids):
            if name in ids[:at]:
                yield Problem(
                    "STEP_008",
                    f"There is already an option called “{name}”. Give this one another id.",
                    ("steps", place, "options", at, "id"),
                )


def known_targets(exercise: Exercise) -> Iterator[Problem]:
    """Every jump leads to a step that exists."""
    for place, step in enumerate(exercise.steps):
        for way, name in targets(step):
            if name not in exercise.places:
                hint = did_you_mean(name, exercise.places)
                yield Problem(
                    "STEP_002", f"There is no step called “{name}”.{hint}", ("steps", place, *way)
                )


def lists_named(exercise: Exercise) -> Iterator[Problem]:
    """`of:` names a list that was asked for on every path before."""
    lists = {step.id for step in exercise.steps if isinstance(step, AskList | AskMany)}
    brought = {each.id for each in exercise.given if each.list}
    sure = certain(exercise)
    for place, step in enumerate(exercise.steps):
        if not isinstance(step, RateEach | ChooseFrom):
            continue
        where = ("steps", place, "of")
        if step.of in brought and isinstance(step, RateEach):
            continue
        if step.of not in lists:
            hint = did_you_mean(step.of, lists | brought)
            yield Problem("STEP_003", f"There is no list called “{step.of}”.{hint}", where)
        elif step.id in sure and step.of not in sure[step.id]:
            yield Problem(
                "STEP_003",
                f"“{step.of}” may not have been answered when this step comes. Ask for it earlier,"
                " and do not let it be skipped.",
                where,
            )


def targets_named(exercise: Exercise) -> Iterator[Problem]:
    """`target:` names one that can be chosen; each can be chosen once, and leads to a question."""
    known = [each.id for each in exercise.targets]
    asked = {step.target for step in exercise.steps if isinstance(step, Question)}
    for place, step in enumerate(exercise.steps):
        if isinstance(step, Question) and step.target not in (None, *known):
            hint = did_you_mean(str(step.target), known)
            yield Problem(
                "TARGET_001",
                f"There is no target called “{step.target}”.{hint}",
                ("steps", place, "target"),
            )
    for at, name in enumerate(known):
        if name in known[:at] or name not in asked:
            why = "is named twice" if name in known[:at] else "leads to no question"
            yield Problem("TARGET_002", f"The target “{name}” {why}.", ("targets", at, "id"))


def reachable(exercise: Exercise) -> Iterator[Problem]:
    """Some path comes to every step."""
    seen = reached(exercise)
    for place, step in enumerate(exercise.steps):
        if step.id not in seen:
            yield Problem(
                "STEP_004",
                f"No path leads to “{step.id}”. Name it in a goto, or take it out.",
                ("steps", place, "id"),
            )


def paths_end(exercise: Exercise) -> Iterator[Problem]:
    """No path runs out of the file, and an end can be reached from everywhere."""
    for place, step in enumerate(exercise.steps):
        if falls_through(step) and next_in_file(exercise, step) is None:
            yield Problem(
                "STEP_005",
                f"After “{step.id}” nothing follows. End with a step of type finish.",
                ("steps", place, "id"),
            )
    following = graph(exercise)
    ending = {step.id for step in exercise.steps if isinstance(step, Finish)}
    while True:
        more = {here for here, there in following.items() if ending.intersection(there)} - ending
        if not more:
            break
        ending |= more
    for place, step in enumerate(exercise.steps):
        if step.id in reached(exercise) - ending and following[step.id]:
            yield Problem(
                "STEP_006",
                f"From “{step.id}” no path comes to an end.",
                ("steps", place, "id"),
            )


def loops_ask(exercise: Exercise) -> Iterator[Problem]:
    """A loop holds at least one step that waits, else it would never let the person in."""
    following = graph(exercise)
    silent = {
        step.id: [name for name in following[step.id] if not _waits(exercise.step(name))]
        for step in exercise.steps
        if not _waits(step)
    }
    for start in silent:
        seen: set[str] = set()
        waiting = list(silent[start])
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen.add(here)
                waiting.extend(silent.get(here, ()))
        if start in seen:
            yield Problem(
                "STEP_007",
                f"“{start}” comes back to itself without asking anything in between.",
                ("steps", exercise.places[start], "id"),
            )


def _waits(step: Step) -> bool:
    """Whether a person is sure to be asked. (A list of one is chosen from without asking.)"""
    return isinstance(step, Question | Timed) and not isinstance(step, ChooseFrom)


def gates(exercise: Exercise) -> Iterator[Problem]:
    """A safety question cannot be skipped, and a yes leads somewhere else than a no."""
    for place, step in enumerate(exercise.steps):
        if not isinstance(step, AskChoice) or not step.gate:
            continue
        where = ("steps", place, "gate")
        ways = {
            option.id: option.goto or step.goto or next_in_file(exercise, step)
            for option in step.options
        }
        if set(ways) != {"yes", "no", "unsure"}:
            yield Problem("GATE_001", "A gate has the options yes, no and unsure.", where)
        elif ways["no"] in (ways["yes"], ways["unsure"]):
            yield Problem(
                "GATE_002", "“yes” and “unsure” must not lead to the same step as “no”.", where
            )
        if step.optional:
            yield Problem("GATE_003", "A gate cannot be optional.", where)
        if step.own:
            yield Problem("GATE_003", "A gate takes yes, no and unsure only, no own words.", where)


def kept_in_view(exercise: Exercise) -> Iterator[Problem]:
    """What is kept in view is a question in words that cannot be skipped."""
    name = exercise.keep_in_view
    if name is None or (name in exercise.brought and exercise.brought[name].scale is None):
        return
    step = exercise.find(name)
    numeric = isinstance(step, AskScale | AskNumber | RateEach)
    if not isinstance(step, Question) or numeric or step.optional:
        yield Problem(
            "VIEW_001",
            f"“{name}” must be a question answered in words that cannot be skipped."
            + did_you_mean(name, exercise.questions),
            ("keep_in_view",),
        )
