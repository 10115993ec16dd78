"""One message that is sent by itself: of which schedule and date, until when, with which buttons.

The first line says that it is automatic and nothing else: it may be read on a lock screen by
somebody else.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.care.cadence import Frequency, weekly_day
from bot.messages.callback import for_menu, short_id
from bot.messages.message import Button, Rows
from bot.store.outbox import guards
from bot.store.people import Standing
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
        data = f"{short_id(self.stored.id)}.{self.day.toordinal()}.{choice}"
        return Button(text=scene.word(f"clock.{choice}"), data=for_menu(VERB, data))

    def later(self, scene: Scene) -> Rows:
        """In an hour, not today, pause a week; and the way back, when it comes less often now."""
        back = ((self.button(scene, "normal"),),) if self.notice is not None else ()
        hour, today = self.button(scene, "hour"), self.button(scene, "today")
        return ((hour, today), (self.button(scene, "week"),), *back)


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
