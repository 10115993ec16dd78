"""Which clock is meant by what people type: cities, countries, letters; never a guess."""

import pytest

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


def test_no_place_is_no_place() -> None:
    """Mars has no clock."""
    assert zones.find("Mars/Olympus", "en") == zones.Found(None, "")
