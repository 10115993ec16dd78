"""An update happens once, however often Telegram brings it."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlmodel import Session, select

from bot.store import updates
from bot.store.tables import DeadLetterRow
from bot.store.worker import Database


def test_a_number_is_new_once_for_each_bot(database: Database, now: datetime) -> None:
    """The same number is new for another bot, and old for the same one."""
    asked = [(1, 10), (1, 10), (2, 10), (1, 11), (2, 10), (2**40, 2**40)]
    told = [
        database.call(partial(updates.first_time, bot_id=b, update_id=u, now=now)) for b, u in asked
    ]
    assert told == [True, False, True, True, False, True]


def test_not_seen_if_it_failed(database: Database, now: datetime) -> None:
    """An update whose handling failed is new again when it comes back."""

    def fails(session: Session) -> None:
        assert updates.first_time(session, 1, 10, now)
        raise ValueError("halfway")

    with pytest.raises(ValueError, match="halfway"):
        database.call(fails)
    assert database.call(lambda s: updates.first_time(s, 1, 10, now))


def test_old_updates_are_forgotten_those_of_that_moment_are_not(
    database: Database, now: datetime
) -> None:
    """Old updates are forgotten, those of that very moment are not."""
    for day in range(5):
        when = now + timedelta(days=day)
        database.call(partial(updates.first_time, bot_id=1, update_id=day, now=when))
    assert database.call(lambda s: updates.forget_seen(s, now + timedelta(days=3))) == 3
    told = [
        database.call(partial(updates.first_time, bot_id=1, update_id=day, now=now))
        for day in range(5)
    ]
    assert told == [True, True, True, False, False]


def test_what_could_not_be_handled_is_kept_by_number_kind_and_fault(
    database: Database, now: datetime
) -> None:
    """What could not be handled is kept by number, kind and fault, as often as it happens."""
    for _ in range(2):
        database.call(lambda s: updates.bury(s, 1, 10, "message", "KeyError", now))
    rows = database.call(lambda s: s.exec(select(DeadLetterRow)).all())
    assert [(r.bot_id, r.update_id, r.kind, r.error, r.at) for r in rows] == [
        (1, 10, "message", "KeyError", now)
    ] * 2
