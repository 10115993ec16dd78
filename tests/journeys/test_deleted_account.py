"""Somebody deletes their Telegram account: Telegram says so only when the bot writes to them."""

import asyncio
from datetime import timedelta

from bot.store import people
from tests.cast import MAYA, RIVERA
from tests.journeys.conftest import Stage
from tests.journeys.phone import PATIENCE
from tests.journeys.test_alerts import CARD_EN, CRISIS_EN, at_ten_on_a_weekday, comes_in, says_hello
from tests.journeys.test_alerts_when_things_break import is_mailed, with_mail


async def is_out_of_reach(stage: Stage, number: int) -> None:
    """Waits until the bot has heard it."""
    house = stage.house
    assert house is not None
    async with asyncio.timeout(PATIENCE):
        while True:
            found = await house.database.run(lambda s: people.find(s, house.kit.vault, number))
            assert found is not None
            if not found.reachable:
                return
            await asyncio.sleep(0.05)
            house.heartbeat.look()


async def test_the_alert_of_a_therapist_without_an_account_goes_to_the_next(stage: Stage) -> None:
    """The telling fails, and half a minute later the lead has it."""
    maya, rivera = stage.maya, stage.rivera
    async with with_mail(stage) as server:
        await at_ten_on_a_weekday(stage)
        await comes_in(rivera)
        await says_hello(maya)
        await rivera.leave_telegram()
        await maya.say(CRISIS_EN)
        await maya.reads(CARD_EN)
        await is_out_of_reach(stage, RIVERA)
        await stage.pass_time(timedelta(seconds=31))
        assert await is_mailed(server, stage) == "mora@clinic.test: 1 item needs you"


async def test_the_therapist_sees_that_messages_do_not_arrive(stage: Stage) -> None:
    """What was planned is kept back, all of Maya’s stays, and Dr Rivera does not take
    it for silence."""
    maya, rivera = stage.maya, stage.rivera
    await at_ten_on_a_weekday(stage)
    await comes_in(rivera)
    await says_hello(maya)
    await maya.say("🛟 Help me now")
    await maya.reads("Nobody watches this chat")
    await rivera.say("/menu")
    await rivera.press("My groups")
    await rivera.press("Heron")
    before = await rivera.reads("Heron, in Thursday-B")
    assert "do not reach them" not in before["text"]
    await maya.leave_telegram()
    await stage.pass_time(timedelta(hours=25))
    await is_out_of_reach(stage, MAYA)
    await rivera.say("/menu")
    await rivera.press("My groups")
    await rivera.press("Heron")
    await rivera.reads("Messages do not reach them: they have blocked the bot, or deleted")
