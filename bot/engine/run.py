"""How far one person has come in one exercise: frozen facts, safe to write as JSON."""

from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel

from bot.private import STRICT

Value = str | int | float | tuple[str, ...] | dict[str, int] | None
"""An answer: words, a number, a list of words, a number for each word, or None (skipped).

A whole number is an `int`; only 7.5 is a `float`. A moment is words: see `moment.kept`.
"""


class Status(StrEnum):
    """Where a run stands. Only `waiting` and `paused` runs can go on."""

    WAITING = "waiting"
    PAUSED = "paused"
    FINISHED = "finished"
    STOPPED = "stopped"


class _Fact(BaseModel):
    model_config = STRICT


class Item(_Fact):
    """One entry of a list still being written; `mark` is the message it came from, if any."""

    text: str
    mark: int | None = None


class Draft(_Fact):
    """An answer still being collected: the items of a list, the ratings given so far.

    `marks` tells from which message a typed rating came.
    """

    items: tuple[Item, ...] = ()
    ratings: dict[str, int] = {}
    marks: dict[str, int] = {}


class Run(_Fact):
    """One person going through one exercise.

    `cursor` is the step we wait on; `turn` grows by one each time we ask, and every button and
    timer carries it. `answers` holds the steps answered so far (None: skipped); `trail` the
    questions passed, in order, for Back. `asked_at` and `due_at` are UTC; `due_at` is when the
    step ends by itself. `held` is a text that came long after the question, kept until the person
    says what it was meant for. Messages with a mark above `opened_after` were sent while the
    present question stood open; `latest_mark` is the highest mark seen. `zone` (IANA) is the
    person's clock, `plain` asks for easier words, `signalled` holds the reasons already raised.
    `targets` are what this person's diary follows. `about` is the person's own date that the entry
    tells of, `late` that the day was over when it was begun.
    """

    exercise: str
    language: str = "en"
    status: Status = Status.WAITING
    cursor: str
    turn: int = 0
    draft: Draft = Draft()
    answers: dict[str, Value] = {}
    trail: tuple[str, ...] = ()
    asked_at: datetime
    due_at: datetime | None = None
    held: str | None = None
    opened_after: int = 0
    latest_mark: int = 0
    zone: str = "UTC"
    plain: bool = False
    signalled: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    about: date | None = None
    late: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the person can still go on with it."""
        return self.status in (Status.WAITING, Status.PAUSED)

    @property
    def lies_aside(self) -> bool:
        """Whether it was put aside on purpose, so that new words are about something else."""
        return self.status is Status.PAUSED and self.held is None
