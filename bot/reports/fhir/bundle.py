"""The whole as one Bundle, written resource by resource; each is checked before it is written."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import IO

from bot.reports.fhir.definition import definition_id, questionnaire
from bot.reports.fhir.parts import label, resource_id
from bot.reports.fhir.people import consent, observation, patient, patient_id
from bot.reports.fhir.response import response
from bot.reports.fhir.shapes import OURS, Bundle, Resource
from bot.reports.logs.cells import plain
from bot.reports.logs.facts import Log

Check = Callable[[Mapping[str, object]], str]
"""Takes a resource and gives its JSON; raises when it is none."""


class FhirBundle:
    """Takes the logs of one person after the other; a definition is written once, when the first
    answer to it comes."""

    def __init__(self, to: IO[bytes], made_at: datetime, notice: str, check: Check) -> None:
        self._to, self._check = to, check
        self._defined: set[str] = set()
        self._any = False
        self._write(check(head(made_at, notice))[:-1] + ', "entry": [')

    def add(self, log: Log) -> None:
        """Writes everything of one person."""
        for resource in self._resources(log):
            written = self._check(resource)
            full_url = json.dumps(f"urn:uuid:{resource['id']}")
            before = ",\n" if self._any else "\n"
            self._write(f'{before}{{"fullUrl": {full_url}, "resource": {written}}}')
            self._any = True

    def close(self) -> None:
        """Ends the document. A bundle of nobody has no list of entries (R4 allows no empty one)."""
        self._write("\n]}\n")

    def _resources(self, log: Log) -> Iterator[Resource]:
        whose = log.whose
        yield patient(whose)
        for agreed in log.agreed:
            yield consent(whose, agreed)
        for entry in log.entries:
            answered = response(whose, patient_id(whose), entry)
            if answered is None or entry.exercise is None:
                continue
            name = definition_id(entry.exercise, entry.language)
            if name not in self._defined:
                self._defined.add(name)
                yield questionnaire(entry.exercise, entry.language)
            yield answered
        for scored in log.scores:
            yield observation(whose, scored)

    def _write(self, text: str) -> None:
        self._to.write(text.encode())


def head(made_at: datetime, notice: str) -> Bundle:
    """The bundle without its entries: restricted, and with the notice in words."""
    return {
        "resourceType": "Bundle",
        "id": resource_id("bundle", made_at.isoformat()),
        "meta": {
            **label(),
            "extension": [{"url": f"{OURS}:redisclosure-notice", "valueString": notice}],
        },
        "type": "collection",
        "timestamp": str(plain(made_at)),
    }
