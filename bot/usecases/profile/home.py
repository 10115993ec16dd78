"""The country whose help lines somebody is shown."""

from dataclasses import replace

from bot.catalog.bare import bare
from bot.catalog.helplines import ELSEWHERE
from bot.store import groups, people
from bot.usecases import help_now
from bot.usecases.profile.step import Step, button, chosen, means, show
from bot.usecases.scene import Scene

NAME = "country"
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
    if chosen(scene, text, {"help_now.elsewhere": ELSEWHERE}):
        return pressed(scene, ELSEWHERE)
    wanted = bare(text.strip())
    for code, name in help_now.countries_of(scene):
        if wanted in (bare(name), code.casefold()):
            return pressed(scene, code)
    ask(scene)
    return False


STEP = Step(ask, pressed, typed)
