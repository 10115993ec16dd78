"""What was exported as FHIR R4 resources, for a record system that speaks it.

`fhir.resources` has no module of plain R4 (4.0.1), so resources are checked by its R4B (4.3.0): the
six kinds used here (Patient, Questionnaire, QuestionnaireResponse, Observation, Consent, Bundle)
have the same elements in both. It checks shapes and not codes: every coded field of `shapes` is a
`Literal`, and a table in the tests holds what is written against the value sets of R4.
"""
