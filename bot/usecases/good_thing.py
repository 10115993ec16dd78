"""The weekly round: one good thing, for whoever joined. On the board after a therapist's yes."""

from datetime import timedelta

from bot.care.cadence import Chance, FixedTime, Verdict
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message, Rows
from bot.store import board, schedules
from bot.store.board import Kind, State
from bot.store.people import Standing
from bot.store.schedules import Stored
from bot.usecases.board import place
from bot.usecases.scene import Scene
from bot.usecases.sending import Sending, speak
from bot.usecases.timetable import Known
from bot.usecases.timetable.follow import end, resume
from bot.usecases.timetable.hours import free_hour, quiet_of
from bot.usecases.timetable.keep import ROUND
from bot.usecases.timetable.wanted import Wanted

NAME = f"{ROUND}.good"
SUNDAY = 6
WEEK = timedelta(days=6)
"""Whoever wrote one since is not asked again."""


def page(scene: Scene, choice: str = "") -> None:
    """What the round is; joining it and leaving it."""
    member = place.mine(scene)
    if member is None or scene.person.standing is not Standing.MEMBER:
        scene.note = scene.word("notes.old_button")
        return
    known = Known(scene.session, scene.kit, scene.person, scene.now)
    joined = next((each for each in _of(known) if each.active), None)
    if choice == "yes" and joined is None:
        quiet = quiet_of(member)
        hour = free_hour(member, quiet)
        if hour is not None:
            joined = resume(known, Wanted(ROUND, NAME, FixedTime(at=hour), (SUNDAY,)), quiet)
        scene.settled = True
    elif choice == "no" and joined is not None:
        end(known, joined)
        joined = None
        scene.settled = True
    _show(scene, takes_part=joined is not None)


def _show(scene: Scene, *, takes_part: bool) -> None:
    word, to = ("leave", "no") if takes_part else ("join", "yes")
    rows = (
        (Button(text=scene.word(f"good_thing.{word}"), data=for_menu("round", to)),),
        *_ways(scene),
        (Button(text=scene.word("board.open"), data=for_menu("board")),),
    )
    text = scene.kit.words.text(scene.language, "board/round", takes_part=takes_part)
    scene.post(Message(text=text, buttons=rows))


def _ways(scene: Scene) -> Rows:
    write = Button(text=scene.word("good_thing.write"), data=for_menu("board_add", "good"))
    read = Button(text=scene.word("good_thing.read"), data=for_menu("board_of", "good.0"))
    return ((write,), (read,))


def _of(known: Known) -> list[Stored]:
    mine = schedules.of_person(known.session, known.person.id)
    return [each for each in mine if each.name == NAME]


def against(_: Known, __: Stored, ___: Chance) -> Verdict | None:
    """Nothing."""
    return None


def is_done(known: Known, _: Stored, span: Chance) -> bool:
    """Whether they wrote one this week already."""
    mine = board.of_person(known.session, known.kit.vault, known.person.id)
    return any(
        each.kind is Kind.GOOD
        and each.state is not State.BEGUN
        and each.written_at >= span.planned - WEEK
        for each in mine
    )


def send(scene: Scene, sending: Sending) -> None:
    """Asks for it; a button opens the question, so that no other words are taken for it."""
    leave = Button(text=scene.word("good_thing.leave"), data=for_menu("round", "no"))
    later = sending.button(scene, "today")
    speak(scene, sending, rows=())
    assert scene.unasked is not None
    text = scene.kit.words.text(scene.language, "board/round_asks")
    rows = (*_ways(scene), (later,), (leave,))
    scene.post(Message(text=f"{scene.unasked.head}\n\n{text}", buttons=rows))
