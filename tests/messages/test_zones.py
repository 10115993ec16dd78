"""Which clock is meant by a time that people read out."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.care.hours import readings
from bot.messages import zones


@pytest.mark.parametrize(
    ("zone", "language", "city"),
    [
        ("America/Argentina/Cordoba", "es", "Córdoba"),
        ("Asia/Kolkata", "es", "Calcuta"),
        ("America/New_York", "es", "Nueva York"),
        ("America/Argentina/Buenos_Aires", "en", "Buenos Aires"),
        ("Pacific/Auckland", "en", "Auckland"),
    ],
)
def test_a_city_is_spelt_as_people_spell_it(zone: str, language: str, city: str) -> None:
    """Babel keeps some spellings under a zone's former name only."""
    assert zones.city(zone, language) == city


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


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("GMT+1", "Europe/Madrid"),
        ("utc -5", "America/Bogota"),
        ("UTC+05:30", "Asia/Kolkata"),
        ("gmt", "Europe/London"),
        ("GMT+13:30", None),
        ("it is 1", None),
    ],
)
def test_an_offset_finds_the_clock_it_is_of(typed: str, zone: str | None) -> None:
    """“GMT+1” was read as one o’clock: “it is 13:03 for you, right?”."""
    now = datetime(2026, 11, 27, 15, 8, tzinfo=UTC)
    assert zones.ahead(typed, "Europe/London", now) == zone
