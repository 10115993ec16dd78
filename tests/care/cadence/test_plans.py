"""What a schedule hangs on, when its next moment is, and what a person can change about it."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from bot.care.cadence import (
    AroundSession,
    DaysAfter,
    Facts,
    FixedTime,
    Pause,
    Quiet,
    Schedule,
    Send,
    Skip,
    Why,
    decide,
    find_zone,
    guess_hour,
    guess_zone,
    next_day_at,
    next_moment,
    read_hour,
    travelled,
    without_today,
)
from tests.care.cadence.life import Life
from tests.care.cadence.plans import PLAIN, TUESDAY, at, plan, utc

NINE = at("09:00").at
NOON = utc("2026-03-03T12:00")
DAY = timedelta(days=1)


def _dates(schedule: Schedule, facts: Facts, after: datetime, most: int = 5) -> list[str]:
    """The local dates of the next moments."""
    found: list[date] = []
    while len(found) < most:
        known = Facts(
            enrolled_on=facts.enrolled_on,
            discharged_on=facts.discharged_on,
            sessions=facts.sessions,
            used=frozenset(found),
        )
        coming = next_moment(schedule, after, known)
        if coming is None:
            break
        found.append(coming[0])
    return [day.isoformat()[5:] for day in found]


@pytest.mark.parametrize(
    ("changes", "facts", "dates"),
    [
        ({}, Facts(), ["03-04", "03-05", "03-06", "03-07", "03-08"]),
        ({"weekdays": (5, 6)}, Facts(), ["03-07", "03-08", "03-14", "03-15", "03-21"]),
        ({"until": date(2026, 3, 5)}, Facts(), ["03-04", "03-05"]),
        (
            {"anchor": DaysAfter(of="enrolment", at=NINE, first=3)},
            Facts(enrolled_on=date(2026, 3, 1)),
            ["03-04"],
        ),
        (
            {"anchor": DaysAfter(of="enrolment", at=NINE, first=7, every=28, last=63)},
            Facts(enrolled_on=date(2026, 3, 1)),
            ["03-08", "04-05", "05-03"],
        ),
        ({"anchor": DaysAfter(of="discharge", at=NINE, first=1)}, Facts(), []),
        (
            {"anchor": DaysAfter(of="discharge", at=NINE, first=7, every=7)},
            Facts(discharged_on=date(2026, 3, 1)),
            ["03-08", "03-15", "03-22", "03-29", "04-05"],
        ),
        (
            {"anchor": AroundSession(minutes=-120)},
            Facts(sessions=(utc("2026-03-12T17:00"), utc("2026-03-05T17:00"))),
            ["03-05", "03-12"],
        ),
        (
            {"anchor": AroundSession(minutes=60)},
            Facts(sessions=(utc("2026-03-05T09:00"), utc("2026-03-05T15:00"))),
            ["03-05"],
        ),
    ],
)
def test_the_dates_of_a_plan(changes: dict[str, object], facts: Facts, dates: list[str]) -> None:
    """Fixed times, days of the programme, sessions (two on one day get one reminder)."""
    assert _dates(plan(**changes), facts, NOON) == dates


def test_weekends_may_have_their_own_time() -> None:
    """Saturday at noon, weekdays at nine."""
    schedule = plan(anchor=at("09:00", "12:00"), participant=UUID(int=0))
    friday = next_moment(schedule, utc("2026-03-05T12:00"), Facts())
    saturday = next_moment(schedule, utc("2026-03-06T12:00"), Facts())
    assert friday is not None
    assert saturday is not None
    assert saturday[1] - friday[1] == DAY + timedelta(hours=3)


def test_a_second_session_on_a_day_gets_no_reminder_of_its_own() -> None:
    """Also when that of the first one was missed."""
    sessions = (utc("2026-03-05T09:00"), utc("2026-03-05T15:00"), utc("2026-03-06T09:00"))
    schedule = plan(anchor=AroundSession(minutes=60), window=60)
    coming = next_moment(schedule, utc("2026-03-05T12:00"), Facts(sessions=sessions))
    assert coming is not None
    assert coming[0] == date(2026, 3, 6)


def test_a_window_that_is_open_is_the_next_moment() -> None:
    """After a downtime the date whose window is still open comes first, at once: even last
    evening's, and even from half around the world."""
    ten = utc("2026-03-03T09:00")
    assert next_moment(PLAIN, ten, Facts()) == (TUESDAY, ten)
    night = utc("2026-03-03T23:30")
    late = plan(anchor=at("23:00"), quiet=None)
    assert next_moment(late, night, Facts()) == (TUESDAY, night)
    there = plan(anchor=at("18:00"), quiet=None, window=720, zone="America/Los_Angeles")
    landed = travelled(there, "Pacific/Kiritimati", utc("2026-03-03T20:00"))
    two_days_on = utc("2026-03-04T12:00")  # 5 March there
    assert next_moment(landed, two_days_on, Facts()) == (TUESDAY, two_days_on)


