"""The group's library: what helped others, by situation, in every language it was written in."""

from bot.care.board import SHOWN_FROM
from bot.care.group_ring import GroupRing
from bot.catalog.text import said
from bot.messages.callback import for_menu, long_id, number_in, short_id
from bot.messages.message import Button, Message, Rows
from bot.store import board, board_helped
from bot.store.board import BoardLine, Kind, State
from bot.store.members import Member
from bot.store.people import Standing
from bot.usecases import group_ring
from bot.usecases.board import asking, place
from bot.usecases.board.asking import ask_for, close
from bot.usecases.incoming import What
from bot.usecases.scene import Scene

PAGE = 3
"""So many lines at a time: enough to find one, few enough to read."""
GOOD = "good"
"""Stands where a situation's id would: the good things of these weeks."""


def page(scene: Scene, _: str = "") -> None:
    """The situations there are lines for, and the ways to add one."""
    member = place.mine(scene)
    if member is None:
        scene.note = scene.word("notes.old_button")
        return
    lines = place.approved(scene, member)
    known = {each.about for each in lines if each.kind is Kind.HELPED}
    rows = [
        _to(each.id, said(each.label, scene.language))
        for each in scene.kit.board.situations
        if each.id in known
    ]
    if any(each.kind is Kind.GOOD for each in lines):
        rows.append(_to(GOOD, scene.word("board.good")))
    rows += [
        Button(text=scene.word("board.question"), data=for_menu("question")),
        Button(text=scene.word("board.add"), data=for_menu("board_add")),
        Button(text=scene.word("board.mine"), data=for_menu("board_mine")),
    ]
    if scene.person.standing is Standing.MEMBER:
        rows.append(Button(text=scene.word("good_thing.button"), data=for_menu("round")))
    rows.append(Button(text=scene.word("buttons.menu"), data=for_menu("menu")))

    def made(ring: GroupRing | None) -> Message:
        figure = group_ring.said(scene, ring)
        text = scene.kit.words.text(scene.language, "board/page", some=bool(known), ring=figure)
        return Message(text=text, buttons=tuple((each,) for each in rows))

    group_ring.post(scene, member.group, made)


def _to(wanted: str, label: str) -> Button:
    return Button(text=label, data=for_menu("board_of", f"{wanted}.0"))


def lines_page(scene: Scene, argument: str) -> None:
    """Some lines of one situation, each by itself, so that one taken back takes no other along."""
    wanted, _, number = argument.rpartition(".")
    member = place.mine(scene)
    start = (number_in(number, 3) or 0) * PAGE
    found = _found(scene, member, wanted) if member is not None else []
    shown = found[start : start + PAGE]
    if not shown:
        page(scene)
        return
    show(scene, shown)
    more = start + PAGE < len(found)
    _below(scene, wanted, start, len(found), more=more)


def _found(scene: Scene, member: Member, wanted: str) -> list[BoardLine]:
    """What fits, in the reader's language first, then by how many it helped."""
    lines = place.approved(scene, member)
    if wanted == GOOD:
        lines = [each for each in lines if each.kind is Kind.GOOD]
    else:
        lines = [each for each in lines if each.kind is Kind.HELPED and each.about == wanted]
    return ordered(scene, lines)


def ordered(scene: Scene, lines: list[BoardLine]) -> list[BoardLine]:
    """The reader's language first, then what helped many; never by who or when."""
    counts = board_helped.counts(scene.session, [each.id for each in lines])

    def rank(line: BoardLine) -> tuple[bool, int, str]:
        many = counts.get(line.id, 0)
        return line.language != scene.language, -many if many >= SHOWN_FROM else 0, line.text

    return sorted(lines, key=rank)


def show(scene: Scene, lines: list[BoardLine]) -> None:
    """Each line with its number of people helped, from three up, and the button to be one."""
    counts = board_helped.counts(scene.session, [each.id for each in lines])
    said_so = board_helped.by(scene.session, scene.person.id)
    for each in lines:
        many = counts.get(each.id, 0)
        text = scene.kit.words.text(
            scene.language,
            "board/line",
            text=each.text,
            count=many if many >= SHOWN_FROM else 0,
            said=each.id in said_so,
            own=each.person == scene.person.id,
        )
        buttons: Rows = ()
        if each.id not in said_so and each.person != scene.person.id:
            data = for_menu("board_helped", short_id(each.id))
            buttons = ((Button(text=scene.word("board.helped"), data=data),),)
        message = Message(text=text, buttons=buttons, protect=True)
        scene.post(message, guard=place.guard(scene, each))


def _below(scene: Scene, wanted: str, start: int, total: int, *, more: bool) -> None:
    rows: list[Button] = []
    if more:
        data = for_menu("board_of", f"{wanted}.{start // PAGE + 1}")
        rows.append(Button(text=scene.word("board.more"), data=data))
    situation = scene.kit.board.situation(wanted)
    label = scene.word("board.good") if situation is None else said(situation.label, scene.language)
    if wanted == GOOD:
        rows.append(Button(text=scene.word("good_thing.write"), data=for_menu("board_add", GOOD)))
    elif situation is not None and not situation.closed:
        add = for_menu("board_add", wanted)
        rows.append(Button(text=scene.word("board.add_here"), data=add))
    rows.append(Button(text=scene.word("board.open"), data=for_menu("board")))
    last = min(start + PAGE, total)
    text = scene.kit.words.text(
        scene.language, "board/below", label=label, first=start + 1, last=last, total=total
    )
    scene.post(Message(text=text, buttons=tuple((each,) for each in rows)))


def helped(scene: Scene, named: str) -> None:
    """Counts that a line helped, once for each person."""
    member, line_id = place.mine(scene), long_id(named)
    line = board.get(scene.session, scene.kit.vault, line_id) if line_id is not None else None
    fits = (
        member is not None
        and line is not None
        and line.group == member.group
        and line.state is State.APPROVED
        and line.person != scene.person.id
    )
    if not fits or line is None:
        scene.note = scene.word("notes.old_button")
        return
    new = board_helped.helped(scene.session, line.id, scene.person.id, scene.now)
    scene.note = scene.word("board.thanks" if new else "notes.answered")
    scene.settled = True


def add(scene: Scene, wanted: str) -> None:
    """Asks in which situation it helped, then for the line."""
    if wanted == GOOD:
        ask_for(scene, Kind.GOOD, "")
        return
    situation = scene.kit.board.situation(wanted)
    if situation is not None and not situation.closed:
        ask_for(scene, Kind.HELPED, situation.id)
        return
    rows = [
        Button(text=said(each.label, scene.language), data=for_menu("board_add", each.id))
        for each in scene.kit.board.situations
        if not each.closed
    ]
    rows.append(Button(text=scene.word("board.open"), data=for_menu("board")))
    text = scene.kit.words.text(scene.language, "board/where")
    scene.post(Message(text=text, buttons=tuple((each,) for each in rows)))


def never_mind(scene: Scene, _: str = "") -> None:
    """No line after all."""
    close(scene)
    scene.settled = True
    page(scene)


def handle(scene: Scene, what: What) -> bool:
    """Takes typed words as the line that was asked for, or as the button below that question."""
    if not asking.is_turned_down(scene, what):
        return asking.handle(scene, what)
    never_mind(scene)
    return True
