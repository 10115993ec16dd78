"""The locked core: what no overlay may touch, and the steps whose words keep people safe."""

from bot.catalog.check.conditions import all_conditions
from bot.catalog.condition import Compare, singles
from bot.catalog.exercise import Exercise, Modality
from bot.catalog.flow import graph, next_in_file
from bot.catalog.steps import AskChoice, Finish, Say, Step

IDS = "ids are what answers are kept under"
ORDER = "the order of steps is part of the exercise"
SCORING = "answers have to count alike for everybody"
SIGNALS = "somebody has to hear of these answers"
GATES = "an overlay adds gates and takes none away"
NAME = "people find an exercise by its name"

LOCKED: dict[str, str] = {
    "id": IDS, "schema": IDS, "codes": IDS, "type": IDS, "given": IDS, "of": IDS,
    "steps": ORDER, "order": ORDER, "goto": ORDER, "then": ORDER, "else": ORDER, "when": ORDER,
    "stopped": ORDER, "required": ORDER, "optional": ORDER, "later": ORDER, "rounds": ORDER,
    "phases": ORDER, "minutes": ORDER, "seconds": ORDER, "remove": ORDER, "skip": ORDER,
    "moments": ORDER, "shows": ORDER, "copy": ORDER, "keep_in_view": ORDER,
    "scores": SCORING, "scale": SCORING, "value": SCORING, "min": SCORING, "max": SCORING,
    "by": SCORING, "bands": SCORING, "reverse": SCORING, "times": SCORING, "changes": SCORING,
    "unit": SCORING, "targets": SCORING,
    "signal": SIGNALS, "tier": SIGNALS, "reason": SIGNALS, "attended": SIGNALS, "remarks": SIGNALS,
    "gate": GATES, "avoid": GATES, "own": GATES,
    "summary": NAME, "modality": NAME,
}  # fmt: skip
"""Fields of exercises and steps that no overlay has, each with the reason."""


HELP = ("emergency", "emergencia", "Help me now", "Ayuda ahora")
"""Words of a text that says where help is."""


def guarded(exercise: Exercise) -> frozenset[str]:
    """The ids of the steps whose words are locked.

    They are: the gates; what only a yes or an unsure at a gate leads to; questions whose answers
    somebody has to hear of; texts that say where help is; everything in an exercise that keeps
    people safe.
    """
    if exercise.modality is Modality.SAFETY:
        return frozenset(exercise.places)
    gates = {step.id for step in exercise.steps if isinstance(step, AskChoice) and step.gate}
    heard = {
        single.answer
        for condition, where in all_conditions(exercise)
        if where[0] == "signals"
        for _, single in singles(condition)
        if isinstance(single, Compare)
    }
    held_back = exercise.places.keys() - _freely_reached(exercise)
    helping = {step.id for step in exercise.steps if _tells_of_help(step)}
    return frozenset(gates | heard | held_back | helping)


def _freely_reached(exercise: Exercise) -> set[str]:
    """The steps that somebody comes to whom every gate lets through."""
    following = graph(exercise)
    seen: set[str] = set()
    waiting = [exercise.steps[0].id]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            step = exercise.step(here)
            is_gate = isinstance(step, AskChoice) and step.gate
            waiting += _let_through(exercise, step) if is_gate else following[here]
    return seen


def _let_through(exercise: Exercise, gate: Step) -> list[str]:
    below = next_in_file(exercise, gate)
    options = gate.options if isinstance(gate, AskChoice) else ()
    ways = (each.goto or gate.goto or below for each in options if each.id == "no")
    return [name for name in ways if name is not None]


def _tells_of_help(step: Step) -> bool:
    words = (getattr(step, "text", None) or {}).values() if isinstance(step, Say | Finish) else ()
    return any(sign in text for text in words for sign in HELP)
