"""What can be decided about a moment, and how a local date can end."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.care.cadence.schedule import Frequency


class Outcome(StrEnum):
    """How a scheduled local date ended; `open` when it has not yet."""

    SENT = "sent"
    EXPIRED = "expired"
    SKIPPED = "skipped"
    MISSED_SYSTEM = "missed_system"
    OPEN = "open"


class Why(StrEnum):
    """The reason for not sending.

    Four are found outside these rules: a lesson still has to wait for something; nobody was there
    to answer an alarm a questionnaire may raise; the person paused or left between queueing and
    sending; Telegram refused the message.
    """

    NOT_SCHEDULED = "not_scheduled"
    USED = "used"
    PENDING = "pending"
    DISCHARGED = "discharged"
    CLOSED = "closed"
    PAUSED = "paused"
    NOT_TODAY = "not_today"
    BACKED_OFF = "backed_off"
    DONE = "done"
    NOT_YET = "not_yet"
    SNOOZED_OUT = "snoozed_out"
    QUIET = "quiet"
    TOO_CLOSE = "too_close"
    BUSY = "busy"
    LATE = "late"
    WE_WERE_DOWN = "we_were_down"
    UNATTENDED = "unattended"
    CALLED_OFF = "called_off"
    NOT_DELIVERED = "not_delivered"


@dataclass(frozen=True, slots=True)
class Send:
    """Send it now. `notice`: the lower frequency that this message must announce, and that the
    caller keeps with `slowed`. `again`: it was snoozed and comes back; its date has been used."""

    notice: Frequency | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """Look again at this instant (UTC), under the same local date."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Skip:
    """Not wanted; the local date ends as skipped."""

    why: Why

    @property
    def outcome(self) -> Outcome:
        """How the date ends."""
        return Outcome.SKIPPED


@dataclass(frozen=True, slots=True)
class Expire:
    """Wanted, but its time is over; never sent."""

    why: Why

    @property
    def outcome(self) -> Outcome:
        """How the date ends: our own absence has a name of its own."""
        return Outcome.MISSED_SYSTEM if self.why is Why.WE_WERE_DOWN else Outcome.EXPIRED


Verdict = Send | Later | Skip | Expire
