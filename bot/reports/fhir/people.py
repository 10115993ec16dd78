"""The person, what they agreed to, and what their questionnaires came to."""

from bot.reports.fhir.parts import clean, instant, label, loinc, reference, resource_id
from bot.reports.fhir.response import response_id
from bot.reports.fhir.shapes import (
    CONSENT_SCOPE,
    LANGUAGE_TAGS,
    OBSERVATION_CATEGORY,
    OURS,
    UCUM,
    Consent,
    ConsentStatus,
    Observation,
    Patient,
)
from bot.reports.logs.facts import Agreed, Scored, Whose


def patient_id(whose: Whose) -> str:
    """The id of a person's resource."""
    return resource_id("patient", whose.key)


def patient(whose: Whose) -> Patient:
    """Somebody without a name: a key that is the same in every export, and their language."""
    return {
        "resourceType": "Patient",
        "id": patient_id(whose),
        "meta": label(),
        "identifier": [{"system": f"{OURS}:participant", "value": whose.key}],
        "active": whose.left is None,
        "communication": [
            {
                "language": {"coding": [{"system": LANGUAGE_TAGS, "code": whose.language}]},
                "preferred": True,
            }
        ],
    }


def consent(whose: Whose, agreed: Agreed) -> Consent:
    """One yes or no. The newest of a scope is active or rejected; those before it no longer
    count."""
    status: ConsentStatus = "active" if agreed.granted else "rejected"
    return {
        "resourceType": "Consent",
        "id": resource_id("consent", agreed.key),
        "meta": label(),
        "status": status if agreed.newest else "inactive",
        "scope": {"coding": [{"system": CONSENT_SCOPE, "code": "patient-privacy"}]},
        "category": [{"text": clean(agreed.label)}],
        "patient": reference(patient_id(whose)),
        "dateTime": instant(agreed.at),
        "policyRule": {"text": f"{agreed.scope}, version {agreed.version}, SHA-256 {agreed.sha}"},
        "provision": {"type": "permit" if agreed.granted else "deny"},
    }


def observation(whose: Whose, scored: Scored) -> Observation:
    """One score: with LOINC's code where that was confirmed, else in words only."""
    words = f"{scored.title}: {scored.label}" if scored.label != scored.title else scored.title
    coding = loinc(scored.loinc, clean(scored.label))
    name = scored.entry or f"{whose.key}.{scored.day}.{scored.at}"
    made: Observation = {
        "resourceType": "Observation",
        "id": resource_id("observation", name, scored.exercise, scored.score),
        "meta": label(),
        "status": "final",
        "category": [
            {"coding": [{"system": OBSERVATION_CATEGORY, "code": "survey", "display": "Survey"}]}
        ],
        "code": {"text": clean(words), **({"coding": coding} if coding else {})},
        "subject": reference(patient_id(whose)),
        "effectiveDateTime": instant(scored.at) if scored.by == "self" else str(scored.day),
        "valueQuantity": {
            "value": scored.value,
            "unit": "score",
            "system": UCUM,
            "code": "{score}",
        },
    }
    if scored.band:
        made = {**made, "interpretation": [{"text": clean(scored.band)}]}
    if scored.entry:
        made = {**made, "derivedFrom": [reference(response_id(scored.entry))]}
    return made
