"""All that is one person's own, as JSON for machines and as one HTML page for reading."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.reports.logs.cells import MARK, for_csv
from bot.reports.pages import templates

NAME = "between"
"""The name of the files says nothing about what is inside."""


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Said(_Fact):
    """One answer under the question it answered, in the words of that time."""

    label: str
    question: str
    answer: list[str]


class Entry(_Fact):
    """One exercise that was begun: what it was, when, how it ended, everything that was written.
    `brought` is the date of the session it is or was to be brought to."""

    exercise: str
    title: str
    revision: str
    status: str
    began: datetime
    latest: datetime
    answers: list[Said]
    brought: date | None = None


class Decision(_Fact):
    """One yes or no, to the words of which version."""

    scope: str
    label: str
    granted: bool
    version: int
    at: datetime


class Line(_Fact):
    """One line written for the group, and where it stands. `about` is an id."""

    at: datetime
    kind: str
    about: str
    title: str
    state: str
    text: str


class Access(_Fact):
    """One thing staff did with what is this person's."""

    at: datetime
    who: str
    did: str
    why: str


class Alert(_Fact):
    """One time the team was told that this person may need help."""

    at: datetime
    tier: str
    state: str
    taken_at: datetime | None
    closed_at: datetime | None


class Promised(_Fact):
    """One small thing they wanted to have done by a day, in their words, and how it ended."""

    at: datetime
    text: str
    by: date
    state: str


class Comment(_Fact):
    """What a member of staff wrote about one entry, and where it stands."""

    at: datetime
    who: str
    about: str
    text: str
    state: str


class Sent(_Fact):
    """One message to this person and where it stands; its words are not kept."""

    at: datetime
    kind: str
    status: str
    sent_at: datetime | None


class OwnData(_Fact):
    """Everything. Times are UTC; `profile` holds pairs of a name and a value as they are shown."""

    made_at: datetime
    language: str
    zone: str
    profile: dict[str, str]
    plan: Entry | None
    entries: list[Entry]
    promises: list[Promised]
    lines: list[Line]
    comments: list[Comment]
    consents: list[Decision]
    accesses: list[Access]
    alerts: list[Alert]
    messages: list[Sent]


def as_json(data: OwnData) -> str:
    """The same facts for another program."""
    return json.dumps(data.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def as_csv(data: OwnData) -> str:
    """The answers for a spreadsheet, one row each; no cell of it is a formula."""
    to = io.StringIO(newline="")
    rows = csv.writer(to)
    rows.writerow(("began_utc", "exercise", "title", "status", "label", "question", "answer"))
    for entry in data.entries:
        for said in entry.answers:
            cells = (entry.began, entry.exercise, entry.title, entry.status)
            texts = (said.label, said.question, tuple(said.answer))
            rows.writerow([for_csv(cell) for cell in (*cells, *texts)])
    return MARK + to.getvalue()


def as_html(data: OwnData, words: Mapping[str, Any], day: Any) -> str:
    """One page that needs no other file; `words` are its headings, `day` writes a moment."""
    page = templates().get_template("own_data.html.j2")
    return page.render(data=data, words=words, day=day)


def zipped(files: Mapping[str, str | bytes], made_at: datetime) -> bytes:
    """The files in one, dated alike, so that the same data give the same bytes."""
    stamp = made_at.astimezone(UTC).timetuple()[:6]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            packed.writestr(info, content)
    return out.getvalue()
