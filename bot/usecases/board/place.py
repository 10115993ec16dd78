"""Who takes part in a group's board, under which conditions, and what may be shown of it."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from bot.care.board import parts
from bot.care.phase import Phase
from bot.catalog.consents import Scope
from bot.catalog.text import said
from bot.messages.callback import long_id
from bot.store import board, members, staff
from bot.store.board import BoardLine, Kind, State
from bot.store.members import Member
from bot.store.outbox import guards
from bot.store.people import Standing
from bot.usecases import consented
from bot.usecases.profile.steps import STEPS
from bot.usecases.scene import Scene

FRESH = timedelta(days=14)
"""So long a good thing stands on the board: this week's and last week's."""


def mine(scene: Scene) -> Member | None:
    """The person's place, if they take part in the board: members who have taken the first steps,
    and alumni who stay."""
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    match scene.person.standing:
        case Standing.MEMBER if scene.person.onboarding not in STEPS:
            return member
        case Standing.DISCHARGED if member is not None and member.phase == Phase.ALUMNI:
            return member
    return None


def agrees(scene: Scene) -> bool:
    """Whether lines this person chooses may go on the board."""
    person = scene.person.id
    return consented.agreed(scene.session, scene.kit, person, needs=Scope.BOARD_LINES)


def guard(scene: Scene, line: BoardLine) -> str:
    """What must hold when a line is shown to somebody else."""
    return guards.line(line.id, scene.kit.consents.since(Scope.BOARD_LINES))


def names(scene: Scene, member: Member) -> list[str]:
    """Everybody whom a line must not name: the aliases of the group, and who looks after it."""
    group = members.of_group(scene.session, scene.kit.vault, member.group)
    team = staff.of_group(scene.session, scene.kit.vault, member.group)
    aliases = (each.alias for each in group if each.alias)
    return [*aliases, *(part for each in team for part in parts(each.name))]


def standing_of(scene: Scene, lines: Iterable[BoardLine]) -> list[BoardLine]:
    """Those of them whose writers still agree that they go on the board."""
    known: dict[object, bool] = {}
    for each in lines:
        if each.person not in known:
            known[each.person] = consented.agreed(
                scene.session, scene.kit, each.person, needs=Scope.BOARD_LINES
            )
    return [each for each in lines if known[each.person]]


def approved(scene: Scene, member: Member) -> list[BoardLine]:
    """What the group may read today."""
    return on_board(scene, member.group)


def on_board(scene: Scene, group: UUID) -> list[BoardLine]:
    """What stands on the board of a group today."""
    session, vault = scene.session, scene.kit.vault
    found = board.of_groups(session, vault, [group], State.APPROVED)
    fresh = [
        each
        for each in found
        if each.kind is not Kind.GOOD or scene.now - (each.decided_at or each.written_at) < FRESH
    ]
    return standing_of(scene, fresh)


def own_line(scene: Scene, named: str) -> BoardLine | None:
    """The line a button names, if this person wrote it."""
    line_id = long_id(named)
    line = board.get(scene.session, scene.kit.vault, line_id) if line_id is not None else None
    return line if line is not None and line.person == scene.person.id else None


def titled(scene: Scene, line: BoardLine) -> str:
    """What a line is about, in the reader's language."""
    match line.kind:
        case Kind.HELPED:
            found = scene.kit.board.situation(line.about)
            return said(found.label, scene.language) if found else scene.word("board.gone")
        case Kind.GOOD:
            return scene.word("board.good")
        case Kind.QUESTION:
            asked = scene.kit.board.question(line.about.partition(".")[0])
            return said(asked.words, scene.language) if asked else scene.word("board.gone")
