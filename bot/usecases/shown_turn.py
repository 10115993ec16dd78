"""What a turn of an exercise shows: its messages; at its end also who reads it and what is next."""

from collections.abc import Iterable
from dataclasses import replace

from bot.catalog.exercise import Exercise
from bot.engine.event import Event, Finished, Refused, TimerStarted, Why
from bot.messages.message import Rows
from bot.messages.render import Shown, render
from bot.store import alerts
from bot.store.outbox import Kind
from bot.store.runs import StoredRun
from bot.usecases import (
    across,
    afterwards,
    consented,
    offering,
    own_plan,
    practice,
    recovery,
    returns,
    sending,
)
from bot.usecases.scene import Scene


def show(
    scene: Scene,
    exercise: Exercise,
    stored: StoredRun,
    events: Iterable[Event],
    note: str = "",
    kind: Kind = Kind.REPLY,
) -> None:
    """Puts the messages of these events on their way, under a sentence of its own if one is given;
    below the card that answers words of danger nothing that brushes them off."""
    events = tuple(each for each in events if not (scene.heavy and _brushes_off(each)))
    viewer = scene.viewer
    ended = any(isinstance(event, Finished) for event in events)
    if ended:
        counts = recovery.SHOWN in exercise.tags
        kept = recovery.recovery_line(scene) if counts else ""
        said = (kept, *across.lines(scene, exercise, stored))
        coda = "\n\n".join(each for each in said if each)
        titles = offering.Offering(scene).titles_after(exercise)
        readers = returns.with_returns(scene, consented.readers(scene))
        noted = _is_noted(scene, stored)
        viewer = replace(viewer, readers=readers, noted=noted, coda=coda, titles=titles)
    if any(isinstance(event, TimerStarted) for event in events):
        viewer = replace(viewer, pictures=practice.pictures(scene))
    shown = render(scene.kit.words, exercise, stored.id, stored.run, events, viewer, note=note)
    later = sending.still_later(scene, stored) if scene.unasked is None else ()
    for each in shown:
        scene.show(_with(each, later), stored.id, stored.run.turn, kind)
    if ended and own_plan.LEADS in exercise.tags:
        own_plan.show(scene)
    if ended:
        afterwards.show(scene, exercise)


def _with(shown: Shown, rows: Rows) -> Shown:
    if not rows or not shown.asks:
        return shown
    buttons = (*shown.message.buttons, *rows)
    return replace(shown, message=shown.message.model_copy(update={"buttons": buttons}))


def _is_noted(scene: Scene, stored: StoredRun) -> bool:
    """Whether something of it went to the team with a note: “only you can read it” would be
    untrue."""
    newest = alerts.newest_of(scene.session, scene.person.id)
    since = stored.started_at
    return bool(stored.run.signalled) or (newest is not None and newest.latest_at >= since)


def _brushes_off(event: Event) -> bool:
    """What must not stand below the card that answers words of danger: "please tap a number", or
    of an edit that it is not taken over."""
    return isinstance(event, Refused) and event.why in _NO_ANSWER


_NO_ANSWER = frozenset(Why) - {Why.EMPTY, Why.TOO_LONG, Why.LIST_FULL, Why.NOTHING_YET, Why.TOO_FEW}
"""Words that were no answer here. Of those that are too long it must be said that they are not
kept."""
