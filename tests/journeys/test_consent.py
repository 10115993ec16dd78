"""Consent as code: the receipt tells the truth, a withdrawal works at once, new words ask again."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlmodel import Session

from bot.catalog.consents import Scope
from bot.messages.message import Message
from bot.store import consents, outbox, tables
from bot.store.consents import Event
from bot.store.outbox import Kind, Letter
from bot.usecases import consented
from bot.wiring import House
from tests.cast import MAYA, RIVERA
from tests.journeys.conftest import Stage
from tests.journeys.phone import Phone
from tests.newcomers import id_of


@pytest.fixture
async def stage(stage: Stage) -> Stage:
    """Everybody has opened the chat."""
    for phone, hello in ((stage.maya, "A few minutes"), (stage.leo, "unos minutos")):
        await phone.say("/start")
        await phone.reads(hello)
    return stage


async def switches(maya: Phone, label: str, then: str) -> None:
    """Taps a switch of /settings."""
    await maya.say("/settings")
    await maya.press("Who may see what")
    await maya.reads("Four switches")
    await maya.press(label)
    await maya.reads(f"My therapist may read my exercises: {then}")


async def finishes_something(maya: Phone) -> str:
    """Five senses to its end; the receipt."""
    await maya.say("/menu")
    await maya.press("Five senses")
    await maya.press("8")
    for number in range(2, 8):
        await maya.reads(f"· {number}/")
        await maya.say("something")
    await maya.reads("· 8/")
    await maya.press("6")
    return str((await maya.reads("Stored:"))["text"])


async def test_the_receipt_and_the_pages_tell_the_truth(stage: Stage) -> None:
    """Only you; after a yes Dr Rivera too, with when, and on which clock for whoever is away;
    after a no only you again."""
    maya = stage.maya
    assert "here: only you." in await finishes_something(maya)
    await maya.say("/privacy")
    assert "Nobody but you" in (await maya.reads("Who can read what"))["text"]
    await switches(maya, "○ 1.", "yes")
    assert "here: you, Dr Rivera." in await finishes_something(maya)
    await maya.say("/privacy")
    policy = (await maya.reads("Who can read what"))["text"]
    assert "You allowed Dr Rivera to open your entries (on weekdays, 9:00–17:00)" in policy
    await maya.say("/help")
    helped = (await maya.reads("I’m an automatic program"))["text"]
    assert "Dr Rivera may read your entries, on weekdays, 9:00–17:00." in helped
    await maya.say("/timezone Mexico City")
    await maya.reads("(Mexico City time)")
    await maya.say("/help")
    helped = (await maya.reads("I’m an automatic program"))["text"]
    assert "on weekdays, 9:00–17:00, Madrid time." in helped
    await switches(maya, "✓ 1.", "no")
    assert "here: only you." in await finishes_something(maya)


def _queue(session: Session, house: House, key: str, after: timedelta) -> None:
    """A message to Dr Rivera made from Maya's words."""
    maya, rivera = (id_of(session, house, number) for number in (MAYA, RIVERA))
    letter = Letter(
        key=key,
        person=rivera,
        kind=Kind.CHECKIN,
        body=Message(text=f"About Heron: {key}").model_dump_json(),
        not_before=house.clock() + after,
        guard=consented.guard(house.kit, maya, needs=Scope.THERAPIST_READS),
    )
    outbox.enqueue(session, house.kit.vault, letter, house.clock())


def _fate(session: Session, key: str) -> tuple[str, str | None]:
    t = tables.outbox
    row = session.connection().execute(select(t.c.status, t.c.error).where(t.c.key == key)).one()
    return row.status, row.error


