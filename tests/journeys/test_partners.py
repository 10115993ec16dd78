"""Maya and Leo over real HTTP: approved, a promise each, a phrase; and what never crosses over."""

import asyncio
import json
import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from bot.store import groups, members, people
from bot.wiring import listen
from tests.cast import LEO, MAYA
from tests.journeys.conftest import Stage
from tests.journeys.phone import Phone

pytestmark = pytest.mark.usefixtures("logging_as_before")

CANARIES = (
    *("canary-answer", "canary-promise", "canary-note", "canary-heavy"),
    *("canary-command", "canary-place", "5550199", "Maya"),
)
"""Marked words of Maya's in every field there is, and her own first name."""


async def _open_the_programme(stage: Stage) -> None:
    """Pairs and notes are switched on, and no hour of this test is quiet for anybody."""
    house = stage.house
    assert house is not None

    def work(session: Session) -> None:
        programme = groups.programme(session)
        assert programme is not None
        changed = replace(programme, partner_pairs=True, partner_notes=True)
        groups.set_programme(session, changed, house.clock())
        for number in (MAYA, LEO):
            person = people.find(session, house.kit.vault, number)
            assert person is not None
            members.set_quiet(session, person.id, None)

    await house.database.run(work)


async def _like_music(phone: Phone, *labels: str) -> None:
    await phone.say("/partner")
    for label in labels:
        await phone.press(label)


async def _pair_up(stage: Stage) -> None:
    """Both say what they like, Dr Rivera approves, both accept."""
    await _open_the_programme(stage)
    maya, leo, rivera = stage.maya, stage.leo, stage.rivera
    for phone in (maya, leo, rivera):
        await phone.say("/start")
        await phone.reads("")
    await _like_music(maya, "What should fit", "What I like", "Music")
    await maya.reads("What do you like?")
    await _like_music(leo, "Qué debería encajar", "Qué me gusta", "Música")
    await leo.reads("¿Qué te gusta?")
    await rivera.say("/menu")
    await rivera.press("Pairs")
    proposal = await rivera.reads("Two who may fit")
    assert "interests in common: 1" in proposal["text"]
    assert "usic" not in proposal["text"]
    await rivera.press("Approve")
    await rivera.reads("are asked now")
    await maya.press("Yes, I’d like that")
    await maya.press("Whether I was here: yes")
    await maya.reads("If it comes about")
    await leo.press("Sí, me gustaría")
    await leo.press("Si pasé por aquí")
    await leo.reads("ya son pareja de apoyo")
    await maya.button("Type my own")


async def test_from_the_proposal_to_a_phrase(stage: Stage) -> None:
    """Approved, both accept, a promise is asked back on its day, Leo sends a phrase."""
    maya, leo = stage.maya, stage.leo
    await _pair_up(stage)
    await maya.press("Ten minutes outside")
    await maya.reads("By which day?")
    await stage.pass_time(timedelta(days=4))
    await maya.button("Another day")
    await maya.press("Done")
    await maya.reads("It counts")
    await leo.say("/partner")
    await leo.press("Enviar una frase")
    await leo.press("Hoy me acuerdo de ti")
    await leo.is_told("Se lo paso en cuanto le venga bien a Heron")
    await maya.reads("Thinking of you today")
    texts = [each for each in await maya.texts() if "Thinking of you today" in each]
    assert len(texts) == 1
    assert texts[0].startswith("Colibrí: ")


async def test_who_renames_to_the_therapist_stays_who_they_are(stage: Stage) -> None:
    """Leo calls himself Dr Rivera in Telegram: his phrase comes from his alias as ever, and no
    command of a therapist's works for him."""
    maya, leo = stage.maya, stage.leo
    await _pair_up(stage)
    before = await leo.commands()
    await leo.rename("Dr Rivera")
    await leo.say("/invite")
    await leo.reads("")
    assert not any("t.me/" in text for text in await leo.texts())
    await leo.say("/partner")
    await leo.press("Enviar una frase")
    await leo.press("Hoy me acuerdo de ti")
    phrase = await maya.reads("Thinking of you today")
    assert phrase["text"].startswith("Colibrí: ")
    assert not any("Rivera: " in text for text in await maya.texts())
    assert await leo.commands() == before


async def test_thirty_taps_from_two_devices_at_once(stage: Stage) -> None:
    """Thirty taps on two buttons, together: each phrase arrives once, and both phones answer."""
    maya, leo = stage.maya, stage.leo
    await _pair_up(stage)
    await maya.say("/partner")
    await maya.press("Send a phrase")
    two = [await maya.button("Small steps"), await maya.button("Thinking of you today")]
    await asyncio.gather(*(maya.tap(each, force=True) for each in two * 15))
    await maya.say("/help")
    await maya.reads("automatic")
    await leo.say("/help")
    await leo.reads("automático")
    sent = [each for each in await leo.texts() if each.startswith("Heron: ")]
    assert len(sent) == 2 == len(set(sent))


async def test_nothing_of_maya_reaches_anybody_else(
    stage: Stage, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Marked words go through every field of hers; no byte to Leo, to the staff or to a log has
    any of them. (What she wrote to her own chat does.)"""
    calls: list[tuple[str, Any]] = []
    stage.playground.on_call(lambda method, params, _: calls.append((method, dict(params))))
    listen(stage.settings.model_copy(update={"log_level": "DEBUG"}))
    caplog.set_level(logging.DEBUG)
    maya, leo, rivera = stage.maya, stage.leo, stage.rivera
    await _pair_up(stage)
    await maya.press("Type my own")
    await maya.say("canary-promise call my sister")
    await maya.press("Done")
    await maya.reads("It counts")
    await maya.say("/settings")
    await maya.press("Callback number")
    await maya.say("+34 600 5550199")
    await maya.say("/menu")
    await maya.press("A thought that won’t go")
    await maya.press("Five-column")
    await maya.reads("Situation")
    await maya.say("canary-answer at home")
    await maya.reads("Feelings")
    await maya.say("/timezone canary-place")
    await maya.say("/canary-command")
    await maya.send("voice")
    await maya.say("/partner")
    await maya.press("Write a short note")
    await maya.say("canary-note write me at @maya")
    await maya.reads("words only")
    await maya.say("canary-heavy I want to kill myself")
    await maya.reads("I have not passed your words on")
    await leo.reads("más de lo que le toca cargar")
    await maya.say("/partner")
    await maya.press("Send a phrase")
    await maya.press("See you at the group")
    await leo.reads("Nos vemos en el grupo")
    await leo.say("/partner")
    await leo.reads("Tu pareja de apoyo: Heron")
    await rivera.say("/menu")
    await rivera.press("Pairs")
    await rivera.reads("Heron")
    await stage.pass_time(timedelta(days=8))
    await leo.reads("")
    others = [
        json.dumps(params, ensure_ascii=False, default=str)
        for method, params in calls
        if str(params.get("chat_id", "")) != str(MAYA) and method != "getUpdates"
    ]
    out, err = capfd.readouterr()
    seen = "\n".join(
        [
            *others,
            json.dumps(await leo.messages(), ensure_ascii=False),
            json.dumps(await rivera.messages(), ensure_ascii=False),
            *(out, err, caplog.text),
        ]
    )
    assert "Heron" in seen
    assert str(MAYA) not in json.dumps(await leo.messages())
    assert [each for each in CANARIES if each in seen] == []
