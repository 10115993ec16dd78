"""FHIR: every exercise becomes a Questionnaire, every coded value is one that R4 knows."""

import json
import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter

from bot.catalog.load import read_library
from bot.catalog.load_measures import read_measures, stand_in
from bot.catalog.steps.base import Loinc
from bot.catalog.wording import worded
from bot.config import Settings
from bot.reports.fhir import shapes
from bot.reports.fhir.bundle import head
from bot.reports.fhir.check import Checker, NotFhirError
from bot.reports.fhir.checking import wrong
from bot.reports.fhir.definition import asked, questionnaire
from bot.reports.fhir.people import consent, observation, patient
from bot.reports.fhir.response import response
from bot.reports.logs.facts import Agreed, Answer, Entry, Scored, Whose
from tests.reports.test_cells import AT

SETTINGS = Settings()
LIBRARY = read_library(SETTINGS.exercises_dir, SETTINGS.cache)
MEASURES = read_measures(SETTINGS.measures_dir, SETTINGS.cache)
EVERY = {
    **LIBRARY.exercises,
    **{each.id: worded(each, stand_in(each)) for each in MEASURES.offered},
}
WHOSE = Whose("ab" * 16, "Heron", "Thursday-B", "en", "Europe/Madrid", True, AT, None)

# The value sets of HL7 FHIR R4 (4.0.1) that are required for these fields, as published.
R4 = {
    "QuestionnaireStatus": {"draft", "active", "retired", "unknown"},
    "ResponseStatus": {"in-progress", "completed", "amended", "entered-in-error", "stopped"},
    "ItemType": {
        *("group", "display", "boolean", "decimal", "integer", "date", "dateTime", "time"),
        *("string", "text", "url", "choice", "open-choice", "attachment", "reference", "quantity"),
    },
    "ObservationStatus": {
        *("registered", "preliminary", "final", "amended", "corrected", "cancelled"),
        *("entered-in-error", "unknown"),
    },
    "ConsentStatus": {
        *("draft", "proposed", "active", "rejected", "inactive", "entered-in-error"),
    },
    "ProvisionType": {"deny", "permit"},
    "BundleType": {
        *("document", "message", "transaction", "transaction-response", "batch"),
        *("batch-response", "history", "searchset", "collection"),
    },
    "SubjectType": {"Patient", "Person", "Group", "Practitioner"},
    "SecurityCode": {"R", "42CFRPart2", "NORDSCLCD"},
}
SYSTEMS = {
    shapes.LOINC: None,
    shapes.ACT: {"42CFRPart2", "NORDSCLCD"},
    shapes.CONFIDENTIALITY: {"U", "L", "M", "N", "R", "V"},
    shapes.OBSERVATION_CATEGORY: {
        *("social-history", "vital-signs", "imaging", "laboratory", "procedure", "survey"),
        *("exam", "therapy", "activity"),
    },
    shapes.CONSENT_SCOPE: {"adr", "research", "patient-privacy", "treatment"},
    shapes.UCUM: {"{score}", "s"},
    shapes.LANGUAGE_TAGS: {"en", "es"},
}
FIELDS = {
    ("Questionnaire", "status"): "QuestionnaireStatus",
    ("QuestionnaireResponse", "status"): "ResponseStatus",
    ("Observation", "status"): "ObservationStatus",
    ("Consent", "status"): "ConsentStatus",
    ("Bundle", "type"): "BundleType",
}


