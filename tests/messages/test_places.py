"""Which clock is meant by what people type: cities, states, countries, letters; never a guess."""

import pytest

from bot.messages import places
from tests import cities


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
    assert places.find(typed, "es") == places.Found(zone, "")


@pytest.mark.parametrize(
    ("typed", "city"),
    [("España", "Madrid"), ("spain", "Madrid"), ("EEUU", "Nueva York"), ("Chile", "Santiago")],
)
def test_a_country_with_several_clocks_is_asked_back(typed: str, city: str) -> None:
    """Not Saipán, to which España is near only in its letters."""
    found = places.find(typed, "es")
    assert (found.zone, found.wide) == (None, True)
    assert city in found.hint


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Sevilla", "Europe/Madrid"),
        ("vivo en Sevilla", "Europe/Madrid"),
        ("i live in austin tx", "America/Chicago"),
        ("San Francisco", "America/Los_Angeles"),
        ("san antonio", "America/Chicago"),
        ("Mumbai", "Asia/Kolkata"),
        ("The Bronx", "America/New_York"),
        ("Tijuana", "America/Tijuana"),
        ("California", "America/Los_Angeles"),
        ("Arizona", "America/Phoenix"),
        ("Las Palmas", "Atlantic/Canary"),
        ("Córdoba, España", "Europe/Madrid"),
        ("cordoba argentina", "America/Argentina/Cordoba"),
        ("San Juan, PR", "America/Puerto_Rico"),
        ("Boston, UK", "Europe/London"),
        ("Portland, Maine", "America/New_York"),
        ("Bogotá, CO", "America/Bogota"),
        ("Mendoza AR", "America/Argentina/Mendoza"),
        ("Smalltown, AZ", "America/Phoenix"),
        ("Athens, GA", "America/New_York"),
    ],
)
def test_a_place_is_known_however_somebody_says_it(typed: str, zone: str) -> None:
    """“San Antonio” was taken for a misspelt Santiago de Chile, “San Juan” for Argentina's."""
    assert places.find(typed, "es") == places.Found(zone, "")


@pytest.mark.parametrize(
    ("typed", "zones"),
    [
        ("Córdoba", ("America/Argentina/Cordoba", "Europe/Madrid")),
        ("Valencia", ("America/Caracas", "Europe/Madrid")),
        ("Portland, ME", ("America/Los_Angeles", "America/New_York")),
        ("madrid me", ("Europe/Madrid", "America/New_York")),
        ("Texas", ("America/Chicago", "America/Denver")),
        ("León", ("America/Mexico_City", "Europe/Madrid", "America/Managua")),
    ],
)
def test_a_name_with_several_clocks_is_asked_back(typed: str, zones: tuple[str, ...]) -> None:
    """Hours of the wrong Córdoba would ring at night."""
    assert places.find(typed, "en") == places.Found(None, "", several=zones)


@pytest.mark.parametrize(
    "typed",
    [
        *("Mars/Olympus", "estoy en casa", "la verdad no sé", "nowhere", "son las tres", "hell"),
        "ayuda me",
    ],
)
def test_no_place_is_no_place(typed: str) -> None:
    """Mars has no clock, and what is no place at all is not taken for the next best city."""
    assert places.find(typed, "es") == places.Found(None, "")


@pytest.mark.parametrize(
    ("typed", "city"),
    [("madird", "Madrid"), ("san fransisco", "Los Ángeles"), ("Filadelphia", "Nueva York")],
)
def test_a_misspelt_city_is_asked_back_by_its_clock(typed: str, city: str) -> None:
    """Not taken: it may be another."""
    assert places.find(typed, "es") == places.Found(None, city)


def _row(name: str, country: str, people: int, zone: str) -> str:
    row = [""] * 19
    row[cities.NAME], row[cities.COUNTRY] = name, country
    row[cities.PEOPLE], row[cities.ZONE] = str(people), zone
    return "\t".join(row) + "\n"


def test_the_list_of_cities_keeps_whoever_may_be_meant() -> None:
    """Namesakes of about one size stay both, a hamlet beside a metropolis goes; so do small towns
    where few speak our languages."""
    made = cities.made(
        [
            _row("Córdoba", "ES", 325_000, "Europe/Madrid"),
            _row("Córdoba", "AR", 1_400_000, "America/Argentina/Cordoba"),
            _row("Houston", "US", 2_300_000, "America/Chicago"),
            _row("Houston", "GB", 21_000, "Europe/London"),
            _row("Ulm", "DE", 120_000, "Europe/Berlin"),
            _row("Celle", "DE", 70_000, "Europe/Berlin"),
        ]
    )
    rows = [line for line in made.splitlines() if not line.startswith("#")]
    assert rows == ["America/Argentina/Cordoba Europe/Madrid\tcordoba", "America/Chicago\thouston"]
