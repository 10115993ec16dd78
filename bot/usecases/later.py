"""A promise is kept: at the moment the person chose, the bot writes again and offers the review."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.care.cadence import after_quiet
from bot.care.risk import Tier, screen
from bot.catalog.exercise import Exercise
from bot.catalog.later import Given, Later
from bot.catalog.text import said
from bot.engine.moment import utc_of
from bot.engine.run import Status, Value
from bot.messages.callback import for_menu, long_id, number_in, short_id
from bot.messages.fill import short, shown
from bot.messages.lines import named
from bot.messages.message import Button, Message, Rows
from bot.store import members, revisions, runs
from bot.store.outbox import Kind
from bot.store.runs import StoredRun
from bot.usecases import aside, asked, carry_on, hello, menu, pages
from bot.usecases.open_runs import waiting
from bot.usecases.scene import Scene
from bot.usecases.timetable.hours import quiet_of

QUOTED = 600
"""So much of each answer is quoted when a promise is kept."""
TOMORROW = timedelta(days=1)
ON_TIME = timedelta(minutes=15)
LATE = timedelta(hours=1)


class _Promise(NamedTuple):
    """What was promised: by which run, after which exercise, and which of its promises."""

    stored: StoredRun
    exercise: Exercise
    place: int

    @property
    def later(self) -> Later:
        return self.exercise.later[self.place]


def keep_promise(scene: Scene, run_id: UUID, place: int, planned: datetime) -> None:
    """Writes what was promised: a button, no question, so that nothing open is disturbed.

    Whoever chose a moment in their quiet hours gets it then. What we worked out from it, or are
    late with, waits until they are over.
    """
    promise = _find(scene, run_id, place)
    if promise is None:
        return
    later = promise.later
    opens = _opens(scene, promise, planned)
    if opens > scene.now:
        carry_on.promise(scene, promise.stored, place, opens)
        return
    quoted = list(_quoted(promise, scene.language))
    heavy = any(_is_danger(scene, each["words"]) for each in quoted)
    text = scene.kit.words.text(
        scene.language,
        "later",
        late=_is_late(scene, promise),
        text=said(later.text, scene.language) if later.text else "",
        quoted=quoted,
        heavy=heavy,
    )
    buttons = hello.rows(scene) if heavy else _buttons(scene, promise)
    scene.post(Message(text=text, buttons=buttons, protect=True), kind=Kind.CHECKIN)
    if heavy:  # "still the same", typed, was met with "I can’t answer" and twenty buttons
        asked.open_for(scene, asked.HELLO)


def _is_danger(scene: Scene, words: str) -> bool:
    """Whether a plan is one nobody may be reminded of: "here is your plan", and it was to die."""
    return screen(words, scene.kit.rules).tier is Tier.CRISIS


def _opens(scene: Scene, promise: _Promise, planned: datetime) -> datetime:
    """When it may be sent: now, or when the quiet hours are over."""
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    quiet = quiet_of(member) if member is not None else None
    opens = after_quiet(quiet, scene.now, ZoneInfo(scene.person.zone))
    offset, moment = promise.later.offset_minutes, _moment(promise)
    is_on_time = scene.now - planned < ON_TIME
    comes_too_late = offset < 0 and moment is not None and opens > moment
    return scene.now if is_on_time and (offset == 0 or comes_too_late) else opens


def _is_late(scene: Scene, promise: _Promise) -> bool:
    """Whether it is another time of day than was asked for; "tomorrow" is the same one."""
    moment = _moment(promise)
    if moment is None:
        return False
    due = moment + timedelta(minutes=promise.later.offset_minutes)
    return (scene.now - due) % TOMORROW > LATE


def _moment(promise: _Promise) -> datetime | None:
    return utc_of(promise.stored.run.answers.get(promise.later.when))


def _find(scene: Scene, run_id: UUID, place: int) -> _Promise | None:
    """The promise, if this person's finished run made it."""
    stored = runs.get_run(scene.session, scene.kit.vault, run_id)
    if stored is None or stored.person != scene.person.id:
        return None
    exercise = revisions.recall(scene.session, stored.revision)
    kept = stored.run.status is Status.FINISHED and place < len(exercise.later)
    return _Promise(stored, exercise, place) if kept else None


def _quoted(promise: _Promise, language: str) -> Iterator[dict[str, str]]:
    answers = promise.stored.run.answers
    for name in promise.later.quote:
        words = short(shown(promise.exercise, name, answers.get(name), language), QUOTED)
        if words:
            yield {"label": named(promise.exercise, name, language), "words": words}


def _buttons(scene: Scene, promise: _Promise) -> Rows:
    if promise.later.ask is None or scene.kit.library.find(promise.later.ask) is None:
        return ()
    return tuple(
        (Button(text=scene.word(f"later.{verb}"), data=_data(promise, verb)),)
        for verb in ("begin", "tomorrow")
    )


def _data(promise: _Promise, verb: str) -> str:
    return for_menu("later", f"{short_id(promise.stored.id)}.{promise.place}.{verb}")


def answer(scene: Scene, argument: str) -> None:
    """What the person made of the offer: begin, begin in place of what is open, or tomorrow."""
    promise, verb = _pressed(scene, argument)
    if promise is None:
        scene.say("gone")
        menu.menu(scene)
    elif verb == "tomorrow":
        carry_on.promise(scene, promise.stored, promise.place, scene.now + TOMORROW)
        scene.settled = True
        scene.note = scene.word("notes.taken")
    else:
        _begin(scene, promise, anyway=verb == "anyway")


def _pressed(scene: Scene, argument: str) -> tuple[_Promise | None, str]:
    match argument.split("."):
        case [short, place, verb]:
            run_id, at = long_id(short), number_in(place, 2)
            found = _find(scene, run_id, at) if run_id and at is not None else None
            return found, verb
    return None, ""


def _begin(scene: Scene, promise: _Promise, *, anyway: bool) -> None:
    exercise = scene.kit.library.find(promise.later.ask or "")
    if exercise is None:
        scene.say("gone")
        menu.menu(scene)
        return
    open_now = waiting(scene)
    if open_now is not None and open_now.run.exercise == exercise.id:
        pages.ask_first_again(scene, open_now)
        return
    open_now = aside.make_way(scene)
    if open_now is not None and not anyway:
        pages.ask_which(scene, open_now, exercise, _data(promise, "anyway"))
        return
    if open_now is not None:
        aside.set_aside(scene, open_now)
    scene.settled = True
    carry_on.begin(
        scene, exercise, brought(promise.stored, promise.exercise, exercise, scene.language)
    )


def brought(
    stored: StoredRun, before: Exercise, after: Exercise, language: str
) -> dict[str, Value]:
    """The answers the review takes over: numbers as numbers, everything else as it was shown."""
    answers = stored.run.answers

    def taken(each: Given) -> Value:
        if each.scale is not None:
            return answers.get(each.id)
        words = shown(before, each.id, answers.get(each.id), language)
        return ((words,) if words else ()) if each.list else words

    return {each.id: taken(each) for each in after.given}
