"""Makes `bot/messages/cities.tsv`, the clocks of cities, from GeoNames' list of cities:
`python -m tests.cities cities15000.txt` (geonames.org, CC BY 4.0; columns as its readme says)."""

import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from zoneinfo import available_timezones

from bot.messages.places import CITIES, plain

NAME, COUNTRY, PEOPLE, ZONE = 1, 8, 14, 17
OURS = "US PR CA GB IE AU NZ ES MX GT HN SV NI CR PA CU DO CO VE EC PE BO CL AR UY PY"
"""Where most people speak English or Spanish: there, smaller cities count."""
LEAST_OURS, LEAST = 20_000, 100_000
"""How many people a city has at least."""
FEWEST = 4
"""Letters a name has elsewhere: who types “man” does not say that they live in Ivory Coast."""
MUCH_LARGER = 8
"""A city so many times as large as its namesakes is the one that is meant."""
HEAD = """\
# Cities by clock, made by `python -m tests.cities` from GeoNames (geonames.org, CC BY 4.0).
# A clock (or several, the largest city's first: a name that is to be asked back), a tab, names.
"""


def made(lines: Iterable[str]) -> str:
    """The file's text: every city's plain name below its clock, or below all it may mean."""
    people: dict[str, dict[str, int]] = defaultdict(dict)
    for line in lines:
        facts = line.rstrip("\n").split("\t")
        many, zone = int(facts[PEOPLE]), facts[ZONE]
        name, is_ours = plain(facts[NAME]), facts[COUNTRY] in OURS.split()
        large = many >= (LEAST_OURS if is_ours else LEAST)
        if large and (is_ours or len(name) >= FEWEST) and zone in available_timezones():
            clocks = people[name]
            clocks[zone] = max(many, clocks.get(zone, 0))
    names: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, clocks in people.items():
        largest = max(clocks.values())
        meant = [zone for zone, many in clocks.items() if many * MUCH_LARGER > largest]
        names[tuple(sorted(meant, key=lambda zone: -clocks[zone]))].append(name)
    rows = (f"{' '.join(zones)}\t{' '.join(sorted(names[zones]))}\n" for zones in sorted(names))
    return HEAD + "".join(rows)


if __name__ == "__main__":
    with Path(sys.argv[1]).open(encoding="utf-8") as listed:
        CITIES.write_text(made(listed), encoding="utf-8")
