"""The record of who did what: for one's own groups, by alias and time; for the lead, of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from bot.catalog.text import said
from bot.store import audit, emergencies, groups, members, staff
from bot.store.audit import Kept
from bot.store.emergencies import Emergency
from bot.usecases.kit import Kit
from bot.usecases.office import choosing
from bot.usecases.office.reader import NotYoursError, Reader, own_groups

PAGE = 100
"""Rows a page shows."""
KEPT = timedelta(days=30)
"""So far back openings in an emergency are listed with their reasons."""
AT_ONCE = 5_000
"""Rows checked in one go, so that nobody waits for the whole."""
NAMELESS = frozenset({"line.read", "line.approved", "line.sent_back"})
"""Lines for the board are read without alias, so the record of it tells nobody whose they are;
whoever wrote one finds the row under /who."""
OF_STAFF = frozenset({"staff.changed", "staff.removed"})
"""Rows whose reason is whom of the staff they are about."""


@dataclass(frozen=True, slots=True)
class Access:
    """One row: who (None: the bot), whom it concerns by alias ("" nobody, somebody erased, or not
    to be told), and `about` which exercise it was, and in which track, or whose place on the staff;
    "" where it was none."""

    at: datetime
    who: str | None
    alias: str
    person: UUID | None
    action: str
    reason: str
    about: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A group that somebody opened in an emergency, and why, in their words."""

    emergency: Emergency
    who: str
    group: str


@dataclass(frozen=True, slots=True)
class Record:
    """The newest rows first; `older` is where the page before this one goes on, None at the end."""

    rows: Sequence[Access]
    older: int | None
    opened: Sequence[Opened]


def record(session: Session, kit: Kit, reader: Reader, before: int | None, now: datetime) -> Record:
    """Rows about the participants of one's groups, and one's own."""
    names = {each.id: each.name for each in staff.all_ever(session, kit.vault)}
    known = _aliases(session, kit, reader)
    rows = audit.newest(
        session,
        None if reader.is_lead else tuple(known),
        actor=reader.id,
        before=before,
        limit=PAGE + 1,
    )
    shown = rows[:PAGE]
    return Record(
        rows=[_access(each, names, known, _about(kit, reader, each, names)) for each in shown],
        older=shown[-1].seq if len(rows) > PAGE else None,
        opened=_opened(session, kit, reader, names, now) if before is None else (),
    )


def _aliases(session: Session, kit: Kit, reader: Reader) -> dict[UUID, str]:
    """Everybody who is or was in one of the groups."""
    found: dict[UUID, str] = {}
    for group in own_groups(session, reader):
        for each in members.of_group(session, kit.vault, group.id):
            found[each.person] = each.alias or ""
    return found


def _access(row: Kept, names: Mapping[UUID, str], known: Mapping[UUID, str], about: str) -> Access:
    who = None if row.actor is None else names.get(row.actor, known.get(row.actor, ""))
    is_told = row.subject in known and row.action not in NAMELESS
    subject = row.subject if is_told else None
    alias = known[subject] if subject is not None else ""
    return Access(row.at, who, alias, subject, row.action, row.reason, about)


def _about(kit: Kit, reader: Reader, row: Kept, names: Mapping[UUID, str]) -> str:
    """The exercise by its title, where the row names one: "cbt.thought7", "cbt.thought7/trauma"; or
    whose place on the staff it was."""
    if row.action in OF_STAFF:
        return names.get(UUID(hex=row.reason), "")
    name, _, track = row.reason.partition("/")
    found = kit.library.find(name)
    if found is None:
        return ""
    title = said(found.title, reader.language)
    return f"{title}, {choosing.title(kit, track, reader)}" if track else title


def _opened(
    session: Session, kit: Kit, reader: Reader, names: Mapping[UUID, str], now: datetime
) -> list[Opened]:
    called = {each.id: each.name for each in groups.groups(session)}
    return [
        Opened(each, names.get(each.staff, ""), called.get(each.group, ""))
        for each in emergencies.since(session, kit.vault, now - KEPT)
        if each.staff == reader.id or each.group in reader.groups
    ]


def check(
    session: Session, _: Kit, reader: Reader, so_far: audit.Checked, __: datetime
) -> audit.Checked:
    """Whether the next rows are whole; only for the lead. Raises NotYoursError."""
    if not reader.is_lead:
        raise NotYoursError("record")
    return audit.check_on(session, so_far, AT_ONCE)
