"""One exercise as one HTML page, for a clinician to read: every text, every jump, every length."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.catalog.exercise import Exercise
from bot.catalog.flow import graph
from bot.catalog.steps import (
    AskChoice,
    AskList,
    AskMany,
    AskNumber,
    AskScale,
    AskWhen,
    Branch,
    Finish,
    Pace,
    Question,
    RateEach,
    Timed,
    Wait,
)
from bot.reports.condition_line import condition_line
from bot.reports.exercise_map import exercise_map


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
            condition=condition_line,
            picture=Markup(exercise_map(exercise)),  # noqa: S704 # escaped where it is drawn
        )
    )


def _facts(step: object) -> list[str]:
    """What the author set besides the words, in short."""
    facts: list[str] = []
    if isinstance(step, Question) and step.optional:
        facts.append("may be skipped")
    if isinstance(step, Question) and step.codes.loinc:
        facts.append(f"LOINC {step.codes.loinc}")
    match step:
        case AskScale() | RateEach():
            facts.append(f"{step.scale.min}–{step.scale.max} in steps of {step.scale.by}")
        case AskList():
            facts.append(f"up to {step.max_items} entries")
        case AskChoice() if step.gate:
            facts.append("safety question")
        case AskChoice() if step.own:
            facts.append("own words too")
        case AskMany():
            own = ", own words too" if step.own else ""
            facts.append(f"{step.min_items} to {step.max_items} of them{own}")
        case AskNumber():
            facts.append(f"{step.min:g}–{step.max:g}, {step.decimals} decimals")
        case AskWhen():
            facts.append("a moment that has been" if step.past else "a moment to come")
        case Pace():
            facts.append(f"{step.rounds} rounds, {_clock(step)}")
        case Wait():
            facts.append(_clock(step))
        case Branch():
            facts.append(f"if {condition_line(step.when)}")
        case Finish():
            facts.append("the end")
    return facts


def _clock(step: Timed) -> str:
    return f"{step.duration // 60}:{step.duration % 60:02d}"
