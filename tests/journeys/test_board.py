"""The group board: written by one, read by a therapist first, found by another in two taps."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import Session

from bot.store import board, consents, groups, people, tables
from bot.store.board import State
from bot.store.consents import Event
from tests.cast import MAYA
from tests.journeys.conftest import Stage
from tests.journeys.phone import Phone
from tests.journeys.test_alerts import at_ten_on_a_weekday, on_record

LINE = "I put my phone away and walk around the block until it passes."
EVENING_EN, EVENING_ES = "Evening · alone", "De noche · a solas"


async def begins(stage: Stage) -> None:
    """All three have pressed Start on a weekday morning."""
    await at_ten_on_a_weekday(stage)
    await stage.rivera.say("/start")
    await stage.rivera.button("The group between sessions")
    await stage.leo.say("/start")
    await stage.maya.say("/start")
    await stage.maya.reads("A few minutes are enough")
    await stage.maya.say("/menu")
    await stage.maya.button("What helped others")


async def asked_for_a_line(maya: Phone) -> None:
    """Maya chose the situation and agreed that lines of hers may go on the board."""
    await maya.press("What helped others")
    await maya.press("Add what helped me")
    await maya.press(EVENING_EN)
    agreed = await maya.reads("Only lines you send there yourself")
    assert "without your name or alias" in agreed["text"]
    await maya.press("Yes")
    await maya.reads("300 characters at most")


async def puts_forward(maya: Phone, text: str = LINE) -> None:
    """Maya writes a line, and it waits for the therapist."""
    await asked_for_a_line(maya)
    await maya.say(text)
    await maya.reads("Your therapist reads it first")


async def opens(rivera: Phone, pin: str = "4711") -> None:
    """Dr Rivera opens what waits, with a PIN chosen for the first time."""
    await rivera.press("The group between sessions")
    await rivera.press("Read what waits")
    await rivera.reads("choose one of 4 to 8 digits")
    await rivera.say(pin)
    await rivera.reads("once more")
    typed = await rivera.say(pin)
    await rivera.reads("That you opened this is on record")
    await rivera.loses(typed)


async def approves(rivera: Phone) -> None:
    """Dr Rivera puts the newest line on the board."""
    await opens(rivera)
    await rivera.press("Put it on the board")
    await rivera.reads("It stands on the board now")


async def looks_up(leo: Phone) -> None:
    """Leo, in Spanish: two taps from the menu."""
    await leo.say("/menu")
    await leo.press("Lo que ayuda en el grupo")
    await leo.press(EVENING_ES)


async def test_a_line_is_held_approved_and_found_by_another(stage: Stage) -> None:
    """The therapist hears only that one waits, reads it without alias behind the PIN, and says yes;
    Leo finds it in two taps in its own language, and says that it helped him."""
    maya, leo, rivera = stage.maya, stage.leo, stage.rivera
    await begins(stage)
    await puts_forward(maya)
    told = await rivera.reads("1 line waits for you in Thursday-B")
    assert told["text"] == "1 line waits for you in Thursday-B."
    await leo.say("/menu")
    await leo.press("Lo que ayuda en el grupo")
    await leo.reads("Aquí todavía no hay nada")
    await rivera.say("/menu")
    await rivera.button("The group between sessions (1 waiting)")
    await approves(rivera)
    shown = [each for each in await rivera.texts() if LINE in each]
    assert len(shown) == 1
    assert "Heron" not in shown[0]
    await stage.pass_time(timedelta(seconds=1))
    await maya.reads("It stands on the board now, without your name")
    await looks_up(leo)
    found = await leo.reads(LINE)
    assert "Heron" not in found["text"]
    await leo.press("Esto me ayudó")
    await leo.is_told("Anotado. Gracias.")
    await looks_up(leo)
    await leo.reads("Dijiste que te ayudó")
    assert on_record(stage, MAYA)[:2] == ["line.approved", "line.read"]
    await maya.say("/who")
    await maya.reads("read a line you sent to the board, without your alias")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("Look at www.example.org, it helped me", "a link or an address"),
        ("Ask @somebody for the soup recipe", "somebody could be found"),
        ("Call me on 600 123 456 in the evening", "a long number"),
        ("I called COLIBRI and we talked", "a name in it"),
        ("Dr Rivera told me to breathe", "a name in it"),
        ("a" * 301, "That is 301 characters"),
    ],
)
async def test_what_leads_to_somebody_is_refused_kindly(
    stage: Stage, typed: str, answer: str
) -> None:
    """The question stays open, and the line without it is taken."""
    await begins(stage)
    await asked_for_a_line(stage.maya)
    await stage.maya.say(typed)
    refused = await stage.maya.reads(answer)
    assert "Just send it again" in refused["text"]
    await stage.maya.say(LINE)
    await stage.maya.reads("Your therapist reads it first")
    assert [each.text for each in lines_of(stage, MAYA)] == [LINE]


async def test_heavy_words_get_help_and_go_nowhere(stage: Stage) -> None:
    """Help comes first, the team is told as always, and no therapist is asked to approve it."""
    await begins(stage)
    await asked_for_a_line(stage.maya)
    await stage.maya.say("I am going to kill myself tonight")
    card = await stage.maya.reads("I’m really glad you told me")
    kept_off = await stage.maya.reads("I did not pass this on to the board")
    assert card["message_id"] < kept_off["message_id"]
    await stage.rivera.reads("1 new item needs you now")
    assert lines_of(stage, MAYA) == []


async def test_a_line_comes_back_with_a_ready_reason_and_is_written_anew(stage: Stage) -> None:
    """The writer gets kind words in her language, changes the line, and it waits again."""
    maya, rivera = stage.maya, stage.rivera
    await begins(stage)
    await puts_forward(maya)
    await opens(rivera)
    await rivera.press("Send it back")
    await rivera.press("Advice instead of experience")
    await rivera.reads("It went back with your reason")
    await stage.pass_time(timedelta(seconds=1))
    told = await maya.reads("gave it back to you")
    assert told["text"].startswith("Hello. A message sent automatically by Between")
    assert "reads like advice to others" in told["text"]
    await maya.press("Write it anew")
    await maya.reads(LINE)
    await maya.say("I walked around the block, and it passed.")
    await maya.reads("Your therapist reads it first")
    (line,) = lines_of(stage, MAYA)
    assert (line.state, line.text) == (State.HELD, "I walked around the block, and it passed.")
    assert on_record(stage, MAYA)[:2] == ["line.sent_back", "line.read"]


async def test_consent_taken_back_one_second_before_it_is_shown(stage: Stage) -> None:
    """A line that waits in Leo's lane is called off, and nobody finds it afterwards."""
    maya, leo = stage.maya, stage.leo
    await begins(stage)
    await puts_forward(maya)
    await approves(stage.rivera)
    await leo.say("/menu")
    await leo.press("Lo que ayuda en el grupo")
    button = await leo.button(EVENING_ES)
    await stage.fault(method="sendMessage", kind="429", times=1, retry_after=3)
    await leo.tap(button)
    await until_told_to_wait(stage)
    withdraw(stage, MAYA)
    await leo.reads("1 de 1")
    assert not any(LINE in each for each in await leo.texts())
    await leo.press("Lo que ayuda en el grupo")
    await leo.reads("Aquí todavía no hay nada")


