"""Breaking the glass: a group of others is opened for an hour, with a reason and the second factor.

Whoever leads the programme is told at once that it happened; what was looked at is on record as an
emergency, and participants read that in /who (45 CFR 164.312(a)(2)(ii) asks for such a way).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session

from bot.messages.message import Message
from bot.store import audit, emergencies, groups, people
from bot.store.groups import Group
from bot.store.ids import new_id
from bot.usecases import desk as desks
from bot.usecases.desk import Reach
from bot.usecases.kit import Kit
from bot.usecases.office import factor
from bot.usecases.office.factor import Given
from bot.usecases.office.reader import NotYoursError, Reader
from bot.usecases.scene import Scene

OPEN = timedelta(minutes=60)
"""So long a group stays open."""
SHORTEST, LONGEST = 10, 500
"""Characters of a reason."""


class Opening(StrEnum):
    """What became of it."""

    OPENED = "opened"
    NO_REASON = "no_reason"
    WRONG_CODE = "wrong_code"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Others:
    """The groups somebody does not look after: those that are closed to them, those opened now."""

    closed: tuple[Group, ...]
    opened: tuple[Group, ...]
    asks_code: bool


def others(session: Session, kit: Kit, reader: Reader, _: datetime) -> Others:
    """By name; who is in them is not shown before one is opened."""
    foreign = [each for each in groups.groups(session) if each.id not in reader.groups]
    return Others(
        tuple(each for each in foreign if each.id not in reader.opened),
        tuple(each for each in foreign if each.id in reader.opened),
        factor.is_asked(kit),
    )


def open_group(
    session: Session,
    kit: Kit,
    reader: Reader,
    group_id: UUID,
    *,
    reason: str,
    code: str,
    now: datetime,
) -> Opening:
    """Opens a group and tells the leads. Raises NotYoursError for what is no group of others."""
    group = groups.group(session, group_id)
    if group is None or group_id in reader.groups:
        raise NotYoursError("group")
    why = " ".join(reason.split())[:LONGEST]
    if len(why) < SHORTEST:
        return Opening.NO_REASON
    match factor.prove(session, kit, reader.id, code, now):
        case Given.WRONG:
            return Opening.WRONG_CODE
        case Given.LOCKED:
            return Opening.LOCKED
    emergencies.open_group(session, kit.vault, reader.id, group_id, why, now, until=now + OPEN)
    audit.write(
        session,
        actor=reader.id,
        subject=None,
        action="group.opened",
        reason="emergency",
        now=now,
    )
    _tell(session, kit, reader, group, now)
    return Opening.OPENED


def close(session: Session, _: Kit, reader: Reader, group_id: UUID, now: datetime) -> None:
    """Closes it before the hour is over."""
    emergencies.close(session, reader.id, group_id, now)


def _tell(session: Session, kit: Kit, reader: Reader, group: Group, now: datetime) -> None:
    """The leads; where none can be told, those who look after the group. Never whoever opened."""
    person = people.get(session, reader.id)
    if person is None:
        return
    scene = Scene(session, kit, person, now, f"emergency.{new_id(now).hex}")
    reached = desks.reaches(session, kit, now)
    desk, _ = desks.desk(session, kit, group.id, reached, now)
    told = [each for each in desk.leads if each != reader.id]
    for each in told or [each for each in desk.therapists if each != reader.id]:
        reach = reached[each]
        desks.tell(scene, reach, "emergency", _message(kit, reach, reader, group))


def _message(kit: Kit, reach: Reach, reader: Reader, group: Group) -> Message:
    text = kit.words.text(
        desks.language_of(reach), "staff/emergency", who=reader.name, group=group.name
    )
    return Message(text=text)
