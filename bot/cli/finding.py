"""One thing that `between doctor` looked at."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.config import Settings
from bot.errors import BetweenError
from bot.store.database import is_current, open_engine

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at and what was found. `advice` is empty when all is well."""

    what: str
    found: str
    advice: str = ""


def asked(settings: Settings, ask: Callable[[Session], T]) -> T | None:
    """What the database answers; None where it cannot be asked, which is a finding of its own."""
    try:
        if not is_current(settings.url):
            return None
        engine = open_engine(settings.url)
        try:
            with Session(engine) as session:
                return ask(session)
        finally:
            engine.dispose()
    except (SQLAlchemyError, BetweenError):
        return None
