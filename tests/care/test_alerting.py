"""Who is told of an alert and when: tables of moments, in one zone that changes its clocks."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.alerting import Desk, Hours, Opening, Patience, Route, next_opening, open_span, route
from bot.catalog.risk import Tier

MADRID = ZoneInfo("Europe/Madrid")
RIVERA, MORA, NUNEZ, LEAD = (UUID(int=number) for number in range(1, 5))
NAMES = {RIVERA: "Rivera", MORA: "Mora", NUNEZ: "Nuñez", LEAD: "lead"}
NINE_TO_FIVE = Hours("Europe/Madrid", tuple(Opening(day, "09:00", "17:00") for day in range(5)))
NEVER = Hours("Europe/Madrid")


def at(day: int, clock: str) -> datetime:
    """A moment of March 2026 in Madrid; the 2nd is a Monday."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 3, day, hour, minute, tzinfo=MADRID).astimezone(UTC)


def desk(
    hours: Hours = NINE_TO_FIVE,
    therapists: tuple[UUID, ...] = (RIVERA, MORA),
    on_call: tuple[UUID, ...] = (),
    leads: tuple[UUID, ...] = (LEAD,),
) -> Desk:
    """A desk with two therapists and a lead, unless told otherwise."""
    return Desk(hours, Patience(), therapists, on_call, leads)


def told(way: Route) -> str:
    """The route as one line: local day and time, who; at the end when nobody answered."""

    def local(moment: datetime) -> str:
        return moment.astimezone(MADRID).strftime("%a %H:%M")

    steps = [f"{local(step.at)} {'+'.join(NAMES[one] for one in step.who)}" for step in way.steps]
    return ", ".join([*steps, f"{local(way.silent_at)} silent"])


CRISES = [
    ("open", desk(), at(2, "10:00"), "Mon 10:00 Rivera, Mon 10:15 Mora, Mon 10:30 lead"),
    ("at the minute of opening", desk(), at(2, "09:00"), "Mon 09:00 Rivera, Mon 09:15 Mora"),
    ("at the minute of closing", desk(), at(2, "17:00"), "Tue 09:00 Rivera, Tue 09:15 Mora"),
    ("no back-up", desk(therapists=(RIVERA,)), at(2, "10:00"), "Mon 10:00 Rivera, Mon 10:15 lead"),
    (
        "no lead: everybody who is left",
        desk(therapists=(RIVERA, MORA, NUNEZ), leads=()),
        at(2, "10:00"),
        "Mon 10:00 Rivera, Mon 10:15 Mora, Mon 10:30 Nuñez",
    ),
    (
        "alone",
        desk(therapists=(RIVERA,), leads=()),
        at(2, "10:00"),
        "Mon 10:00 Rivera, Mon 10:15 silent",
    ),
    (
        "closed, somebody on call",
        desk(on_call=(NUNEZ, RIVERA)),
        at(7, "23:00"),
        "Sat 23:00 Nuñez, Sat 23:30 Rivera, Sun 00:00 lead",
    ),
    (
        "closed, one on call: a therapist is the back-up",
        desk(on_call=(NUNEZ,)),
        at(7, "23:00"),
        "Sat 23:00 Nuñez, Sat 23:30 Rivera, Sun 00:00 lead",
    ),
    ("closed, nobody on call", desk(), at(7, "23:00"), "Mon 09:00 Rivera, Mon 09:15 Mora"),
    ("no hours at all", desk(NEVER), at(7, "23:00"), "Sat 23:00 Rivera, Sat 23:30 Mora"),
    ("open, therapists out of reach", desk(therapists=()), at(2, "10:00"), "Mon 10:00 lead"),
    (
        "the lead is the therapist",
        desk(therapists=(LEAD, MORA)),
        at(2, "10:00"),
        "Mon 10:00 lead, Mon 10:15 Mora, Mon 10:30 silent",
    ),
]


@pytest.mark.parametrize(("desk_", "now", "expected"), [case[1:] for case in CRISES])
def test_a_crisis_goes_to_whoever_is_there_and_up(
    desk_: Desk, now: datetime, expected: str
) -> None:
    """At once to the therapist or who is on call, else at opening; after the minutes it goes up."""
    assert told(route(Tier.CRISIS, desk_, now)).startswith(expected)


CONCERNS = [
    ("open", at(2, "10:00"), "Mon 10:00 Rivera, Mon 17:00 Mora, Tue 17:00 lead, Wed 17:00 silent"),
    ("too late", at(2, "16:30"), "Mon 16:30 Rivera, Tue 17:00 Mora, Wed 17:00 lead"),
    ("at night", at(3, "02:00"), "Tue 09:00 Rivera, Tue 17:00 Mora, Wed 17:00 lead"),
    ("at the weekend", at(7, "12:00"), "Mon 09:00 Rivera, Mon 17:00 Mora, Tue 17:00 lead"),
]


