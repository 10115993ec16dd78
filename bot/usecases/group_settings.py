"""What a group and the programme have set, changed while people take part: what is due follows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from bot.store import alerts, audit, dues, groups, members, people, staff
from bot.store.groups import Group, Programme, SessionTime
from bot.store.people import Participant
from bot.usecases import assign, briefing, pending, timetable
from bot.usecases.kit import Kit


@dataclass(frozen=True, slots=True)
class Holding:
    """What keeps a group from being removed: so many take part in it, or wait to be let in; so many
    finished in it, and what they wrote is kept; so many finished in it, wait for another one, and
    belong here again where nobody lets them in; so many alerts of it are not closed."""

    here: int
    finished: int
    elsewhere: int
    alerts: int

    def __bool__(self) -> bool:
        return bool(self.here or self.finished or self.elsewhere or self.alerts)


def set_calendar(
    session: Session,
    kit: Kit,
    group: Group,
    sessions: Sequence[SessionTime],
    zone: str,
    now: datetime,
) -> None:
    """The group meets at these times, in this IANA zone. What its members are sent around a session
    moves with it; dates gone by keep the outcome they had."""
    everybody = _members(session, group.id)
    for each in everybody:
        timetable.account_all(timetable.Known(session, kit, each, now))
    groups.set_sessions(session, group.id, sessions, now)
    groups.set_zone(session, group.id, zone)
    for each in everybody:
        timetable.meet_anew(timetable.Known(session, kit, each, now))
    assign.meet_anew(session, kit, replace(group, zone=zone), now)
    for member in staff.in_chat(session):
        if group.id in staff.groups_of(session, member):
            briefing.plan_brief(session, member, group.id, now)


def set_track(session: Session, kit: Kit, group: Group, track: str | None, now: datetime) -> None:
    """The group follows another track: other exercises are offered from now on, and the rhythm of
    its questionnaires is planned anew."""
    groups.set_track(session, group.id, track)
    for each in _members(session, group.id):
        timetable.follow(timetable.Known(session, kit, each, now))


def rename(session: Session, group: Group, name: str, now: datetime) -> None:
    """The group is called this from now on. Raises IntegrityError where the name is taken."""
    groups.rename(session, group.id, name)
    _on_record(session, group, "group.renamed", now)


def remove(session: Session, kit: Kit, group: Group, now: datetime) -> Holding:
    """The group is no more, unless something holds it, which is told."""
    groups.hold(session, group.id)  # else a newcomer could come in behind what is counted here
    found = _holding(session, kit, group)
    if not found:
        groups.remove(session, group.id)
        _on_record(session, group, "group.removed", now)
    return found


def _holding(session: Session, kit: Kit, group: Group) -> Holding:
    people_of = members.of_group(session, kit.vault, group.id)
    finished = sum(each.discharged_at is not None for each in people_of)
    unclosed = sum(each.group == group.id for each in alerts.all_open(session))
    elsewhere = dues.many_about(session, pending.CAME_BACK, group.id)
    return Holding(len(people_of) - finished, finished, elsewhere, unclosed)


def _on_record(session: Session, group: Group, action: str, now: datetime) -> None:
    # Whoever types commands on the server is no member of staff: the row names nobody.
    reason = group.id.hex
    audit.write(session, actor=None, subject=None, action=action, reason=reason, now=now)


def hurried_lead(programme: Programme) -> str | None:
    """ "open" or "closed" where the lead would hear of an alert before the back-up; else None."""
    if programme.open_backup_minutes >= programme.open_lead_minutes:
        return "open"
    return "closed" if programme.closed_backup_minutes >= programme.closed_lead_minutes else None


def _members(session: Session, group: UUID) -> list[Participant]:
    """Everybody who takes part, locked: in another process one may be moving their own hours."""
    found = (people.get(session, each) for each in members.present(session, group))
    return [each for each in found if each is not None]
