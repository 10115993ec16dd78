"""Which clock a place has that people name: a city, a state, a country, with or without "in"."""

import re
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from bot.catalog.bare import bare
from bot.catalog.text import LANGUAGES
from bot.messages.zones import city

CITIES: Final = Path(__file__).with_name("cities.tsv")
"""Cities of GeoNames (CC BY 4.0) by clock; `tests/cities.py` makes it."""

_ALSO = {
    "America/New_York": "filadelfia nuevayork nyc bronx washingtondc ny est edt et eastern",
    "America/Chicago": "cst cdt ct central",
    "America/Los_Angeles": "la sf pst pdt pt pacific",
    "America/Denver": "mst mdt mt mountain",
    "America/Puerto_Rico": "puertorico",
    "America/Mexico_City": "cdmx df ciudaddemexico",
    "Europe/Madrid": "seville lacoruna coruna sansebastian donostia vitoria palmademallorca"
    " mallorca andalucia cataluna catalunya paisvasco galicia",
    "Atlantic/Canary": "canarias laspalmas grancanaria tenerife lanzarote fuerteventura",
    "Europe/London": "edimburgo inglaterra england escocia scotland gales wales uk",
    "Asia/Kolkata": "bombay nuevadelhi newdelhi calcuta",
    "America/Mexico_City Europe/Madrid America/Managua": "leon",
}
"""Names that GeoNames spells otherwise, by one clock or by several; and letters Americans say for a
clock that changes twice a year (EST and MST of the IANA list never do)."""

_STATES: Final = {
    "America/New_York": "CT Connecticut, DE Delaware, DC Washington, FL Florida, GA Georgia,"
    " IN Indiana, KY Kentucky, ME Maine, MD Maryland, MA Massachusetts, MI Michigan,"
    " NH New Hampshire, NJ New Jersey, NY New York, NC North Carolina, OH Ohio, PA Pennsylvania,"
    " RI Rhode Island, SC South Carolina, TN Tennessee, VT Vermont, VA Virginia, WV West Virginia,"
    " NC Carolina del Norte, SC Carolina del Sur, PA Pensilvania, NJ Nueva Jersey",
    "America/Chicago": "AL Alabama, AR Arkansas, FL Florida, IL Illinois, IN Indiana, IA Iowa,"
    " KS Kansas, KY Kentucky, LA Louisiana, MN Minnesota, MS Mississippi, MO Missouri,"
    " NE Nebraska, ND North Dakota, OK Oklahoma, SD South Dakota, TN Tennessee, TX Texas, TX Tejas,"
    " WI Wisconsin, LA Luisiana, MS Misisipi, MO Misuri",
    "America/Denver": "CO Colorado, ID Idaho, MT Montana, NE Nebraska, ND North Dakota,"
    " NM New Mexico, NM Nuevo Mexico, SD South Dakota, TX Texas, TX Tejas, UT Utah, WY Wyoming",
    "America/Phoenix": "AZ Arizona",
    "America/Los_Angeles": "CA California, ID Idaho, NV Nevada, OR Oregon, WA Washington",
    "America/Anchorage": "AK Alaska",
    "Pacific/Honolulu": "HI Hawaii, HI Hawai",
    "America/Puerto_Rico": "PR Puerto Rico",
}
"""The states of the US by their clocks, as they are written behind a city or alone."""

_MAIN = {
    "US": "America/New_York",
    "CA": "America/Toronto",
    "MX": "America/Mexico_City",
    "ES": "Europe/Madrid",
    "PT": "Europe/Lisbon",
    "CL": "America/Santiago",
    "BR": "America/Sao_Paulo",
    "EC": "America/Guayaquil",
    "AU": "Australia/Sydney",
    "NZ": "Pacific/Auckland",
}
"""Where most people live, in a country with several clocks."""

_ONE = {"AR": "America/Argentina/Buenos_Aires", "DE": "Europe/Berlin"}
"""Countries with several names for one clock."""

_OUTSIDE = ("Etc/", "SystemV/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/")
_LEAD = re.compile(
    r"^(?:(?:(?:right )?now|currently|ahora(?: mismo)?|hoy|pues|well),? +)?"
    r"(?:(?:i am|i'?m|im|i live|we live|it'?s|yo|ya|vivo|vivimos|estoy|ando|soy|es) +)?"
    r"(?:(?:now|currently|ahora(?: mismo)?) +)?"
    r"(?:(?:in|at|from|near|close to|en|de|desde|por|cerca de) +)?(?:the +)?"
)
_ARTICLE = re.compile(r"^(?:la|el|los|las) +")
ALIKE, VERY_ALIKE = 0.7, 0.85
"""From when on a name is taken for misspelt. Among 11,000 names, something is a little like all."""
LONGEST = 120
"""Longer words name no place; held against all of them, they kept everybody waiting."""
MOST_ASKED = 4
"""How many clocks of one name are offered."""


class Found(NamedTuple):
    """The zone of a name; None and the city that may be meant where nobody knows it, or where a
    country with several clocks (`wide`) was named. Of a name that several places have, all their
    zones, that of the largest first."""

    zone: str | None
    hint: str
    wide: bool = False
    several: tuple[str, ...] = ()


