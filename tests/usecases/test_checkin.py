"""A check-in comes by itself at the hour the person chose, once, and what became of it is kept."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session

from bot.care.cadence import Outcome
from bot.store import occurrences
from bot.store.occurrences import Occurrence
from bot.usecases.incoming import Command
from tests.engine.playing import exercise_of
from tests.usecases.chat import Chat

CORE = exercise_of(
    """
- {id: mood, type: ask_scale, text: {en: How is it?, es: ¿Qué tal?}, scale: {min: 0, max: 10}}
- {id: end, type: finish, text: {en: Thank you for telling., es: Gracias por contarlo.}}
""",
    """
id: check.core
title: {en: Check-in, es: Cómo voy}
""",
)
HOURS = timedelta(hours=1)
DAY = timedelta(days=1)


def days(chat: Chat) -> list[Occurrence]:
    """What became of every date, in order."""
    found: list[Occurrence] = []

    def work(session: Session) -> None:
        person = chat.person(session)
        found.extend(occurrences.from_date(session, person.id, date(2026, 1, 1)))

    chat.run(work)
    return found


def test_from_the_due_row_to_the_answer(chat: Callable[..., Chat]) -> None:
    """It is noon; at eight in the evening one question comes; its answer is the occurrence’s."""
    maya = chat(CORE)
    # 19:00 UTC is 20:00 in Madrid, and none to a few minutes more.
    assert maya.pass_time(7 * HOURS - timedelta(seconds=1)) == []
    (asked,) = maya.pass_time(timedelta(minutes=11))
    assert asked.text.startswith("A message sent automatically, at the time you chose")
    assert "How is it?" in asked.text
    maya.press("7")
    assert "Thank you for telling." in maya.messages[-1].text
    (kept,) = days(maya)
    assert (kept.local_date, kept.outcome) == (date(2026, 3, 2), Outcome.SENT)
    assert kept.answered_at == maya.now
    assert kept.planned_at == datetime(2026, 3, 2, 19, 0, tzinfo=UTC)


def test_what_nobody_answered_is_no_entry(chat: Callable[..., Chat]) -> None:
    """A check-in of yesterday evening that makes room for the next one stood under “My entries”,
    with the hour at which it was set aside."""
    maya = chat(CORE)
    maya.pass_time(7 * HOURS + timedelta(minutes=11))
    maya.pass_time(12 * HOURS)
    maya.press("7")
    maya.pass_time(12 * HOURS)
    maya.pass_time(12 * HOURS)
    maya.give(Command("history"))
    labels = [each.text for row in maya.messages[-1].buttons for each in row]
    assert [each for each in labels if "Check-in" in each] == ["3 Mar, 08:11 · Check-in"]