async def test_the_lines_of_somebody_erased_are_gone(stage: Stage) -> None:
    """Approved or waiting: with the writer go the lines and the key that opens them."""
    maya, leo = stage.maya, stage.leo
    await begins(stage)
    await puts_forward(maya)
    await approves(stage.rivera)
    await maya.say("/delete_me")
    await maya.press("Yes, delete everything")
    await maya.reads("deleted")
    await leo.say("/menu")
    await leo.press("Lo que ayuda en el grupo")
    await leo.reads("Aquí todavía no hay nada")
    await stage.pass_time(timedelta(minutes=1))
    house = stage.house
    assert house is not None
    assert house.database.call(lambda session: everything(session, house.kit.vault)) == []


async def test_a_line_can_be_taken_back_by_its_writer(stage: Stage) -> None:
    """One tap under My lines; the therapist finds nothing to decide any more."""
    maya, rivera = stage.maya, stage.rivera
    await begins(stage)
    await puts_forward(maya)
    await opens(rivera)
    decide = await rivera.button("Put it on the board")
    await maya.press("My lines")
    await maya.press("waits for your therapist")
    await maya.press("Take it back")
    await maya.reads("Nobody is shown it any more")
    await rivera.tap(decide)
    await rivera.is_told("That has been decided, or was taken back")
    assert lines_of(stage, MAYA) == []


async def test_other_buttons_put_the_question_away(stage: Stage) -> None:
    """Words typed after turning to something else are no line."""
    maya = stage.maya
    await begins(stage)
    await asked_for_a_line(maya)
    await maya.say("/progress")
    await maya.reads("nothing to draw yet")
    await maya.say("I feel low today")
    await maya.reads("One of these may help now")
    assert lines_of(stage, MAYA) == []


def lines_of(stage: Stage, telegram_id: int) -> list[Any]:
    """All lines of somebody, as they stand in the database."""
    house = stage.house
    assert house is not None

    def read(session: Session) -> list[Any]:
        person = people.find(session, house.kit.vault, telegram_id)
        assert person is not None
        return board.of_person(session, house.kit.vault, person.id)

    return house.database.call(read)


def everything(session: Session, vault: Any) -> list[Any]:
    """All lines on the board of all groups."""
    ids = [each.id for each in groups.groups(session)]
    return [line for state in State for line in board.of_groups(session, vault, ids, state)]


def withdraw(stage: Stage, telegram_id: int) -> None:
    """The person's no to the board, in a transaction of its own."""
    house = stage.house
    assert house is not None

    def write(session: Session) -> None:
        person = people.find(session, house.kit.vault, telegram_id)
        assert person is not None
        event = Event("board_lines", False, 1, "", house.clock())
        consents.record(session, person.id, event)

    house.database.call(write)


async def until_told_to_wait(stage: Stage) -> None:
    """Telegram has refused the line for the moment, so it stands in Leo's lane again."""
    house = stage.house
    assert house is not None

    def waits(session: Session) -> bool:
        row = tables.outbox.c
        query = select(row.id).where(row.status == "pending", row.attempts > 0)
        return session.connection().execute(query).first() is not None

    async with asyncio.timeout(20):
        while True:
            if house.database.call(waits):
                return
            await asyncio.sleep(0.02)
