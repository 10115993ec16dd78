"""My lines: where each stands, and taking one back."""

from bot.catalog.text import said
from bot.messages.callback import for_menu, short_id
from bot.messages.fill import short
from bot.messages.message import Button, Message
from bot.store import board
from bot.store.board import BoardLine, Kind, State
from bot.usecases.board import place
from bot.usecases.board.asking import open_for
from bot.usecases.board.writing import back, choices
from bot.usecases.scene import Scene

LISTED = 20
"""So many of the newest lines are listed; /export has all."""


def has_lines(scene: Scene) -> bool:
    """Whether this person wrote any."""
    own = board.of_person(scene.session, scene.kit.vault, scene.person.id)
    return any(each.state is not State.BEGUN for each in own)


def page(scene: Scene, _: str = "") -> None:
    """Every line of one's own with where it stands."""
    lines = [
        each
        for each in board.of_person(scene.session, scene.kit.vault, scene.person.id)
        if each.state is not State.BEGUN
    ][-LISTED:]
    text = scene.kit.words.text(scene.language, "board/mine", count=len(lines))
    rows = tuple((_button(scene, each),) for each in lines)
    scene.post(Message(text=text, buttons=(*rows, *back(scene)), protect=True))


def _button(scene: Scene, line: BoardLine) -> Button:
    label = f"{scene.word(f'board.states.{line.state}')} · {short(line.text, 40)}"
    return Button(text=label, data=for_menu("board_line", short_id(line.id)))


def line_page(scene: Scene, named: str) -> None:
    """One line in full, and what can be done with it."""
    line = place.own_line(scene, named)
    if line is None:
        page(scene)
        return
    reason = scene.kit.board.reason(line.reason or "")
    text = scene.kit.words.text(
        scene.language,
        "board/own",
        about=place.titled(scene, line),
        text=line.text,
        state=scene.word(f"board.states.{line.state}"),
        reason=said(reason.words, scene.language) if reason is not None else "",
    )
    rows: list[tuple[Button, ...]] = []
    if line.state is State.SENT_BACK:
        anew = for_menu("board_anew", named)
        rows.append((Button(text=scene.word("board.anew"), data=anew),))
    if line.state in (State.KEPT, State.SHOWN):
        rows += choices(scene, line)
    take = for_menu("board_take", named)
    word = "board.delete" if line.state is State.KEPT else "board.take"
    rows.append((Button(text=scene.word(word), data=take),))
    scene.post(Message(text=text, buttons=(*rows, *back(scene)), protect=True))


def take(scene: Scene, named: str) -> None:
    """The line is gone at once, for everybody who has not read it yet. An answer to a session's
    question goes back to its writer alone first."""
    line = place.own_line(scene, named)
    if line is not None:
        if line.kind is Kind.QUESTION and line.state is not State.KEPT:
            board.decide(scene.session, line, State.KEPT, scene.now)
        else:
            board.remove(scene.session, line.id)
        scene.settled = True
        scene.say("board/taken", was_read=line.state is State.APPROVED)
    page(scene)


def anew(scene: Scene, named: str) -> None:
    """Writes a line anew that was sent back."""
    line = place.own_line(scene, named)
    if line is None or line.state is not State.SENT_BACK:
        page(scene)
        return
    scene.settled = True
    open_for(scene, line.id)
