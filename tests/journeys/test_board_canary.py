"""Nothing of one person reaches another, the group or the logs: only the line that was approved.

Marked strings go through every field of somebody. Then everything the others are sent is looked at
as it leaves for Telegram: words, buttons, the data behind them.
"""

import json
import logging
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import Session

from bot.messages.callback import short_id
from bot.store import members, people, tables
from bot.wiring import listen
from tests.cast import LEO, RIVERA
from tests.journeys.conftest import Stage
from tests.journeys.phone import Phone
from tests.journeys.test_alerts import at_ten_on_a_weekday
from tests.newcomers import confirm

pytestmark = pytest.mark.usefixtures("logging_as_before")

WREN = 1011
MARK = "qzmark"
APPROVED = "qzshown walking until it passes"


async def wren_comes(stage: Stage) -> Phone:
    """Somebody whose name, alias and number are marked, and who is through the first steps."""
    person = {
        "id": WREN,
        "first_name": f"{MARK}first",
        "last_name": f"{MARK}last",
        "username": f"{MARK}user",
        "language_code": "en",
    }
    async with stage.http.post("/api/people", json=person) as answer:
        assert answer.status < 300, await answer.text()
    phone = Phone(stage.http, WREN)
    await phone.say("/start")
    await phone.reads("Between")
    await confirm(stage, WREN)
    await phone.reads("automatic")
    await phone.press("Understood")
    await phone.reads("Which language")
    house = stage.house
    assert house is not None
    await house.database.run(partial(_known, vault=house.kit.vault))
    return phone


def _known(session: Session, vault: Any) -> None:
    person = people.find(session, vault, WREN)
    assert person is not None
    people.set_onboarding(session, person.id, None)
    members.set_alias(session, vault, person.id, f"{MARK}alias")


async def fills_everything(wren: Phone) -> None:
    """An exercise, a callback number, a kept answer, lines that are held and taken back."""
    await wren.say("/settings")
    await wren.press("Callback number")
    await wren.say(f"+34 600 111 222 {MARK}number")
    await wren.say("/menu")
    await wren.press("A thought that won’t go")
    await wren.press("Five-column")
    await wren.reads("Situation")
    await wren.say(f"{MARK}answer at home")
    await wren.reads("Feelings")
    await wren.say("/pause")
    await wren.say("/menu")
    await wren.press("What helped others")
    await wren.press("The question before group")
    await wren.press("Answer for myself")
    await wren.reads("Nobody else sees it")
    await wren.say(f"{MARK}kept for me")
    await wren.reads("only you see it")
    await adds(wren, f"{MARK}taken back", first=True)
    await wren.press("My lines")
    await wren.press("waits for your therapist")
    await wren.press("Take it back")
    await wren.reads("Nobody is shown it")
    await adds(wren, APPROVED)


async def adds(wren: Phone, text: str, *, first: bool = False) -> None:
    """A line for an evening alone."""
    await wren.say("/menu")
    await wren.press("What helped others")
    await wren.reads("Nothing stands here yet")
    await wren.press("Add what helped me")
    await wren.reads("When did it help you")
    await wren.press("Evening")
    if first:
        await wren.reads("Only lines you send there yourself")
        await wren.press("Yes")
    await wren.reads("What did you do")
    await wren.say(text)
    await wren.reads("Your therapist reads it first")


async def leo_looks_everywhere(leo: Phone) -> None:
    """Every page on which anything of others could stand."""
    await leo.say("/menu")
    await leo.press("Lo que ayuda en el grupo")
    await leo.press("De noche")
    await leo.reads("1 de 1")
    await leo.press("Esto me ayudó")
    await leo.is_told("Anotado")
    await leo.press("Lo que ayuda en el grupo")
    await leo.press("La pregunta antes del grupo")
    await leo.reads("Antes del grupo")
    await leo.press("Lo que ayuda en el grupo")
    await leo.press("Una cosa buena por semana")
    await leo.reads("no necesita explicación")
    await leo.press("Leer las del grupo")
    await leo.reads("Frases de gente de tu grupo")
    await leo.press("Mis frases")
    await leo.reads("Todavía no has escrito")
    await leo.say("/progress")
    await leo.reads("Todavía no hay nada")


async def test_only_the_approved_line_reaches_anybody(
    stage: Stage, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Leo gets the approved line and nothing else that is marked, not even an id; the therapist
    gets nothing marked before the PIN, and no alias with the line after it; the logs and what can
    be read in the database hold nothing."""
    listen(stage.settings.model_copy(update={"log_level": "DEBUG"}))
    caplog.set_level(logging.DEBUG)
    calls: list[tuple[int, str]] = []
    stage.playground.on_call(
        lambda method, params, _: calls.append(
            (int(params.get("chat_id") or 0), f"{method} {json.dumps(params, default=str)}")
        )
    )
    leo, rivera = stage.leo, stage.rivera
    await at_ten_on_a_weekday(stage)
    await leo.say("/start")
    await leo.reads("Between")
    await rivera.say("/start")
    await rivera.button("The group between sessions")
    wren = await wren_comes(stage)
    await fills_everything(wren)
    await rivera.reads("1 line waits for you")
    assert not [each for chat, each in calls if chat == RIVERA and marked(each)]
    await rivera.press("The group between sessions")
    await rivera.press("Read what waits (1)")
    for _ in range(2):
        await rivera.say("4711")
    await rivera.reads("on record")
    await rivera.press("Put it on the board")
    await rivera.reads("on the board now")
    read = [each for chat, each in calls if chat == RIVERA and marked(each)]
    assert read  # twice: once shown, once with the choice marked
    assert all(APPROVED in each and MARK not in each for each in read)
    await leo_looks_everywhere(leo)
    got = [each for chat, each in calls if chat == LEO and (marked(each) or names(stage, each))]
    assert got
    assert all(APPROVED in each and MARK not in each for each in got)
    assert not any(names(stage, each) for each in got)
    out, err = capfd.readouterr()
    for written in (out, err, caplog.text):
        assert MARK not in written
        assert "qzshown" not in written

    house = stage.house
    assert house is not None
    assert house.database.call(readable) == []


def readable(session: Session) -> list[str]:
    """The columns in which anything of Wren's can be read without a key."""
    return [
        f"{table.name}.{name}"
        for table in tables.metadata.sorted_tables
        for row in session.connection().execute(select(table)).mappings()
        for name, value in row.items()
        if marked(value.decode("latin-1") if isinstance(value, bytes) else str(value))
    ]


def marked(sent: str) -> bool:
    """Whether anything of Wren's is in it."""
    return MARK in sent or "qzshown" in sent


def names(stage: Stage, sent: str) -> bool:
    """Whether it says by an id whose it is."""
    house = stage.house
    assert house is not None

    def read(session: Session) -> tuple[str, ...]:
        person = people.find(session, house.kit.vault, WREN)
        assert person is not None
        return person.id.hex, str(person.id), short_id(person.id), str(WREN)

    return any(each in sent for each in house.database.call(read))
