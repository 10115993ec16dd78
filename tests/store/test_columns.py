"""Moments come back as they went in, on both databases."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Label, literal_column
from sqlalchemy.exc import StatementError
from sqlmodel import col, select

from bot.store import updates
from bot.store.tables import SeenUpdateRow
from bot.store.worker import Database


def test_always_utc(database: Database) -> None:
    """A moment written in Madrid's zone is the same moment in UTC when read."""
    madrid = datetime(2026, 7, 1, 9, 30, 0, 123_456, tzinfo=ZoneInfo("Europe/Madrid"))
    database.call(lambda session: updates.first_time(session, 1, 1, madrid))
    found = database.call(lambda session: session.exec(select(SeenUpdateRow)).one().seen_at)
    assert found == madrid
    assert found.tzinfo is UTC


def test_naive_refused(database: Database) -> None:
    """A time without a zone does not get into the database."""
    naive = datetime(2026, 7, 1, 9, 30)  # noqa: DTZ001  the very thing that is refused
    with pytest.raises(StatementError, match="naive datetime refused"):
        database.call(lambda session: updates.first_time(session, 1, 1, naive))


def test_naive_refused_in_a_question(database: Database) -> None:
    """Nor can one be compared with what is there."""
    naive = datetime(2026, 7, 1, 9, 30)  # noqa: DTZ001  the very thing that is refused
    question = select(SeenUpdateRow).where(col(SeenUpdateRow.seen_at) < naive)
    with pytest.raises(StatementError, match="naive datetime refused"):
        database.call(lambda session: session.exec(question).all())


@pytest.mark.parametrize("microsecond", [0, 5, 123_456])
def test_kept_as_ever(database: Database, microsecond: int) -> None:
    """On SQLite a moment is the text it always was, so that what is there compares with it."""
    at = datetime(2026, 7, 1, 9, 30, tzinfo=UTC).replace(microsecond=microsecond)
    database.call(lambda session: updates.first_time(session, 1, 1, at))
    kept: Label[str] = literal_column("CAST(seen_at AS TEXT)").label("kept")
    query = select(kept).select_from(SeenUpdateRow)
    found = str(database.call(lambda session: session.exec(query).one()))
    assert found.startswith(f"2026-07-01 09:30:00{f'.{microsecond:06}' if microsecond else ''}")
    if database.engine.dialect.name == "sqlite":
        assert found == f"2026-07-01 09:30:00.{microsecond:06}"
