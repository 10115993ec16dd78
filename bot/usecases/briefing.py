"""When therapists are told by themselves: the digest of a week, and that a brief is ready.

Due rows only; what is said when they ring stands in `staff_chat.briefing`.
"""

from datetime import datetime, time, timedelta
from uuid import UUID

from sqlmodel import Session

from bot.care.cadence import read_hour
from bot.care.weekly_moment import following
from bot.store import digests, dues, groups, staff
from bot.store.digests import Chosen
from bot.usecases.office import meetings

DIGEST, BRIEF = "digest", "brief"
"""The kinds of due rows: a member of staff's digest; the brief of one group (its subject)."""
AHEAD = timedelta(minutes=30)
"""So long before a session its brief is told of."""
EIGHT = time(8)
HELD = 1
"""The turn of a digest that waited until somebody was back: it is told however late it is."""


def plan(session: Session, now: datetime) -> None:
    """Sees to it that everybody on the staff has their digest and their briefs to come, by the
    calendars as they stand. Doing it twice does nothing more."""
    for each in staff.in_chat(session):
        plan_digest(session, each, now)
        for group in staff.groups_of(session, each):
            plan_brief(session, each, group, now)


def plan_digest(session: Session, staff_id: UUID, now: datetime) -> None:
    """The next digest of one of them, at the hour they chose; none where they want none."""
    chosen, programme = digests.of(session, staff_id), groups.programme(session)
    if chosen.weekday is None or programme is None:
        dues.clear_due(session, digest_key(staff_id))
        return
    at = following(chosen.weekday, hour_of(chosen), programme.zone, now)
    due = dues.find_due(session, digest_key(staff_id))
    if due is not None and due.turn == HELD:
        return
    _plan(session, staff_id, DIGEST, None, at, digest_key(staff_id), now)


def plan_brief(session: Session, staff_id: UUID, group_id: UUID, now: datetime) -> None:
    """Half an hour before the next session of a group, by its calendar; nothing without one."""
    group, key = groups.group(session, group_id), _brief_key(staff_id, group_id)
    found = meetings.around(session, group, now) if group is not None else []
    at = next((each.starts - AHEAD for each in found if each.starts - AHEAD > now), None)
    if at is None:
        dues.clear_due(session, key)
    else:
        _plan(session, staff_id, BRIEF, group_id, at, key, now)


def _plan(
    session: Session,
    staff_id: UUID,
    kind: str,
    subject: UUID | None,
    at: datetime,
    key: str,
    now: datetime,
) -> None:
    planned = dues.planned(session, key)
    if planned is None or (planned > now and planned != at):  # what is ripe rings first
        dues.set_due(session, staff_id, kind, subject, None, at, key, now)


def hour_of(chosen: Chosen) -> time:
    """The hour they chose."""
    return read_hour(chosen.hour) or EIGHT


def digest_key(staff_id: UUID) -> str:
    """Somebody has one digest to come."""
    return f"{DIGEST}.{staff_id.hex}"


def _brief_key(staff_id: UUID, group: UUID) -> str:
    return f"{BRIEF}.{staff_id.hex}.{group.hex}"
