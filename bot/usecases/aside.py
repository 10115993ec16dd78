"""What becomes of the exercise that waits when something else begins: set aside, or dropped."""

from bot.engine.advance import advance
from bot.engine.given import PAUSE, STOP, Pressed
from bot.engine.run import Status
from bot.store import dues, occurrences, revisions, runs
from bot.store.runs import StoredRun
from bot.usecases import practice
from bot.usecases.carry_on import due_key, record
from bot.usecases.scene import Scene


def set_aside(scene: Scene, stored: StoredRun) -> None:
    """Pauses a run without a word, because something else begins."""
    exercise = revisions.recall(scene.session, stored.revision)
    turn = advance(exercise, stored.run, Pressed(stored.run.turn, PAUSE), scene.now)
    runs.save_run(scene.session, scene.kit.vault, stored, turn.run, scene.now)
    dues.clear_due(scene.session, due_key(stored.id))
    practice.call_off(scene, stored.id)


def drop(scene: Scene, stored: StoredRun) -> None:
    """Ends a run without a word, because its time is over; what was answered stays."""
    exercise = revisions.recall(scene.session, stored.revision)
    turn = advance(exercise, stored.run, Pressed(stored.run.turn, STOP), scene.now)
    stored = runs.save_run(scene.session, scene.kit.vault, stored, turn.run, scene.now)
    record(scene, exercise, stored, turn)
    dues.clear_due(scene.session, due_key(stored.id))
    practice.call_off(scene, stored.id)


def make_way(scene: Scene) -> StoredRun | None:
    """The run that waits, unless it began by itself and was never answered: that one gives way to
    whatever the person wants to do, without a question."""
    found = runs.open_run(scene.session, scene.kit.vault, scene.person.id)
    if found is None or found.run.status is not Status.WAITING:
        return None
    ours = occurrences.is_ours(scene.session, scene.person.id, found.id)
    if found.run.answers or not ours:
        return found
    drop(scene, found)
    return None
