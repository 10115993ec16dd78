"""What stands in each document: facts only, filled in by whoever may see them.

Words that people wrote are values here and stay values in the document. Moments are UTC.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.reports.figures import Day, Series

PAPERS = {"US": "us-letter", "CA": "us-letter", "MX": "us-letter", "CL": "us-letter"}
"""Countries that do not print on A4, as far as our help lines reach."""


def paper_of(country: str) -> str:
    """The paper people print on there."""
    return PAPERS.get(country.upper(), "a4")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who made the document, when, for which programme; `paper` from `paper_of`."""

    programme: str
    made_by: str
    made_at: datetime
    zone: str
    paper: str = "a4"


@dataclass(frozen=True, slots=True)
class Curve:
    """One figure over days; `summary` says in words what is to be seen, and is read aloud."""

    title: str
    unit: str
    summary: str
    series: tuple[Series, ...]
    sessions: tuple[date, ...]
    start: date
    end: date
    low: float = 0
    high: float = 100


@dataclass(frozen=True, slots=True)
class Practised:
    """One exercise: when, which, how strong it felt before and after if rated, each of `most`."""

    at: datetime
    title: str
    before: float | None = None
    after: float | None = None
    most: float = 100


@dataclass(frozen=True, slots=True)
class Measured:
    """One questionnaire: total of at most `most`, the name of its band, change since the one
    before (negative: lower)."""

    at: datetime
    name: str
    total: float
    most: float | None
    band: str = ""
    change: float | None = None


@dataclass(frozen=True, slots=True)
class Promised:
    """A small promise and what became of it: a key of `office_pdf.kept` ("done", "open" …)."""

    text: str
    by: date
    state: str


@dataclass(frozen=True, slots=True)
class Week:
    """One person's week, on one page.

    `readable` false: the person has not agreed that this reader reads what they write. Then
    figures, numbers and words are left out, and the page says so; `exercises` may still say when
    something was practised.
    """

    stamp: Stamp
    alias: str
    group: str
    start: date
    end: date
    readable: bool
    curves: tuple[Curve, ...] = ()
    exercises: tuple[Practised, ...] = ()
    checkins: tuple[Day, ...] = ()
    measures: tuple[Measured, ...] = ()
    promises: tuple[Promised, ...] = ()
    attended: int | None = None
    """Sessions the person says they were in, of `sessions`."""
    sessions: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """One member between two sessions. `change` is the mean change of what was rated before and
    after, in points of 100 (negative: lower); None without ratings or without consent. `quiet` is
    for how many days nothing was heard; `last` is a moment, or only a day where that is known."""

    alias: str
    practised: int
    last: datetime | date | None = None
    change: int | None = None
    quiet: int = 0


@dataclass(frozen=True, slots=True)
class Brought:
    """What a member brings to the session or answers; without `alias` nobody is named."""

    text: str
    alias: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """A group before its session, on one page.

    `ring` is how many practised of how many agreed to be counted, None where the group is too
    small to be shown without names. `attended` is how many came last time, of how many. `themes`
    are named parts of what came up, each thing with how many people. `brought` are entries,
    `answers` those to the `question` of the session. It meets by the clock of the zone `meets_in`,
    which `meets_clock` names where it is not the one of the stamp.
    """

    stamp: Stamp
    group: str
    meets_at: datetime | None
    since: date
    members: tuple[Seen, ...]
    exercise: str = ""
    attended: tuple[int, int] | None = None
    ring: tuple[int, int] | None = None
    curve: Curve | None = None
    themes: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()
    brought: tuple[Brought, ...] = ()
    question: str = ""
    answers: tuple[Brought, ...] = ()
    meets_in: str = "UTC"
    meets_clock: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One answer under the name of its step and the question it answered; a line for each piece."""

    label: str
    question: str
    answer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """What a therapist wrote under the entry."""

    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry in full, a thought record as its columns; `besides` is what stands in none."""

    stamp: Stamp
    alias: str
    title: str
    began: datetime
    ended: datetime
    state: str
    """A key of `office_pdf.states` ("finished", "stopped")."""
    columns: tuple[Column, ...]
    besides: tuple[Column, ...] = ()
    about: date | None = None
    """The day it tells of, if it was filled in later."""
    before: float | None = None
    after: float | None = None
    comments: tuple[Comment, ...] = ()
