"""Which clock somebody lives by: proposed, confirmed by looking at it, or found by a city."""

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import available_timezones

from bot.care.hours import readings
from bot.messages import places, zones
from bot.messages.message import Button, Rows
from bot.store import people
from bot.usecases import timetable
from bot.usecases.profile.step import Step, button, chosen, declines, means, show
from bot.usecases.scene import Scene

NAME = "zone"


def ask(scene: Scene, zone: str = "") -> None:
    """Shows the time it should be; the hours around it are a tap away."""
    zone = zone or scene.person.zone
    clock = zones.clock(zone, scene.now, scene.language)
    right = button(scene.word("onboarding.right"), NAME, zone)
    rows = ((right,), *_others(scene, zone))
    show(scene, "zone", rows, clock=clock, city=zones.city(zone, scene.language))


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
    """Takes yes, a city, an IANA name; no, a time of day and “GMT+1” are turned into a question."""
    if chosen(scene, text, {"onboarding.right": "right"}) or means(scene, text, "yes_words"):
        return pressed(scene, scene.person.zone)
    if means(scene, text, "no_words") or declines(scene, text):
        show(scene, "zone_no", _others(scene, scene.person.zone))
        return False
    here, now = scene.person.zone, scene.now
    meant = zones.ahead(text, here, now) or zones.at(readings(text), here, now)
    if meant is not None:
        ask(scene, meant)
        return False
    found = places.find(text, scene.language)
    if scene.person.zone in found.several:
        return pressed(scene, scene.person.zone)
    if found.zone is not None:
        return pressed(scene, found.zone)
    if found.several:
        show(scene, "zone_several", _theres(scene, found.several))
        return False
    hinted = places.find(found.hint, scene.language).zone if found.hint else None
    rows = ((_there(scene, hinted),),) if hinted else ()
    hint = found.hint if hinted else ""
    show(scene, "zone_unknown", rows, hint=hint, wide=found.wide and bool(hint))
    return False


def _others(scene: Scene, zone: str) -> Rows:
    return _theres(scene, zones.neighbours(zone, scene.now))


def _theres(scene: Scene, several: Sequence[str]) -> Rows:
    others = [_there(scene, each) for each in several]
    return tuple(tuple(others[at : at + 2]) for at in range(0, len(others), 2))


def _there(scene: Scene, zone: str) -> Button:
    clock = zones.clock(zone, scene.now, scene.language)
    return button(f"{clock} · {zones.city(zone, scene.language)}", NAME, zone)


STEP = Step(ask, pressed, typed)
