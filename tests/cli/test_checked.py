"""What somebody types behind an option: read as it is meant, or refused in a sentence."""

import re

import pytest

from bot.cli import checked
from bot.errors import BetweenError
from bot.store.groups import OfficeHours, SessionTime


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Madrid", "Europe/Madrid"),
        ("europe/madrid", "Europe/Madrid"),
        ("UTC", "UTC"),
        ("Madrid", "Europe/Madrid"),
        ("New York", "America/New_York"),
    ],
)
def test_a_zone_is_known_by_its_name_or_its_city(typed: str, zone: str) -> None:
    """A zone is known by its name or its city, in any case."""
    assert checked.zone_of(typed) == zone


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("Europe/Madird", "Did you mean Europe/Madrid?"),
        ("America/New_Yrok", "Did you mean America/New_York?"),
        ("Mars/Olympus", "Use a name such as America/New_York."),
        ("", "Use a name such as America/New_York."),
    ],
)
def test_zones_that_are_none(typed: str, hint: str) -> None:
    """A slip of the finger gets the zone that was meant."""
    with pytest.raises(BetweenError, match=re.escape(hint)):
        checked.zone_of(typed)


@pytest.mark.parametrize(
    ("typed", "session"),
    [
        ("Thu 18:00 90", SessionTime(3, "18:00", 90)),
        ("thursday 9:30", SessionTime(3, "09:30", 90)),
        ("Sun 00:00 1", SessionTime(6, "00:00", 1)),
    ],
)
def test_a_session_is_a_day_a_time_and_minutes(typed: str, session: SessionTime) -> None:
    """Day, time and minutes."""
    assert checked.session_of(typed) == session


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("Mon-Tue 09:00-17:00", [OfficeHours(day, "09:00", "17:00") for day in (0, 1)]),
        ("Sat 9:00-12:30", [OfficeHours(5, "09:00", "12:30")]),
        ("Sun 00:00-24:00", [OfficeHours(6, "00:00", "24:00")]),
    ],
)
def test_a_span_of_days_makes_hours_for_each(typed: str, hours: list[OfficeHours]) -> None:
    """A span of days makes one entry for each."""
    assert checked.hours_of(typed) == hours


@pytest.mark.parametrize(
    ("check", "typed", "sentence"),
    [
        (checked.session_of, "Thu", "is no session"),
        (checked.session_of, "Th 18:00", "is no weekday"),
        (checked.session_of, "Thu 24:00", "is no time of day"),
        (checked.session_of, "Thu 18:00 long", "is no number of minutes"),
        (checked.session_of, "Thu 18:00 ٣", "is no number of minutes"),
        (checked.session_of, "Thu 18:00 9999", "must be from 1 to 600"),
        (checked.hours_of, "Mon-Fri", "are no hours"),
        (checked.hours_of, "Mon-Fri 17:00-09:00", "ends before it begins"),
        (checked.hours_of, "Fri-Mon 09:00-17:00", "goes past Sunday"),
        (checked.hours_of, "Mon 24:00-24:00", "is no time of day"),
        (checked.hours_of, "Mon 09:00-24:30", "is no time of day"),
        (checked.country_of, "XX", "is no country"),
        (checked.country_of, "", "is no country"),
        (checked.email_of, "rivera", "is no e-mail address"),
        (checked.email_of, "a@b", "is no e-mail address"),
        (lambda text: checked.text_of(text, "name"), "  ", "The name is empty."),
        (lambda text: checked.text_of(text, "name"), "x" * 61, "too long"),
    ],
)
def test_each_slip_has_its_own_plain_sentence(check: object, typed: str, sentence: str) -> None:
    """Each slip has its own plain sentence."""
    assert callable(check)
    with pytest.raises(BetweenError, match=re.escape(sentence)):
        check(typed)
