"""The writer hears what the therapist decided: at an hour that is not quiet, in kind words."""

from zoneinfo import ZoneInfo

from bot.care.cadence import after_quiet
from bot.catalog.text import said
from bot.messages.callback import for_menu, short_id
from bot.messages.message import Button, Message
from bot.store import board, dues, members, people
from bot.store.board import BoardLine, State
from bot.store.dues import Due
from bot.store.outbox import Kind as Class
from bot.store.outbox import guards
from bot.store.people import Standing
from bot.usecases.scene import Scene
from bot.usecases.timetable.hours import quiet_of

TOLD = "board-told"
"""The kind of due row that tells a writer what became of a line."""


def plan(scene: Scene, line: BoardLine) -> None:
    """Sees to it that the writer hears. `scene` is the therapist's."""
    writer = people.look(scene.session, line.person)
    member = members.get(scene.session, scene.kit.vault, line.person)
    if writer is None or member is None:
        return
    at = after_quiet(quiet_of(member), scene.now, ZoneInfo(writer.zone))
    key = f"{TOLD}.{line.id.hex}"
    dues.set_due(scene.session, line.person, TOLD, line.id, None, at, key, scene.now)
    scene.expect(at)


def tell(scene: Scene, due: Due) -> None:
    """Tells how the line stands now; nothing where it was taken back meanwhile."""
    line = board.get(scene.session, scene.kit.vault, due.subject) if due.subject else None
    if line is None or line.state not in (State.APPROVED, State.SENT_BACK):
        return
    reason = scene.kit.board.reason(line.reason or "")
    text = scene.kit.words.text(
        scene.language,
        "board/told",
        state=line.state.value,
        reason=said(reason.words, scene.language) if reason is not None else "",
    )
    rows = [(Button(text=scene.word("board.mine"), data=for_menu("board_mine")),)]
    if line.state is State.SENT_BACK:
        anew = for_menu("board_anew", short_id(line.id))
        rows.insert(0, (Button(text=scene.word("board.anew"), data=anew),))
    member = scene.person.standing is Standing.MEMBER
    awake = (guards.awake if member else guards.alumni)(scene.person.id)
    scene.post(Message(text=text, buttons=tuple(rows)), kind=Class.CHECKIN, guard=awake)
