"""Reading one person for an export, in slices short enough that nobody has to wait for them.

Each slice is a transaction of its own and looks at the consent again: a yes taken back while an
export is being made counts from the next slice on.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.care.cadence import Outcome
from bot.catalog.measure import StaffMeasure
from bot.catalog.text import said
from bot.reports.logs.facts import (
    Agreed,
    Assigned,
    Attended,
    Commented,
    Dated,
    Entry,
    Log,
    Promise,
    Scored,
    Whose,
)
from bot.store import (
    brought,
    comments,
    consents,
    groups,
    logs,
    members,
    occurrences,
    people,
    schedules,
    staff,
)
from bot.store import staff_scores as forms
from bot.store.groups import Group
from bot.store.occurrences import Occurrence
from bot.usecases.kit import Kit
from bot.usecases.office.export.entries import entry_of, key_of, scores_of
from bot.usecases.office.export.order import LOGS, Order, Placed, Subject
from bot.usecases.office.reader import reads_words, record
from bot.usecases.timetable.facts import meetings

T = TypeVar("T")
SLICE = 20
"""Exercises read in one transaction."""


class Ask(Protocol):
    """Runs a unit of work in a transaction, and waits for it."""

    def __call__(self, unit: Callable[[Session], T], /) -> T: ...


@dataclass(frozen=True, slots=True)
class Slice:
    """Some entries and their scores; `last` is where to go on, None at the end."""

    entries: tuple[Entry, ...]
    scores: tuple[Scored, ...]
    last: UUID | None


def log_of(ask: Ask, kit: Kit, placed: Placed, subject: Subject) -> Log | None:
    """Everything of one person, None when they are gone. That it was taken out is on record before
    the first word is read."""
    log = ask(lambda session: about(session, kit, placed, subject))
    if log is None:
        return None
    entries: list[Entry] = []
    scores: list[Scored] = []
    after: UUID | None = logs.START
    while after is not None:
        here = after
        found = ask(lambda session: some(session, kit, placed, subject, log.whose, here))  # noqa: B023  it runs at once
        entries += found.entries
        scores += found.scores
        after = found.last
    return replace(log, entries=tuple(entries), scores=(*log.scores, *scores))


def about(session: Session, kit: Kit, placed: Placed, subject: Subject) -> Log | None:
    """Whose it is, states and times, and scores of paper forms; writes the record."""
    person, member = (
        people.look(session, subject.person),
        members.get(session, kit.vault, subject.person),
    )
    group = groups.group(session, subject.group)
    if person is None or member is None or group is None:
        return None
    order, reader = placed.order, placed.reader
    record(session, reader, person.id, "participant.exported", placed.at, group=subject.group)
    reads = reads_words(session, kit, person.id)
    whose = Whose(
        key=key_of(kit, "participant", person.id),
        alias=member.alias or "",
        group=group.name,
        language=person.language,
        zone=person.zone,
        reads=reads,
        joined=member.joined_at,
        left=member.discharged_at,
    )
    met = tuple(_met(session, group, order, placed.at))
    return Log(
        whose,
        met=met,
        brought=frozenset(
            key_of(kit, "entry", each.run)
            for day in met
            for each in brought.of_session(session, group.id, day)
            if each.person == person.id
        ),
        scores=tuple(_paper(session, kit, person.id, order, reader.language)) if reads else (),
        dates=tuple(_dates(session, person.id, order)),
        attended=tuple(
            Attended(group.name, each.day, each.at)
            for each in logs.attended(session, person.id, order.since, order.until)
            if each.group == group.id
        ),
        promises=tuple(
            Promise(each.made_at, each.day, each.state, each.answered_at)
            for each in logs.promised(session, person.id, order.since, order.until)
        ),
        assigned=tuple(_assigned(session, kit, subject, order, person.zone, reader.language)),
        agreed=tuple(_agreed(session, kit, person.id, reader.language)),
        comments=tuple(_comments(session, kit, person.id, order, person.zone)),
    )


def some(
    session: Session, kit: Kit, placed: Placed, subject: Subject, whose: Whose, after: UUID
) -> Slice:
    """The next entries behind one of them. Logs keep the words somebody answered in; papers and
    drafts are for whoever reads them, in one language from top to bottom."""
    order = placed.order
    language = None if order.what in LOGS else placed.reader.language
    if people.look(session, subject.person) is None:
        return Slice((), (), None)
    reads = reads_words(session, kit, subject.person)
    start, end = bounds(order, whose.zone)
    found = logs.begun(session, kit.vault, subject.person, start, end, after=after, many=SLICE)
    times = logs.answered_at(session, [each.id for each in found])
    return Slice(
        tuple(entry_of(session, kit, each, times, reads=reads) for each in found),
        tuple(
            score
            for each in found
            if reads
            for score in scores_of(session, kit, each, whose.zone, language)
        ),
        found[-1].id if len(found) == SLICE else None,
    )


def bounds(order: Order, zone: str) -> tuple[datetime, datetime]:
    """The first instant of the span and the first after it (UTC), on the clock of a zone."""

    def midnight(day: date) -> datetime:
        return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)

    return midnight(order.since), midnight(order.until + timedelta(days=1))


def _met(session: Session, group: Group, order: Order, now: datetime) -> Iterator[date]:
    """The local dates of the span on which the group met, by its calendar; not one to come."""
    found = meetings(session, group, order.since, order.until)
    yield from sorted({day for day, at, _ in found if at <= now})


def _paper(session: Session, kit: Kit, person: UUID, order: Order, language: str) -> list[Scored]:
    """Scores that staff entered from the programme's own forms."""
    found: list[Scored] = []
    for each in forms.of_person(session, kit.vault, person):
        measure = kit.measures.find(each.measure)
        if not isinstance(measure, StaffMeasure) or not order.since <= each.day <= order.until:
            continue
        for score in (one for one in measure.scores if one.id in each.scores):
            value = each.scores[score.id]
            bands = [one for one in score.bands if one.from_ <= value]
            found.append(
                Scored(
                    entry="",
                    exercise=f"measure.{measure.measure}",
                    title=said(measure.title, language),
                    revision="",
                    language=language,
                    score=score.id,
                    label=said(score.label, language),
                    value=value,
                    low=score.min,
                    high=score.max,
                    band=said(bands[-1].label, language) if bands else "",
                    loinc=None,
                    by="staff",
                    day=each.day,
                    at=each.entered_at,
                )
            )
    return found


