"""What needs a member of staff today: alerts first, then all that waits, the oldest first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.catalog.risk import Tier
from bot.store import alerts, brought, groups, members, open_items, outages, staff
from bot.store.groups import Group
from bot.store.open_items import Waiting
from bot.store.staff import Role
from bot.usecases import desk as desks
from bot.usecases.kit import Kit
from bot.usecases.office import meetings
from bot.usecases.office.alerts import may_open
from bot.usecases.office.meetings import Meeting
from bot.usecases.office.quiet import quiet_ones
from bot.usecases.office.reader import Reader, open_groups

ASKED_BACK = timedelta(days=30)
"""So long somebody's wish to come back is kept in view."""
WISHED = timedelta(days=14)
"""So long somebody's wish for a partner is kept in view; among the pairs it stays for good."""
STOPPED = timedelta(minutes=5)
"""A heartbeat that is older says that nothing is sent by itself any more."""


class Kind(StrEnum):
    """What can need somebody."""

    ALERT = "alert"
    CLOCK = "clock"
    CHAT = "chat"
    MAIL = "mail"
    REPORTED = "reported"
    NEWCOMERS = "newcomers"
    RETURNING = "returning"
    LINES = "lines"
    ANSWERS = "answers"
    PAIRS = "pairs"
    WISHES = "wishes"
    QUIET = "quiet"
    BROUGHT = "brought"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing, in numbers and names only. `since` (UTC) is the oldest of it. `about` is the id
    of the alert or of the participant; `group` that of the group, by `name`. `who` is the alias,
    or of a broken way whose it is; `taken` is who has an alert, "" while nobody has."""

    kind: Kind
    since: datetime | None
    group: UUID | None = None
    name: str = ""
    about: UUID | None = None
    who: str = ""
    taken: str = ""
    many: int = 1
    crisis: bool = False

    @property
    def is_urgent(self) -> bool:
        """Whether it stands before everything else."""
        return self.kind in (Kind.ALERT, Kind.CLOCK)


@dataclass(frozen=True, slots=True)
class Coming:
    """The next session of one group."""

    group: Group
    meeting: Meeting


@dataclass(frozen=True, slots=True)
class Today:
    """The page: what needs somebody, the next sessions, and the groups of the reader."""

    now: datetime
    items: tuple[Item, ...]
    sessions: tuple[Coming, ...]
    groups: tuple[Group, ...]


def today(session: Session, kit: Kit, reader: Reader, now: datetime) -> Today:
    """Everything of the reader's own groups; nobody's words."""
    mine = open_groups(session, reader)
    items = [
        *_alerts(session, kit, reader),
        *_ways(session, kit, reader, now),
        *_waiting(session, kit, mine, now),
    ]
    items.sort(key=lambda each: (not each.is_urgent, each.since or now))
    found = ((each, meetings.coming(session, each, now)) for each in mine)
    coming = [Coming(group, meeting) for group, meeting in found if meeting is not None]
    coming.sort(key=lambda each: (each.meeting.starts, each.group.name))
    return Today(now, tuple(items), tuple(coming), tuple(mine))


def _alerts(session: Session, kit: Kit, reader: Reader) -> Iterator[Item]:
    """Those of the reader's groups, and of others those that they may take."""
    names = {each.id: each.name for each in groups.groups(session)}
    for each in alerts.all_open(session):
        if not may_open(session, reader, each):
            continue
        taken = staff.get(session, kit.vault, each.taken_by) if each.taken_by else None
        yield Item(
            Kind.ALERT,
            each.opened_at,
            group=each.group,
            name=names.get(each.group, "") if each.group is not None else "",
            about=each.id,
            who=members.alias_of(session, kit.vault, each.person),
            taken=taken.name if taken is not None else "",
            crisis=each.tier is Tier.CRISIS,
        )


def _ways(session: Session, kit: Kit, reader: Reader, now: datetime) -> Iterator[Item]:
    """What was found broken: the clock, the own chat, for the lead also everybody else's."""
    beat = outages.last_beat(session)
    if beat is not None and now - beat.wall > STOPPED:
        yield Item(Kind.CLOCK, beat.wall)
    is_lead = reader.role is Role.LEAD
    for each in staff.everybody(session, kit.vault) if is_lead else ():
        if each.id != reader.id and _failed(desks.chat_probes(session, each.id, now)):
            yield Item(Kind.CHAT, None, who=each.name)
    if _failed(desks.chat_probes(session, reader.id, now)):
        yield Item(Kind.CHAT, None)
    if kit.mail and is_lead and _failed(desks.mail_probes(session, now)):
        yield Item(Kind.MAIL, None)


def _failed(probes: list[str]) -> bool:
    """Whether the newest probe that ended did not arrive; before the first one, nothing failed."""
    ended = [each for each in probes if each not in ("pending", "sending", "cancelled")]
    return bool(ended) and ended[0] != "sent"


COUNTED: tuple[tuple[Kind, Callable[[Session, list[UUID]], list[Waiting]]], ...] = (
    (Kind.REPORTED, open_items.reported_pairs),
    (Kind.NEWCOMERS, open_items.newcomers),
    (Kind.LINES, open_items.held_lines),
    (Kind.ANSWERS, open_items.shown_answers),
    (Kind.PAIRS, open_items.proposed_pairs),
)
"""What is told by its number alone, group by group."""


def _waiting(session: Session, kit: Kit, mine: list[Group], now: datetime) -> Iterator[Item]:
    names = {each.id: each.name for each in mine}
    ids = list(names)
    programme = groups.programme(session)
    has_pairs = programme is not None and programme.partner_pairs
    for kind, count in COUNTED:
        if kind is Kind.PAIRS and not has_pairs:
            continue
        for each in count(session, ids):
            yield Item(kind, each.since, each.group, names[each.group], many=each.many)
    for wish in open_items.pair_wishes(session, ids, now - WISHED) if has_pairs else ():
        yield Item(Kind.WISHES, wish.since, wish.group, names[wish.group], many=wish.many)
    for back in open_items.returning(session, ids, now - ASKED_BACK):
        alias = members.alias_of(session, kit.vault, back.person)
        name = names[back.group]
        yield Item(Kind.RETURNING, back.at, back.group, name, back.person, alias)
    for still in quiet_ones(session, kit, mine, now):
        name = names[still.group]
        days = still.days(now)
        yield Item(Kind.QUIET, still.since, still.group, name, still.person, still.alias, many=days)
    for group in mine:
        first = now.astimezone(ZoneInfo(group.zone)).date()
        for many, since in brought.counts(session, [group.id], first).values():
            yield Item(Kind.BROUGHT, since, group.id, group.name, many=many)
