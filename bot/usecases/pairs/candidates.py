"""Whom the rules may propose in a group, from what people told us; and the proposals, kept."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.care.cadence import placed
from bot.care.pairing import Age, Candidate, State, propose
from bot.store import members, pair_blocks, pair_wishes, pairs, people
from bot.store.groups import Group
from bot.store.members import Member
from bot.store.pair_wishes import Wants, Wish
from bot.store.pairs import StoredPair
from bot.store.people import Participant, Standing
from bot.usecases import asked
from bot.usecases.scene import Scene
from bot.usecases.timetable.hours import hours_of, quiet_of

LATELY = timedelta(days=56)
"""Two who were tried and did not stay together are not proposed again for so long."""
AGES_TOLD = ("teen", "young")
"""Tracks in which there may be minors: whoever did not say how old they are is not proposed."""


def refresh(scene: Scene, group: Group) -> list[StoredPair]:
    """New proposals for whoever has no partner; then all proposals of the group, oldest first."""
    known = pairs.of_group(scene.session, group.id)
    busy = {person for each in known if each.pair.is_live for person in each.people}
    free = list(_free(scene, group, busy))
    never = set(pair_blocks.blocked(scene.session, [each.person for each in free]))
    never |= {
        frozenset(each.people)
        for each in known
        if each.ended_at is not None and scene.now - each.ended_at < LATELY
    }
    for found in propose(free, never):
        pairs.propose(scene.session, group.id, found.two, found.codes, scene.now)
    everything = pairs.of_group(scene.session, group.id)
    return [each for each in everything if each.state is State.PROPOSED]


def asking(scene: Scene, group: Group) -> tuple[str, ...]:
    """The aliases of those who asked for a partner and have none, nor one that is proposed."""
    found = []
    for member in members.of_group(scene.session, scene.kit.vault, group.id):
        person = people.look(scene.session, member.person)
        if person is None or person.standing is not Standing.MEMBER or member.alias is None:
            continue
        wish = pair_wishes.get(scene.session, scene.kit.vault, person.id)
        if wish.wants is Wants.YES and pairs.live_of(scene.session, person.id) is None:
            found.append(member.alias)
    return tuple(found)


def _free(scene: Scene, group: Group, busy: set[UUID]) -> Iterator[Candidate]:
    for member in members.of_group(scene.session, scene.kit.vault, group.id):
        person = people.look(scene.session, member.person)
        if person is None or person.standing is not Standing.MEMBER or person.id in busy:
            continue
        wish = pair_wishes.get(scene.session, scene.kit.vault, person.id)
        ready = member.alias is not None and not asked.is_arriving(person)
        if ready and wish.wants is not Wants.NO:
            yield _candidate(scene, group, member, person, wish)


def _candidate(
    scene: Scene, group: Group, member: Member, person: Participant, wish: Wish
) -> Candidate:
    unknown = Age.UNKNOWN if group.track in AGES_TOLD else Age.ADULT
    return Candidate(
        person=person.id,
        group=group.id,
        hours=tuple(_minutes(scene, member, person)),
        language=person.language,
        age=Age(wish.age) if wish.age else unknown,
        gender=wish.gender,
        with_gender=wish.with_gender,
        interests=frozenset(wish.interests),
        goals=frozenset(wish.goals),
        asked=wish.wants is Wants.YES,
    )


def _minutes(scene: Scene, member: Member, person: Participant) -> Iterator[int]:
    """Their check-in times in minutes after midnight UTC, as the clocks stand today."""
    zone = ZoneInfo(person.zone)
    day = scene.now.astimezone(zone).date()
    for hour in hours_of(member, quiet_of(member)):
        at = placed(day, hour, zone).at
        yield at.hour * 60 + at.minute
