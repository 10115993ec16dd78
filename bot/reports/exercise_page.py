"""One exercise as one HTML page, for a clinician to read: every text, every jump, every length."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.catalog.exercise import Exercise
from bot.catalog.flow import graph
from bot.catalog.steps import (
    AskChoice,
    AskList,
    AskScale,
    Branch,
    Finish,
    Pace,
    Question,
    RateEach,
)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("bot.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def exercise_page(exercise: Exercise) -> str:
    """The page as HTML that needs no other file."""
    return (
        _templates()
        .get_template("exercise.html.j2")
        .render(
            exercise=exercise,
            following=graph(exercise),
            is_question=lambda step: isinstance(step, Question),
            facts=_facts,
        )
    )


def _facts(step: object) -> list[str]:
    """What the author set besides the words, in short."""
    facts: list[str] = []
    if isinstance(step, Question) and step.optional:
        facts.append("may be skipped")
    match step:
        case AskScale() | RateEach():
            facts.append(f"{step.scale.min}–{step.scale.max} in steps of {step.scale.by}")
        case AskList():
            facts.append(f"up to {step.max_items} entries")
        case AskChoice() if step.gate:
            facts.append("safety question")
        case Pace():
            facts.append(f"{step.rounds} rounds, {step.seconds // 60}:{step.seconds % 60:02d}")
        case Branch():
            facts.append(f"if {step.when.model_dump(by_alias=True, exclude_none=True)}")
        case Finish():
            facts.append("the end")
    return facts
