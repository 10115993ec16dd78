"""Words of danger: help comes first, the exercise goes on, and a human knows by two ways."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session

from bot.store import alerts, audit, dues, people, tables
from tests.cast import LEO, ZONE
from tests.journeys.conftest import Stage
from tests.journeys.phone import PATIENCE, Phone

CRISIS_ES = "Esta noche me voy a matar, ya tengo todo preparado"
CRISIS_EN = "I am going to kill myself tonight"
CARD_EN = "I’m really glad you told me"


async def at_ten_on_a_weekday(stage: Stage) -> None:
    """Moves the clock to the next Tuesday, ten o'clock, when the office is open."""
    assert stage.house is not None
    local = stage.house.clock().astimezone(ZoneInfo(ZONE))
    days = (1 - local.weekday()) % 7 or 7
    then = datetime(local.year, local.month, local.day, 10, tzinfo=local.tzinfo)
    then += timedelta(days=days)
    await stage.pass_time(then.astimezone(UTC) - local.astimezone(UTC))
    # What fell due on the way fails with whoever is not in the chat; not while they are coming in.
    async with asyncio.timeout(PATIENCE):
        while await stage.house.database.run(partial(_busy, now=stage.house.clock())):  # noqa: ASYNC110  a database
            await asyncio.sleep(0.02)


def _busy(session: Session, *, now: datetime) -> bool:
    """Whether anything is to ring or to go out by now."""
    row = tables.outbox.c
    asked = select(row.id).where(row.status.in_(("pending", "sending")), row.not_before <= now)
    return bool(dues.ripe(session, now)) or session.connection().execute(asked).first() is not None


async def comes_in(rivera: Phone) -> None:
    """Dr Rivera has written to the bot before, so that it may write back."""
    await rivera.say("/start")
    await rivera.say("/alerts")
    await rivera.reads("Nothing waits for you here")


async def says_hello(maya: Phone) -> None:
    """Maya has pressed Start."""
    await maya.say("/start")
    await maya.reads("A few minutes are enough")


async def opens(rivera: Phone, pin: str = "4711") -> dict[str, Any]:
    """Opens the item, with a PIN chosen for the first time."""
    await rivera.press("Open")
    await rivera.reads("choose one of 4 to 8 digits")
    typed = await rivera.say(pin)
    await rivera.reads("once more")
    await rivera.say(pin)
    shown = await rivera.reads("That you opened this is on record")
    await rivera.loses(typed)
    return shown


async def test_from_a_sentence_in_a_thought_record_to_a_closed_note(stage: Stage) -> None:
    """The card is the last thing Leo sees, the next question waits; Dr Rivera is told without
    content, takes it, opens it behind a PIN and closes it with a note; Leo hears that it was
    seen, and goes on."""
    leo, rivera = stage.leo, stage.rivera
    await at_ten_on_a_weekday(stage)
    await comes_in(rivera)
    await leo.say("/start")
    await leo.press("Menú")
    await leo.press("Un pensamiento que no se va")
    await leo.press("Registro de cinco")
    await leo.reads("Situación")
    await leo.say(CRISIS_ES)
    card = await leo.reads("Gracias por decírmelo")
    assert "Avisé a Dr Rivera" in card["text"]
    assert "La consulta está abierta hasta las 17:00" in card["text"]
    labels = [button["text"] for row in card["buttons"] for button in row]
    assert labels == [
        "Elegir mi país",
        "Estoy en peligro ahora",
        "Por ahora estoy a salvo",
        "Abrir mi plan de seguridad",
        "Que me llame mi equipo",
        "Seguir",
        "No quise decir eso",
    ]
    told = await rivera.reads("1 new item needs you now")
    assert told["text"] == "1 new item needs you now."
    await rivera.press("I take it")
    await rivera.reads("It is yours now")
    await leo.reads("Dr Rivera ya vio mi aviso")
    assert not any("Emociones" in text for text in await leo.texts())
    shown = await opens(rivera)
    assert CRISIS_ES in shown["text"]
    assert "Colibrí" in shown["text"]
    assert "They left no callback number" in shown["text"]
    await rivera.press("Close")
    await rivera.reads("Please write a short note")
    await rivera.say("Called, is with a sister, plan made")
    await rivera.reads("Your note is kept with it")
    await rivera.say("/alerts")
    await rivera.reads("Nothing waits for you here")
    await leo.press("Seguir")
    await leo.reads("Emociones")
    assert on_record(stage, LEO) == ["alert.closed", "alert.viewed", "alert.taken", "alert.raised"]