@pytest.mark.parametrize(("now", "expected"), [case[1:] for case in CONCERNS])
def test_a_concern_is_for_the_end_of_a_working_day(now: datetime, expected: str) -> None:
    """It wakes nobody; untaken at closing time it goes up. On-call people are not called for it."""
    assert told(route(Tier.CONCERN, desk(), now)).startswith(expected)


@pytest.mark.parametrize(
    ("now", "on_call", "first"),
    [
        (at(7, "11:00"), (NUNEZ,), "Sat 11:00 Nuñez, Mon 09:00 Rivera,"),
        (at(6, "17:30"), (NUNEZ,), "Fri 17:30 Nuñez, Mon 09:00 Rivera,"),
        (at(7, "11:00"), (), "Mon 09:00 Rivera,"),
        (at(2, "07:00"), (NUNEZ,), "Mon 09:00 Rivera,"),
        (at(2, "10:00"), (NUNEZ,), "Mon 10:00 Rivera,"),
    ],
)
def test_a_concern_for_today_does_not_wait_for_monday(
    now: datetime, on_call: tuple[UUID, ...], first: str
) -> None:
    """Thoughts of death on most days, told on a Saturday: whoever is on call hears of it; the
    office does where it opens on that day, or nobody is on call."""
    assert told(route(Tier.CONCERN, desk(on_call=on_call), now, today=True)).startswith(first)


def test_a_concern_without_any_hours_goes_up_daily() -> None:
    """Where nobody has set hours, a day is a day."""
    way = route(Tier.CONCERN, desk(NEVER), at(2, "10:00"))
    assert told(way) == "Mon 10:00 Rivera, Tue 10:00 Mora, Wed 10:00 lead, Thu 10:00 silent"


def test_nobody_to_tell() -> None:
    """Without anybody the route is empty, and nobody answers at once."""
    empty = desk(therapists=(), leads=())
    for tier in (Tier.CRISIS, Tier.CONCERN):
        way = route(tier, empty, at(2, "10:00"))
        assert way.steps == ()
        assert way.silent_at == at(2, "10:00")


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (datetime(2026, 3, 27, 18, 0, tzinfo=UTC), datetime(2026, 3, 30, 7, 0, tzinfo=UTC)),
        (datetime(2026, 10, 23, 18, 0, tzinfo=UTC), datetime(2026, 10, 26, 8, 0, tzinfo=UTC)),
    ],
)
def test_nine_is_nine_across_the_clock_changes(now: datetime, opens: datetime) -> None:
    """On the Monday after the clocks changed the office opens at nine on the wall."""
    assert next_opening(NINE_TO_FIVE, now) == opens


def test_an_office_that_opens_in_the_hour_that_is_skipped_or_comes_twice() -> None:
    """It opens, once, and not before it closes."""
    hours = Hours("Europe/Madrid", (Opening(6, "02:30", "04:00"),))
    spring = next_opening(hours, datetime(2026, 3, 28, 12, 0, tzinfo=UTC))
    autumn = next_opening(hours, datetime(2026, 10, 24, 12, 0, tzinfo=UTC))
    assert spring == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert autumn == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_hours_past_midnight() -> None:
    """An evening that ends at one, and one that ends at 24:00."""
    late = Hours("Europe/Madrid", (Opening(4, "18:00", "01:00"), Opening(5, "18:00", "24:00")))
    assert open_span(late, at(7, "00:30")) is not None
    assert open_span(late, at(7, "01:00")) is None
    assert open_span(late, at(7, "23:59")) is not None
    assert open_span(late, at(8, "00:00")) is None


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sampled_from([Tier.CRISIS, Tier.CONCERN]),
    st.permutations([RIVERA, MORA, NUNEZ, LEAD]),
    st.integers(0, 4),
)
def test_a_route_never_goes_back_in_time_or_to_the_same_person_twice(
    now: datetime, tier: Tier, people: list[UUID], on_call: int
) -> None:
    """Whatever the moment and the desk: steps follow one another, and silence comes last."""
    somebody = desk(therapists=tuple(people[:2]), on_call=tuple(people[:on_call]))
    way = route(tier, somebody, now)
    moments = [step.at for step in way.steps] + [way.silent_at]
    assert moments == sorted(moments)
    assert len(set(moments)) == len(moments)
    assert moments[0] >= now
    everybody = [one for step in way.steps for one in step.who]
    assert len(everybody) == len(set(everybody)) > 0
    if tier is Tier.CRISIS and (open_span(NINE_TO_FIVE, now) or on_call):
        assert moments[0] == now
        assert way.silent_at - now <= timedelta(minutes=90)
