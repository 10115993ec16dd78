"""Countries to choose from, whose help lines we know: the likeliest first, and one tap to all."""

from collections.abc import Callable
from functools import cache
from typing import Final

from babel import Locale
from babel.languages import get_official_languages

from bot.catalog.bare import bare
from bot.catalog.helplines import ELSEWHERE, Country
from bot.messages.message import Button, Rows
from bot.messages.zones import territory
from bot.store import groups
from bot.usecases.scene import Scene

MORE: Final = "more"
"""Stands for all the others behind a button."""
NONE: Final = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", ELSEWHERE})
"""Codes that are no country's."""
LIKELIEST: Final = 8
"""So many are shown at once: forty hid the question on a phone."""


def offered(scene: Scene, whole: bool, button: Callable[[str, str], Button]) -> Rows:
    """A button for each of the likeliest countries and one for more, or for every country we know
    lines of; `button` makes it of a name and a code."""
    listed = _countries(scene)
    buttons = [button(name, code) for code, name in (listed if whole else listed[:LIKELIEST])]
    if len(buttons) < len(listed):
        buttons.append(button(scene.word("help_now.more_countries"), MORE))
    buttons.append(button(scene.word("help_now.elsewhere"), ELSEWHERE))
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _countries(scene: Scene) -> list[tuple[str, str]]:
    """Code and name of every country we know lines of: first where the person's clock and the
    programme are, then where people speak as they do, then where somebody on the phone does."""
    names = Locale.parse(scene.language).territories
    programme = groups.programme(scene.session)
    near = [territory(scene.person.zone), programme.country if programme is not None else None]
    listed = sorted(
        (
            code not in near,
            scene.language not in get_official_languages(code, de_facto=True),
            not _speaks(scene, country),
            bare(str(names.get(code, code))),
            code,
        )
        for code, country in scene.kit.helplines.countries.items()
        if code != ELSEWHERE
    )
    return [(code, str(names.get(code, code))) for *_, code in listed]


def country_name(scene: Scene, code: str | None) -> str:
    """What a country is called in the language of the scene; "" for elsewhere, or none."""
    if code is None or code == ELSEWHERE:
        return ""
    return str(Locale.parse(scene.language).territories.get(code, ""))


@cache
def everywhere() -> frozenset[str]:
    """Every country there is (ISO 3166): the numbers of most are not ours to know."""
    codes = map(str, Locale("en").territories)
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha()) - NONE


def is_country(scene: Scene, code: str) -> bool:
    """Whether it is the code of a country, with lines of ours or without."""
    return code in scene.kit.helplines.countries or code in everywhere()


def _speaks(scene: Scene, country: Country) -> bool:
    """Whether some line there is in this person's language, one nobody has called yet among them:
    those countries are listed first."""
    return any(scene.language in line.languages for line in country.lines)
