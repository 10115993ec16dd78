"""The question before a session: answered for oneself first; then keep it, or let others read.

Keeping is what happens when nothing is tapped. Showing an answer to the therapists is a choice for
this one answer, so it needs no switch; the board needs its consent as always.
"""

from collections.abc import Callable
from datetime import date

from sqlmodel import Session

from bot.care.board import unfit
from bot.catalog.board import Question
from bot.catalog.consents import Scope
from bot.catalog.text import said
from bot.messages.callback import for_menu, short_id
from bot.messages.message import Button, Message, Rows
from bot.messages.several import day_said
from bot.store import board, discussions, groups
from bot.store.board import BoardLine, Kind, State
from bot.store.groups import Group
from bot.usecases import consented
from bot.usecases.assign import due_day
from bot.usecases.board import asking, place, writing
from bot.usecases.board.library import show
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene


def coming(scene: Scene, group: Group) -> tuple[date, Question | None]:
    """The local date of the next session and its question: picked, or the next in order."""
    day = due_day(scene.session, group, scene.now)
    return day, question_of(scene.session, scene.kit, group, day)


def question_of(session: Session, kit: Kit, group: Group, day: date) -> Question | None:
    """The question of the session on that local date: picked, or the next in order."""
    known = kit.board.questions
    chosen = discussions.chosen(session, group.id, day)
    picked = kit.board.question(chosen) if chosen is not None else None
    if picked is not None or not known:
        return picked
    return known[day.toordinal() // 7 % len(known)]


def about_of(question: Question, day: date) -> str:
    """What an answer is about: the question, and the session it was asked for."""
    return f"{question.id}.{day:%Y%m%d}"


def offer(scene: Scene, group: Group) -> tuple[str, Rows]:
    """The words and the button for the message before a session; nothing once it is answered."""
    day, question = coming(scene, group)
    if question is None or _mine(scene, about_of(question, day)):
        return "", ()
    button = Button(text=scene.word("board.answer"), data=for_menu("question_answer"))
    return said(question.words, scene.language), ((button,),)


def page(scene: Scene, _: str = "") -> None:
    """The question of the next session, the own answer, and what others put on the board."""
    group = _group(scene)
    if group is None:
        return
    day, question = coming(scene, group)
    about = about_of(question, day) if question is not None else ""
    own = _mine(scene, about)
    others = _others(scene, about)
    text = scene.kit.words.text(
        scene.language,
        "board/question",
        question=said(question.words, scene.language) if question is not None else "",
        day=day_said(scene.kit.words, scene.language, day),
        answer=own[-1].text if own else "",
        others=len(others),
    )
    rows = []
    if question is not None and not own:
        rows.append(Button(text=scene.word("board.answer"), data=for_menu("question_answer")))
    if own:
        rows.append(Button(text=scene.word("board.mine"), data=for_menu("board_mine")))
    if others:
        rows.append(Button(text=scene.word("board.others"), data=for_menu("question_read")))
    buttons = (*((each,) for each in rows), *writing.back(scene))
    scene.post(Message(text=text, buttons=buttons, protect=bool(own)))


def read(scene: Scene, _: str = "") -> None:
    """What others put on the board about it."""
    group = _group(scene)
    day, question = coming(scene, group) if group is not None else (None, None)
    others = _others(scene, about_of(question, day)) if question and day else []
    show(scene, others)
    writing.say(scene, "read" if others else "nothing_yet", writing.back(scene))


def answer(scene: Scene, _: str = "") -> None:
    """Asks for the answer."""
    group = _group(scene)
    if group is None:
        return
    day, question = coming(scene, group)
    if question is None:
        page(scene)
        return
    asking.ask_for(scene, Kind.QUESTION, about_of(question, day))


def to(scene: Scene, argument: str) -> None:
    """Keep it, show it to the therapists, or put it forward for the board."""
    named, _, way = argument.partition(".")
    line = place.own_line(scene, named)
    if line is None or not _may_go(line, way):
        scene.note = scene.word("notes.old_button")
        return
    match way:
        case "therapist" if line.state in (State.KEPT, State.SHOWN):
            _move(scene, line, State.SHOWN, "shown")
        case "board" if line.state in (State.KEPT, State.SHOWN):
            _to_board(scene, line)
        case "keep" if line.state in (State.KEPT, State.SHOWN):
            _move(scene, line, State.KEPT, "only_you")
        case _:
            scene.note = scene.word("notes.old_button")


def _may_go(line: BoardLine, way: str) -> bool:
    """A line that a no to the board made private again can go back there, and nowhere else."""
    return line.kind is Kind.QUESTION or (line.kind is Kind.HELPED and way != "therapist")


def _move(scene: Scene, line: BoardLine, state: State, which: str) -> None:
    board.decide(scene.session, line, state, scene.now)
    scene.settled = True
    writing.say(scene, which, writing.back(scene))


def _to_board(scene: Scene, line: BoardLine) -> None:
    """Where it may not stand there as it is, it stays the writer's, and can be written anew."""
    member = place.mine(scene)
    if member is None:
        return
    if not place.agrees(scene):
        named = short_id(line.id)
        keep = for_menu("question_to", f"{named}.keep")
        asking.consent_page(scene, for_menu("question_yes", named), keep)
        return
    why = unfit(line.text, place.names(scene, member))
    if why is not None:
        writing.refuse(scene, why, len(line.text))
        asking.open_for(scene, line.id)
        return
    scene.settled = True
    writing.put_forward(scene, line, line.text)


def agree(scene: Scene, named: str) -> None:
    """Yes to the board, and on with this answer."""
    line = place.own_line(scene, named)
    if line is None:
        return
    consented.decide(scene, Scope.BOARD_LINES, granted=True)
    to(scene, f"{named}.board")


def _group(scene: Scene) -> Group | None:
    member = place.mine(scene)
    return groups.group(scene.session, member.group) if member is not None else None


def _mine(scene: Scene, about: str) -> list[BoardLine]:
    own = board.of_person(scene.session, scene.kit.vault, scene.person.id)
    return [
        each
        for each in own
        if each.kind is Kind.QUESTION and each.about == about and each.state is not State.BEGUN
    ]


def _others(scene: Scene, about: str) -> list[BoardLine]:
    member = place.mine(scene)
    lines = place.approved(scene, member) if member is not None else []
    return [each for each in lines if each.kind is Kind.QUESTION and each.about == about]


VERBS: dict[str, Callable[[Scene, str], None]] = {
    "question": page,
    "question_answer": answer,
    "question_read": read,
    "question_to": to,
    "question_yes": agree,
}
