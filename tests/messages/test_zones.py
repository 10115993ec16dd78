"""Which clock is meant by what people type: cities, countries, letters; never a guess."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.care.hours import readings
from bot.messages import zones


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("bogota", "America/Bogota"),
        ("Colombia", "America/Bogota"),
        ("Perú", "America/Lima"),
        ("Argentina", "America/Argentina/Buenos_Aires"),
        ("Alemania", "Europe/Berlin"),
        ("EST", "America/New_York"),
        ("Pacific", "America/Los_Angeles"),
        ("MST", "America/Denver"),
    ],
)
def test_a_country_with_one_clock_and_what_americans_call_theirs(typed: str, zone: str) -> None:
    """EST and MST of the IANA list never change their clock; whoever types them lives where it
    does."""
    assert zones.find(typed, "es") == zones.Found(zone, "")


@pytest.mark.parametrize(
    ("typed", "city"),
    [("España", "Madrid"), ("spain", "Madrid"), ("EEUU", "Nueva York"), ("Chile", "Santiago")],
)
def test_a_country_with_several_clocks_is_asked_back(typed: str, city: str) -> None:
    """Not Saipán, to which España is near only in its letters."""
    found = zones.find(typed, "es")
    assert (found.zone, found.wide) == (None, True)
    assert city in found.hint


@pytest.mark.parametrize(
    ("said", "zone"),
    [("12:45", "UTC"), ("13:50", "Europe/Madrid"), ("08:00", "America/Bogota"), ("18:20", None)],
)
def test_a_time_that_was_rounded_still_finds_its_clock(said: str, zone: str | None) -> None:
    """It is 12:49 in UTC and 7:49 in Bogotá; whoever is there says eight. It is asked back."""
    now = datetime(2026, 11, 27, 12, 49, tzinfo=UTC)
    found = zones.at([said], "UTC", now)
    there = None if found is None else now.astimezone(ZoneInfo(found)).utcoffset()
    if zone is not None:
        assert there == now.astimezone(ZoneInfo(zone)).utcoffset()
    else:
        assert found == "Asia/Kolkata"


@pytest.mark.parametrize(
    ("typed", "here", "zone"),
    [
        ("son las 4", "America/New_York", "Europe/Madrid"),
        ("son las 4", "Europe/Madrid", "Europe/Madrid"),
        ("it is 4:08", "Europe/Madrid", "Europe/Madrid"),
        ("3 pm", "Europe/Madrid", "Europe/London"),
        ("10", "America/New_York", "America/New_York"),
        ("04:08", "Europe/Madrid", "Pacific/Auckland"),
        ("16:08", "America/New_York", "Europe/Madrid"),
        ("a las 4 o a las 5", "Europe/Madrid", None),
        ("no lo sé", "Europe/Madrid", None),
    ],
)
def test_who_says_four_means_the_nearer_four(typed: str, here: str, zone: str | None) -> None:
    """It is 16:08 in Madrid and 4:08 in Auckland: nobody in Madrid lives down there."""
    now = datetime(2026, 11, 27, 15, 8, tzinfo=UTC)
    assert zones.at(readings(typed), here, now) == zone


def test_no_place_is_no_place() -> None:
    """Mars has no clock."""
    assert zones.find("Mars/Olympus", "en") == zones.Found(None, "")
