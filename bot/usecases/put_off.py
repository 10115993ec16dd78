"""The buttons below what came by itself: start, in an hour, not today, pause a week, as before.

Each is an answer: whoever presses one is not written to less often for being silent.
"""

from dataclasses import dataclass, replace
from datetime import date

from bot.care.cadence import Later, Skip, Why, answered, snooze, without_today
from bot.engine.answer.reading import folded
from bot.messages.callback import for_menu, long_id, number_in
from bot.messages.message import Button, Message
from bot.store import dues, occurrences, schedules
from bot.store.occurrences import Occurrence
from bot.store.schedules import Stored
from bot.usecases import aside, menu, pages, pause, sending
from bot.usecases.open_runs import waiting
from bot.usecases.scene import Scene
from bot.usecases.timetable import Known, account_all, plan_next
from bot.usecases.timetable.keep import AGAIN, WORKSHOP, again_key
from bot.usecases.workshops import moment as lessons

WEEK = "week"
TYPED = ("hour", "today", WEEK)
"""What may be said in words, by what it does."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was pressed: on which message, and what."""

    stored: Stored
    occurrence: Occurrence
    choice: str


def answer(scene: Scene, argument: str) -> None:
    """Does what the button says."""
    asked = _pressed(scene, argument)
    if asked is None:
        scene.note = scene.word("notes.old_button")
        menu.menu(scene)
        return
    occurrences.touched(
        *(scene.session, scene.person.id, asked.stored.id, asked.occurrence.local_date, scene.now)
    )
    scene.settled = True
    match asked.choice:
        case "start":
            _start(scene, asked)
        case "hour":
            _in_an_hour(scene, asked)
        case "today":
            _not_today(scene, asked)
        case "week":
            _put_away(scene, asked)
            pause.page(scene, WEEK)
        case _:
            as_before(scene)


def typed(scene: Scene, text: str) -> bool:
    """Takes “not today” and “later” below the first question of what came by itself; False for all
    that could be its answer."""
    said, words = folded(text), scene.kit.words
    choices = (each for each in TYPED if said in words.listed(f"clock.typed.{each}"))
    choice = next(choices, None)
    stored = waiting(scene) if choice else None  # nearly all words are an answer: no look for them
    found = sending.unanswered(scene, stored) if stored is not None else None
    if found is None or choice is None:
        return False
    answer(scene, sending.about(found.schedule, found.local_date, choice))
    return True


def _pressed(scene: Scene, argument: str) -> _Asked | None:
    match argument.split("."):
        case [short, number, choice]:
            schedule_id, ordinal = long_id(short), number_in(number, 7)
            stored = schedules.get(scene.session, schedule_id) if schedule_id else None
            if stored is None or stored.person != scene.person.id or ordinal is None:
                return None
            day = date.fromordinal(max(1, min(ordinal, date.max.toordinal())))
            found = occurrences.get(scene.session, scene.person.id, stored.id, day)
            return None if found is None else _Asked(stored, found, choice)
    return None


def _start(scene: Scene, asked: _Asked) -> None:
    exercise = asked.occurrence.exercise or ""
    _come_no_more(scene, asked)
    pages.begin(scene, exercise)
    run = waiting(scene)
    if run is not None and run.run.exercise == exercise:
        occurrences.begun(
            *(scene.session, scene.person.id, asked.stored.id, asked.occurrence.local_date),
            *(run.id, exercise),
        )


def _in_an_hour(scene: Scene, asked: _Asked) -> None:
    day = asked.occurrence.local_date
    known = Known(scene.session, scene.kit, scene.person, scene.now)
    facts = replace(known.facts(asked.stored), snoozes=asked.occurrence.snoozes)
    verdict = snooze(asked.stored.plan, day, facts, scene.now)
    match verdict:
        case Later(at):
            _put_away(scene, asked)
            occurrences.put_off(scene.session, scene.person.id, asked.stored.id, day, at)
            dues.set_due(
                *(scene.session, scene.person.id, AGAIN, asked.stored.id, day.toordinal(), at),
                *(again_key(asked.stored), scene.now),
            )
            scene.expect(at)
            _say(scene, "hour", clock=scene.viewer.clock(at))
        case Skip(Why.SNOOZED_OUT):
            _put_away(scene, asked)
            _say(scene, "often")
        case _:
            _put_away(scene, asked)
            _say(scene, "late")


def _not_today(scene: Scene, asked: _Asked) -> None:
    """Nothing more of this kind today."""
    _put_away(scene, asked)
    if asked.stored.purpose == WORKSHOP:
        lessons.not_today(scene, asked.occurrence)
    known = Known(scene.session, scene.kit, scene.person, scene.now)
    for each in account_all(known):
        if each.purpose == asked.stored.purpose:
            left_out = replace(each, plan=without_today(each.plan, scene.now))
            schedules.save(scene.session, left_out)
            plan_next(known, left_out)
    _say(scene, "today")


def as_before(scene: Scene) -> None:
    """Everything comes at its chosen times again."""
    known = Known(scene.session, scene.kit, scene.person, scene.now)
    for each in account_all(known):
        normal = replace(each, plan=answered(each.plan))
        schedules.save(scene.session, normal)
        plan_next(known, normal)
    _say(scene, "normal")


def _put_away(scene: Scene, asked: _Asked) -> None:
    """What it began by itself is not left open, and it does not come back."""
    _come_no_more(scene, asked)
    open_now = waiting(scene)
    if open_now is not None and open_now.id == asked.occurrence.run:
        aside.drop(scene, open_now)


def _come_no_more(scene: Scene, asked: _Asked) -> None:
    occurrences.stay_away(
        scene.session, scene.person.id, asked.stored.id, asked.occurrence.local_date
    )
    dues.clear_due(scene.session, again_key(asked.stored))


def _say(scene: Scene, choice: str, **values: object) -> None:
    text = scene.kit.words.text(scene.language, "clock/put_off", choice=choice, **values)
    menu = Button(text=scene.word("buttons.menu"), data=for_menu("menu"))
    scene.post(Message(text=text, buttons=((menu,),)))
