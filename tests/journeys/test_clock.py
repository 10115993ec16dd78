"""The whole house and its clock: check-ins on the phones, at each one's hour, over a restart."""

from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.store import outages, people
from bot.usecases import timetable
from bot.usecases.timetable.listing import listing
from bot.wiring import House
from tests.cast import LEO, MAYA
from tests.journeys.conftest import Stage

MADRID, NEW_YORK = "Europe/Madrid", "America/New_York"

CHECKINS = ("08:00", "20:00")
"""When Maya and Leo are asked, by themselves, in these tests."""


async def _live_in_new_york(stage: Stage) -> None:
    house = stage.house
    assert house is not None
    await stage.maya.say("/start")
    await stage.maya.reads("A few minutes are enough")
    await stage.maya.say("/timezone New York")
    await stage.maya.reads("New York")


async def _leo_starts(stage: Stage) -> None:
    await stage.leo.say("/start")
    await stage.leo.reads("Con unos minutos basta")


async def _until(stage: Stage, hour: int, zone: str, minute: int = 15) -> None:
    """Moves everything to that time of day there, tomorrow at the earliest."""
    now = datetime.now(UTC) + stage.playground.offset  # noqa: TID251 # what the laptop shows
    local = now.astimezone(ZoneInfo(zone))
    there = local.replace(hour=hour, minute=minute, second=0) + timedelta(days=1)
    await stage.pass_time(there.astimezone(UTC) - now)


def _outcomes(session: Session, house: House, who: int) -> list[str]:
    person = people.find(session, house.kit.vault, who)
    assert person is not None
    known = timetable.Known(session, house.kit, person, house.clock())
    return [line.outcome for line in listing(known, 3) if line.stored.purpose == "checkin"]


async def test_tomorrow_morning_on_both_phones(stage: Stage) -> None:
    """Leo's comes at eight in Madrid in Spanish; Maya, in New York, is asked six hours later."""
    await _live_in_new_york(stage)
    await _leo_starts(stage)
    await _until(stage, 8, MADRID)
    await stage.leo.reads("Este mensaje sale solo")
    assert not [text for text in await stage.maya.texts() if "sent automatically" in text]
    await stage.pass_time(timedelta(hours=6))
    await stage.maya.reads("A message sent automatically, at the time you chose")
    await stage.maya.press("7")
    assert stage.house is not None
    run = stage.house.database.run
    assert "sent" in await run(partial(_outcomes, house=stage.house, who=LEO))
    assert await run(lambda session: outages.since(session, datetime(2026, 1, 1, tzinfo=UTC))) == ()
    assert stage.house.heartbeat.last_beat is not None
    assert "sent" in await run(partial(_outcomes, house=stage.house, who=MAYA))


async def test_later_and_not_today_on_the_phone(stage: Stage) -> None:
    """In an hour it comes back; not today ends the day."""
    await _leo_starts(stage)
    await _until(stage, 8, MADRID)
    await stage.leo.reads("Este mensaje sale solo")
    await stage.leo.press("En 1 h")
    told = await stage.leo.reads("Vuelvo a las")
    await stage.pass_time(timedelta(minutes=61))
    await stage.leo.reads("Este mensaje sale solo", below=told["message_id"])
    await stage.leo.press("Hoy no")
    await stage.leo.reads("De acuerdo, hoy no")


async def test_the_bot_was_away_for_five_hours(stage: Stage) -> None:
    """It comes back within the window: one message, and the absence is known."""
    await _leo_starts(stage)
    await _until(stage, 6, MADRID)
    await stage.drop_curtain()
    await stage.pass_time(timedelta(hours=3))
    await stage.raise_curtain()
    await stage.leo.reads("Este mensaje sale solo")
    assert stage.house is not None
    (away,) = await stage.house.database.run(
        lambda session: outages.since(session, datetime(2026, 1, 1, tzinfo=UTC))
    )
    assert away.end - away.start > timedelta(hours=2)
