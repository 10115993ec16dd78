"""What somebody made up did in the last two weeks: curves by day, and single entries with words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.catalog.consents import Scope
from bot.engine.run import Value

DAYS = 14
"""So many days lie behind everybody."""
READ = (Scope.THERAPIST_READS, Scope.NUMBERS_COUNTED, Scope.BOARD_LINES, Scope.PARTNER_TICKS)
"""What most of them agreed to."""


@dataclass(frozen=True, slots=True)
class Told:
    """One exercise they did by themselves, so many days `ago`, at `at` (their own clock, HH:MM).
    What `is_brought` is to be talked about in the next session."""

    ago: int
    at: str
    exercise: str
    answers: Mapping[str, Value]
    is_brought: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line for the board about a situation; `approved` by the therapist, or still held."""

    ago: int
    about: str
    text: str
    approved: bool


@dataclass(frozen=True, slots=True)
class Story:
    """One made-up person.

    `mood`, `anxiety` (0 to 10) and `sleep` (hours) are those of each morning, `day` how each day
    was in the evening; the oldest day first, today last, None where they did not answer. `carried`
    is what carried them in the evenings, in turn; `urges` how strong the pull was in the afternoon,
    where they noted it. `weeks` are their weekly looks, the older first,
    as the eight ratings in order. `here` says in which of the last sessions they were, the older
    first. `brought` is their answer to the question before the next session.
    """

    alias: str
    mood: tuple[int | None, ...]
    anxiety: tuple[int, ...]
    sleep: tuple[float, ...]
    day: tuple[int | None, ...]
    carried: tuple[tuple[str, ...], ...]
    weeks: tuple[tuple[int, ...] | None, ...]
    here: tuple[bool, ...]
    urges: tuple[int | None, ...] = ()
    told: tuple[Told, ...] = ()
    lines: tuple[Line, ...] = ()
    brought: str = ""
    unsure_on: int | None = None
    """So many days ago they were not sure whether they were safe."""
    scores: tuple[float, float] | None = None
    """What staff wrote down of a form at the beginning and lately."""
    consents: tuple[Scope, ...] = READ
    promises: tuple[str, str] | None = None
    """Last week's promise, kept; and this week's."""
    medication: str = field(default="yes")