async def test_a_withdrawal_reaches_what_is_queued(stage: Stage) -> None:
    """What was sent with a yes is sent; what waits when it is taken back never is."""
    house = stage.house
    assert house is not None
    await stage.rivera.say("/start")
    await switches(stage.maya, "○ 1.", "yes")
    await house.database.run(partial(_queue, house=house, key="now", after=timedelta(0)))
    house.way_out.sender.wake()
    await stage.rivera.reads("About Heron: now")
    await house.database.run(partial(_queue, house=house, key="later", after=timedelta(hours=1)))
    await stage.pass_time(timedelta(minutes=55))
    await switches(stage.maya, "✓ 1.", "no")
    await house.database.run(partial(_queue, house=house, key="after", after=timedelta(0)))
    await stage.pass_time(timedelta(minutes=10))
    await stage.maya.say("/who")  # a message that comes after it in time
    await stage.maya.reads("Nobody has opened")
    for key in ("later", "after"):
        while (await house.database.run(partial(_fate, key=key)))[0] == "pending":
            house.way_out.sender.wake()
        assert await house.database.run(partial(_fate, key=key)) == ("cancelled", "guard")
    about = [text for text in await stage.rivera.texts() if "About Heron" in text]
    assert about == ["About Heron: now"]


def _agreed_long_ago(session: Session, house: House) -> None:
    maya = id_of(session, house, MAYA)
    long_ago = house.clock() - timedelta(days=400)
    for scope in (Scope.THERAPIST_READS, Scope.BOARD_LINES):
        consents.record(session, maya, Event(scope.value, True, 0, "other words", long_ago))


async def test_words_that_mean_something_else_ask_again(stage: Stage) -> None:
    """Once, in passing: what the person does happens all the same; till then it counts as no."""
    house = stage.house
    assert house is not None
    maya = stage.maya
    await maya.press("Five senses")
    await house.database.run(partial(_agreed_long_ago, house=house))
    await maya.press("8")
    await maya.reads("· 2/")
    assert not any("has new words" in text for text in await maya.texts())  # amid an exercise
    await maya.press("Stop")
    asked = await maya.reads("Something you agreed to has new words")
    assert "Until you say yes, it counts as no." in asked["text"]
    assert "here: only you." in await finishes_something(maya)
    assert sum("has new words" in text for text in await maya.texts()) == 2  # one for each scope
    reads = [each for each in await maya.messages() if "My therapist may read" in each["text"]][-1]
    await maya.tap({**reads["buttons"][0][0], "message_id": reads["message_id"]})
    await maya.reads("My therapist may read my exercises: yes. You can change it")
    assert "here: you, Dr Rivera." in await finishes_something(maya)
    answered = next(
        each for each in await maya.messages() if each["message_id"] == reads["message_id"]
    )
    assert answered["buttons"] == []
    assert "✓ Yes" in answered["text"]


def _read_an_older_frame(session: Session, house: House) -> None:
    maya = id_of(session, house, MAYA)
    now = house.clock() - timedelta(days=1)
    consents.record(session, maya, Event(Scope.THERAPIST_READS.value, True, 9, "these words", now))
    consents.record(session, maya, Event(Scope.FRAME.value, True, 0, "other words", now))


async def test_a_new_frame_is_asked_for_before_anything_counts(stage: Stage) -> None:
    """Every yes hangs on it: it is asked for in passing, once more when a switch would change
    nothing, and with one tap all that was agreed to counts again."""
    house = stage.house
    assert house is not None
    maya = stage.maya
    await house.database.run(partial(_read_an_older_frame, house=house))
    await maya.say("/menu")
    await maya.reads("How this works has new words")
    await maya.say("/settings")
    await maya.press("Who may see what")
    await maya.reads("My therapist may read my exercises: no")
    await maya.press("○ 1.")
    for _ in range(200):
        asked = sum("How this works has new words" in text for text in await maya.texts())
        if asked == 2:
            break
        await asyncio.sleep(0.1)
    assert asked == 2
    await maya.press("Understood")
    await maya.reads("What you agreed to is in /settings")
    assert "here: you, Dr Rivera." in await finishes_something(maya)
