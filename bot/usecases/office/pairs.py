"""The page of pairs: who is proposed and why, who goes on with whom, whose report waits.

By alias, and only how much two people share: nothing they wrote, nothing clinical; never who of the
two reported, paused or said no.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from bot.care.pairing import State
from bot.store import groups, members, pairs
from bot.store.groups import Group
from bot.store.pairs import StoredPair
from bot.usecases.kit import Kit
from bot.usecases.office.acting import scene_of
from bot.usecases.office.reader import NotYoursError, Reader, own_group_of, own_groups
from bot.usecases.pairs import deciding
from bot.usecases.pairs.candidates import asking, refresh
from bot.usecases.scene import Scene


@dataclass(frozen=True, slots=True)
class Two:
    """One pair by alias. `reasons` are (code, how much); `state` is that of the pair, "reported"
    while a report waits; `week` counts from 1 since both said yes, 0 before; `since` is when that
    state began where it is known."""

    id: UUID
    names: tuple[str, str]
    reasons: tuple[tuple[str, str], ...]
    state: str
    week: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class GroupPairs:
    """The pairs of one group: what waits for the therapist, and what goes on. `asking` are the
    aliases of those who asked for a partner and have none."""

    id: UUID
    name: str
    asking: tuple[str, ...]
    proposed: tuple[Two, ...]
    running: tuple[Two, ...]


@dataclass(frozen=True, slots=True)
class Pairings:
    """Every group of this reader; none where the programme has no pairs (`on` is False)."""

    on: bool
    groups: tuple[GroupPairs, ...]


DECISIONS = {
    "approve": deciding.approve,
    "another": deciding.pass_over,
    "end": deciding.end,
    "clear": deciding.clear,
}
"""What can be decided about one pair."""


def pairings(session: Session, kit: Kit, reader: Reader, now: datetime) -> Pairings:
    """How the pairs stand. Looking proposes nobody: that is a button (`look`)."""
    if not _are_on(session):
        return Pairings(on=False, groups=())
    scene = scene_of(session, kit, reader, now)
    mine = own_groups(session, reader)
    return Pairings(on=True, groups=tuple(_group(scene, each) for each in mine))


def look(session: Session, kit: Kit, reader: Reader, group_id: UUID, now: datetime) -> None:
    """Lets the rules propose whoever has nobody yet. Raises NotYoursError."""
    group = own_group_of(session, reader, group_id)
    if _are_on(session):
        refresh(scene_of(session, kit, reader, now), group)


def decide(
    session: Session, kit: Kit, reader: Reader, pair_id: UUID, what: str, now: datetime
) -> bool:
    """Decides (see DECISIONS) about one pair; False where it does not stand there any more.
    Whoever passes two people over gets the next proposal. Raises NotYoursError."""
    stored = pairs.get(session, pair_id)
    if stored is None or stored.group not in reader.groups or what not in DECISIONS:
        raise NotYoursError("pair")
    scene = scene_of(session, kit, reader, now)
    done = DECISIONS[what](scene, stored)
    if what == "another" and done:
        refresh(scene, own_group_of(session, reader, stored.group))
    return done


def _are_on(session: Session) -> bool:
    programme = groups.programme(session)
    return programme is not None and programme.partner_pairs


def _group(scene: Scene, group: Group) -> GroupPairs:
    everything = pairs.of_group(scene.session, group.id)
    proposed = [each for each in everything if each.state is State.PROPOSED]
    running = sorted(deciding.running(scene, group), key=lambda each: not _waits(each))
    return GroupPairs(
        group.id,
        group.name,
        asking(scene, group),
        tuple(_two(scene, each) for each in proposed),
        tuple(_two(scene, each) for each in running),
    )


def _waits(stored: StoredPair) -> bool:
    return deciding.is_reported(stored)


def _two(scene: Scene, stored: StoredPair) -> Two:
    one, other = (members.alias_of(scene.session, scene.kit.vault, each) for each in stored.people)
    reasons = (code.partition(".") for code in stored.reasons)
    reported = [each for each in stored.reported_at if each is not None]
    since = {
        State.PROPOSED: stored.proposed_at,
        State.APPROVED: stored.approved_at,
        State.ACTIVE: stored.active_at,
    }.get(stored.state)
    weeks = (scene.now - stored.active_at).days // 7 + 1 if stored.active_at is not None else 0
    return Two(
        id=stored.id,
        names=(one or scene.word("staff.no_alias"), other or scene.word("staff.no_alias")),
        reasons=tuple((name, count) for name, _, count in reasons),
        state="reported" if deciding.is_reported(stored) else stored.state.value,
        week=weeks,
        since=min(reported) if reported else since,
    )