def pieces(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object in it."""
    if isinstance(tree, dict):
        yield tree
        for each in tree.values():
            yield from pieces(each)
    elif isinstance(tree, list):
        for each in tree:
            yield from pieces(each)


def odd_codes(resource: Any) -> list[str]:
    """The coded values that R4, or the system they name, does not have."""
    kind, found = resource["resourceType"], []
    for (of, field), name in FIELDS.items():
        if of == kind and resource[field] not in R4[name]:
            found.append(f"{kind}.{field}: {resource[field]}")
    for each in pieces(resource):
        if "linkId" in each and "type" in each and each["type"] not in R4["ItemType"]:
            found.append(f"item.type: {each['type']}")
        system, code = each.get("system"), each.get("code")
        if system is None or code is None or system.startswith(shapes.OURS):
            continue
        known = SYSTEMS.get(system, set())
        if known is None:
            TypeAdapter(Loinc).validate_python(code)
        elif code not in known:
            found.append(f"{system}: {code}")
    return found


@pytest.mark.parametrize("name", sorted(R4))
def test_no_literal_is_outside_its_value_set(name: str) -> None:
    """What our shapes allow, R4 allows."""
    assert set(get_args(getattr(shapes, name))) <= R4[name]


def test_a_code_that_is_none_is_seen() -> None:
    """The table can fail: fhir.resources takes this resource, and R4 does not know the code."""
    made = patient(WHOSE)
    answered = {
        "resourceType": "QuestionnaireResponse",
        "status": "done",
        "questionnaire": "urn:between:questionnaire:cbt.thought7",
        "subject": {"reference": f"urn:uuid:{made['id']}"},
    }
    assert wrong(answered) == ""
    assert odd_codes(answered) == ["QuestionnaireResponse.status: done"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_exercise_is_a_questionnaire(language: str) -> None:
    """All that Between comes with, measures as well, in both languages."""
    for exercise in EVERY.values():
        made = questionnaire(exercise, language)
        assert wrong(made) == "", exercise.id
        assert odd_codes(made) == [], exercise.id
        ids = [each["linkId"] for each in pieces(made) if "linkId" in each]
        assert len(ids) == len(set(ids)), exercise.id
        assert not re.search(r"</?[bi]>|\{\{", json.dumps(made, ensure_ascii=False)), exercise.id


def test_codes_are_those_that_were_confirmed() -> None:
    """The PHQ-9 has its panel, items and answers; a thought record has none."""
    phq9 = questionnaire(EVERY["measure.phq9"], "en")
    assert phq9["code"][0]["code"] == "44249-1"
    first = next(each for each in phq9["item"] if each["linkId"] == "q1")
    assert first["code"][0]["code"] == "44250-9"
    answers = [each["valueCoding"] for each in first["answerOption"]]
    assert [each["code"] for each in answers] == [
        *("LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"),
    ]
    assert [each["extension"][0]["valueDecimal"] for each in answers] == [0, 1, 2, 3]
    assert "LOINC" in phq9["copyright"]
    record = json.dumps(questionnaire(EVERY["cbt.thought7"], "en"))
    assert shapes.LOINC not in record


def test_a_question_names_what_it_quotes() -> None:
    """Where an answer would stand, there is what that answer is called."""
    record = EVERY["cbt.thought7"]
    text = asked(record, "How much do you believe <b>{{ hot_thought }}</b> &amp; {{ item }}?", "en")
    assert "[" in text
    assert "{" not in text
    assert "<" not in text
    assert "&" in text


def _answer(step: str, value: Any, shown: Any = None) -> Answer:
    return Answer(step, step, f"What about {step}?", value, shown or value, None, "", AT)


def _entry(exercise: str, *answers: Answer) -> Entry:
    made = EVERY[exercise]
    return Entry(
        *("cd" * 16, "exercise", "finished", "en", made.revision, AT, AT),
        exercise=made,
        title="It",
        answers=answers,
    )


@pytest.mark.parametrize(
    ("exercise", "answer", "given"),
    [
        ("cbt.thought7", _answer("situation", "a \x07 b"), {"valueString": "a  b"}),
        ("cbt.thought7", _answer("belief_before", 90), {"valueInteger": 90}),
        ("check.core", _answer("sleep", 7.5), {"valueDecimal": 7.5}),
        ("check.core", _answer("sleep", 7), {"valueDecimal": 7}),
        (
            "measure.phq9",
            _answer("q1", "a1"),
            {
                "valueCoding": {
                    "system": shapes.LOINC,
                    "code": "LA6569-3",
                    "display": "often.a1 (en)",
                }
            },
        ),
        (
            "cbt.ba_plan",
            _answer("when", "2026-03-29T18:00[Europe/Madrid]"),
            {"valueDateTime": "2026-03-29T18:00:00+02:00"},
        ),
    ],
)
def test_an_answer_has_the_type_of_its_item(
    exercise: str, answer: Answer, given: dict[str, Any]
) -> None:
    """Words, numbers, chosen options and moments, each as its own kind."""
    made = response(WHOSE, patient(WHOSE)["id"], _entry(exercise, answer))
    assert made is not None
    assert wrong(made) == ""
    assert made["item"][0]["answer"] == [given]


def test_a_list_that_was_rated_is_a_group_for_each_entry() -> None:
    """What, and how strong."""
    rated = _answer("moods_before", {"fear": 80, "=shame": 60})
    made = response(WHOSE, patient(WHOSE)["id"], _entry("cbt.thought7", rated))
    assert made is not None
    assert wrong(made) == ""
    assert [each["item"][1]["answer"] for each in made["item"]] == [
        [{"valueInteger": 80}],
        [{"valueInteger": 60}],
    ]


def test_empty_answers_leave_nothing_empty() -> None:
    """R4 has no empty texts and no empty lists."""
    blank = _entry("cbt.thought7", _answer("situation", "\x07 "), _answer("moods", ()))
    made = response(WHOSE, patient(WHOSE)["id"], blank)
    assert made is not None
    assert "item" not in made
    assert wrong(made) == ""


def test_the_other_resources() -> None:
    """Person, consents in each state, scores with and without a code, and the head of it all."""
    resources: list[Any] = [patient(WHOSE), head(AT, "Do not pass this on.")]
    for granted, newest in ((True, True), (False, True), (True, False)):
        sha = "ef" * 32
        agreed = Agreed("k.1", "therapist_reads", "May read", granted, 1, sha, AT, newest)
        resources.append(consent(WHOSE, agreed))
    for loinc, by, entry in (("44261-6", "self", "cd" * 16), (None, "staff", "")):
        scored = Scored(
            *(entry, "measure.phq9", "PHQ-9", "", "en", "total", "PHQ-9", 9, 0, 27, "some"),
            *(loinc, by, AT.date(), AT),
        )
        resources.append(observation(WHOSE, scored))
    for each in resources:
        assert wrong(each) == ""
        assert odd_codes(each) == []
    assert [each["status"] for each in resources if each["resourceType"] == "Consent"] == [
        *("active", "rejected", "inactive"),
    ]
    assert "Heron" not in json.dumps(resources)
    assert "coding" not in resources[-1]["code"]


def test_what_is_wrong_is_said_without_what_stands_there() -> None:
    """Places only: the words are somebody's."""
    made: Any = {**patient(WHOSE), "active": "a secret"}
    with Checker() as checker:
        assert json.loads(checker.check(patient(WHOSE)))["resourceType"] == "Patient"
        with pytest.raises(NotFhirError) as refused:
            checker.check(made)
        checker.check(patient(WHOSE))  # and it goes on
    assert "Patient: active" in str(refused.value)
    assert "secret" not in str(refused.value)
