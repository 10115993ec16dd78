"""The country whose help lines somebody is shown."""

from dataclasses import replace

from babel import Locale

from bot.catalog.bare import bare
from bot.catalog.helplines import ELSEWHERE
from bot.store import groups, people
from bot.usecases import help_now
from bot.usecases.profile.step import Step, button, chosen, means, show
from bot.usecases.scene import Scene

NAME = "country"
_SHORT = {"usa": "US", "u.s.a": "US", "eeuu": "US", "ee.uu": "US", "ee uu": "US", "uk": "GB"} | {
    "england": "GB",
    "inglaterra": "GB",
    "scotland": "GB",
    "wales": "GB",
}
"""What people call them besides."""
SKIP = "skip"


def ask(scene: Scene) -> None:
    """The programme's own country first, then those where the person's language is spoken."""
    programme = groups.programme(scene.session)
    first = programme.country if programme is not None else None
    listed = help_now.countries_of(scene)
    ordered = sorted(listed, key=lambda pair: pair[0] != first)
    buttons = [button(name, NAME, code) for code, name in ordered]
    buttons.append(button(scene.word("help_now.elsewhere"), NAME, ELSEWHERE))
    pairs = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    show(scene, "country", (*pairs, (button(scene.word("buttons.skip"), NAME, SKIP),)))


def pressed(scene: Scene, choice: str) -> bool:
    """Takes a country we know, elsewhere, or leaves it open."""
    if choice == SKIP:
        return True
    if choice != ELSEWHERE and choice not in scene.kit.helplines.countries:
        ask(scene)
        return False
    people.set_country(scene.session, scene.person.id, choice)
    scene.person = replace(scene.person, country=choice)
    return True


def typed(scene: Scene, text: str) -> bool:
    """Takes the name of a country as the buttons write it."""
    if chosen(scene, text, {"buttons.skip": SKIP}) or means(scene, text, "no_words"):
        return pressed(scene, SKIP)
    letters = bare(text.strip()).upper()
    code = letters if letters in scene.kit.helplines.countries else code_of(scene, text)
    if code is not None:
        return pressed(scene, code)
    ask(scene)
    return False


def code_of(scene: Scene, text: str) -> str | None:
    """The country of this name, in any language, if we know lines of it."""
    if chosen(scene, text, {"help_now.elsewhere": ELSEWHERE}):
        return ELSEWHERE
    wanted = bare(text.strip(" .!¡"))
    known = scene.kit.helplines.countries
    if _SHORT.get(wanted) in known:
        return _SHORT[wanted]
    for language in scene.kit.words.languages:
        names = Locale.parse(language).territories
        found = [code for code in known if bare(str(names.get(code, code))) == wanted]
        if found:
            return found[0]
    return None


STEP = Step(ask, pressed, typed)
