"""What need not be kept is not kept."""

import asyncio
from datetime import timedelta

from sqlalchemy import func, select
from sqlmodel import Session

from bot.store import tables
from tests.journeys.conftest import Stage
from tests.journeys.phone import PATIENCE


def _kept(session: Session) -> tuple[int, int]:
    """How many messages still have their words, and how many updates are remembered."""
    kept = tables.outbox.c.sealed_body.is_not(None)
    words = select(func.count()).where(kept, tables.outbox.c.key.not_like("probe.%"))
    seen = select(func.count()).select_from(tables.seen_update)
    connection = session.connection()
    return connection.execute(words).scalar_one(), connection.execute(seen).scalar_one()


async def test_words_of_sent_messages_and_seen_updates_are_forgotten(stage: Stage) -> None:
    """Once sent, the outbox holds no words, after three days no update ids; the answers stay."""
    maya = stage.maya
    await maya.say("/start")
    await maya.press("Five senses")
    await maya.press("8")
    await maya.reads("· 2/")
    assert stage.house is not None
    async with asyncio.timeout(PATIENCE):
        while (kept := await stage.house.database.run(_kept))[0]:
            await stage.pass_time(timedelta(seconds=1))
    assert kept[1] > 0
    await stage.pass_time(timedelta(hours=73))
    while await stage.house.database.run(_kept) != (0, 0):
        await stage.pass_time(timedelta(seconds=1))
    await maya.say("/start")
    await maya.reads("You stopped at")
