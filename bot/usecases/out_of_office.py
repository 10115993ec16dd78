"""Somebody on the staff goes away, or is back: alerts go past them meanwhile."""

from datetime import datetime
from uuid import UUID

from bot.store import away
from bot.usecases import alert as alarms
from bot.usecases.alert import HandedOn
from bot.usecases.scene import Scene


def leave(scene: Scene, who: UUID, until: datetime) -> HandedOn:
    """They are away until then (UTC). What only they had been told of goes on to the next.

    `scene` is that of whoever says so, themselves or the lead.
    """
    away.leave(scene.session, who, until, scene.now)
    handed_on = alarms.hand_on(scene, who)
    alarms.look_again(scene.session, scene.now)  # they may be back sooner than they had said
    _record(scene, who, "away.begun")
    return handed_on


def come_back(scene: Scene, who: UUID) -> None:
    """They read again from now on."""
    away.come_back(scene.session, who)
    alarms.look_again(scene.session, scene.now)
    _record(scene, who, "away.ended")


def _record(scene: Scene, who: UUID, action: str) -> None:
    # Last: everybody else's record waits for it, and somebody whose alert moves may be writing one.
    scene.record(action, None, who.hex)
