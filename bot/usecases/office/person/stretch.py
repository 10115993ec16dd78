"""The stretch of time a Person page looks at: whole weeks up to today, on the person's clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKS = (4, 8, 26)
"""What can be chosen; the second is what stands there at first."""
USUAL = 8


@dataclass(frozen=True, slots=True)
class Stretch:
    """From the local date `start` to `end` (today), both included, in `zone` (IANA)."""

    weeks: int
    start: date
    end: date
    zone: str

    @property
    def since(self) -> datetime:
        """The instant it begins (UTC)."""
        local = datetime.combine(self.start, time(), tzinfo=ZoneInfo(self.zone))
        return local.astimezone(UTC)

    @property
    def days(self) -> int:
        """How many local dates."""
        return (self.end - self.start).days + 1

    def day_of(self, moment: datetime) -> date:
        """The person's own date of an instant."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def holds(self, day: date) -> bool:
        """Whether a date lies in it."""
        return self.start <= day <= self.end


def stretch(zone: str, weeks: int, now: datetime) -> Stretch:
    """The last so many weeks; anything that cannot be chosen is as usual."""
    known = weeks if weeks in WEEKS else USUAL
    today = now.astimezone(ZoneInfo(zone)).date()
    return Stretch(known, today - timedelta(weeks=known) + timedelta(days=1), today, zone)
