"""Who is quiet in several groups at once: all signs are looked at only of those who may be."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from bot.care.silence import NEVER
from bot.store import members, people, rollcall
from bot.store.groups import Group
from bot.usecases import silence
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Somebody who is quiet by the measure of their group: heard of last at `since` (UTC)."""

    person: UUID
    group: UUID
    alias: str
    since: datetime

    def days(self, now: datetime) -> int:
        """For how many whole days."""
        return (now - self.since) // DAY


def quiet_ones(
    session: Session, kit: Kit, several: Collection[Group], now: datetime
) -> list[Quiet]:
    """Everybody who is quiet now, the longest first."""
    watched = {each.id: each for each in several if each.quiet_days > NEVER}
    heard = rollcall.heard(session, watched)
    found = []
    for member in rollcall.present(session, kit.vault, watched):
        group = watched[member.group]
        latest = max(heard.get(member.person, member.since), member.since)
        if now - latest >= group.quiet_days * DAY:
            since = _since(session, kit, member.person, group, now)
            if since is not None:
                found.append(Quiet(member.person, group.id, member.alias, since))
    return sorted(found, key=lambda each: (each.since, each.person))


def _since(
    session: Session, kit: Kit, person_id: UUID, group: Group, now: datetime
) -> datetime | None:
    person = people.look(session, person_id)
    member = members.get(session, kit.vault, person_id)
    if person is None or member is None:
        return None
    return silence.quiet_since(Scene(session, kit, person, now, "office"), person, member, group)
