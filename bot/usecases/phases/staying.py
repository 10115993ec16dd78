"""At step-down the member chooses which two exercises stay: each comes by itself once a week."""

from collections import Counter
from datetime import time, timedelta

from bot.care.cadence import Chance, FixedTime, Skip, Verdict, Why
from bot.care.phase import KEPT_DAYS, Phase
from bot.catalog.exercise import Exercise, Modality
from bot.catalog.text import said
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message
from bot.store import members, occurrences, past_runs, schedules
from bot.store.schedules import Stored
from bot.usecases import checkin, menu
from bot.usecases.offering import Offering
from bot.usecases.scene import Scene
from bot.usecases.sending import Sending, speak
from bot.usecases.timetable import Known, account_all
from bot.usecases.timetable.follow import end, resume
from bot.usecases.timetable.hours import free_hour, quiet_of
from bot.usecases.timetable.keep import KEPT
from bot.usecases.timetable.wanted import Wanted

OFFERED = 8
EARLIER = timedelta(hours=12)
"""Done so shortly before its hour, it need not come."""
FAR = 500
NOT_KEPT = (Modality.CHECK_IN, Modality.SAFETY, Modality.MEASURE)
"""These come, or are there, in every phase."""


def page(scene: Scene, wanted: str = "") -> None:
    """What was done most, to choose two from; a tap chooses one, another takes it off again."""
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    if member is None or member.phase != Phase.STEP_DOWN:
        scene.note = scene.word("notes.old_button")
        menu.menu(scene)
        return
    known = Known(scene.session, scene.kit, scene.person, scene.now)
    if wanted:
        _choose(scene, known, wanted)
        known.reread()
    stay = chosen(known)
    rows = []
    for each in _offered(scene, stay):
        mark = "✓ " if each.id in stay else ""
        label = f"{mark}{said(each.title, scene.language)}"
        rows.append((Button(text=label, data=for_menu("stay", each.id)),))
    titles = [said(scene.kit.titles[each], scene.language) for each in stay]
    weekdays = scene.kit.words.short(scene.language)["clock"]["weekdays"]
    text = scene.kit.words.text(
        scene.language, "phases/stay", titles=titles, days=[weekdays[day] for day in KEPT_DAYS]
    )
    scene.post(Message(text=text, buttons=(*rows, (menu.menu_button(scene),))))


def chosen(known: Known) -> list[str]:
    """The exercises that stay, by the day they come."""
    of_person = schedules.of_person(known.session, known.person.id)
    kept = [each for each in of_person if each.purpose == KEPT and each.active]
    return [each.exercise for each in kept if each.exercise in known.kit.library.exercises]


def _choose(scene: Scene, known: Known, wanted: str) -> None:
    exercise = scene.kit.library.find(wanted)
    if exercise is None or exercise not in _fitting(scene):
        return
    account_all(known)
    kept = [
        each
        for each in schedules.of_person(known.session, known.person.id)
        if each.purpose == KEPT and each.active
    ]
    taken = {each.name for each in kept}
    there = next((each for each in kept if each.exercise == wanted), None)
    free = [number for number in range(len(KEPT_DAYS)) if f"{KEPT}.{number}" not in taken]
    if there is not None:
        end(known, there)
    elif free:
        _keep(known, wanted, free[0])
    else:
        scene.note = scene.word("phase.two_stay")
        return
    scene.settled = True


def _keep(known: Known, exercise: str, number: int) -> None:
    member = known.member
    assert member is not None  # `page` has seen to it
    quiet = quiet_of(member)
    hour: time | None = free_hour(member, quiet)
    if hour is None:
        return
    name, day = f"{KEPT}.{number}", KEPT_DAYS[number]
    resume(known, Wanted(KEPT, name, FixedTime(at=hour), (day,), exercise), quiet)


def _offered(scene: Scene, stay: list[str]) -> list[Exercise]:
    """What is chosen, then what was done most, then the shortest."""
    done = past_runs.history(scene.session, scene.kit.vault, scene.person.id, limit=FAR)
    often = Counter(each.run.exercise for each in done)
    fitting = _fitting(scene)
    order = sorted(fitting, key=lambda each: (each.id not in stay, -often[each.id], each.minutes))
    return order[:OFFERED]


def _fitting(scene: Scene) -> list[Exercise]:
    shelf, offer = scene.kit.library.exercises.values(), Offering(scene)
    return [
        each
        for each in shelf
        if each.modality not in NOT_KEPT and not each.needs and offer.why_not(each) is None
    ]


def against(known: Known, stored: Stored, _: Chance) -> Verdict | None:
    """Nothing, as long as there is such an exercise."""
    found = known.kit.library.find(stored.exercise or "")
    return None if found is not None else Skip(Why.NOT_SCHEDULED)


def is_done(known: Known, stored: Stored, span: Chance) -> bool:
    """Whether it was done on that day already."""
    since = span.planned - EARLIER
    person, vault = known.person.id, known.kit.vault
    return bool(
        past_runs.history(
            known.session, vault, person, limit=1, exercise=stored.exercise, since=since
        )
    )


def send(scene: Scene, sending: Sending) -> None:
    """Names it, and opens it with one tap."""
    exercise = scene.kit.library.find(sending.stored.exercise or "")
    assert exercise is not None  # `against` has seen to it
    speak(scene, sending)
    checkin.invite(scene, sending, exercise)
    occurrences.begun(
        *(scene.session, scene.person.id, sending.stored.id, sending.day, None, exercise.id)
    )
