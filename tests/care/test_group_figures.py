"""Figures without names: what is shown of which numbers of people, and what never is."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from uuid import UUID

import pytest

from bot.care.group_figures import Chosen, DayFigure, Rating, chosen_most, curve

MONDAY = date(2026, 3, 2)


def people(many: int) -> list[UUID]:
    """So many people."""
    return [UUID(int=number) for number in range(1, many + 1)]


def rated(day: int, *values: float) -> Iterator[Rating]:
    """One value for each person, on the so many-th day after Monday."""
    for person, value in zip(people(len(values)), values, strict=True):
        yield Rating(person, MONDAY + timedelta(days=day), value)


@pytest.mark.parametrize(
    ("counted", "answered", "shown"),
    [(0, 9, 0), (4, 4, 0), (4, 9, 0), (5, 4, 0), (5, 5, 1), (9, 4, 0), (9, 5, 1), (5, 9, 1)],
)
def test_a_day_needs_five_who_agreed_and_five_who_answered(
    counted: int, answered: int, shown: int
) -> None:
    """Four of either give nothing; answers of people who did not agree never count."""
    days = curve(set(people(counted)), rated(0, *range(answered)))
    assert len(days) == shown
    if shown:
        assert days[0].high <= min(counted, answered) - 1


def test_the_middle_and_the_middle_half() -> None:
    """Median and quartiles of five, in the order of the days, days with too few left out."""
    found = curve(
        set(people(5)),
        chain(rated(2, 4, 4, 4, 4, 4), rated(1, 9, 9, 9, 9), rated(0, 1, 2, 5, 7, 10)),
    )
    assert found == (
        DayFigure(MONDAY, 2, 5, 7),
        DayFigure(MONDAY + timedelta(days=2), 4, 4, 4),
    )


def test_nobody_weighs_more_for_answering_often() -> None:
    """Ten answers of one person are one value, and still one person."""
    often = (Rating(UUID(int=1), MONDAY, 0) for _ in range(10))
    assert curve(set(people(5)), chain(often, rated(0, 0, 8, 8, 8))) == ()
    often = (Rating(UUID(int=1), MONDAY, 0) for _ in range(10))
    (day,) = curve(set(people(5)), chain(often, rated(0, 0, 8, 8, 8, 8)))
    assert day.middle == 8


@pytest.mark.parametrize(
    ("counted", "chose", "shown"), [(4, 4, 0), (5, 2, 0), (5, 3, 3), (5, 5, 5), (9, 2, 0)]
)
def test_what_fewer_than_three_chose_is_not_told(counted: int, chose: int, shown: int) -> None:
    """And nothing at all where fewer than five agreed to be counted."""
    found = chosen_most(set(people(counted)), [(each, "sad") for each in people(chose)], 5)
    assert found == ((Chosen("sad", shown),) if shown else ())


def test_what_most_chose_comes_first_and_each_person_counts_once() -> None:
    """Choosing twice is choosing once; of equals the first named stands first; at most so many."""
    five = people(5)
    choices = [
        *((five[0], "sad") for _ in range(9)),
        *((each, "angry") for each in five[:4]),
        *((each, "tired") for each in five[:3]),
        *((each, "calm") for each in five),
    ]
    found = chosen_most(set(five), choices, 2)
    assert [(each.what, each.people) for each in found] == [("calm", 5), ("angry", 4)]
