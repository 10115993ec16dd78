"""What a person finished, as the progress picture and the toolbox count it."""

from datetime import datetime

from bot.care.feedback import main_shift
from bot.care.progress import Practice
from bot.catalog.steps import Finish
from bot.store import past_runs, revisions
from bot.store.runs import StoredRun
from bot.usecases.scene import Scene

FAR = 500
"""More exercises than anybody does in eight weeks."""


def practised(scene: Scene, since: datetime | None = None) -> list[Practice]:
    """The newest first; all of them, or those finished since then."""
    session, vault = scene.session, scene.kit.vault
    found = past_runs.history(session, vault, scene.person.id, limit=FAR, since=since)
    return [_practice(scene, stored) for stored in found]


def _practice(scene: Scene, stored: StoredRun) -> Practice:
    exercise = revisions.recall(scene.session, stored.revision)
    end = exercise.step(stored.run.cursor)
    shift = main_shift(exercise, end, stored.run.answers) if isinstance(end, Finish) else None
    return Practice(stored.run.exercise, stored.updated_at, shift)
