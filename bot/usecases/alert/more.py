"""New words come to an alert that somebody has taken: they are called, and not for each line."""

from datetime import datetime, timedelta
from uuid import UUID

from bot.store import tellings
from bot.store.alerts import Alert
from bot.usecases import desk as desks
from bot.usecases.alert.opened import viewed_at
from bot.usecases.alert.telling import tell
from bot.usecases.scene import Scene

A_WHILE = timedelta(minutes=1)
"""So long a call that they have not followed stands for what comes after it. Messages to one chat
leave one by one: a page of lines stood before what came about somebody else."""


def call(scene: Scene, alert: Alert, taker: UUID) -> None:
    """Tells whoever has it, unless they were called a moment ago and have not opened it since."""
    called = _called_at(scene, alert, taker)
    is_new = called is not None and abs(scene.now - called) < A_WHILE
    if called is not None and is_new and not _has_opened(scene, alert, taker, called):
        return
    tell(scene, alert, (taker,), "more", desks.reaches(scene.session, scene.kit, scene.now))


def _called_at(scene: Scene, alert: Alert, taker: UUID) -> datetime | None:
    """When they were last called since they took it, as far as that arrived or may still."""
    since = alert.taken_at or scene.now
    return max(
        (
            each.queued_at
            for each in tellings.of_alert(scene.session, alert)
            if each.staff == taker and each.queued_at > since and not each.is_lost
        ),
        default=None,
    )


def _has_opened(scene: Scene, alert: Alert, taker: UUID, since: datetime) -> bool:
    at = viewed_at(scene, alert, taker)
    return at is not None and at > since
