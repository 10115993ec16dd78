"""The page of the group board: lines that wait, answers meant for the therapists, what is there.

Behind the second factor no PIN is asked. What stands on the board is read by the whole group
without a name, so only what waits and what was shown to the therapists goes on record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from bot.care.board import SHOWN_FROM
from bot.catalog.text import said
from bot.store import board, board_helped, members
from bot.store.board import BoardLine, State
from bot.store.groups import Group
from bot.usecases.board import deciding, place
from bot.usecases.kit import Kit
from bot.usecases.office.acting import scene_of
from bot.usecases.office.reader import NotYoursError, Reader, own_groups, record
from bot.usecases.scene import Scene

AT_ONCE = 10
"""So many lines of a group are opened at a time; the rest after them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `alias` only where it was meant for the therapists; `helped` from three up."""

    id: UUID
    about: str
    language: str
    text: str
    alias: str
    at: datetime
    helped: int = 0


@dataclass(frozen=True, slots=True)
class GroupBoard:
    """The board of one group; `more` lines wait besides. `standing` is by situation."""

    id: UUID
    name: str
    held: tuple[Line, ...]
    more: int
    answers: tuple[Line, ...]
    standing: tuple[tuple[str, tuple[Line, ...]], ...]


@dataclass(frozen=True, slots=True)
class Boards:
    """Every board of this reader, and the ready reasons (id, label) for sending a line back."""

    groups: tuple[GroupBoard, ...]
    reasons: tuple[tuple[str, str], ...]


def boards(session: Session, kit: Kit, reader: Reader, now: datetime) -> Boards:
    """What waits in each group, and what stands there; on record."""
    scene = scene_of(session, kit, reader, now)
    found = [_group(scene, reader, each) for each in own_groups(session, reader)]
    reasons = ((each.id, said(each.label, reader.language)) for each in kit.board.reasons)
    return Boards(tuple(found), tuple(reasons))


def approve(session: Session, kit: Kit, reader: Reader, line_id: UUID, now: datetime) -> bool:
    """Puts it on the board. False where it does not wait any more. Raises NotYoursError."""
    scene = scene_of(session, kit, reader, now)
    line = _decidable(scene, reader, line_id, State.HELD)
    return line is not None and deciding.approve(scene, line)


def send_back(
    session: Session, kit: Kit, reader: Reader, line_id: UUID, reason: str, now: datetime
) -> str:
    """Sends it back with a ready reason, from the board too: "" once it is done, else why not
    ("reason", "gone"). Raises NotYoursError."""
    scene = scene_of(session, kit, reader, now)
    line = _decidable(scene, reader, line_id, State.HELD, State.APPROVED)
    if kit.board.reason(reason) is None:
        return "reason"
    return "" if line is not None and deciding.send_back(scene, line, reason) else "gone"


def _decidable(scene: Scene, reader: Reader, line_id: UUID, *states: State) -> BoardLine | None:
    line = board.get(scene.session, scene.kit.vault, line_id)
    if line is None or line.group not in reader.groups:  # an emergency opens, it decides nothing
        raise NotYoursError("line")
    return deciding.decidable(scene, line_id, (line.group,), *states)


def _group(scene: Scene, reader: Reader, group: Group) -> GroupBoard:
    held = deciding.waiting(scene, group)
    answers = deciding.shown(scene, group)[-AT_ONCE:]
    for each in held[:AT_ONCE]:
        _record(scene, reader, each, "line.read", "board")
    for each in answers:
        _record(scene, reader, each, "answer.read", "session")
    return GroupBoard(
        id=group.id,
        name=group.name,
        held=tuple(_line(scene, each) for each in held[:AT_ONCE]),
        more=max(len(held) - AT_ONCE, 0),
        answers=tuple(_line(scene, each, alias=_alias(scene, each)) for each in answers),
        standing=_by_situation(scene, place.on_board(scene, group.id)),
    )


def _by_situation(
    scene: Scene, lines: Sequence[BoardLine]
) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    counts = board_helped.counts(scene.session, [each.id for each in lines])
    found: dict[str, tuple[Line, ...]] = {}
    for each in lines:
        many = counts.get(each.id, 0)
        line = _line(scene, each, helped=many if many >= SHOWN_FROM else 0)
        found[line.about] = (*found.get(line.about, ()), line)
    return tuple(sorted(found.items(), key=lambda two: two[0].casefold()))


def _line(scene: Scene, line: BoardLine, *, alias: str = "", helped: int = 0) -> Line:
    about = place.titled(scene, line)
    return Line(line.id, about, line.language, line.text, alias, line.written_at, helped)


def _alias(scene: Scene, line: BoardLine) -> str:
    found = members.alias_of(scene.session, scene.kit.vault, line.person)
    return found or scene.word("staff.no_alias")


def _record(scene: Scene, reader: Reader, line: BoardLine, action: str, why: str) -> None:
    record(scene.session, reader, line.person, action, scene.now, group=line.group, reason=why)
