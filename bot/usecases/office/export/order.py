"""An export as somebody of the staff asks for it: what, about whom, which days, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.store import exports, members
from bot.store.exports import Export
from bot.store.staff import Role
from bot.usecases.kit import Kit
from bot.usecases.office.reader import (
    NotYoursError,
    Reader,
    own_group_of,
    own_groups,
    own_member_of,
)

SHORTEST, LONGEST = 10, 300
"""Characters of a reason: enough to say something, not enough to tell a story."""
FIRST = date(2000, 1, 1)
A_WEEK = timedelta(days=7)


class What(StrEnum):
    """What can be taken out. The first three are logs."""

    CSV = "csv"
    JSON = "json"
    FHIR = "fhir"
    NOTES = "notes"
    NOTES_FILE = "notes_txt"
    WEEK = "week"
    BRIEF = "brief"
    ENTRY = "entry"


LOGS = (What.CSV, What.JSON, What.FHIR)
OF_GROUPS = (*LOGS, What.NOTES, What.NOTES_FILE, What.BRIEF)
"""What there is of a whole group; the others are of one person."""
OF_EVERYBODY = LOGS
"""What there is of the whole programme, for the lead."""
OF_PEOPLE = (*LOGS, What.NOTES, What.NOTES_FILE, What.WEEK, What.ENTRY)


class Fault(StrEnum):
    """What keeps an order from being placed."""

    WHAT = "what"
    WHOM = "whom"
    SPAN = "span"
    SHORT = "short"
    LONG = "long"
    WEEK = "week"
    CODE = "code"
    LOCKED = "locked"


class Subject(NamedTuple):
    """Somebody it is about, and their group."""

    person: UUID
    group: UUID


@dataclass(frozen=True, slots=True)
class Order:
    """`person`, else `group`, else everybody; from `since` to `until`, local dates, both included.
    `run` is the one entry of a PDF."""

    what: What
    group: UUID | None
    person: UUID | None
    since: date
    until: date
    reason: str
    run: UUID | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """An order that is on record, whom it is about, and who placed it."""

    order: Order
    reader: Reader
    subjects: tuple[Subject, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing is made; the form comes back as it was filled in."""

    faults: tuple[Fault, ...]


def read(form: Mapping[str, str], today: date, *, person: UUID | None = None) -> Order | Refused:
    """The order in a form. `whom` is "all", "group:ID" or "person:ID"; `person` that of a page
    about one. Raises NotYoursError for what names nobody."""
    faults: list[Fault] = []
    what = _what(form.get("what", ""))
    whom, group = _whom(form.get("whom", "")) if person is None else (person, None)
    since, until = _day(form.get("since", "")), _day(form.get("until", ""))
    reason = " ".join(form.get("reason", "").split())
    if what is None:
        faults.append(Fault.WHAT)
    elif not _is_offered(what, whom, group):
        faults.append(Fault.WHOM)
    if since is None or until is None or not FIRST <= since <= until <= today:
        faults.append(Fault.SPAN)
    elif what is What.WEEK and until - since >= A_WEEK:
        faults.append(Fault.WEEK)
    if len(reason) < SHORTEST:
        faults.append(Fault.SHORT)
    if len(reason) > LONGEST:
        faults.append(Fault.LONG)
    if faults or what is None or since is None or until is None:
        return Refused(tuple(faults))
    run = _id(form["run"]) if form.get("run") else None
    return Order(what, group, whom, since, until, reason, run)


def place(session: Session, kit: Kit, reader: Reader, order: Order, now: datetime) -> Placed:
    """Puts it on record with its reason, before anything is read. Raises NotYoursError.

    What was opened in an emergency can be read on the pages, and not be taken out.
    """
    about = subjects(session, kit, reader, order)
    exports.keep(
        *(session, kit.vault),
        Export(
            *(reader.id, order.what.value, order.group, order.person),
            *(order.since, order.until, order.reason, now),
        ),
    )
    return Placed(order, reader, about, now)


def today_of(reader: Reader, now: datetime) -> date:
    """The date where the reader is."""
    return now.astimezone(ZoneInfo(reader.zone)).date()


def subjects(session: Session, kit: Kit, reader: Reader, order: Order) -> tuple[Subject, ...]:
    """Whom it is about: those in the reader's own groups. Raises NotYoursError."""
    if order.person is not None:
        member = own_member_of(session, kit, reader, order.person)
        return (Subject(member.person, member.group),)
    if order.group is None and reader.role is not Role.LEAD:
        raise NotYoursError("programme")
    wanted = (
        own_groups(session, reader)
        if order.group is None
        else [own_group_of(session, reader, order.group)]
    )
    return tuple(
        Subject(member.person, group.id)
        for group in wanted
        for member in members.of_group(session, kit.vault, group.id)
        if member.confirmed_at is not None
    )


def _is_offered(what: What, person: UUID | None, group: UUID | None) -> bool:
    if person is not None:
        return what in OF_PEOPLE
    return what in (OF_GROUPS if group is not None else OF_EVERYBODY)


def _what(text: str) -> What | None:
    return What(text) if text in {each.value for each in What} else None


def _whom(text: str) -> tuple[UUID | None, UUID | None]:
    kind, _, name = text.partition(":")
    match kind:
        case "all":
            return None, None
        case "group":
            return None, _id(name)
        case "person":
            return _id(name), None
    raise NotYoursError("whom")


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotYoursError("id") from None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