def test_before_a_session_means_before_it() -> None:
    """Two hours before; late at most until it begins; an early one waits for the quiet hours."""
    session = utc("2026-03-05T17:00")
    schedule = plan(anchor=AroundSession(minutes=-120), window=600)
    facts, thursday = Facts(sessions=(session,)), date(2026, 3, 5)
    assert decide(schedule, thursday, facts, session - timedelta(minutes=1)) == Send()
    assert decide(schedule, thursday, facts, session) != Send()
    early = utc("2026-03-05T08:00")  # nine in Madrid; two hours before, it is quiet
    coming = next_moment(schedule, utc("2026-03-05T00:00"), Facts(sessions=(early,)))
    assert coming is not None
    assert utc("2026-03-05T07:00") <= coming[1] < utc("2026-03-05T07:10")


def test_jitter_is_small_stable_and_keeps_out_of_quiet_hours() -> None:
    """Ten minutes at most, the same every day, spread over people, none into the night."""
    offsets = set()
    for number in range(200):
        someone = plan(participant=UUID(int=number))
        for day in (TUESDAY, TUESDAY + DAY):
            coming = next_moment(someone, utc(f"{day}T00:00"), Facts())
            assert coming is not None
            offsets.add((number, coming[1] - utc(f"{day}T08:00")))
        late = next_moment(
            plan(participant=UUID(int=number), anchor=at("21:55")), utc("2026-03-03T00:00"), Facts()
        )
        assert late is not None
        assert utc("2026-03-03T20:55") <= late[1] < utc("2026-03-03T21:00")
        hasty = next_moment(
            plan(participant=UUID(int=number), window=15), utc("2026-03-03T00:00"), Facts()
        )
        assert hasty is not None
        assert hasty[1] - utc("2026-03-03T08:00") < timedelta(minutes=7.5)
    assert len(offsets) == 200
    assert all(timedelta(0) <= offset < timedelta(minutes=10) for _, offset in offsets)
    assert len({offset for _, offset in offsets}) > 150


def test_a_schedule_travels_as_json() -> None:
    """Written and read again it is the same, times as HH:MM."""
    schedule = travelled(without_today(PLAIN, NOON), "Asia/Tokyo", NOON)
    written = schedule.model_dump(mode="json")
    assert written["anchor"]["at"] == "09:00"
    assert Schedule.model_validate_json(schedule.model_dump_json()) == schedule


@pytest.mark.parametrize(
    "changes",
    [
        {"zone": "Amerika/New_York"},
        {"zone": "../etc/passwd"},
        {"zone": ""},
        {"anchor": {"kind": "fixed", "at": "24:00"}},
        {"anchor": {"kind": "fixed", "at": "09:00:30"}},
        {"anchor": {"kind": "fixed", "at": "22:00"}},
        {"anchor": {"kind": "fixed", "at": "09:00", "weekend": "07:59"}},
        {"weekdays": ()},
        {"weekdays": (7,)},
        {"window": 0},
        {"since": datetime(2026, 1, 1)},  # noqa: DTZ001 # it must be refused
        {"quiet": {"start": "08:00", "end": "08:00"}},
        {"often": True},
    ],
)
def test_plans_that_cannot_be(changes: dict[str, object]) -> None:
    """Unknown zones, impossible times, times in the person's own quiet hours: refused at once."""
    with pytest.raises(ValidationError):
        plan(**changes)


def test_a_new_plan_begins_with_the_next_time() -> None:
    """Set at ten for nine o'clock, it does not fire at once."""
    fresh = plan(since=utc("2026-03-03T09:00"))
    coming = next_moment(fresh, utc("2026-03-03T09:00"), Facts())
    assert coming is not None
    assert coming[0] == TUESDAY + DAY


def test_what_is_paused_or_left_out_keeps_its_moment() -> None:
    """So that it is counted; both take effect at once, and end by themselves."""
    evening = plan(anchor=at("18:00"))
    on_pause = Facts(pause=Pause(since=TUESDAY, until=date(2026, 3, 10)))
    assert next_moment(evening, NOON, on_pause) == next_moment(evening, NOON, Facts())
    last, first = utc("2026-03-09T17:30"), utc("2026-03-10T17:30")
    assert decide(evening, last.date(), on_pause, last) == Skip(Why.PAUSED)
    assert decide(evening, first.date(), on_pause, first) == Send()
    tonight = utc("2026-03-03T17:30")
    without = without_today(evening, NOON)
    assert decide(without, TUESDAY, Facts(), tonight) == Skip(Why.NOT_TODAY)
    assert decide(without, TUESDAY + DAY, Facts(), tonight + DAY) == Send()


def test_a_schedule_may_have_a_last_date() -> None:
    """After it nothing comes any more."""
    evening = plan(anchor=at("18:00"), until=TUESDAY)
    assert decide(evening, TUESDAY, Facts(), utc("2026-03-03T17:30")) == Send()
    assert next_moment(evening, utc("2026-03-04T17:30"), Facts()) is None


def test_a_plan_stored_with_its_own_pause_is_read() -> None:
    """Older versions wrote "pause": null; the word is not written again."""
    older = PLAIN.model_dump_json().removesuffix("}") + ',"pause":null}'
    assert Schedule.model_validate_json(older) == PLAIN
    assert "pause" not in PLAIN.model_dump_json()


