"""What a therapist decides about pairs, in the chat or on a page: approve, another, end, go on."""

from bot.care.pairing import Approve, Clear, State, Step, Withdraw
from bot.store import pairs
from bot.store.groups import Group
from bot.store.pairs import StoredPair
from bot.usecases.pairs import asking, telling
from bot.usecases.scene import Scene

GOING = (State.APPROVED, State.ACTIVE, State.PAUSED)
"""Where a pair stands that was approved and is not over."""


def running(scene: Scene, group: Group) -> list[StoredPair]:
    """The pairs of a group that were approved and are not over."""
    return [each for each in pairs.of_group(scene.session, group.id) if each.state in GOING]


def is_reported(stored: StoredPair) -> bool:
    """Whether one of the two told the therapist about something; never which of them."""
    return stored.pair.first.reported or stored.pair.second.reported


def approve(scene: Scene, stored: StoredPair) -> bool:
    """Both are asked now; each of them decides. False where it does not stand proposed any more."""
    if not _take(scene, stored, Approve(), State.PROPOSED):
        return False
    pairs.note_approval(scene.session, stored.id, scene.person.id)
    asking.ask_both(scene, stored)
    _record(scene, stored, "pair.approved")
    return True


def pass_over(scene: Scene, stored: StoredPair) -> bool:
    """Not these two; they are not proposed again for a while."""
    return _take(scene, stored, Withdraw(), State.PROPOSED)


def end(scene: Scene, stored: StoredPair) -> bool:
    """The therapist ends a pair; the two hear on Sunday that it has come to an end."""
    if not _take(scene, stored, Withdraw(), *GOING):
        return False
    for each in stored.people:
        asking.forget_plans(scene, stored, each)
    _record(scene, stored, "pair.ended")
    return True


def clear(scene: Scene, stored: StoredPair) -> bool:
    """A report was looked at: the two may go on, and only who told of it hears so."""
    told = [each for each in stored.people if stored.pair.side(each).reported]
    if not _take(scene, stored, Clear(), State.PAUSED):
        return False
    for each in told:
        person = telling.other(scene, each)
        if person is not None:
            telling.plan_for(scene, person, telling.CLEARED, stored.id)
    _record(scene, stored, "pair.cleared")
    return True


def _take(scene: Scene, stored: StoredPair, step: Step, *states: State) -> bool:
    if stored.state not in states:
        return False
    return pairs.take(scene.session, stored.id, step, scene.now) is not None


def _record(scene: Scene, stored: StoredPair, action: str) -> None:
    for each in stored.people:
        scene.record(action, each, "care")
