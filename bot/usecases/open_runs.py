"""Which exercises a person has begun and not ended."""

from bot.engine.run import Status
from bot.store import runs
from bot.store.runs import StoredRun
from bot.usecases.scene import Scene


def open_run(scene: Scene) -> StoredRun | None:
    """The one that waits for an answer, else the one last set aside, else None."""
    return runs.open_run(scene.session, scene.kit.vault, scene.person.id)


def waiting(scene: Scene) -> StoredRun | None:
    """The one that waits for an answer."""
    stored = open_run(scene)
    return stored if stored is not None and stored.run.status is Status.WAITING else None
