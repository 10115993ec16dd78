"""The people of the tests: Maya and Leo are in Dr Rivera's group and know the bot already."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlmodel import Session

from bot.config import Settings
from bot.store import groups
from bot.store.database import open_engine
from bot.store.worker import Database
from bot.usecases import set_up
from bot.usecases.kit import Kit
from bot.usecases.set_up import Known
from bot.wiring import Clock, make_kit

MAYA, LEO, RIVERA = 1001, 1002, 1003
ZONE = "Europe/Madrid"
TUESDAY = 1
CAST = (Known(MAYA, "en", ZONE, "Heron"), Known(LEO, "es", ZONE, "Colibrí"))


def members(numbers: Iterable[int], language: str = "en") -> list[Known]:
    """Nameless people who are in the group too."""
    return [Known(number, language, ZONE, f"Member {number}") for number in numbers]


def until_ten(now: datetime) -> float:
    """Seconds until the next Tuesday's ten o'clock of the group: its office is open, nobody's
    quiet hours are on, and weekdays follow. No story may depend on when it is told: between two
    moments of one zone Python would count what the clocks on the wall show, and not the hour that
    comes or goes when they are changed."""
    local = now.astimezone(ZoneInfo(ZONE))
    ten = local.replace(hour=10, minute=0, second=0, microsecond=0)
    while ten <= local or ten.weekday() != TUESDAY:
        ten += timedelta(days=1)
    return (ten.astimezone(UTC) - now).total_seconds()


def tuesday_at_ten() -> datetime:
    """The next one, UTC."""
    now = Clock()()
    return now + timedelta(seconds=until_ten(now))


def take_part(
    settings: Settings,
    people: Iterable[Known] = CAST,
    engine: Engine | None = None,
    now: datetime | None = None,
) -> None:
    """Gives the programme one group of these people, and Dr Rivera, who looks after it."""
    now = now or Clock()()
    kit = make_kit(settings, now.date())
    database = Database(engine or open_engine(settings.url))
    database.call(partial(_take_part, kit=kit, people=tuple(people), now=now))
    database.engine.dispose()


def enrol(settings: Settings, people: Iterable[Known], at: datetime) -> None:
    """More of them come into the group, which is there already; they came at this moment (UTC)."""
    kit = make_kit(settings, at.date())
    database = Database(open_engine(settings.url))
    for known in people:
        database.call(partial(_enrol, kit=kit, known=known, at=at))
    database.engine.dispose()


def _enrol(session: Session, kit: Kit, known: Known, at: datetime) -> None:
    set_up.enrol(session, kit, groups.groups(session)[0].id, known, at)


def _take_part(session: Session, kit: Kit, people: tuple[Known, ...], now: datetime) -> None:
    group = set_up.demo_group(session, ZONE, now)
    for known in people:
        set_up.enrol(session, kit, group.id, known, now)
    set_up.employ(session, kit, group.id, "Dr Rivera", Known(RIVERA, "en", ZONE, ""), now)
