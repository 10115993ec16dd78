"""Words of danger while Telegram or the therapist's phone fails: help first, and a human knows."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlmodel import Session

from bot.store import alerts, mail, outbox, staff, tables
from bot.store.staff import Role
from bot.usecases import desk
from bot.usecases.kit import Kit
from bot.wiring import Clock
from tests.journeys.conftest import Stage
from tests.journeys.test_alerts import (
    CARD_EN,
    CRISIS_EN,
    at_ten_on_a_weekday,
    comes_in,
    says_hello,
)
from tests.mail.server import MailServer, mail_server, words


@asynccontextmanager
async def with_mail(stage: Stage) -> AsyncIterator[MailServer]:
    """The bot with a mail server; the lead, Dr Mora, has an address and never came to the chat."""
    async with mail_server() as server:
        await stage.drop_curtain()
        mail = {"smtp_host": "127.0.0.1", "smtp_port": server.port, "smtp_starttls": False}
        stage.settings = stage.settings.model_copy(
            update=mail | {"smtp_from": "between@clinic.test"}
        )
        await stage.raise_curtain()
        assert stage.house is not None
        stage.house.database.call(partial(_lead, kit=stage.house.kit))
        yield server


def _lead(session: Session, kit: Kit) -> None:
    now = Clock()()
    staff.add_staff(session, kit.vault, "Dr Mora", Role.LEAD, now, email="mora@clinic.test")


async def is_raised(stage: Stage) -> None:
    """Waits until the alert is kept."""
    assert stage.house is not None
    async with asyncio.timeout(20):
        while not await stage.house.database.run(alerts.all_open):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def is_mailed(server: MailServer, stage: Stage) -> str:
    """Waits for an e-mail; whom it is for and what it says, as one line."""
    async with asyncio.timeout(30):
        while not server.took:
            await asyncio.sleep(0.05)
            if stage.house is not None:
                stage.house.heartbeat.look()
    took = server.took[0]
    return f"{took['To']}: {took['Subject']}"


async def test_a_therapist_who_blocked_the_bot_is_passed_over(stage: Stage) -> None:
    """The next one is told at once, by the way that works, and Maya hears who."""
    maya, rivera = stage.maya, stage.rivera
    async with with_mail(stage) as server:
        await comes_in(rivera)
        await at_ten_on_a_weekday(stage)
        await says_hello(maya)
        await rivera.block()
        await maya.say(CRISIS_EN)
        await maya.reads(CARD_EN)
        assert await is_mailed(server, stage) == "mora@clinic.test: 1 new item needs you"
        assert words(server.took[0]) == "1 new item needs you. Please open Between in Telegram."


@pytest.mark.parametrize("kind", ["500_before", "hang_after"])
async def test_while_telegram_fails_help_still_comes_first(stage: Stage, kind: str) -> None:
    """Telegram answers 500 or hangs: the card arrives, the next question waits for it, and when
    the telling does not get through, the next level is told by e-mail."""
    maya, rivera = stage.maya, stage.rivera
    async with with_mail(stage) as server:
        await comes_in(rivera)
        await at_ten_on_a_weekday(stage)
        await maya.say("/start")
        await maya.press("Five senses")
        await maya.press("8")
        await maya.reads("· 2/")
        await stage.fault(method="sendMessage", kind=kind, times=2, seconds=1)
        await maya.say(CRISIS_EN)
        await is_raised(stage)
        await stage.pass_time(timedelta(minutes=16))
        assert await is_mailed(server, stage) == "mora@clinic.test: 1 item needs you"
        await maya.reads(CARD_EN)
        await maya.press("Keep going")
        await maya.reads("· 3/")


async def test_an_email_that_waits_is_called_off_once_somebody_has_it(stage: Stage) -> None:
    """The mail server is away, and Dr Rivera takes the alert meanwhile: when it is back, Dr Mora is
    not called for something that is done."""
    maya, rivera = stage.maya, stage.rivera
    async with with_mail(stage) as server:
        await comes_in(rivera)
        await at_ten_on_a_weekday(stage)
        await says_hello(maya)
        await maya.say(CRISIS_EN)
        await rivera.reads("1 new item needs you now")
        server.moods = ["later"]
        await stage.pass_time(timedelta(minutes=16))
        await the_mail_is(stage, "pending", tried=1)
        await rivera.press("I take it")
        await rivera.reads("It is yours now")
        await the_mail_is(stage, "cancelled", tried=1)
        await stage.pass_time(timedelta(minutes=10))
        assert server.took == []


async def the_mail_is(stage: Stage, status: str, tried: int) -> None:
    """Waits until the one e-mail that was queued stands so."""
    house = stage.house
    assert house is not None
    query = select(tables.mail.c.status, tables.mail.c.attempts).where(
        tables.mail.c.key.contains(".up.")
    )

    async def stands() -> bool:
        return await house.database.run(lambda s: s.connection().execute(query).all()) == [
            (status, tried)
        ]

    async with asyncio.timeout(20):
        while not await stands():  # noqa: ASYNC110 # a database has no event to wait for
            await asyncio.sleep(0.05)


async def test_with_nobody_in_reach_maya_is_told_so(stage: Stage) -> None:
    """No e-mail, and the only therapist blocked the bot: the card says that nobody was told."""
    maya, rivera = stage.maya, stage.rivera
    await at_ten_on_a_weekday(stage)
    await comes_in(rivera)
    await says_hello(maya)
    await rivera.block()
    await maya.say("/menu")  # the block has reached the bot by then
    await maya.reads("What would help")
    await maya.say(CRISIS_EN)
    card = await maya.reads(CARD_EN)
    assert "nobody has been told" in card["text"]
    assert "sent a note" not in card["text"]


async def test_the_daily_probe_finds_a_blocked_chat(stage: Stage) -> None:
    """It shows nothing on the phone; when it fails, the lead is told by e-mail."""
    rivera = stage.rivera
    async with with_mail(stage) as server:
        await comes_in(rivera)
        await at_ten_on_a_weekday(stage)
        before = len(await rivera.messages())
        assert await todays_probe(stage) == "sent"
        assert "sendChatAction" in stage.called
        assert "NOOP" in server.said
        assert len(await rivera.messages()) == before
        await rivera.block()
        await stage.pass_time(timedelta(hours=24))
        assert await todays_probe(stage) == "cancelled"
        await stage.pass_time(timedelta(minutes=11))
        assert await is_mailed(server, stage) == "mora@clinic.test: A daily test failed"


async def todays_probe(stage: Stage) -> str:
    """Waits for the end of today's probes; what the one of Dr Rivera's chat came to."""
    house = stage.house
    assert house is not None

    def ended(session: Session) -> str | None:
        (rivera,), day = staff.in_chat(session), house.clock().date()
        chat = outbox.status(session, desk.chat_probe_key(rivera, day))
        asked = mail.status(session, desk.mail_probe_key(day))
        if chat is None or asked is None or "pending" in (chat[0], asked[0]):
            return None
        return None if "sending" in (chat[0], asked[0]) else chat[0]

    async with asyncio.timeout(30):
        while True:
            fate = await house.database.run(ended)
            if fate is not None:
                return fate
            await asyncio.sleep(0.05)
            house.heartbeat.look()
