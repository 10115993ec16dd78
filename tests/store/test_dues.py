"""What is planned happens once, at its time."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from bot.store import dues
from bot.store.dues import Due
from bot.store.people import Participant
from bot.store.worker import Database

Meet = Callable[[], Participant]


def _plan(database: Database, person: Participant, key: str, at: datetime, turn: int) -> None:
    database.call(lambda s: dues.set_due(s, person.id, "timer", UUID(int=9), turn, at, key, at))


def test_only_what_should_have_happened_is_ripe_oldest_first(
    database: Database, meet: Meet, now: datetime
) -> None:
    """Only what should have happened by now is ripe, oldest first."""
    person = meet()
    for minutes in (5, -5, 0, -9):
        _plan(database, person, f"k{minutes}", now + timedelta(minutes=minutes), minutes + 10)
    found = database.call(lambda s: dues.ripe(s, now))
    assert [due.turn for due in found] == [1, 5, 10]
    assert database.call(lambda s: dues.ripe(s, now, 2)) == found[:2]
    assert database.call(dues.next_at) == now - timedelta(minutes=9)
    assert found[0] == Due(
        found[0].id, person.id, "timer", UUID(int=9), 1, now - timedelta(minutes=9)
    )


def test_nothing_planned(database: Database, now: datetime) -> None:
    """With nothing planned nothing is next."""
    assert database.call(dues.next_at) is None
    assert database.call(lambda s: dues.ripe(s, now)) == []


def test_taken_once(database: Database, meet: Meet, now: datetime) -> None:
    """A moment is taken once and is gone."""
    _plan(database, meet(), "k", now, 1)
    (due,) = database.call(lambda s: dues.ripe(s, now))
    assert database.call(lambda s: dues.take(s, due.id)) == due
    assert database.call(lambda s: dues.take(s, due.id)) is None
    assert database.call(dues.next_at) is None


def test_a_moved_moment_cannot_be_taken_by_who_saw_the_old_one(
    database: Database, meet: Meet, now: datetime
) -> None:
    """A moment planned again under its key moves; whoever saw the old one cannot take it."""
    person = meet()
    _plan(database, person, "k", now, 1)
    (old,) = database.call(lambda s: dues.ripe(s, now))
    later = now + timedelta(hours=1)
    _plan(database, person, "k", later, 2)
    assert database.call(lambda s: dues.take(s, old.id)) is None
    assert database.call(lambda s: dues.ripe(s, now)) == []
    assert [due.turn for due in database.call(lambda s: dues.ripe(s, later))] == [2]


def test_called_off(database: Database, meet: Meet, now: datetime) -> None:
    """A moment called off does not come; calling off nothing is fine."""
    person = meet()
    _plan(database, person, "k", now, 1)
    _plan(database, person, "other", now, 2)
    database.call(lambda s: dues.clear_due(s, "k"))
    database.call(lambda s: dues.clear_due(s, "never"))
    assert [due.turn for due in database.call(lambda s: dues.ripe(s, now))] == [2]


def test_several_takers(
    open_database: Callable[..., Database], database: Database, meet: Meet, now: datetime
) -> None:
    """Three clocks that see the same ripe moments share them: each is taken exactly once."""
    person = meet()
    for n in range(40):
        _plan(database, person, f"k{n}", now, n)
    found = database.call(lambda s: dues.ripe(s, now))

    def take_all(clock: Database) -> list[int | None]:
        def unit(due: Due) -> Callable[[Session], Due | None]:
            return lambda session: dues.take(session, due.id)

        taken = [clock.call(unit(due)) for due in found]
        return [due.turn for due in taken if due is not None]

    with ThreadPoolExecutor(3) as pool:
        taken = pool.map(take_all, [open_database() for _ in range(3)])
    assert Counter(turn for turns in taken for turn in turns) == Counter(range(40))
