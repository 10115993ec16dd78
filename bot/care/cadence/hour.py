"""A time of day as people write it, HH:MM."""

import re
from datetime import time
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

_WRITTEN = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_SPOKEN = re.compile(r"([0-9]{1,2})(?:[:.,h ]?([0-9]{2}))? ?([ap])?\.?(?:m\.?)?")


def read_hour(text: str) -> time | None:
    """The time of day written as 09:30 or 9:30; None when there is no such time."""
    found = _WRITTEN.fullmatch(text.strip())
    return None if found is None else _time(int(found[1]), int(found[2]))


def guess_hour(wrong: str) -> str | None:
    """What was probably meant: 9.30, 930, 9 pm and 24:00 have a time near them."""
    found = _SPOKEN.fullmatch(wrong.strip().casefold())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3] is not None and 1 <= hour <= 12:
        hour = hour % 12 + (12 if found[3] == "p" else 0)
    meant = _time(0 if hour == 24 else hour, minute)
    return None if meant is None else f"{meant:%H:%M}"


def _time(hour: int, minute: int) -> time | None:
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _checked(value: object) -> object:
    read = read_hour(value) if isinstance(value, str) else value
    if not isinstance(read, time) or read != time(read.hour, read.minute):
        raise ValueError("a time of day is written HH:MM, from 00:00 to 23:59")
    return read


Hour = Annotated[
    time, BeforeValidator(_checked), PlainSerializer(lambda hour: f"{hour:%H:%M}", when_used="json")
]
"""A local time of day in whole minutes; "HH:MM" in JSON."""
