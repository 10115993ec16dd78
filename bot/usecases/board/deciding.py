"""A therapist decides on a line, in the chat or on a page: on the board, or back to its writer."""

from collections.abc import Collection
from uuid import UUID

from bot.store import board
from bot.store.board import BoardLine, State
from bot.store.groups import Group
from bot.usecases.board import place, telling
from bot.usecases.scene import Scene


def waiting(scene: Scene, group: Group) -> list[BoardLine]:
    """What a therapist has to decide; a line whose writer does not agree any more is not theirs to
    see."""
    held = board.of_groups(scene.session, scene.kit.vault, [group.id], State.HELD)
    return place.standing_of(scene, held)


def shown(scene: Scene, group: Group) -> list[BoardLine]:
    """The answers to a session's question that their writers chose to show the therapists."""
    return board.of_groups(scene.session, scene.kit.vault, [group.id], State.SHOWN)


def decidable(
    scene: Scene, line_id: UUID | None, mine: Collection[UUID], *states: State
) -> BoardLine | None:
    """The line, if it is of one of these groups, stands there, and its writer still agrees."""
    line = board.get(scene.session, scene.kit.vault, line_id) if line_id is not None else None
    fits = line is not None and line.group in mine and line.state in states
    return line if line is not None and fits and place.standing_of(scene, [line]) else None


def approve(scene: Scene, line: BoardLine) -> bool:
    """From now on the group may read it, and the writer hears of it; False where somebody else was
    faster. `scene` is the therapist's."""
    if not board.decide(scene.session, line, State.APPROVED, scene.now, by=scene.person.id):
        return False
    record(scene, line, "line.approved")
    telling.plan(scene, line)
    return True


def send_back(scene: Scene, line: BoardLine, reason: str) -> bool:
    """Back to its writer with this ready reason, kindly, also from the board; they may write it
    anew. False where somebody else was faster."""
    by = scene.person.id
    if not board.decide(scene.session, line, State.SENT_BACK, scene.now, by=by, reason=reason):
        return False
    record(scene, line, "line.sent_back")
    telling.plan(scene, line)
    return True


def record(scene: Scene, line: BoardLine, action: str) -> None:
    """Keeps that a therapist read it or decided on it."""
    scene.record(action, line.person, "board" if action.startswith("line") else "session")
