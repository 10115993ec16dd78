"""A reminder names the exercise that was assigned and opens it with one tap."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from babel.dates import get_day_names

from bot.care.cadence import Chance, Skip, Verdict, Why
from bot.catalog.exercise import Exercise
from bot.catalog.text import said
from bot.messages.message import Message
from bot.store import assignments, occurrences, runs
from bot.store.assignments import Assignment
from bot.store.outbox import guards
from bot.store.schedules import Stored
from bot.usecases.scene import Scene
from bot.usecases.sending import Sending, speak
from bot.usecases.timetable import Known


def to_do(known: Known) -> list[tuple[Assignment, Exercise]]:
    """What somebody was given and has not done since, the newest first."""
    if known.member is None or known.group is None:
        return []
    today = known.now.astimezone(ZoneInfo(known.group.zone)).date()
    given = assignments.open_for(known.session, known.member.group, known.person.id, today)
    found = ((each, known.kit.library.find(each.exercise)) for each in given)
    return [
        (each, exercise)
        for each, exercise in found
        if exercise is not None and not _did(known, each)
    ]


def _did(known: Known, given: Assignment) -> bool:
    return runs.did(known.session, known.person.id, given.exercise, given.at)


def against(known: Known, _: Stored, __: Chance) -> Verdict | None:
    """Nothing was given, or it was taken back."""
    return None if to_do(known) else Skip(Why.DONE)


def is_done(known: Known, _: Stored, __: Chance) -> bool:
    """Whether there is nothing left to do."""
    return not to_do(known)


def send(scene: Scene, sending: Sending) -> None:
    """The exercise by its name, with the day it is for."""
    known = sending.known
    given, exercise = to_do(known)[0]
    speak(scene, sending)
    assert scene.unasked is not None
    guard = f"{scene.unasked.guard} {guards.assigned(given.id)}"
    scene.unasked = replace(scene.unasked, guard=guard)
    text = scene.kit.words.text(
        scene.language,
        "clock/reminder",
        title=said(exercise.title, scene.language),
        minutes=exercise.minutes,
        weekday=_weekday(given.until, scene.language),
        own=given.person is not None,
    )
    rows = ((sending.button(scene, "start"),), *scene.unasked.rows)
    scene.post(Message(text=f"{scene.unasked.head}\n\n{text}", buttons=rows))
    occurrences.begun(
        *(scene.session, scene.person.id, sending.stored.id, sending.day, None, exercise.id)
    )


def _weekday(day: date, language: str) -> str:
    return str(get_day_names("wide", locale=language)[day.weekday()])
