"""What a therapist is told by itself: the digest of a week, and that a brief is ready.

Numbers and the names of groups only: nobody's words, and nothing of anybody's health on a lock
screen. The key of each message makes it come once, however often its row rings.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.care.weekly_moment import latest
from bot.messages import zones
from bot.messages.message import Message
from bot.store import away, digests, dues, groups, staff
from bot.store.dues import Due
from bot.store.groups import Group
from bot.store.outbox import Kind, guards
from bot.usecases.briefing import (
    AHEAD,
    BRIEF,
    DIGEST,
    HELD,
    digest_key,
    hour_of,
    plan_brief,
    plan_digest,
)
from bot.usecases.incoming import Receipt
from bot.usecases.office import meetings
from bot.usecases.office.digest import figures
from bot.usecases.office.meetings import Meeting
from bot.usecases.office.reader import reader_of
from bot.usecases.ringing import ringing
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import opening
from bot.usecases.staff_chat.menu import back

LATE = timedelta(hours=10)
"""A digest that is later than this (we were down) is not told any more; the next one is."""


def ring_digest(scene: Scene, due: Due) -> None:
    """The week of their groups in numbers; later where they are away, never twice."""
    session, me, now = scene.session, scene.person.id, scene.now
    reader = reader_of(session, scene.kit, me) if me in staff.in_chat(session) else None
    chosen, programme = digests.of(session, me), groups.programme(session)
    if reader is None or programme is None or chosen.weekday is None:
        return
    back_at = away.until(session, me, now)
    if back_at is not None:
        dues.set_due(session, me, DIGEST, None, HELD, back_at, digest_key(me), now)
        return
    plan_digest(session, me, now)
    day, at = latest(chosen.weekday, hour_of(chosen), programme.zone, now)
    if not reader.groups or (now - at > LATE and due.turn != HELD):
        return
    address, rows = opening.way(scene, "/office")
    found = figures(session, scene.kit, reader, now)
    text = scene.kit.words.text(scene.language, "staff/digest", found=found, address=address)
    scene.post(
        Message(text=text, buttons=(*rows, *back(scene))),
        kind=Kind.CHECKIN,
        key=f"{DIGEST}.{me.hex}.{day}",
        guard=guards.works(me),
        expires_at=now + LATE,
    )


def ring_brief(scene: Scene, due: Due) -> None:
    """That the group meets soon and its brief is there; once for each session."""
    session, me, now = scene.session, scene.person.id, scene.now
    group = groups.group(session, due.subject) if due.subject is not None else None
    is_theirs = group is not None and group.id in staff.groups_of(session, me)
    if group is None or not is_theirs or me not in staff.in_chat(session):
        return
    plan_brief(session, me, group.id, now)
    meeting = _soon(session, group, now)
    if meeting is None or away.until(session, me, now) is not None:
        return
    address, rows = opening.way(scene, f"/office/groups/{group.id}/brief")
    text = scene.kit.words.text(
        scene.language,
        "staff/brief",
        group=group.name,
        clock=_clock(scene, group, meeting),
        address=address,
    )
    scene.post(
        Message(text=text, buttons=(*rows, *back(scene))),
        kind=Kind.CHECKIN,
        key=f"{BRIEF}.{me.hex}.{group.id.hex}.{_name(session, group, meeting, now)}",
        guard=guards.works(me),
        expires_at=meeting.ends,
    )


def _soon(session: Session, group: Group, now: datetime) -> Meeting | None:
    """The session that begins within the half hour: none if the calendar moved meanwhile."""
    found = meetings.around(session, group, now)
    return next((each for each in found if each.starts - AHEAD <= now < each.starts), None)


def _name(session: Session, group: Group, meeting: Meeting, now: datetime) -> str:
    """Which session it is, even if it is moved by some minutes: its date and its place there."""
    found = meetings.around(session, group, now)
    that_day = [each.starts for each in found if each.day == meeting.day]
    return f"{meeting.day}.{that_day.index(meeting.starts)}"


def _clock(scene: Scene, group: Group, meeting: Meeting) -> str:
    """On the group's clock, as on the pages; named where the pages have another one."""
    said = zones.clock(group.zone, meeting.starts, scene.language)
    programme = groups.programme(scene.session)
    if programme is None or not zones.is_other(group.zone, programme.zone, meeting.starts):
        return said
    city = zones.city(group.zone, scene.language)
    return f"{said} ({scene.word('office_hours.of', city=city)})"


RINGS: Mapping[str, Callable[[Scene, Due], Receipt]] = {
    DIGEST: ringing(ring_digest),
    BRIEF: ringing(ring_brief),
}
"""What each kind of due row does when its moment has come."""
