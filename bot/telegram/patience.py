"""When to try again, and which troubles pass by themselves."""

import secrets
import traceback
from typing import Final

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.errors import BetweenError
from bot.store.vault import KeyGone

_AWAY: Final = (BetweenError, OperationalError, InterfaceError, PoolTimeout)

_draw: Final = secrets.SystemRandom()


def away(happened: object) -> bool:
    """Whether the database is away or not set up yet, so that no update or result is to blame.

    A destroyed key is no such trouble: it will not come back.
    """
    return isinstance(happened, _AWAY) and not isinstance(happened, KeyGone)


def chance() -> float:
    """Give a number from 0 to 1, to keep many from trying at the same moment."""
    return _draw.random()


def backoff(tries: int, *, first: float, most: float) -> float:
    """Double from `first` to `most` seconds, less up to a quarter by chance."""
    return min(most, first * 2.0 ** min(tries, 30)) * (1 - chance() / 4)


def where(exc: BaseException) -> str:
    """Say where something broke. Its message may quote someone's words, so it is not told."""
    frames = traceback.extract_tb(exc.__traceback__)
    place = f" at {frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    return f"{type(exc).__name__}{place}"
