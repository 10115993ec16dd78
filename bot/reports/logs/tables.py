"""The tables of an export and their columns; the same for CSV and JSON.

Each row begins with the person's key and alias. Without consent a person has rows of states and
times, and none of answers and questionnaires.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.reports.logs.cells import Cell, Local
from bot.reports.logs.facts import Entry, Log

Cells = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns behind `person` and `alias`, and the rows of one person."""

    columns: tuple[str, ...]
    rows: Callable[[Log], Iterable[Cells]]


def full(log: Log, row: Cells) -> Cells:
    """A row with whose it is."""
    return (log.whose.key, log.whose.alias, *row)


def _people(log: Log) -> Iterator[Cells]:
    who = log.whose
    yield who.group, who.language, who.zone, who.reads, who.joined, who.left


def _entries(log: Log) -> Iterator[Cells]:
    for each in log.entries:
        yield (
            *(each.key, each.kind, _id(each), each.title, each.revision[:12], each.language),
            *(each.status, each.about, each.began, _local(log, each.began)),
            *(each.ended, _local(log, each.ended), *_rated(each)),
        )


def _rated(entry: Entry) -> Cells:
    first = next(iter(entry.rated), None)
    return (None, None, None) if first is None else (first.label, first.before, first.after)


def _answers(log: Log) -> Iterator[Cells]:
    for entry in log.entries:
        for each in entry.answers:
            yield (
                *(entry.key, _id(entry), entry.revision[:12], entry.language, each.step),
                *(each.label, each.question, each.shown, each.number, each.unit),
                *(each.at, _local(log, each.at)),
            )


def _check_ins(log: Log) -> Iterator[Cells]:
    """What was rated in check-ins, ready to be drawn as a curve."""
    for entry in log.entries:
        if entry.kind == "check_in":
            for each in entry.answers:
                if each.number is not None:
                    yield (
                        *(entry.key, _id(entry), entry.about, each.step, each.label),
                        *(each.number, each.unit, each.at, _local(log, each.at)),
                    )


def _questionnaires(log: Log) -> Iterator[Cells]:
    for each in log.scores:
        yield (
            *(each.entry, each.exercise, each.title, each.revision[:12], each.language),
            *(each.score, each.label, each.value, each.low, each.high, each.band),
            *(each.loinc, each.by, each.day, each.at, _local(log, each.at)),
        )


def _dates(log: Log) -> Iterator[Cells]:
    for each in log.dates:
        at = _local(log, each.at)
        yield each.day, each.purpose, each.name, each.outcome, each.why, each.at, at


def _attendance(log: Log) -> Iterator[Cells]:
    for each in log.attended:
        yield each.group, each.day, each.at


def _promises(log: Log) -> Iterator[Cells]:
    for each in log.promises:
        yield each.made, each.day, each.state, each.answered


def _assignments(log: Log) -> Iterator[Cells]:
    for each in log.assigned:
        yield each.exercise, each.title, each.to, each.by, each.at, each.until


def _comments(log: Log) -> Iterator[Cells]:
    for each in log.comments:
        yield each.entry, each.by, each.at, _local(log, each.at)


def _consents(log: Log) -> Iterator[Cells]:
    for each in log.agreed:
        yield each.scope, each.label, each.granted, each.version, each.at


def _id(entry: Entry) -> str:
    return entry.exercise.id if entry.exercise is not None else ""


def _local(log: Log, at: datetime | None) -> Local | None:
    return None if at is None else Local(at, log.whose.zone)


TABLES: dict[str, Table] = {
    "people": Table(("group", "language", "zone", "therapist_reads", "joined", "left"), _people),
    "entries": Table(
        (
            *("entry", "kind", "exercise", "title", "revision", "language", "status", "about"),
            *("began_utc", "began_local", "ended_utc", "ended_local"),
            *("rated", "before", "after"),
        ),
        _entries,
    ),
    "answers": Table(
        (
            *("entry", "exercise", "revision", "language", "step", "label", "question"),
            *("answer", "number", "unit", "at_utc", "at_local"),
        ),
        _answers,
    ),
    "check_ins": Table(
        (
            *("entry", "exercise", "about", "step", "label", "number", "unit"),
            *("at_utc", "at_local"),
        ),
        _check_ins,
    ),
    "questionnaires": Table(
        (
            *("entry", "exercise", "title", "revision", "language", "score", "label", "value"),
            *("low", "high", "band", "loinc", "by", "day", "at_utc", "at_local"),
        ),
        _questionnaires,
    ),
    "dates": Table(("day", "purpose", "name", "outcome", "why", "at_utc", "at_local"), _dates),
    "attendance": Table(("group", "session", "said_at_utc"), _attendance),
    "promises": Table(("made_utc", "day", "state", "answered_utc"), _promises),
    "assignments": Table(("exercise", "title", "to", "by", "assigned_utc", "until"), _assignments),
    "comments": Table(("entry", "by", "at_utc", "at_local"), _comments),
    "consents": Table(("scope", "label", "granted", "version", "at_utc"), _consents),
}
WHOSE = ("person", "alias")
"""The first columns of every table."""
