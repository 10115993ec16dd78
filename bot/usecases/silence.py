"""Once a day it is looked who has been quiet: therapists hear that somebody is, nothing else."""

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.care.cadence import placed
from bot.care.silence import is_quiet
from bot.messages.callback import for_menu, short_id
from bot.messages.message import Button, Message
from bot.store import dues, groups, members, outages, people, practised, staff
from bot.store.groups import Group
from bot.store.members import Member
from bot.store.outbox import Kind
from bot.store.people import Participant, Standing
from bot.usecases.scene import Scene

LOOK = "silence"
"""The kind of due row that looks whether one member is quiet."""
MANY = 2000
"""How many looks are planned in one round at most."""
AT, EVENING = time(9, 0), time(18, 0)
"""When it is looked, on the group's clock, and after when no therapist is written to any more."""


def plan(session: Session, now: datetime) -> None:
    """Sees to it that every member of a group that wants to know has a look to come.

    Some thousands at a time: nobody is answered meanwhile. The next hour goes on with the rest.
    """
    room = MANY
    for group in groups.groups(session):
        if group.quiet_days > 0 and room > 0:
            at = _next_at(group.zone, now)
            found = members.present_without(session, group.id, LOOK, room)
            room -= len(found)
            for person in found:
                dues.ensure_due(session, person, LOOK, at, f"{LOOK}.{person.hex}", now)


def _next_at(zone: str, now: datetime) -> datetime:
    local = ZoneInfo(zone)
    today = now.astimezone(local).date()
    at = placed(today, AT, local).at
    return at if at > now else placed(today + timedelta(days=1), AT, local).at


def look(scene: Scene) -> None:
    """Tells the therapists of the group if the person is quiet; once for each silence."""
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    group = groups.group(scene.session, member.group) if member is not None else None
    if member is None or group is None or not _is_day(group, scene.now):
        return
    since = quiet_since(scene, scene.person, member, group)
    if since is not None:
        _tell(scene, group, since)


def _is_day(group: Group, now: datetime) -> bool:
    """A look that was late because we were down waits for the next morning."""
    return AT <= now.astimezone(ZoneInfo(group.zone)).time() < EVENING


def quiet_since(scene: Scene, person: Participant, member: Member, group: Group) -> datetime | None:
    """When somebody who is quiet by the group's own measure was last heard of (UTC); else None.

    A pause they asked for is no silence, and neither is our own downtime.
    """
    paused = person.paused_until
    if person.standing is not Standing.MEMBER or (paused is not None and paused > scene.now):
        return None
    signs = (
        practised.last_heard(scene.session, person.id),
        member.confirmed_at or member.joined_at,
        paused,
    )
    heard = max(each for each in signs if each is not None)
    down = outages.since(scene.session, heard)
    return heard if is_quiet(group.quiet_days, heard, scene.now, down) else None


def quiet_ones(scene: Scene, group: Group) -> list[Member]:
    """Everybody in a group who is quiet now, the longest first."""
    found: list[tuple[datetime, UUID, Member]] = []
    for each in members.of_group(scene.session, scene.kit.vault, group.id):
        person = people.look(scene.session, each.person)
        since = quiet_since(scene, person, each, group) if person is not None else None
        if since is not None:
            found.append((since, each.person, each))
    return [member for _, _, member in sorted(found, key=lambda three: three[:2])]


def _tell(scene: Scene, group: Group, since: datetime) -> None:
    for each in staff.of_group(scene.session, scene.kit.vault, group.id):
        person = people.look(scene.session, each.id)
        if person is None or person.standing is not Standing.STAFF:
            continue
        theirs = scene.beside(person)
        text = theirs.kit.words.text(
            theirs.language, "staff/quiet", group=group.name, days=group.quiet_days
        )
        data = for_menu("participant", short_id(scene.person.id))
        button = Button(text=theirs.word("phase.see_who"), data=data)
        theirs.post(
            Message(text=text, buttons=((button,),)),
            kind=Kind.CHECKIN,
            key=f"{LOOK}.{scene.person.id.hex}.{int(since.timestamp())}.{each.id.hex}",
        )
