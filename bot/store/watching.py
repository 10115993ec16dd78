"""What is wrong with a running bot, judged from its vitals alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.store.outbox import Kind
from bot.store.vitals import Vitals

SILENT: Final = 180.0
"""Seconds without a word from Telegram, a look at the clock, or somebody who sends."""
LATE: Final = {
    Kind.ALERT: 120.0,
    Kind.REPLY: 300.0,
    Kind.CHECKIN: 1800.0,
    Kind.NUDGE: 3600.0,
    Kind.BULK: 7200.0,
}
"""Seconds a message of each kind may wait. A wave of check-ins at nine takes some minutes."""
OVERDUE: Final = 300.0
UNHANDLED: Final = 120.0
"""Seconds that what somebody wrote may wait for a worker."""
MAIL_LATE: Final = 900.0
UNTAKEN: Final = 3600.0
"""Seconds after which an alert that nobody took is ours to shout about, too."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong: a code that stays the same while it lasts, and what it means."""

    code: str
    says: str


AWAY: Final = Trouble("database", "The database cannot be read.")


def troubles(found: Vitals | None) -> list[Trouble]:
    """Everything that is wrong, the gravest first; None is a database that is away."""
    return [AWAY] if found is None else list(_troubles(found))


def _troubles(found: Vitals) -> Iterator[Trouble]:
    many, oldest = found.alerts.get("open", (0, 0.0))
    if oldest > UNTAKEN:
        yield Trouble(
            "alert", f"{many} alerts that nobody has taken, the oldest {_minutes(oldest)} old."
        )
    parts = {
        "poll": "Nothing was heard from Telegram",
        "clock": "Nothing was looked at on time",
        "sender": "Nothing could be sent",
    }
    for part, says in parts.items():
        age = found.parts.get(part)
        if age is None or age > SILENT:
            since = "yet" if age is None else f"for {_minutes(age)}"
            yield Trouble(part, f"{says} {since}.")
    if found.inbox > UNHANDLED:
        yield Trouble("inbox", f"What somebody wrote has waited {_minutes(found.inbox)}.")
    for kind, age in found.outbox.items():
        if age > LATE[kind]:
            name = kind.name.lower()
            yield Trouble(f"outbox.{name}", f"A message ({name}) has waited {_minutes(age)}.")
    if found.due > OVERDUE:
        yield Trouble("due", f"Something has been due for {_minutes(found.due)}.")
    if found.mail > MAIL_LATE:
        yield Trouble("mail", f"An e-mail to staff has waited {_minutes(found.mail)}.")


def _minutes(seconds: float) -> str:
    return f"{round(seconds / 60)} min"