def _dates(session: Session, person: UUID, order: Order) -> list[Dated]:
    """Every scheduled local date that has an outcome by now."""
    named = {each.id: each for each in schedules.of_person(session, person)}
    return [
        Dated(
            day=each.local_date,
            purpose=named[each.schedule].purpose,
            name=named[each.schedule].name,
            outcome=_outcome(each),
            why=each.why.value if each.why is not None else "",
            at=each.sent_at or each.decided_at,
        )
        for each in occurrences.from_date(session, person, order.since)
        if each.local_date <= order.until and each.schedule in named
    ]


def _outcome(found: Occurrence) -> str:
    if found.outcome is Outcome.SENT and found.answered_at is not None:
        return "answered"
    return "outage" if found.outcome is Outcome.MISSED_SYSTEM else found.outcome.value


def _assigned(
    session: Session, kit: Kit, subject: Subject, order: Order, zone: str, language: str
) -> list[Assigned]:
    start, end = bounds(order, zone)
    found = []
    for each in logs.assigned(session, subject.group, subject.person, start, end):
        titles, by = kit.titles.get(each.exercise), staff.get(session, kit.vault, each.by)
        found.append(
            Assigned(
                exercise=each.exercise,
                title=said(titles, language) if titles else each.exercise,
                to="group" if each.person is None else "person",
                by=by.name if by is not None else "",
                at=each.at,
                until=each.until,
            )
        )
    return found


def _agreed(session: Session, kit: Kit, person: UUID, language: str) -> list[Agreed]:
    """Every yes and no, whenever it was said: what came before the span may still count."""
    texts = {scope.value: text for scope, text in kit.consents.texts.items()}
    events = consents.events(session, person)
    newest = {event.scope: event for event in events}
    return [
        Agreed(
            key=f"{key_of(kit, 'participant', person)}.{number}",
            scope=event.scope,
            label=said(texts[event.scope].label, language) if event.scope in texts else event.scope,
            granted=event.granted,
            version=event.version,
            sha=event.text_sha,
            at=event.at,
            newest=newest[event.scope] is event,
        )
        for number, event in enumerate(events)
    ]


def _comments(
    session: Session, kit: Kit, person: UUID, order: Order, zone: str
) -> Iterator[Commented]:
    """When somebody was written to about an entry, and by whom."""
    start, end = bounds(order, zone)
    for run, by, at in comments.times(session, person, start, end):
        who = staff.get(session, kit.vault, by)
        yield Commented(key_of(kit, "entry", run), who.name if who is not None else "", at)
