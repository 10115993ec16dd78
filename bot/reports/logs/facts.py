"""What is exported of one person: facts that were read, with the words they are shown in.

Nothing here is an id of the database: `key` is a keyed hash, the same in every export.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.catalog.exercise import Exercise
from bot.engine.run import Value

Shown = str | int | float | tuple[str, ...] | dict[str, int] | None
"""An answer with labels instead of ids."""


@dataclass(frozen=True, slots=True)
class Whose:
    """The person. `reads`: they agreed that therapists read what they write; without it there are
    states and times only. `left` is when they finished the programme. `zone` is IANA."""

    key: str
    alias: str
    group: str
    language: str
    zone: str
    reads: bool
    joined: datetime
    left: datetime | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the question in words, the answer as kept (`value`) and as shown, the number it
    counts as, and when it was given (UTC)."""

    step: str
    label: str
    question: str
    value: Value
    shown: Shown
    number: float | None
    unit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating before and the same after, on a scale from `low` to `high`; `percent` is how far it
    fell, in points of 100. `step` is the one that asked before; `label` what was rated, which may
    be in the person's own words."""

    step: str
    label: str
    before: int
    after: int
    low: int
    high: int
    percent: float


@dataclass(frozen=True, slots=True)
class Scored:
    """What a questionnaire came to. `by` is self, or staff for a paper form (then `entry` is "").

    `at` is UTC, `day` the person's date. `low` and `high` are None where the ends are not known.
    """

    entry: str
    exercise: str
    title: str
    revision: str
    language: str
    score: str
    label: str
    value: float
    low: float | None
    high: float | None
    band: str
    loinc: str | None
    by: str
    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One exercise that was begun. `kind` is check_in, questionnaire or exercise; `status` waiting,
    paused, finished or stopped. Without consent, and before it ended, `exercise` is None and
    nothing but times and states is there. `about` is the date a daily entry tells of."""

    key: str
    kind: str
    status: str
    language: str
    revision: str
    began: datetime
    ended: datetime | None
    about: date | None = None
    exercise: Exercise | None = None
    title: str = ""
    answers: tuple[Answer, ...] = ()
    rated: tuple[Rated, ...] = ()


@dataclass(frozen=True, slots=True)
class Dated:
    """One scheduled local date: sent, answered, skipped, expired, outage (ours) or open."""

    day: date
    purpose: str
    name: str
    outcome: str
    why: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Attended:
    """One session of a group somebody said they were in, by its local date."""

    group: str
    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Promise:
    """How a promise to a partner stands; its words are nobody's but theirs."""

    made: datetime
    day: date
    state: str
    answered: datetime | None


@dataclass(frozen=True, slots=True)
class Assigned:
    """One exercise given to the person, or to their whole group."""

    exercise: str
    title: str
    to: str
    by: str
    at: datetime
    until: date


@dataclass(frozen=True, slots=True)
class Agreed:
    """One yes or no: to which words (version, SHA-256 as shown); `newest` of its scope counts."""

    key: str
    scope: str
    label: str
    granted: bool
    version: int
    sha: str
    at: datetime
    newest: bool


@dataclass(frozen=True, slots=True)
class Commented:
    """When a therapist commented on an entry; the words are in the chat and on the page."""

    entry: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Log:
    """Everything of one person in the span that was asked for. `met` are the local dates on which
    their group met, by its calendar; `brought` the keys of entries they chose to bring there."""

    whose: Whose
    met: tuple[date, ...] = ()
    brought: frozenset[str] = frozenset()
    entries: tuple[Entry, ...] = ()
    scores: tuple[Scored, ...] = ()
    dates: tuple[Dated, ...] = ()
    attended: tuple[Attended, ...] = ()
    promises: tuple[Promise, ...] = ()
    assigned: tuple[Assigned, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    comments: tuple[Commented, ...] = ()