def test_travelling_counts_from_the_next_local_date() -> None:
    """Madrid to New York at noon: this evening's comes by Madrid, tomorrow's by New York."""
    evening = travelled(plan(anchor=at("18:00"), quiet=None), "America/New_York", NOON)
    life = Life(NOON, {evening.id: evening})
    life.live(3 * DAY)
    hours = [
        (sent.local_date, sent.at.astimezone(ZoneInfo(zone)).hour)
        for sent, zone in zip(
            life.sent, ("Europe/Madrid", "America/New_York", "America/New_York"), strict=True
        )
    ]
    assert hours == [(TUESDAY + n * DAY, 18) for n in range(3)]


def test_quiet_hours_travel_at_once() -> None:
    """Six in the evening in Los Angeles is the middle of the night for whoever is in Tokyo."""
    evening = plan(anchor=at("18:00"), zone="America/Los_Angeles")
    landed = travelled(evening, "Asia/Tokyo", utc("2026-03-03T20:00"))
    due = utc("2026-03-04T02:10")  # 18:10 in Los Angeles, 11:10 in Tokyo
    assert decide(landed, TUESDAY, Facts(), due) == Send()
    late = travelled(evening, "Europe/Madrid", utc("2026-03-03T20:00"))
    assert decide(late, TUESDAY, Facts(), due) != Send()


def test_over_the_date_line_and_back() -> None:
    """Samoa to American Samoa gives a date twice, and its reminder once; then all goes on."""
    apia = plan(zone="Pacific/Apia", since=utc("2026-03-01T00:00"))
    life = Life(apia.since, {apia.id: apia})
    for zone in ("Pacific/Pago_Pago", "Pacific/Apia", "Pacific/Apia"):
        for _ in range(4):
            life.live(DAY)
            life.answer()
        life.travel(zone)
    dates = [sent.local_date for sent in life.sent]
    assert len(dates) == len(set(dates))
    assert [day for day in life.accounted(apia.id) if day.outcome == "missed_system"] == []
    assert dates[-1] == date(2026, 3, 13)


def test_a_week_with_a_missing_date() -> None:
    """Samoa went from 29 to 31 December 2011: nothing for the 30th, and no double on the 31st."""
    samoa = plan(zone="Pacific/Apia", since=utc("2011-12-27T00:00"))
    life = Life(samoa.since, {samoa.id: samoa})
    for _ in range(6):
        life.live(DAY)
        life.answer()
    assert [sent.local_date.day for sent in life.sent] == [27, 28, 29, 31, 1, 2]


@pytest.mark.parametrize(
    ("zone", "now", "hour", "expected"),
    [
        ("Europe/Madrid", "2026-03-28T09:00", "10:00", "2026-03-29T08:00"),
        ("America/New_York", "2026-03-07T20:00", "02:30", "2026-03-08T12:00"),
        ("Pacific/Apia", "2011-12-30T00:00", "10:00", "2011-12-30T20:00"),
        ("Europe/Madrid", "2026-03-03T23:30", "10:00", "2026-03-05T09:00"),
        ("Europe/Madrid", "2026-03-03T09:00", "23:00", "2026-03-05T07:00"),
    ],
)
def test_the_next_day_at(zone: str, now: str, hour: str, expected: str) -> None:
    """That time on the next date there is, moved to the end of the quiet hours."""
    wanted = read_hour(hour)
    assert wanted is not None
    assert next_day_at(wanted, utc(now), ZoneInfo(zone), Quiet()) == utc(expected)


@pytest.mark.parametrize(
    ("written", "guess"),
    [
        ("9.30", "09:30"),
        ("930", "09:30"),
        ("9pm", "21:00"),
        ("9:15 p.m.", "21:15"),
        ("12 am", "00:00"),
        ("24:00", "00:00"),
        ("7", "07:00"),
        ("25:00", None),
        ("10:75", None),
        ("noon", None),
        ("", None),
    ],
)
def test_times_that_are_none(written: str, guess: str | None) -> None:
    """Only HH:MM is a time; for some others one can tell what was meant."""
    assert read_hour(written) is None
    assert guess_hour(written) == guess
    assert read_hour("9:05") == at("09:05").at


@pytest.mark.parametrize(
    ("written", "guess"),
    [
        ("new york", "America/New_York"),
        ("america/new_york", "America/New_York"),
        ("Amerika/New_York", "America/New_York"),
        ("Madird", "Europe/Madrid"),
        ("Gotham", None),
        ("localtime", None),
        ("", None),
    ],
)
def test_zones_that_are_none(written: str, guess: str | None) -> None:
    """An unknown name may be near a known one."""
    assert find_zone(written) is None
    assert guess_zone(written) == guess


def test_a_fixed_time_is_for_one_moment_a_date() -> None:
    """Two a day are two schedules, and each has its own dates."""
    morning, evening = plan(), plan(id=UUID(int=8), anchor=FixedTime(at=at("18:00").at))
    life = Life(utc("2026-03-03T00:00"), {morning.id: morning, evening.id: evening})
    life.live(DAY)
    assert [sent.schedule.id.int for sent in life.sent] == [7, 8]
