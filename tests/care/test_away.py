"""How long somebody can be away, and whom an alert goes to meanwhile."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.care.alerting import Desk, Hours, Opening, Patience, present, route
from bot.care.away import LONGEST, Odd, Span, odd, ready
from bot.catalog.risk import Tier

MADRID = "Europe/Madrid"
FIRST, SECOND, CALL, LEAD = (UUID(int=number) for number in range(1, 5))
TUESDAY = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
WEEKDAYS = tuple(Opening(day, "09:00", "17:00") for day in range(5))
DESK = Desk(Hours(MADRID, WEEKDAYS), Patience(), (FIRST, SECOND), (CALL,), (LEAD,))


def utc(day: int, hour: int, month: int = 3) -> datetime:
    """A moment of 2026."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        (utc(3, 9), {"tomorrow": utc(4, 7), "monday": utc(9, 7), "week": utc(16, 7)}),
        (utc(8, 9), {"tomorrow": utc(9, 7), "week": utc(16, 7), "fortnight": utc(23, 7)}),
        (utc(9, 9), {"tomorrow": utc(10, 7), "monday": utc(16, 7), "week": utc(23, 7)}),
        # Eight o’clock stays eight o’clock over the night in which the clocks change.
        (utc(27, 9), {"tomorrow": utc(28, 7), "monday": utc(30, 6), "week": utc(6, 6, 4)}),
        # Past midnight in Madrid it is the next day already.
        (utc(2, 23), {"tomorrow": utc(4, 7), "monday": utc(9, 7), "week": utc(16, 7)}),
    ],
)
def test_the_ready_spans_end_at_eight_on_the_clinics_clock(
    now: datetime, ends: dict[str, datetime]
) -> None:
    """The next Monday is never today, and no end is offered twice."""
    found = ready(MADRID, now)
    assert {name: found[Span(name)] for name in ends} == ends
    assert len(set(found.values())) == len(found)


@pytest.mark.parametrize(
    ("ahead", "why"),
    [
        (timedelta(0), Odd.PAST),
        (timedelta(minutes=-1), Odd.PAST),
        (timedelta(minutes=1), None),
        (LONGEST, None),
        (LONGEST + timedelta(minutes=1), Odd.LONG),
    ],
)
def test_nobody_is_away_until_the_past_or_for_a_quarter_of_a_year(
    ahead: timedelta, why: Odd | None
) -> None:
    """Everything between goes."""
    assert odd(TUESDAY + ahead, TUESDAY) is why


@pytest.mark.parametrize(
    ("away", "steps"),
    [
        ((), [(FIRST,), (SECOND,), (LEAD,)]),
        ((FIRST,), [(SECOND,), (CALL,), (LEAD,)]),
        ((FIRST, SECOND), [(CALL,), (LEAD,)]),
        ((FIRST, SECOND, CALL), [(LEAD,)]),
        ((LEAD,), [(FIRST,), (SECOND,), (CALL,)]),
        # With everybody away it goes the usual way: better to somebody on holiday than to nobody.
        ((FIRST, SECOND, CALL, LEAD), [(FIRST,), (SECOND,), (LEAD,)]),
    ],
)
def test_an_alert_goes_past_whoever_is_away(
    away: tuple[UUID, ...], steps: list[tuple[UUID, ...]]
) -> None:
    """To the next in the order, at once."""
    found = route(Tier.CRISIS, replace(DESK, away=frozenset(away)), TUESDAY)
    assert [each.who for each in found.steps] == steps
    assert found.steps[0].at == TUESDAY


def test_somebody_away_who_is_on_no_desk_changes_nothing() -> None:
    """They belong to another group."""
    assert present(replace(DESK, away=frozenset({UUID(int=99)}))) == replace(
        DESK, away=frozenset({UUID(int=99)})
    )
