"""The small parts all resources are made of: ids, times, texts, labels."""

import re
from datetime import UTC, datetime
from html import unescape
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from bot.reports.fhir.shapes import ACT, CONFIDENTIALITY, LOINC, Coding, Label, Meta, Reference

_TAG = re.compile(r"</?[a-z][^<>]*>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LOINC_NOTICE = (
    "LOINC codes: LOINC is copyright © Regenstrief Institute, Inc. and the LOINC Committee and is"
    " available at no cost under the licence at loinc.org/license."
)
RESTRICTED: tuple[Label, ...] = (
    {"system": CONFIDENTIALITY, "code": "R", "display": "restricted"},
    {"system": ACT, "code": "42CFRPart2", "display": "42 CFR Part2"},
    {
        "system": ACT,
        "code": "NORDSCLCD",
        "display": "no redisclosure without consent directive",
    },
)


def resource_id(*names: str) -> str:
    """An id made of what a thing is called: the same in every export, none of the database."""
    return str(uuid5(NAMESPACE_URL, "urn:between:" + ":".join(names)))


def reference(ident: str) -> Reference:
    """Another resource of the same bundle."""
    return {"reference": f"urn:uuid:{UUID(ident)}"}


def label() -> Meta:
    """Restricted, protected by Part 2, not to be passed on."""
    return {"security": list(RESTRICTED)}


def instant(at: datetime) -> str:
    """A moment in UTC."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def local(at: datetime, zone: str) -> str:
    """A moment on the clock of a zone, with its offset."""
    return at.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")


def words(text: str) -> str:
    """A text of ours without its markup."""
    return clean(unescape(_TAG.sub("", text)))


def clean(text: str) -> str:
    """A text as FHIR allows it: no control characters besides tabs and line ends."""
    return _CONTROL.sub("", text).strip()


def loinc(code: str | None, display: str) -> list[Coding]:
    """A code of LOINC, where one was confirmed."""
    return [] if code is None else [{"system": LOINC, "code": code, "display": display}]
