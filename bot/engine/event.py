"""What happened in a run: facts for whoever shows, stores and schedules them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.catalog.signal import Tier
from bot.catalog.steps import Finish, Question, Say, Timed
from bot.engine.run import Value


class Why(StrEnum):
    """Why an answer was refused; the words for it belong to `messages`."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    TWO_NUMBERS = "two_numbers"
    UNSURE = "unsure"
    OUT_OF_RANGE = "out_of_range"
    PICK_ONE = "pick_one"
    LIST_FULL = "list_full"
    NOTHING_YET = "nothing_yet"
    TOO_FEW = "too_few"
    PICK_SEVERAL = "pick_several"
    NOT_A_MOMENT = "not_a_moment"
    HAS_PASSED = "has_passed"
    NOT_YET = "not_yet"
    TOO_FAR = "too_far"
    PACING = "pacing"
    WAITING = "waiting"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Told:
    """Words were due that ask nothing."""

    step: Say


@dataclass(frozen=True, slots=True)
class Asked:
    """The question now stands open; `item` is the entry a rating is asked for.

    `redraw` says that the same question changed in place after a press, so that its message may
    be edited instead of sent again. `previous` is the answer given before the person went back.
    """

    step: Question
    item: str | None = None
    redraw: bool = False
    previous: Value = None


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer is complete and must be kept (None: skipped)."""

    step: str
    value: Value


@dataclass(frozen=True, slots=True)
class Refused:
    """What was given cannot be the answer; the question stands. `low` and `high` are the
    limits that fit the reason."""

    why: Why
    low: float = 0
    high: float = 0


@dataclass(frozen=True, slots=True)
class TimerStarted:
    """A timed step runs until `ends_at` (UTC)."""

    step: Timed
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Paused:
    """The person put it aside for now."""


@dataclass(frozen=True, slots=True)
class Returned:
    """Words came long after the question; they are held until the person says what they are."""

    held: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The end was reached."""

    step: Finish


@dataclass(frozen=True, slots=True)
class Stopped:
    """The person ended it; what was answered so far is kept."""


@dataclass(frozen=True, slots=True)
class Signalled:
    """Somebody has to hear of an answer; once for each reason, until that answer is changed."""

    tier: Tier
    reason: str


@dataclass(frozen=True, slots=True)
class Altered:
    """An answer that somebody had to hear of was changed, and raises this reason no more."""

    reason: str


@dataclass(frozen=True, slots=True)
class Promised:
    """At this moment (UTC) the bot writes again; `later` is the place in `exercise.later`.

    `ask` is the exercise that is offered then, `quote` names the answers that are shown.
    """

    at: datetime
    later: int
    ask: str | None
    quote: tuple[str, ...]


Event = (
    Told
    | Asked
    | Answered
    | Refused
    | TimerStarted
    | Paused
    | Returned
    | Finished
    | Stopped
    | Signalled
    | Altered
    | Promised
)
