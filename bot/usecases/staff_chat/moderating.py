"""Lines that wait: read without knowing whose they are, put on the board, or sent back."""

from bot.catalog.text import said
from bot.messages.callback import for_menu, long_id, short_id
from bot.messages.message import Button, Message, Rows
from bot.store import members
from bot.store.board import BoardLine, State
from bot.store.groups import Group
from bot.store.outbox import guards
from bot.usecases.board import deciding, place
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import own
from bot.usecases.staff_chat.behind_pin import Locked
from bot.usecases.staff_chat.menu import back

AT_ONCE = 10
"""So many are shown behind one PIN; the rest after them."""


def show(scene: Scene, group: Group) -> None:
    """The lines that wait and the answers meant for the therapists, each by itself; and in the
    same transaction the lines of the audit trail."""
    held = deciding.waiting(scene, group)
    shown = deciding.shown(scene, group)
    for each in shown[-AT_ONCE:]:
        _answer(scene, each)
    for each in held[:AT_ONCE]:
        _line(scene, each)
    more = max(len(held) - AT_ONCE, 0)
    text = scene.kit.words.text(
        scene.language, "staff/lines_read", some=bool(held or shown), more=more
    )
    scene.post(Message(text=text, buttons=(*_again(scene, group), *back(scene))))


LOCKED = Locked("opens", "board", show)


def open_lines(scene: Scene, named: str) -> None:
    """[Read]: the lines of this group, behind the PIN."""
    group = own.group_named(scene, named)
    if group is None:
        scene.note = scene.word("notes.old_button")
    else:
        LOCKED.ask(scene, group)


def _again(scene: Scene, group: Group) -> Rows:
    data = for_menu("life", short_id(group.id))
    return ((Button(text=scene.word("group_life.open"), data=data),),)


def _line(scene: Scene, line: BoardLine) -> None:
    """Without alias: whose it is plays no part."""
    text = scene.kit.words.text(
        scene.language,
        "staff/line",
        about=place.titled(scene, line),
        spoken=scene.word(f"languages.{line.language}"),
        text=line.text,
        alias="",
    )
    named = short_id(line.id)
    rows = (
        (Button(text=scene.word("group_life.approve"), data=for_menu("line_yes", named)),),
        (Button(text=scene.word("group_life.send_back"), data=for_menu("line_back", named)),),
    )
    scene.post(Message(text=text, buttons=rows, protect=True), guard=_guard(scene, line))
    deciding.record(scene, line, "line.read")


def _answer(scene: Scene, line: BoardLine) -> None:
    """With alias: it was meant for the therapists."""
    member = members.get(scene.session, scene.kit.vault, line.person)
    text = scene.kit.words.text(
        scene.language,
        "staff/line",
        about=place.titled(scene, line),
        spoken="",
        text=line.text,
        alias=own.alias_of(scene, member),
    )
    scene.post(Message(text=text, protect=True), guard=_guard(scene, line))
    deciding.record(scene, line, "answer.read")


def _guard(scene: Scene, line: BoardLine) -> str:
    """Taken back while Telegram was slow, it is not shown any more."""
    return f"{guards.works(scene.person.id)} {guards.written(line.id, line.state.value)}"


def approve(scene: Scene, named: str) -> None:
    """[Put it on the board]: from now on the group may read it, and the writer hears of it."""
    line = _decidable(scene, named, (State.HELD,))
    if line is None:
        return
    deciding.approve(scene, line)
    scene.settled = True
    undo = Button(text=scene.word("group_life.undo"), data=for_menu("line_back", named))
    text = scene.kit.words.text(scene.language, "staff/line_done", state="approved")
    scene.post(Message(text=text, buttons=((undo,),)))


def send_back(scene: Scene, named: str) -> None:
    """[Send it back]: with which of the ready reasons?"""
    line = _decidable(scene, named, (State.HELD, State.APPROVED))
    if line is None:
        return
    rows = tuple(
        (
            Button(
                text=said(each.label, scene.language),
                data=for_menu("line_reason", f"{named}.{each.id}"),
            ),
        )
        for each in scene.kit.board.reasons
    )
    text = scene.kit.words.text(scene.language, "staff/line_reasons")
    scene.post(Message(text=text, buttons=rows))


def reason(scene: Scene, argument: str) -> None:
    """Sends it back, kindly; the writer may write it anew."""
    named, _, chosen = argument.partition(".")
    known = scene.kit.board.reason(chosen)
    line = _decidable(scene, named, (State.HELD, State.APPROVED))
    if line is None or known is None:
        return
    deciding.send_back(scene, line, known.id)
    scene.settled = True
    text = scene.kit.words.text(scene.language, "staff/line_done", state="sent_back")
    scene.post(Message(text=text))


def _decidable(scene: Scene, named: str, states: tuple[State, ...]) -> BoardLine | None:
    """The line of this button, if it is of a group of theirs and stands there; else a note."""
    mine = {each.id for each in own.own_groups(scene)}
    line = deciding.decidable(scene, long_id(named), mine, *states)
    if line is None:
        scene.note = scene.word("group_life.gone")
    return line
