"""Column types of our own: a moment in time that is always UTC."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator

_AS_KEPT = len("2026-11-27 09:00:00.000000")


class Utc(TypeDecorator[datetime]):
    """An aware moment. SQLite forgets zones, so what comes back is marked UTC again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        """Refuse a naive time: nobody knows which zone was meant."""
        return None if value is None else _utc(value)

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        """Give back an aware UTC time on every database."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    # SQLite keeps a moment as text, and every update writes and reads a dozen: the same text as
    # SQLAlchemy's, in one step instead of three.
    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """From a moment to what the driver takes."""
        return _to_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], datetime | None] | None:
        """From what the driver gives to a moment."""
        return (
            _from_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)
        )


def _utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("naive datetime refused: pass an aware UTC time")
    return value.astimezone(UTC)


def _to_text(value: datetime | None) -> str | None:
    if value is None:
        return None
    if value.tzinfo is not UTC:
        value = _utc(value)
    return value.isoformat(" ", "microseconds")[:_AS_KEPT]


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)
