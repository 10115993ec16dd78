"""The country whose help lines somebody is shown."""

import re
from dataclasses import replace

from babel import Locale

from bot.catalog.bare import bare
from bot.catalog.helplines import ELSEWHERE
from bot.messages import places
from bot.store import people
from bot.usecases.countries import MORE, everywhere, is_country, offered
from bot.usecases.profile.step import Step, button, chosen, declines, means, show
from bot.usecases.scene import Scene

NAME = "country"
_SHORT = {"usa": "US", "u.s.a": "US", "eeuu": "US", "ee.uu": "US", "ee uu": "US", "uk": "GB"} | {
    "england": "GB",
    "inglaterra": "GB",
    "scotland": "GB",
    "wales": "GB",
}
"""What people call them besides."""
_ARTICLE = re.compile(r"^(?:la|los|el) ")
SKIP = "skip"


def ask(scene: Scene, whole: bool = False, *, unknown: bool = False) -> None:
    """The likeliest countries, or all of them; below a name that is `unknown`, that is said."""
    rows = offered(scene, whole, lambda name, code: button(name, NAME, code))
    skip = (button(scene.word("buttons.skip"), NAME, SKIP),)
    show(scene, "country", (*rows, skip), unknown=unknown)


def pressed(scene: Scene, choice: str) -> bool:
    """Takes a country we know, elsewhere, or leaves it open; shows more of them."""
    if choice == SKIP:
        return True
    if choice == MORE:
        ask(scene, whole=True)
        return False
    if choice != ELSEWHERE and not is_country(scene, choice):
        ask(scene)
        return False
    people.set_country(scene.session, scene.person.id, choice)
    scene.person = replace(scene.person, country=choice)
    return True


def typed(scene: Scene, text: str) -> bool:
    """Takes the name of a country as the buttons write it, also in a sentence; a name that is none
    brings the list back."""
    if chosen(scene, text, {"buttons.skip": SKIP}) or _is_no(scene, text):
        return pressed(scene, SKIP)
    if chosen(scene, text, {"help_now.more_countries": MORE}):
        return pressed(scene, MORE)
    letters = bare(text.strip()).upper()
    code = letters if letters in scene.kit.helplines.countries else code_of(scene, text)
    if code is not None:
        return pressed(scene, code)
    ask(scene, unknown=not scene.heavy)
    return False


def _is_no(scene: Scene, text: str) -> bool:
    return means(scene, text, "no_words") or declines(scene, text)


def code_of(scene: Scene, text: str) -> str | None:
    """The country of this name, in any language: those we know lines of first, then any other."""
    if chosen(scene, text, {"help_now.elsewhere": ELSEWHERE}):
        return ELSEWHERE
    wanted = _ARTICLE.sub("", places.led_to(text.strip(" .!¡")))
    known = scene.kit.helplines.countries
    if _SHORT.get(wanted) in known:
        return _SHORT[wanted]
    names = [Locale.parse(language).territories for language in scene.kit.words.languages]
    every = (code for codes in (known, sorted(everywhere())) for code in codes)
    return next((c for c in every if any(bare(str(n.get(c, c))) == wanted for n in names)), None)


STEP = Step(ask, pressed, typed)
