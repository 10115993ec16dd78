"""A plain schedule to start from: every day at nine in Madrid, quiet from ten to eight."""

from datetime import UTC, date, datetime
from uuid import UUID

from bot.care.cadence import FixedTime, Schedule

PLAIN = Schedule.model_validate(
    {
        "id": UUID(int=7),
        "participant": UUID(int=2),
        "anchor": {"kind": "fixed", "at": "09:00"},
        "zone": "Europe/Madrid",
        "since": "2026-01-01T00:00:00Z",
    }
)
TUESDAY = date(2026, 3, 3)


def utc(text: str) -> datetime:
    """An instant, written without its zone."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def plan(**changes: object) -> Schedule:
    """The plain schedule with something changed and checked."""
    return Schedule.model_validate({**dict(PLAIN), **changes})


def at(hour: str, weekend: str | None = None) -> FixedTime:
    """An anchor at this time of day."""
    return FixedTime.model_validate({"at": hour, "weekend": weekend})
