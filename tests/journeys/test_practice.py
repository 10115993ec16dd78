"""Timed practice on a phone: a circle that breathes, bells, and an end at any second."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.store import tables
from tests.journeys.conftest import Stage
from tests.journeys.phone import Phone

SITTING = {
    "en": ("A few quiet minutes", "No", "1 minute", "keep your eyes open", "how tense", "away"),
    "es": ("Unos minutos", "No", "1 minuto", "dejar los ojos", "cuánta tensión", "no estaba"),
}


async def _open(phone: Phone, title: str) -> None:
    """As somebody who knows its name."""
    await phone.say("/start")
    await phone.button("")
    await phone.say(title)
    await phone.press(title)


def _kinds(messages: list[dict[str, Any]]) -> list[str]:
    return [each["kind"] for each in messages if each["from"] == "bot"]


def _phone(stage: Stage, language: str) -> Phone:
    return {"en": stage.maya, "es": stage.leo}[language]


@pytest.mark.parametrize("language", ["en", "es"])
async def test_a_minute_between_two_bells(stage: Stage, language: str) -> None:
    """A bell to begin, eyes-open words, a bell and a question to end; each a voice note."""
    title, no, length, eyes, tense, _ = SITTING[language]
    phone = _phone(stage, language)
    await _open(phone, title)
    await phone.press(no)
    await phone.press("6")
    await phone.press(length)
    await phone.reads(eyes)
    assert _kinds(await phone.messages())[-2:] == ["voice", "text"]
    await stage.pass_time(timedelta(seconds=63))
    await phone.reads(tense)
    bell, question = (await phone.messages())[-2:]
    assert (bell["kind"], bell["duration"], question["kind"]) == ("voice", 8, "text")


@pytest.mark.parametrize("language", ["en", "es"])
async def test_back_too_late_for_the_bell(stage: Stage, language: str) -> None:
    """The bot is away when the time is over: the practice ends, with a word instead of a bell."""
    title, no, length, eyes, tense, sorry = SITTING[language]
    phone = _phone(stage, language)
    await _open(phone, title)
    await phone.press(no)
    await phone.press("6")
    await phone.press(length)
    await phone.reads(eyes)
    await stage.drop_curtain()
    await stage.pass_time(timedelta(minutes=5))
    await stage.raise_curtain()
    said = await phone.reads(tense)
    assert sorry in said["text"]
    assert _kinds(await phone.messages()).count("voice") == 1


async def test_a_restart_in_the_middle(stage: Stage) -> None:
    """Back in time, the practice ends with its bell as if nothing had been."""
    maya = stage.maya
    await _open(maya, "A few quiet minutes")
    for label in ("No", "6", "1 minute"):
        await maya.press(label)
    await maya.reads("keep your eyes open")
    await stage.drop_curtain()
    await stage.pass_time(timedelta(seconds=70))
    await stage.raise_curtain()
    await maya.reads("how tense")
    assert _kinds(await maya.messages())[-2:] == ["voice", "text"]


@pytest.mark.parametrize("language", ["en", "es"])
async def test_breathing_with_the_circle(stage: Stage, language: str) -> None:
    """A moving picture with its words and one button; stopped, nothing more comes."""
    phone = _phone(stage, language)
    title, enough, rhythm, length, why = {
        "en": (
            "Paced breathing",
            "That’s enough",
            "Breathe in 4",
            "1 minute",
            "Stopping is always",
        ),
        "es": ("Respiración pausada", "Ya es suficiente", "Inhala 4", "1 minuto", "Parar siempre"),
    }[language]
    await _open(phone, title)
    for label in ("No", "6", length):
        await phone.press(label)
    shown = await phone.reads(rhythm)
    assert shown["kind"] == "animation"
    assert (shown["width"], shown["duration"]) == (360, 10)
    moving = await phone.reads("1/6")
    assert moving["message_id"] == shown["message_id"]
    await phone.press(enough)
    await phone.reads(why)
    many = len(await phone.messages())
    await stage.pass_time(timedelta(minutes=10))
    await phone.say("/privacy")
    await phone.reads("")
    assert "voice" not in _kinds((await phone.messages())[many:])
    closed = [each for each in await phone.messages() if each["kind"] == "animation"]
    assert [each["buttons"] for each in closed] == [[]]
    assert f"✓ {enough}" in closed[0]["caption"]


async def test_uploaded_once_for_both(stage: Stage) -> None:
    """Maya's bell and Leo's are one file; the row holds no person."""
    for language in ("en", "es"):
        phone = _phone(stage, language)
        title, no, length, eyes, *_ = SITTING[language]
        await _open(phone, title)
        await phone.press(no)
        await phone.press("6")
        await phone.press(length)
        await phone.reads(eyes)
    assert stage.house is not None
    rows = await stage.house.database.run(
        lambda session: session.connection().execute(select(tables.media_file)).all()
    )
    assert [(row.key, row.bot_id) for row in rows] == [("bell-start", 42)]
