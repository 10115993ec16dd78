"""Which clock somebody lives by: proposed, confirmed by looking at it, or found by a city."""

from dataclasses import replace
from zoneinfo import available_timezones

from bot.care.hours import times
from bot.messages import zones
from bot.messages.message import Button
from bot.store import people
from bot.usecases import timetable
from bot.usecases.profile.step import Step, button, show
from bot.usecases.scene import Scene

NAME = "zone"


def ask(scene: Scene, zone: str = "") -> None:
    """Shows the time it should be; the hours around it are a tap away."""
    zone = zone or scene.person.zone
    clock = zones.clock(zone, scene.now, scene.language)
    right = button(scene.word("onboarding.right"), NAME, zone)
    others = [_there(scene, each) for each in zones.neighbours(zone, scene.now)]
    pairs = tuple(tuple(others[at : at + 2]) for at in range(0, len(others), 2))
    show(scene, "zone", ((right,), *pairs), clock=clock, city=zones.city(zone, scene.language))


def pressed(scene: Scene, choice: str) -> bool:
    """Takes the zone on the button."""
    if choice not in available_timezones():
        ask(scene)
        return False
    if choice != scene.person.zone:
        known = timetable.Known(scene.session, scene.kit, scene.person, scene.now)
        timetable.travel(known, choice)
    people.set_zone(scene.session, scene.person.id, choice)
    scene.person = replace(scene.person, zone=choice)
    return True


def typed(scene: Scene, text: str) -> bool:
    """Takes yes, a city, an IANA name; a time of day is turned into a question."""
    if text.strip(" .!").casefold() in scene.word("onboarding.yes_words").split():
        return pressed(scene, scene.person.zone)
    there = times(text)
    meant = zones.at(there[0], scene.person.zone, scene.now) if len(there) == 1 else None
    if meant is not None:
        ask(scene, meant)
        return False
    found = zones.find(text, scene.language)
    if found.zone is not None:
        return pressed(scene, found.zone)
    hinted = zones.find(found.hint, scene.language).zone if found.hint else None
    rows = ((_there(scene, hinted),),) if hinted else ()
    show(scene, "zone_unknown", rows, hint=found.hint if hinted else "")
    return False


def _there(scene: Scene, zone: str) -> Button:
    clock = zones.clock(zone, scene.now, scene.language)
    return button(f"{clock} · {zones.city(zone, scene.language)}", NAME, zone)


STEP = Step(ask, pressed, typed)
