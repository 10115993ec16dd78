"""The export page: what can be taken out, about whom, and what was taken out lately."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from bot.store import exports, groups, members, runs, staff
from bot.store.groups import Group
from bot.store.staff import Role
from bot.usecases.kit import Kit
from bot.usecases.office import factor
from bot.usecases.office.export.order import (
    OF_PEOPLE,
    Fault,
    Order,
    Placed,
    Refused,
    What,
    place,
    read,
    subjects,
    today_of,
)
from bot.usecases.office.factor import Given
from bot.usecases.office.reader import (
    NotYoursError,
    Reader,
    own_groups,
    own_member_of,
    reads_words,
)

DAYS = 7
"""The span that is offered: the last week."""
LATELY = 20
KEPT = ("what", "whom", "since", "until", "reason", "run")
"""The fields that come back as they were filled in; a code never does."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody or some group it can be about; `value` is what the form sends."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Theirs:
    """The choices of one group."""

    group: Choice
    people: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """One export of late. `whom` is "" for everybody, and for whom nobody knows any more."""

    at: datetime
    who: str
    what: str
    whom: str
    everybody: bool
    since: date
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class ExportPage:
    """The page. `person` is the one it is about, with `alias`; without, `groups` are the choices,
    and `everybody` says whether the whole programme is one. `form` holds what was filled in,
    `faults` what kept it from being done, `asks` whether a code is asked."""

    groups: tuple[Theirs, ...]
    everybody: bool
    whats: tuple[What, ...]
    today: date
    form: Mapping[str, str]
    asks: bool
    person: UUID | None = None
    alias: str = ""
    faults: tuple[Fault, ...] = ()
    latest: tuple[Past, ...] = ()


def export_page(
    session: Session,
    kit: Kit,
    reader: Reader,
    now: datetime,
    *,
    person: UUID | None = None,
    form: Mapping[str, str] | None = None,
) -> ExportPage:
    """The form, with what an address or an earlier try filled in. Raises NotYoursError."""
    today = today_of(reader, now)
    usual = {
        "since": (today - timedelta(days=DAYS - 1)).isoformat(),
        "until": today.isoformat(),
        "what": What.CSV.value,
    }
    filled = {name: (form or {}).get(name) or usual.get(name, "") for name in KEPT}
    alias = ""
    if person is not None:
        alias = own_member_of(session, kit, reader, person).alias or ""
    return ExportPage(
        groups=() if person is not None else tuple(_choices(session, kit, reader)),
        everybody=person is None and reader.role is Role.LEAD,
        whats=tuple(_offered(filled) if person is not None else _all()),
        today=today,
        form=filled,
        asks=factor.is_asked(kit),
        person=person,
        alias=alias,
        latest=tuple(_lately(session, kit, reader)) if person is None else (),
    )


def order(
    session: Session,
    kit: Kit,
    reader: Reader,
    form: Mapping[str, str],
    now: datetime,
    *,
    person: UUID | None = None,
) -> Placed | ExportPage:
    """A form that was sent: on record and ready to be made, or the form again.

    Whose it is comes first, so that no code is spent on what is not there; then the code, which
    works once. Raises NotYoursError.
    """
    asked = read(form, today_of(reader, now), person=person)
    if isinstance(asked, Refused):
        return _again(session, kit, reader, form, now, person, *asked.faults)
    subjects(session, kit, reader, asked)
    if asked.what is What.ENTRY:
        _refuse_unreadable(session, kit, asked)
    match factor.prove(session, kit, reader.id, form.get("code", ""), now):
        case Given.RIGHT:
            return place(session, kit, reader, asked, now)
        case Given.LOCKED:
            return _again(session, kit, reader, form, now, person, Fault.LOCKED)
        case Given.WRONG:
            return _again(session, kit, reader, form, now, person, Fault.CODE)


def _again(
    session: Session,
    kit: Kit,
    reader: Reader,
    form: Mapping[str, str],
    now: datetime,
    person: UUID | None,
    *faults: Fault,
) -> ExportPage:
    page = export_page(session, kit, reader, now, person=person, form=form)
    return replace(page, faults=faults)


def _refuse_unreadable(session: Session, kit: Kit, asked: Order) -> None:
    assert asked.person is not None
    stored = runs.get_run(session, kit.vault, asked.run) if asked.run is not None else None
    is_theirs = stored is not None and stored.person == asked.person and not stored.run.is_open
    if not is_theirs or not reads_words(session, kit, asked.person):
        raise NotYoursError("entry")


def _all() -> list[What]:
    return [each for each in What if each is not What.ENTRY]


def _offered(filled: Mapping[str, str]) -> list[What]:
    """One entry is offered only from its own page."""
    return [each for each in OF_PEOPLE if each is not What.ENTRY or filled["run"]]


def _choices(session: Session, kit: Kit, reader: Reader) -> list[Theirs]:
    return [
        Theirs(
            Choice(f"group:{each.id}", each.name),
            tuple(_people(session, kit, each)),
        )
        for each in own_groups(session, reader)
    ]


def _people(session: Session, kit: Kit, group: Group) -> list[Choice]:
    found = [
        Choice(f"person:{each.person}", each.alias or "–")
        for each in members.of_group(session, kit.vault, group.id)
        if each.confirmed_at is not None
    ]
    return sorted(found, key=lambda each: each.name.casefold())


def _lately(session: Session, kit: Kit, reader: Reader) -> list[Past]:
    """One's own; the lead sees everybody's."""
    own = None if reader.role is Role.LEAD else reader.id
    found = []
    for each in exports.latest(session, kit.vault, LATELY, staff=own):
        who = staff.get(session, kit.vault, each.staff)
        found.append(
            Past(
                *(each.at, who.name if who is not None else "", each.what),
                _whom(session, kit, each.person, each.group),
                each.person is None and each.group is None,
                *(each.since, each.until, each.reason),
            )
        )
    return found


def _whom(session: Session, kit: Kit, person: UUID | None, group: UUID | None) -> str:
    if person is not None:
        member = members.get(session, kit.vault, person)
        return (member.alias or "") if member is not None else ""
    found = groups.group(session, group) if group is not None else None
    return found.name if found is not None else ""
