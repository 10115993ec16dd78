"""An exercise as a Questionnaire: in one language, as it was when it was answered."""

from bot.catalog.exercise import Exercise
from bot.catalog.markup import PLACEHOLDER
from bot.catalog.steps import (
    AskChoice,
    AskList,
    AskMany,
    AskNumber,
    AskScale,
    AskText,
    AskWhen,
    ChooseFrom,
    Question,
    RateEach,
    Say,
    Step,
    Timed,
)
from bot.catalog.steps.asking import Named
from bot.catalog.text import said
from bot.reports.fhir.parts import LOINC_NOTICE, loinc, resource_id, words
from bot.reports.fhir.shapes import (
    LOINC,
    ORDINAL,
    OURS,
    UCUM,
    UNIT,
    Coding,
    Item,
    Questionnaire,
)

WHAT, RATING = "what", "rating"
"""The parts of one entry of a list that was rated."""


def questionnaire(exercise: Exercise, language: str) -> Questionnaire:
    """The definition. The wording of a measure is in it because the programme installed it: no
    exercise of a measure exists before."""
    code = loinc(exercise.codes.loinc, said(exercise.title, language))
    items = [
        item for step in exercise.steps if (item := _item(exercise, step, language)) is not None
    ]
    made: Questionnaire = {
        "resourceType": "Questionnaire",
        "id": definition_id(exercise, language),
        "language": language,
        "url": address(exercise),
        "version": version(exercise, language),
        "title": words(said(exercise.title, language)),
        "status": "active",
        "subjectType": ["Patient"],
        "description": words(said(exercise.summary, language)),
        "copyright": "\n".join(
            (*exercise.credits, *([LOINC_NOTICE] if _coded(items, code) else []))
        ),
        "item": items,
    }
    return {**made, "code": code} if code else made


def address(exercise: Exercise) -> str:
    """The canonical address of an exercise."""
    return f"{OURS}:questionnaire:{exercise.id}"


def version(exercise: Exercise, language: str) -> str:
    """Which revision, in which language."""
    return f"{exercise.revision[:12]}-{language}"


def definition_id(exercise: Exercise, language: str) -> str:
    """The id of its resource."""
    return resource_id("questionnaire", exercise.id, version(exercise, language))


def asked(exercise: Exercise, text: str, language: str) -> str:
    """A question without markup; where an answer would stand, what that answer is called."""

    def called(name: str) -> str:
        step = exercise.find(name)
        if isinstance(step, Question | Timed):
            return said(step.label, language)
        brought = exercise.brought.get(name)
        return said(brought.label, language) if brought is not None else "…"

    return words(PLACEHOLDER.sub(lambda found: f"[{called(found[1])}]", text))


def chosen(
    exercise: Exercise, name: str, option: Named, language: str, value: int | None = None
) -> Coding:
    """One answer that can be chosen: LOINC's where it is confirmed, else our own."""
    coding: Coding = {
        "system": f"{OURS}:answers:{exercise.id}:{name}",
        "code": option.id,
        "display": words(said(option.label, language)),
    }
    if option.codes.loinc is not None:
        coding = {**coding, "system": LOINC, "code": option.codes.loinc}
    if value is None:
        return coding
    return {**coding, "extension": [{"url": ORDINAL, "valueDecimal": value}]}


def _item(exercise: Exercise, step: Step, language: str) -> Item | None:
    """What a step is in a questionnaire; a fork and the end are nothing."""
    if isinstance(step, Say):
        text = asked(exercise, said(step.text, language), language)
        return {"linkId": step.id, "text": text, "type": "display"}
    if isinstance(step, Timed):
        return {
            "linkId": step.id,
            "text": words(said(step.label, language)),
            "type": "integer",
            "extension": [
                {"url": UNIT, "valueCoding": {"system": UCUM, "code": "s", "display": "s"}}
            ],
        }
    if not isinstance(step, Question):
        return None
    item: Item = {
        "linkId": step.id,
        "text": asked(exercise, said(step.text, language), language),
        "required": not step.optional,
        **_kind(exercise, step, language),
    }
    code = loinc(step.codes.loinc, words(said(step.label, language)))
    return {**item, "code": code} if code else item


def _kind(exercise: Exercise, step: Question, language: str) -> Item:
    match step:
        case AskText():
            return {"type": "text"}
        case AskList():
            return {"type": "text", "repeats": True}
        case AskScale():
            return {"type": "integer"}
        case AskNumber():
            unit = words(said(step.unit, language)) if step.unit else ""
            kind: Item = {"type": "decimal" if step.decimals else "integer"}
            return (
                {**kind, "extension": [{"url": UNIT, "valueCoding": {"display": unit}}]}
                if unit
                else kind
            )
        case AskWhen():
            return {"type": "dateTime"}
        case ChooseFrom():
            return {"type": "text"}
        case RateEach():
            return {
                "type": "group",
                "repeats": True,
                "item": [
                    {"linkId": f"{step.id}.{WHAT}", "type": "text", "readOnly": True},
                    {"linkId": f"{step.id}.{RATING}", "type": "integer"},
                ],
            }
        case AskChoice():
            return {
                "type": "open-choice" if step.own else "choice",
                "answerOption": [
                    {"valueCoding": chosen(exercise, step.id, each, language, each.value)}
                    for each in step.options
                ],
            }
        case AskMany():
            return {
                "type": "open-choice" if step.own else "choice",
                "repeats": True,
                "answerOption": [
                    {"valueCoding": chosen(exercise, step.id, each, language)}
                    for each in step.options
                ],
            }
    raise TypeError(f"{type(step).__name__} is no question FHIR can ask yet")


def _coded(items: list[Item], code: list[Coding]) -> bool:
    return bool(code) or any("code" in each for each in items)
