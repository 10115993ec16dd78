"""When something was, as staff read it: the day and the time on a group's clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from bot.usecases.scene import Scene


def time_of_day(scene: Scene, at: datetime, zone: str) -> str:
    """Such as "Thu 14:05"."""
    return str(
        format_datetime(at, "EEE HH:mm", tzinfo=ZoneInfo(zone), locale=scene.language)
    ).replace(",", "")


def day(scene: Scene, at: datetime, zone: str) -> str:
    """Such as "3 March 2026"."""
    return str(format_date(at.astimezone(ZoneInfo(zone)), "long", locale=scene.language))
