"""One message that is sent by itself: of which schedule and date, until when, with which buttons.

The first line says that it is automatic and nothing else: it may be read on a lock screen by
somebody else.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bot.care.cadence import Frequency, weekly_day
from bot.messages.callback import for_menu, short_id
from bot.messages.message import Button, Rows
from bot.store import occurrences
from bot.store.occurrences import Occurrence
from bot.store.outbox import guards
from bot.store.people import Standing
from bot.store.runs import StoredRun
from bot.store.schedules import Stored
from bot.usecases.scene import Scene, Unasked
from bot.usecases.timetable import Known

VERB = "tick"
"""What the buttons of these messages begin with; schedule, date and choice follow."""


@dataclass(frozen=True, slots=True)
class Sending:
    """`key` makes it exist once; after `closes` (UTC) it is not sent. `notice` is the lower
    frequency it has to announce; `again` says that it was put off before."""

    known: Known
    stored: Stored
    day: date
    key: str
    closes: datetime
    notice: Frequency | None = None
    again: bool = False

    def button(self, scene: Scene, choice: str) -> Button:
        """One of the buttons below it."""
        return _button(scene, self.stored.id, self.day, choice)

    def later(self, scene: Scene) -> Rows:
        """In an hour, not today, pause a week; and the way back, when it comes less often now."""
        back = ((self.button(scene, "normal"),),) if self.notice is not None else ()
        return (*_later(scene, self.stored.id, self.day), *back)


def _button(scene: Scene, schedule: UUID, day: date, choice: str) -> Button:
    return Button(
        text=scene.word(f"clock.{choice}"), data=for_menu(VERB, about(schedule, day, choice))
    )


def _later(scene: Scene, schedule: UUID, day: date) -> Rows:
    hour, today, week = (
        _button(scene, schedule, day, choice) for choice in ("hour", "today", "week")
    )
    return ((hour, today), (week,))


def about(schedule: UUID, day: date, choice: str) -> str:
    """What such a button carries."""
    return f"{short_id(schedule)}.{day.toordinal()}.{choice}"


def unanswered(scene: Scene, stored: StoredRun) -> Occurrence | None:
    """What began this exercise by itself, as long as nothing of it was answered."""
    if stored.run.answers or stored.run.draft.items:
        return None
    return occurrences.of_run(scene.session, scene.person.id, stored.id)


def still_later(scene: Scene, stored: StoredRun) -> Rows:
    """The same buttons below its first question when that comes once more: after one “later” that
    was no number they were gone."""
    found = unanswered(scene, stored)
    return () if found is None else _later(scene, found.schedule, found.local_date)


def speak(scene: Scene, sending: Sending, rows: Rows | None = None) -> None:
    """From here on the scene writes by itself: guarded, in time, under the occurrence's key."""
    scene.cause = sending.key
    scene.unasked = Unasked(
        guard=_guard(scene),
        expires_at=sending.closes,
        head=head(scene, sending),
        rows=sending.later(scene) if rows is None else rows,
    )


def _guard(scene: Scene) -> str:
    """They take part, or asked for a hello after it; and have not paused."""
    discharged = scene.person.standing is Standing.DISCHARGED
    return (guards.alumni if discharged else guards.awake)(scene.person.id)


def head(scene: Scene, sending: Sending) -> str:
    """That it is automatic, and that it will come less often, when it will."""
    weekdays = scene.kit.words.short(scene.language)["clock"]["weekdays"]
    return scene.kit.words.same(
        scene.language,
        "clock/head",
        purpose=sending.stored.purpose,
        notice="" if sending.notice is None else sending.notice.value,
        weekdays=weekdays[weekly_day(sending.stored.plan)],
    )
