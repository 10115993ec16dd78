"""Making the file of an order: person by person, each read in its own short transactions.

This takes seconds to minutes. Call it in a thread; it waits for the database thread as everybody
does, and never holds it for longer than one slice.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from bot.reports.fhir.bundle import FhirBundle
from bot.reports.fhir.check import Checker
from bot.reports.logs.archive import NAME, Archive
from bot.reports.logs.as_csv import CsvTables
from bot.reports.logs.as_json import JsonLogs
from bot.reports.logs.facts import Log
from bot.usecases.kit import Kit
from bot.usecases.office.export import notes, papers
from bot.usecases.office.export.notes import Draft
from bot.usecases.office.export.order import Placed, What
from bot.usecases.office.export.reading import Ask, log_of

STATEMENT = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
"""The statement of 42 CFR 2.32(a)(2), word for word, in English in every language."""
ZIP, TEXT, PDF = "application/zip", "text/plain; charset=utf-8", "application/pdf"
Tell = Callable[[int, int], None]
"""Told how many people are done, of how many."""


def untold(_: int, __: int) -> None:
    """For whoever does not want to know."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file, from its beginning; whoever takes it closes it. `kind` is its media type."""

    file: IO[bytes]
    name: str
    kind: str


def make(ask: Ask, kit: Kit, placed: Placed, tell: Tell = untold) -> Made:
    """The file. Raises NotYoursError, NotFhirError; what was begun is closed then."""
    match placed.order.what:
        case What.CSV | What.JSON | What.FHIR:
            return _archived(ask, kit, placed, tell)
        case What.NOTES | What.NOTES_FILE:
            return _noted(ask, kit, placed, tell)
        case What.WEEK | What.BRIEF | What.ENTRY:
            return Made(BytesIO(papers.paper(ask, kit, placed)), f"{_name(placed)}.pdf", PDF)


def notice(kit: Kit, placed: Placed) -> str:
    """What every file carries: the statement of the law, and what it means in our words."""
    said = kit.words.short(placed.reader.language)["office_export"]["notice"]
    return f"{STATEMENT}\n\n{said}"


def drafts(ask: Ask, kit: Kit, placed: Placed, tell: Tell = untold) -> list[Draft]:
    """The paragraphs of an order of notes."""
    return [notes.draft(kit, placed, log) for log in _logs(ask, kit, placed, tell)]


def _noted(ask: Ask, kit: Kit, placed: Placed, tell: Tell) -> Made:
    made = drafts(ask, kit, placed, tell)
    text = notes.as_text(kit, placed, made, notice(kit, placed))
    return Made(BytesIO(text.encode("utf-8-sig")), f"{_name(placed)}.txt", TEXT)


def _archived(ask: Ask, kit: Kit, placed: Placed, tell: Tell) -> Made:
    archive = Archive(placed.at, notice(kit, placed))
    try:
        _fill(archive, ask, kit, placed, tell)
    except BaseException:
        archive.close()
        raise
    return Made(archive.finished(), f"{_name(placed)}.zip", ZIP)


def _fill(archive: Archive, ask: Ask, kit: Kit, placed: Placed, tell: Tell) -> None:
    logs = _logs(ask, kit, placed, tell)
    said = notice(kit, placed)
    if placed.order.what is What.CSV:
        with CsvTables() as tables:
            for log in logs:
                tables.add(log)
            tables.into(archive)
    elif placed.order.what is What.JSON:
        with archive.file(f"{NAME}.json") as to:
            written = JsonLogs(to, placed.at, said)
            for log in logs:
                written.add(log)
            written.close()
    else:
        with Checker() as checker, archive.file(f"{NAME}.fhir.json") as to:
            bundle = FhirBundle(to, placed.at, said, checker.check)
            for log in logs:
                bundle.add(log)
            bundle.close()


def _logs(ask: Ask, kit: Kit, placed: Placed, tell: Tell) -> Iterator[Log]:
    many = len(placed.subjects)
    for done, subject in enumerate(placed.subjects):
        tell(done, many)
        log = log_of(ask, kit, placed, subject)
        if log is not None:  # erased while this was being made
            yield log
    tell(many, many)


def _name(placed: Placed) -> str:
    return f"{NAME}-{placed.order.since}-{placed.order.until}"
