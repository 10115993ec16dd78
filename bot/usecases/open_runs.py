"""Which exercises a person has begun and not ended."""

from datetime import timedelta

from bot.engine.run import Status
from bot.store import past_runs, runs
from bot.store.runs import StoredRun
from bot.usecases.scene import Scene

SOON = timedelta(minutes=30)
DOUBLE_TAP = timedelta(seconds=10)
"""A second press of what was just pressed is a hurried thumb, not a question of its own."""


def open_run(scene: Scene) -> StoredRun | None:
    """The one that waits for an answer, else the one last set aside, else None."""
    return runs.open_run(scene.session, scene.kit.vault, scene.person.id)


def waiting(scene: Scene) -> StoredRun | None:
    """The one that waits for an answer."""
    stored = open_run(scene)
    return stored if stored is not None and stored.run.status is Status.WAITING else None


def at_hand(scene: Scene) -> StoredRun | None:
    """What "keep going" means: the one that waits, or whose question was put, or held back, within
    the last half hour. None where another one has ended since, and it was its answer that brought
    the card: "I will call", then *Keep going*, led into a chain analysis set aside before."""
    stored = open_run(scene)
    if stored is None or stored.run.status is Status.WAITING:
        return stored
    if scene.now - stored.run.asked_at >= SOON:
        return None
    ended = past_runs.history(
        *(scene.session, scene.kit.vault, scene.person.id), limit=1, since=stored.updated_at
    )
    return None if ended and ended[0].run.signalled else stored


def just_asked(scene: Scene, stored: StoredRun) -> bool:
    """Whether its question was put a moment ago."""
    return abs(scene.now - stored.run.asked_at) <= DOUBLE_TAP
