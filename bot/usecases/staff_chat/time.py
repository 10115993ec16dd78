"""When something was, as staff read it: the day and the time on a group's clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from bot.messages.several import date_said
from bot.usecases.scene import Scene


def time_of_day(scene: Scene, at: datetime, zone: str) -> str:
    """Such as "Thu 14:05"."""
    return str(
        format_datetime(at, "EEE HH:mm", tzinfo=ZoneInfo(zone), locale=scene.language)
    ).replace(",", "")


def day(scene: Scene, at: datetime, zone: str) -> str:
    """Such as "3 March 2026"."""
    return date_said(scene.kit.words, scene.language, at.astimezone(ZoneInfo(zone)).date())
