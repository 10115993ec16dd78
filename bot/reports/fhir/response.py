"""One entry as a QuestionnaireResponse: each answer at the item it answered."""

from bot.catalog.exercise import Exercise
from bot.catalog.steps import AskChoice, AskMany, AskNumber, AskWhen, ChooseFrom, RateEach
from bot.engine.moment import utc_of
from bot.reports.fhir import definition
from bot.reports.fhir.definition import RATING, WHAT
from bot.reports.fhir.parts import clean, instant, label, local, reference, resource_id
from bot.reports.fhir.shapes import OURS, GivenAnswer, GivenItem, QuestionnaireResponse
from bot.reports.logs.facts import Answer, Entry, Whose


def response(whose: Whose, patient: str, entry: Entry) -> QuestionnaireResponse | None:
    """What was answered; None where there is nothing that may be shown, or it goes on still."""
    exercise = entry.exercise
    if exercise is None or entry.ended is None:
        return None
    items = [
        item
        for each in entry.answers
        for item in _items(exercise, each, entry.language, whose.zone)
    ]
    made: QuestionnaireResponse = {
        "resourceType": "QuestionnaireResponse",
        "id": response_id(entry.key),
        "meta": label(),
        "language": entry.language,
        "identifier": {"system": f"{OURS}:entry", "value": entry.key},
        "questionnaire": "|".join(
            (definition.address(exercise), definition.version(exercise, entry.language))
        ),
        "status": "completed" if entry.status == "finished" else "stopped",
        "subject": reference(patient),
        "authored": instant(entry.ended),
        "source": reference(patient),
    }
    return {**made, "item": items} if items else made


def response_id(entry: str) -> str:
    """The id of an entry's resource."""
    return resource_id("response", entry)


def _items(exercise: Exercise, answer: Answer, language: str, zone: str) -> list[GivenItem]:
    step = exercise.find(answer.step)
    text = clean(answer.question) or clean(answer.label)
    if isinstance(step, RateEach) and isinstance(answer.shown, dict):
        return [
            {
                "linkId": step.id,
                "text": text,
                "item": [
                    {"linkId": f"{step.id}.{WHAT}", "answer": [{"valueString": clean(name)}]},
                    {"linkId": f"{step.id}.{RATING}", "answer": [{"valueInteger": number}]},
                ],
            }
            for name, number in answer.shown.items()
            if clean(name)
        ]
    answers = [
        made
        for each in _several(answer)
        if (made := _answer(exercise, answer.step, each, language, zone)) is not None
    ]
    return [{"linkId": answer.step, "text": text, "answer": answers}] if answers else []


def _several(answer: Answer) -> tuple[str | int | float, ...]:
    match answer.value:
        case tuple() as several:
            return several
        case str() | int() | float() as one:
            return (one,)
    return ()


def _answer(
    exercise: Exercise, name: str, value: str | float, language: str, zone: str
) -> GivenAnswer | None:
    """One value as the type its item has."""
    step = exercise.find(name)
    if isinstance(step, ChooseFrom) and isinstance(value, str):
        return _chosen_or_words(exercise, step.of, value, language)
    if isinstance(value, str) and isinstance(step, AskWhen):
        at = utc_of(value)
        return {"valueDateTime": local(at, zone)} if at is not None else None
    if isinstance(value, str):
        return _chosen_or_words(exercise, name, value, language)
    is_decimal = isinstance(step, AskNumber) and step.decimals > 0
    if isinstance(value, int) and not is_decimal:
        return {"valueInteger": value}
    return {"valueDecimal": value}


def _chosen_or_words(
    exercise: Exercise, name: str, value: str, language: str
) -> GivenAnswer | None:
    step = exercise.find(name)
    if isinstance(step, AskChoice | AskMany):
        for option in step.options:
            if option.id == value:
                return {"valueCoding": definition.chosen(exercise, name, option, language)}
    text = clean(value)
    return {"valueString": text} if text else None