async def test_words_below_the_card_are_no_answer_and_keep_it_in_sight(stage: Stage) -> None:
    """“Is there a person near you?” is answered in words: they are not taken for the next answer,
    and no menu pushes the way to help out of sight. Typed, “seguir” goes on; what was answered
    stays."""
    leo = stage.leo
    await leo.say("/start")
    await leo.press("Menú")
    await leo.press("Un pensamiento que no se va")
    await leo.press("Registro de cinco")
    await leo.reads("Situación")
    await leo.say(CRISIS_ES)
    await leo.reads("¿Hay alguien cerca de ti?")
    await leo.say("mi vecina está en casa")
    below = await leo.reads("no sé responder con palabras propias")
    labels = [button["text"] for row in below["buttons"] for button in row]
    assert labels == ["Estoy en peligro ahora", "Por ahora estoy a salvo", "Seguir", "Menú"]
    await leo.say("ya no quiero vivir")
    again = await leo.reads("Eso también lo leí")
    labels = [button["text"] for row in again["buttons"] for button in row]
    assert labels == ["Estoy en peligro ahora", "Seguir", "No quise decir eso"]
    await leo.say("seguir")
    await leo.reads("Emociones")
    await leo.press("miedo")
    await leo.say("🛟 Ayuda ahora")
    await leo.press("Seguir")
    await leo.reads("Emociones")
    await stage.pass_time(timedelta(hours=1))
    await leo.say("/pause")
    await leo.say("mi vecina está en casa")
    assert "Quizá algo de esto te sirva" in (await leo.reads("palabras propias"))["text"]


def on_record(stage: Stage, telegram_id: int) -> list[str]:
    """What the audit trail says of somebody, newest first."""
    house = stage.house
    assert house is not None

    def read(session: Any) -> list[str]:
        person = people.find(session, house.kit.vault, telegram_id)
        assert person is not None
        assert audit.verify(session) is None
        return [each.action for each in audit.of_subject(session, person.id)]

    return house.database.call(read)


async def test_a_silent_therapist_is_not_the_end(stage: Stage) -> None:
    """After the minutes of the programme the alert goes up, and Maya is told the truth."""
    maya, rivera = stage.maya, stage.rivera
    await at_ten_on_a_weekday(stage)
    await comes_in(rivera)
    await says_hello(maya)
    await maya.say(CRISIS_EN)
    await maya.reads("I’ve sent a note to Dr Rivera")
    await rivera.reads("1 new item needs you now")
    await stage.pass_time(timedelta(minutes=16))
    silent = await maya.reads("I haven’t had a reply from your team yet")
    assert "024" in silent["text"]
    await rivera.reads("Nobody has taken it yet")
    await rivera.press("I take it")
    await maya.reads("Dr Rivera has seen the note I sent")


async def test_one_alert_for_much_that_is_said(stage: Stage) -> None:
    """Within half an hour the card is one line; all of it, edits too, is in one alert; "not what I
    meant" is thanked for and kept."""
    maya, rivera = stage.maya, stage.rivera
    await at_ten_on_a_weekday(stage)
    await comes_in(rivera)
    await says_hello(maya)
    await maya.say("I want to")
    await maya.reads("What would help right now?")
    last = await maya.say("die")
    await maya.reads(CARD_EN)
    await maya.say("I can’t go on, I want to die")
    short = await maya.reads("I read that too")
    assert CARD_EN not in short["text"]
    await maya.say("I will end my life tonight", edit=last)
    await maya.reads("I read that too", below=short["message_id"])
    await maya.press("That’s not what I meant")
    await maya.reads("Thank you for telling me; I may have misread that")
    await stage.pass_time(timedelta(minutes=5))
    shown = await opens(rivera)
    for words in ("I want to\ndie", "I want to die", "end my life tonight"):
        assert words in shown["text"]
    assert "says it was not meant that way" in shown["text"]
    texts = await rivera.texts()
    assert sum("1 new item needs you" in text for text in texts) == 1
    await stage.pass_time(timedelta(hours=1))
    await maya.say(CRISIS_EN)
    await maya.reads(CARD_EN)


async def test_an_edit_into_danger_gets_the_card_alone(stage: Stage) -> None:
    """Nobody who has just said it reads that their change was not taken over; the alert has it."""
    maya, rivera = stage.maya, stage.rivera
    await at_ten_on_a_weekday(stage)
    await comes_in(rivera)
    await maya.say("/start")
    await maya.press("Menu")
    await maya.press("A thought that won’t go")
    await maya.press("Five-column")
    await maya.reads("Situation")
    told = await maya.say("My boss shouted at me")
    await maya.reads("Feelings")
    await maya.say(CRISIS_EN, edit=told)
    await maya.reads(CARD_EN)
    await maya.press("Keep going")
    await maya.reads("Feelings")
    assert "That question is closed" not in " ".join(await maya.texts())
    assert CRISIS_EN in (await opens(rivera))["text"]


async def test_a_stranger_gets_help_and_leaves_nothing(stage: Stage) -> None:
    """Somebody without an invitation is helped the same; no alert and no word of it is kept."""
    house = stage.house
    assert house is not None
    async with stage.http.post("/api/people", json={"first_name": "Zoe"}) as added:
        zoe = Phone(stage.http, (await added.json())["id"])
    await zoe.say("/start")
    await zoe.reads("you need an invitation")
    await zoe.say(CRISIS_EN)
    card = await zoe.reads(CARD_EN)
    assert "note" not in card["text"]
    assert not card.get("buttons")
    assert house.database.call(alerts.all_open) == []
