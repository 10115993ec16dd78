"""What goes with minutes that pass: bells at the start, halfway and the end, moving pictures.

Words alone are always enough: nothing here says anything that the words do not, and a bell that
would come late does not come.
"""

from datetime import datetime, timedelta
from uuid import UUID

from bot.catalog.exercise import Exercise
from bot.catalog.media import Medium
from bot.catalog.steps import Wait
from bot.engine.event import TimerStarted
from bot.engine.run import Status
from bot.engine.walk import LEAD_IN
from bot.messages.message import Media, Message
from bot.store import dues, preferences, runs
from bot.store.dues import Due
from bot.store.outbox import guards
from bot.store.runs import StoredRun
from bot.usecases.scene import Scene

BELL = "bell"
"""The kind of due row that rings halfway."""
START, MIDDLE, END = "bell-start", "bell-middle", "bell-end"
LONG = 240
"""Seconds from which there is a bell halfway."""
LATE = timedelta(minutes=1)
"""A bell later than this would only startle."""


def pictures(scene: Scene) -> frozenset[str]:
    """The keys of the moving pictures this person can be shown, and wants to be."""
    wanted = preferences.get(scene.session, scene.person.id).pictures
    files = scene.kit.media.files.values() if wanted else ()
    return frozenset(each.key for each in files if each.medium is Medium.ANIMATION)


def begun(scene: Scene, exercise: Exercise, stored: StoredRun, event: TimerStarted) -> None:
    """The first bell, or the clinic's own recording; and the one halfway is planned."""
    step = event.step
    if not isinstance(step, Wait) or not step.bells or not _sounds(scene):
        return
    run = stored.run
    guard, soon = guards.stands(stored.id, run.turn), scene.now + LATE
    before = (exercise.find(each) for each in run.answers)
    first = not any(isinstance(each, Wait) and each.bells for each in before)
    own = scene.kit.media.recording(exercise.id, step.id, run.language, first=first)
    _ring(scene, own or START, guard, soon)
    if own is None and step.duration >= LONG:
        at = scene.now + LEAD_IN + timedelta(seconds=step.duration // 2)
        dues.set_due(
            *(scene.session, stored.person, BELL, stored.id, run.turn, at),
            *(due_key(stored.id), scene.now),
        )
        scene.expect(at)


def halfway(scene: Scene, due: Due) -> None:
    """Half the time is over; nothing when the person has gone on, or it is late."""
    if due.subject is None or due.turn is None or scene.now - due.at > LATE:
        return
    stored = runs.get_run(scene.session, scene.kit.vault, due.subject)
    if stored is None or stored.run.turn != due.turn or stored.run.status is not Status.WAITING:
        return
    if _sounds(scene):
        _ring(scene, MIDDLE, guards.stands(stored.id, due.turn), due.at + LATE, beside=True)


def over(scene: Scene, exercise: Exercise, stored: StoredRun) -> str:
    """The last bell, as the time of this run's step has come; a kind word instead when it is late.

    The words are for the message that follows ("" when there is nothing to say).
    """
    step, due = exercise.find(stored.run.cursor), stored.run.due_at
    if not isinstance(step, Wait) or not step.bells or due is None:
        return ""
    if scene.now - due > LATE:
        clock = scene.viewer.clock(due)
        return scene.kit.words.text(scene.language, "late_bell", clock=clock)
    if _sounds(scene):
        _ring(scene, END, None, due + LATE)
    return ""


def call_off(scene: Scene, run_id: UUID) -> None:
    """The step is left: nothing rings any more."""
    dues.clear_due(scene.session, due_key(run_id))


def due_key(run_id: UUID) -> str:
    """The one bell of a run that can still be to come."""
    return f"bell.{run_id.hex}"


def _sounds(scene: Scene) -> bool:
    return preferences.get(scene.session, scene.person.id).sounds


def _ring(
    scene: Scene, key: str, guard: str | None, until: datetime, *, beside: bool = False
) -> None:
    if not scene.kit.media.has(key):
        return
    media = Media(key=key, medium=Medium.VOICE)
    scene.post(
        Message(text="", media=media, beside=beside),
        guard=guard,
        expires_at=until,
    )
