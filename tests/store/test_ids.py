"""Ids tell when they were made and never step back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import RFC_4122

import pytest

from bot.store.ids import new_id
from tests.store.ahead import id_ahead

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_an_id_is_a_uuid_of_version_7() -> None:
    """An id is a UUID of version 7 and variant RFC 4122/9562."""
    made = new_id(NOW)
    assert (made.version, made.variant) == (7, RFC_4122)


def test_time_inside() -> None:
    """The first 48 bits are the milliseconds of a moment later than every one before."""
    later = datetime(2100, 1, 1, tzinfo=UTC)
    assert new_id(later).int >> 80 == int(later.timestamp() * 1000)


@pytest.mark.parametrize("step", [timedelta(0), timedelta(milliseconds=-7), timedelta(seconds=3)])
def test_always_growing(step: timedelta) -> None:
    """Ids grow whether the clock stands still, steps back or goes on."""
    made = [new_id(NOW + step * n) for n in range(2_000)]
    assert made == sorted(set(made))


def test_after_an_id_of_a_clock_that_ran_ahead() -> None:
    """Another process made it: ours sorts behind it, and is an id of the same kind."""
    made = new_id(NOW, after=id_ahead())
    assert made > id_ahead()
    assert (made.version, made.variant) == (7, RFC_4122)
    assert new_id(NOW, after=new_id(NOW)) < id_ahead()


def test_several_threads_never_get_the_same_id() -> None:
    """Several threads never get the same id."""
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: new_id(NOW), range(4_000)))
    assert len(set(made)) == 4_000


def test_naive_refused() -> None:
    """A time without a zone is refused."""
    with pytest.raises(ValueError, match="naive"):
        new_id(NOW.replace(tzinfo=None))
