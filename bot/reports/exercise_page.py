"""One exercise as HTML for a clinician to read: every text, every jump, every length.

A page of its own, or the part of it that stands inside another page.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

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
from bot.reports.marked import safe
from bot.reports.pages import templates

Labels = Mapping[str, Any]
"""The words around the exercise's own: the branch `exercise_page` of the short words."""
Words = Mapping[str, Any]
"""All short words of one language."""


def exercise_page(exercise: Exercise, words: Words) -> str:
    """The page as HTML that needs no other file."""
    facts = _facts_for(exercise, words, "en", styled=True)
    return templates().get_template("exercise.html.j2").render(facts)


def exercise_part(exercise: Exercise, words: Words, language: str) -> Markup:
    """What stands below the title, without any style of its own; its headings begin at h3. The
    words in `language` come first: on a phone the others are reached by scrolling."""
    facts = _facts_for(exercise, words, language, styled=False)
    page = templates().get_template("exercise_part.html.j2").render(facts)
    return Markup(page)  # noqa: S704 # escaped where it was filled in


def _facts_for(
    exercise: Exercise, words: Words, language: str, *, styled: bool
) -> dict[str, object]:
    labels: Labels = words["exercise_page"]
    picture = exercise_map(exercise, language, styled=styled)
    condition = partial(condition_line, joins=labels["joins"])
    return {
        "exercise": exercise,
        "languages": sorted(exercise.languages, key=lambda each: each != language),
        "marked": safe,
        "labels": labels,
        "approach": words["office_library"]["approaches"][exercise.modality.value],
        "needs": words["need"],
        "head": "h2" if styled else "h3",
        "following": graph(exercise),
        "facts": lambda step: _facts(step, labels, condition),
        "condition": condition,
        "picture": Markup(picture),  # noqa: S704 # escaped where it is drawn
    }


def _facts(step: object, labels: Labels, condition: Callable[..., str]) -> list[str]:
    """What the author set besides the words, in short."""
    said: Mapping[str, str] = labels["facts"]
    facts: list[str] = []
    if isinstance(step, Question) and step.optional:
        facts.append(said["optional"])
    if isinstance(step, Question) and step.codes.loinc:
        facts.append(f"LOINC {step.codes.loinc}")
    match step:
        case AskScale() | RateEach():
            scale = step.scale
            facts.append(said["scale"].format(low=scale.min, high=scale.max, by=scale.by))
        case AskList():
            facts.append(said["list"].format(most=step.max_items))
        case AskChoice() if step.gate:
            facts.append(said["gate"])
        case AskChoice() if step.own:
            facts.append(said["own"])
        case AskMany():
            many = said["many"].format(least=step.min_items, most=step.max_items)
            facts.append(f"{many}, {said['own']}" if step.own else many)
        case AskNumber():
            ends = {"low": f"{step.min:g}", "high": f"{step.max:g}"}
            facts.append(said["number"].format(**ends, decimals=step.decimals))
        case AskWhen():
            facts.append(said["past" if step.past else "ahead"])
        case Pace():
            facts.append(said["rounds"].format(rounds=step.rounds, length=_clock(step)))
        case Wait():
            facts.append(_clock(step))
        case Branch():
            facts.append(f"{labels['if']} {condition(step.when)}")
        case Finish():
            facts.append(said["end"])
    return facts


def _clock(step: Timed) -> str:
    return f"{step.duration // 60}:{step.duration % 60:02d}"
