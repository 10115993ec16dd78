"""The shapes of the resources as they are written: every coded field lists what it may be.

Source: HL7 FHIR R4 (4.0.1), the value sets named beside each list.
"""

from typing import Literal, TypedDict

LOINC = "http://loinc.org"
ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
OBSERVATION_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
CONSENT_SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope"
UCUM = "http://unitsofmeasure.org"
LANGUAGE_TAGS = "urn:ietf:bcp:47"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
UNIT = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit"
OURS = "urn:between"
"""What our own systems and addresses begin with."""

QuestionnaireStatus = Literal["active"]  # publication-status
ResponseStatus = Literal["completed", "stopped"]  # questionnaire-answers-status
ItemType = Literal[
    "group", "display", "integer", "decimal", "string", "text", "choice", "open-choice", "dateTime"
]  # item-type
ObservationStatus = Literal["final"]  # observation-status
ConsentStatus = Literal["active", "rejected", "inactive"]  # consent-state-codes
ProvisionType = Literal["permit", "deny"]  # consent-provision-type
BundleType = Literal["collection"]  # bundle-type
SubjectType = Literal["Patient"]  # resource-types
SecurityCode = Literal["R", "42CFRPart2", "NORDSCLCD"]  # security-labels


class Extension(TypedDict, total=False):
    """Something R4 has no field for."""

    url: str
    valueDecimal: int
    valueString: str
    valueCoding: "Coding"


class Coding(TypedDict, total=False):
    """A code of a system."""

    extension: list[Extension]
    system: str
    code: str
    display: str


class Label(TypedDict):
    """A security label."""

    system: str
    code: SecurityCode
    display: str


class Meta(TypedDict, total=False):
    """How a resource is to be handled."""

    extension: list[Extension]
    security: list[Label]


class Concept(TypedDict, total=False):
    """An idea, by codes and in words."""

    coding: list[Coding]
    text: str


class Identifier(TypedDict):
    """What somebody or something is called in a system."""

    system: str
    value: str


class Reference(TypedDict):
    """Another resource."""

    reference: str


class Communication(TypedDict):
    """A language a person speaks."""

    language: Concept
    preferred: bool


class Patient(TypedDict):
    """The person, without a name."""

    resourceType: Literal["Patient"]
    id: str
    meta: Meta
    identifier: list[Identifier]
    active: bool
    communication: list[Communication]


class Option(TypedDict):
    """One answer that can be given."""

    valueCoding: Coding


class Item(TypedDict, total=False):
    """One part of a questionnaire."""

    extension: list[Extension]
    linkId: str
    code: list[Coding]
    text: str
    type: ItemType
    required: bool
    repeats: bool
    readOnly: bool
    answerOption: list[Option]
    item: list["Item"]


class Questionnaire(TypedDict, total=False):
    """An exercise as it is defined, in one language."""

    resourceType: Literal["Questionnaire"]
    id: str
    language: str
    url: str
    version: str
    title: str
    status: QuestionnaireStatus
    subjectType: list[SubjectType]
    description: str
    copyright: str
    code: list[Coding]
    item: list[Item]


class GivenAnswer(TypedDict, total=False):
    """One answer: exactly one of these."""

    valueInteger: int
    valueDecimal: float
    valueString: str
    valueDateTime: str
    valueCoding: Coding


class GivenItem(TypedDict, total=False):
    """What was answered to one item."""

    linkId: str
    text: str
    answer: list[GivenAnswer]
    item: list["GivenItem"]


class QuestionnaireResponse(TypedDict, total=False):
    """One exercise somebody went through."""

    resourceType: Literal["QuestionnaireResponse"]
    id: str
    meta: Meta
    language: str
    identifier: Identifier
    questionnaire: str
    status: ResponseStatus
    subject: Reference
    authored: str
    source: Reference
    item: list[GivenItem]


class Quantity(TypedDict):
    """A score."""

    value: float
    unit: str
    system: str
    code: Literal["{score}"]


class Observation(TypedDict, total=False):
    """What a questionnaire came to."""

    resourceType: Literal["Observation"]
    id: str
    meta: Meta
    status: ObservationStatus
    category: list[Concept]
    code: Concept
    subject: Reference
    effectiveDateTime: str
    valueQuantity: Quantity
    interpretation: list[Concept]
    derivedFrom: list[Reference]


class Provision(TypedDict):
    """Whether it is allowed."""

    type: ProvisionType


class Consent(TypedDict):
    """One yes or no to one way of using what somebody writes."""

    resourceType: Literal["Consent"]
    id: str
    meta: Meta
    status: ConsentStatus
    scope: Concept
    category: list[Concept]
    patient: Reference
    dateTime: str
    policyRule: Concept
    provision: Provision


class Bundle(TypedDict):
    """The head of the whole; its entries follow one by one."""

    resourceType: Literal["Bundle"]
    id: str
    meta: Meta
    type: BundleType
    timestamp: str


Resource = Patient | Questionnaire | QuestionnaireResponse | Observation | Consent