def find(text: str, language: str) -> Found:
    """The zone of a place or of an IANA name, however it is spelt, and whatever stands around it:
    "in Austin", "vivo en Córdoba, Argentina"."""
    if len(text) > LONGEST:
        return Found(None, "")
    said = led_to(text)
    for name in (plain(text), plain(said), plain(_ARTICLE.sub("", said))):
        found = _found(name, language)
        if found is not None:
            return found
    return _narrowed(said) or _near(plain(said), language)


def led_to(text: str) -> str:
    """What a sentence about where somebody is leads to, as `bare` leaves it: “españa” of “estoy en
    España”."""
    return _LEAD.sub("", bare(text).strip())


def _found(name: str, language: str) -> Found | None:
    """What a whole name means: a country before a city (there is a Colombia in Mexico), a state
    before a country (Georgia)."""
    country = None if name in _states() else _countries().get(name)
    if country is None:
        zones = _index().get(name)
        return None if zones is None else _of(zones)
    if country in _MAIN:
        return Found(None, city(_MAIN[country], language), wide=True)
    return Found(_ONE.get(country) or _zones_of(country)[0], "")


def _of(zones: tuple[str, ...]) -> Found:
    return Found(zones[0], "") if len(zones) == 1 else Found(None, "", several=zones[:MOST_ASKED])


def _narrowed(said: str) -> Found | None:
    """A city with its state or country behind it: of all places of that name, those that lie
    there. Two letters may be a state or a country (CO, AR), or a word: they choose among places of
    a known name, and name a state by themselves only behind a comma."""
    words = said.strip(" ,.").replace(",", " , ").split()
    for at in range(1, len(words)):
        head, tail = "".join(words[:at]), plain("".join(words[at:]))
        here, state = _index().get(plain(head), ()), _states().get(tail, ())
        country = _zones_of(_countries_all().get(tail, ""))
        inside = {*state, *country, *_zones_of(tail.upper())}
        both = tuple(each for each in here if each in inside)
        if both:
            return _of(both)
        if state and len(tail) > len("TX"):
            return _of(state)
        if state and (here or "," in words):
            return _of(tuple(dict.fromkeys((*here[:1], *state))))
        if len(country) == 1:
            return Found(country[0], "")
    return None


def _near(wanted: str, language: str) -> Found:
    """A clock of a city that is spelt much like it, to be asked back."""
    for names, alike in ((_index(), VERY_ALIKE), (_spelt(language), ALIKE)):
        close = get_close_matches(wanted, names, n=1, cutoff=alike)
        if close:
            return Found(None, city(names[close[0]][0], language))
    return Found(None, "")


@cache
def _index() -> dict[str, tuple[str, ...]]:
    """All names. By hand comes before IANA's whole names, states, cities and IANA's cities."""
    known: dict[str, tuple[str, ...]] = {name: (zone,) for name, zone in _iana().items()}
    for line in CITIES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            zones, _, names = line.partition("\t")
            known |= dict.fromkeys(names.split(), tuple(zones.split()))
    known |= {name: zones for name, zones in _states().items() if len(name) > len("TX")}
    known |= {plain(zone): (zone,) for zone in available_timezones()}
    for zones, names in _ALSO.items():
        known |= dict.fromkeys(names.split(), tuple(zones.split()))
    return known


@cache
def _iana() -> dict[str, str]:
    """IANA's names, whole and by their city, in our languages."""
    known: dict[str, str] = {}
    for zone in sorted(available_timezones()):
        if "/" in zone and not zone.startswith(_OUTSIDE):
            known.setdefault(plain(zone.rpartition("/")[2]), zone)
            for language in LANGUAGES:
                known.setdefault(plain(city(zone, language)), zone)
    return known


@cache
def _spelt(language: str) -> dict[str, tuple[str, ...]]:
    """IANA's cities as this language spells them. Kept: who misspelt one waited for all names."""
    return {plain(city(zone, language)): (zone,) for zone in _iana().values()}


@cache
def _states() -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for zone, states in _STATES.items():
        for state in states.split(", "):
            letters, _, name = state.partition(" ")
            for each in {plain(letters), plain(name or letters)}:
                if zone not in known.get(each, ()):
                    known[each] = (*known.get(each, ()), zone)
    return known


@cache
def _countries() -> dict[str, str]:
    """Countries by name, in our languages: those with one clock, and those of `_MAIN`."""
    return {
        name: code
        for name, code in _countries_all().items()
        if code in _MAIN or code in _ONE or len(_zones_of(code)) == 1
    }


@cache
def _countries_all() -> dict[str, str]:
    known = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if _zones_of(code):
                known[plain(name)] = code
    return known | {"usa": "US", "us": "US", "eeuu": "US", "uk": "GB"}


def _zones_of(territory: str) -> list[str]:
    zones = get_global("territory_zones").get(territory, [])
    return [each for each in zones if each in _available()]


@cache
def _available() -> frozenset[str]:
    return frozenset(available_timezones())  # it reads the disk each time


def plain(text: str) -> str:
    """A name as it is compared: "San Antonio" is "sanantonio"."""
    return "".join(sign for sign in bare(text) if sign.isalnum() or sign in "+-")
