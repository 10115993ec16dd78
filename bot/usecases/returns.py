"""Who of the staff is away now and who is there for them, as members and staff are told it."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from sqlmodel import Session

from bot.store import alerts, away, groups, members, staff
from bot.store.staff import Staff
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene

THIS_WEEK = timedelta(days=6)
"""A weekday alone says when it is; further ahead it needs a date."""


def zone_of(session: Session, who: UUID) -> str:
    """The clock somebody works by: that of their first group, else of the programme."""
    for each in staff.groups_of(session, who):
        group = groups.group(session, each)
        if group is not None:
            return group.zone
    programme = groups.programme(session)
    return programme.zone if programme is not None else "UTC"


def still_taken(session: Session, who: UUID) -> int:
    """How many alerts they have taken and not closed: those nobody else looks after."""
    return sum(each.taken_by == who for each in alerts.all_open(session))


def cover_of(session: Session, kit: Kit, group: UUID, now: datetime) -> Staff | None:
    """Who is there for a group now: the first of its therapists, else on call, else a lead."""
    gone = away.everybody(session, now)
    order = (
        *staff.of_group(session, kit.vault, group),
        *staff.on_call(session, kit.vault),
        *staff.leads(session, kit.vault),
    )
    return next((each for each in order if each.id not in gone), None)


def covers(session: Session, kit: Kit, who: UUID, now: datetime) -> tuple[str, ...]:
    """The names of those who are there for somebody's groups while they are away."""
    found = (cover_of(session, kit, each, now) for each in staff.groups_of(session, who))
    return tuple(dict.fromkeys(each.name for each in found if each is not None))


def leaves_uncalled(session: Session, kit: Kit, group: UUID, now: datetime) -> bool:
    """Whether everybody who is on call is away and somebody else is there, so that what comes while
    the office is closed waits until it opens."""
    called = {each.id for each in staff.on_call(session, kit.vault)}
    if not called or called - set(away.everybody(session, now)):
        return False
    return bool(groups.hours_of(session, group)) and bool(cover_of(session, kit, group, now))


def said(scene: Scene) -> str:
    """Which of their therapists are away, until when on the person's own clock, and who covers, in
    one part of a sentence; "" where nobody is away."""
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    gone = away.everybody(scene.session, scene.now)
    if member is None or not gone:
        return ""
    team = staff.of_group(scene.session, scene.kit.vault, member.group)
    parts = [
        scene.word("away.reads", name=each.name, when=moment(scene, gone[each.id]))
        for each in team
        if each.id in gone
    ]
    if not parts:
        return ""
    cover = cover_of(scene.session, scene.kit, member.group, scene.now)
    if cover is not None:
        parts.append(scene.word("away.covers", name=cover.name))
    return "; ".join(parts)


def with_returns(scene: Scene, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of a group's therapists, each who is away with when they read again."""
    gone = away.everybody(scene.session, scene.now)
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    if member is None or not gone:
        return names
    team = staff.of_group(scene.session, scene.kit.vault, member.group)
    until = {each.name: gone[each.id] for each in team if each.id in gone}
    return tuple(
        f"{each} ({scene.word('away.again', when=moment(scene, until[each]))})"
        if each in until
        else each
        for each in names
    )


def moment(scene: Scene, at: datetime, zone: str | None = None) -> str:
    """A weekday and a time, with the date where it is further ahead."""
    local = at.astimezone(ZoneInfo(zone or scene.person.zone))
    near = at - scene.now <= THIS_WEEK
    pattern = scene.word("away.near" if near else "away.far")
    return str(format_datetime(local, pattern, locale=scene.language))
