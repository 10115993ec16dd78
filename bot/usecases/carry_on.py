"""The last steps both journeys share: save the run, its answers, its timer, its messages."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.care import cards
from bot.catalog.exercise import OWN, Exercise
from bot.catalog.risk import Tier
from bot.catalog.steps import AskList, AskMany
from bot.engine.advance import Day, advance, ask_again, held_back, start
from bot.engine.event import (
    Altered,
    Answered,
    Asked,
    Event,
    Finished,
    Paused,
    Promised,
    Refused,
    Returned,
    Signalled,
    Stopped,
    TimerStarted,
)
from bot.engine.given import Given, Rang
from bot.engine.run import Value
from bot.engine.walk import Turn
from bot.messages.lines import behind
from bot.store import alert_items, dues, occurrences, outbox, revisions, runs, targets
from bot.store.outbox import Kind
from bot.store.runs import StoredRun
from bot.usecases import (
    across,
    carded,
    offering,
    only_number,
    practice,
    shown_turn,
    simpler,
)
from bot.usecases.scene import Raised, Scene

STEP = "step"
"""The kind of due row that ends a timed step."""
LATER = "later"
"""The kind of due row that keeps a promise: the run that made it, and which of its promises."""

ASKED_FOR = timedelta(days=2)
"""An exercise done so long after a reminder of it is that reminder's answer."""


def begin(
    scene: Scene,
    exercise: Exercise,
    answers: Mapping[str, Value] | None = None,
    about: date | None = None,
) -> StoredRun:
    """Starts an exercise, as the track of the person's group makes it, for a person who has no
    other one waiting; the run.

    `answers` are those of an earlier time: each question offers its own to keep. `about` is the
    person's own date that a daily entry tells of, today without it.
    """
    exercise = offering.adapted(scene, exercise)
    followed, own = _followed(scene, exercise)
    today = scene.now.astimezone(ZoneInfo(scene.person.zone)).date()
    day = (about or today) if exercise.daily else None
    turn = start(
        exercise,
        scene.now,
        scene.language,
        {**own, **(answers or {})},
        scene.person.zone,
        plain=simpler.is_wanted(scene),
        targets=followed,
        day=None if day is None else Day(day, late=day < today),
    )
    sha = revisions.keep(scene.session, exercise, scene.now)
    stored = runs.begin_run(
        scene.session, scene.kit.vault, scene.person.id, sha, turn.run, scene.now
    )
    note = offering.draft_note(scene, exercise)
    _keep(scene, exercise, stored, turn, had_timer=False, note=note)
    return stored


def _followed(scene: Scene, exercise: Exercise) -> tuple[tuple[str, ...] | None, dict[str, Value]]:
    """The targets chosen for this person, and those in own words as the list that is brought."""
    if not exercise.targets:
        return None, {}
    chosen = targets.chosen(scene.session, scene.kit.vault, scene.person.id, exercise.id)
    if chosen is None:
        return None, {}
    lists = [each.id for each in exercise.given if each.list]
    own: dict[str, Value] = {lists[0]: chosen.own} if lists and chosen.own else {}
    return (*chosen.targets, *([OWN] if own else [])), own


def give(
    scene: Scene, stored: StoredRun, given: Given, *, tapped: bool = False
) -> tuple[Event, ...]:
    """Gives one input to a run and keeps all that follows from it. () if it changed nothing.

    What was `tapped` closes its message itself; a typed /stop leaves buttons behind that would look
    as if an answer to them were still heard.
    """
    exercise = revisions.recall(scene.session, stored.revision)
    turn = advance(exercise, stored.run, given, scene.now)
    leaves = _leaves(turn)
    answers_danger = _brings_a_card(scene, turn)
    if scene.halts or answers_danger:
        turn = held_back(exercise, turn, scene.now)
    if turn.run is stored.run and not turn.events:
        return ()
    had_timer = stored.run.due_at is not None
    note = (
        practice.over(scene, exercise, stored)
        if isinstance(given, Rang)
        else only_number.note(scene, exercise.step(stored.run.cursor), given, turn)
    )
    if not tapped and leaves:
        scene.closes = outbox.asked_in(scene.session, stored.id)
    if turn.run != stored.run:
        stored = runs.save_run(scene.session, scene.kit.vault, stored, turn.run, scene.now)
    # What is said on the way stands above the card, which comes once all of this is kept.
    kind = Kind.ALERT if answers_danger else Kind.REPLY
    _keep(scene, exercise, stored, turn, had_timer=had_timer, note=note, kind=kind)
    return turn.events


def refuses(scene: Scene, stored: StoredRun, given: Given) -> bool:
    """Whether it could not be the answer to the question that stands open, however long ago that
    was asked; nothing is kept."""
    exercise = revisions.recall(scene.session, stored.revision)
    fresh = stored.run.model_copy(update={"asked_at": scene.now})
    turn = advance(exercise, fresh, given, scene.now)
    return any(isinstance(each, Refused) for each in turn.events)


def _brings_a_card(scene: Scene, turn: Turn) -> bool:
    """Whether what was answered is a crisis by itself and brings a card, which asks to be read
    before the next question. A list that still grows stays open above it."""
    if any(isinstance(each, Asked) and each.redraw for each in turn.events):
        return False
    raised = ((Tier(each.tier), each) for each in turn.events if isinstance(each, Signalled))
    return any(
        tier is Tier.CRISIS and carded.answer_is_carded(scene, cards.of_answer(tier, each.reason))
        for tier, each in raised
    )


def repeat(scene: Scene, stored: StoredRun, note: str = "") -> bool:
    """Shows the open question once more, under a sentence of its own; False if none is open. Below
    the card of a crisis it waits, as it stands above."""
    exercise = revisions.recall(scene.session, stored.revision)
    again = ask_again(exercise, stored.run)
    if again is None:
        return False
    if scene.halts:
        return True
    scene.closes = outbox.asked_in(scene.session, stored.id)
    shown_turn.show(scene, exercise, stored, (again,), note)
    return True


def is_settled(events: Iterable[Event]) -> bool:
    """Whether the question that was pressed is done with, so that its buttons may go."""
    return not any(
        isinstance(event, Refused) or (isinstance(event, Asked) and event.redraw)
        for event in events
    )


def _keep(
    scene: Scene,
    exercise: Exercise,
    stored: StoredRun,
    turn: Turn,
    *,
    had_timer: bool,
    note: str = "",
    kind: Kind = Kind.REPLY,
) -> None:
    if _overtakes(exercise, turn):
        outbox.drop_redraws(scene.session, stored.id)
    record(scene, exercise, stored, turn)
    _time(scene, stored, had_timer=had_timer)
    for event in turn.events:
        if isinstance(event, TimerStarted):
            practice.begun(scene, exercise, stored, event)
    shown_turn.show(scene, exercise, stored, turn.events, note, kind)


def record(scene: Scene, exercise: Exercise, stored: StoredRun, turn: Turn) -> None:
    """What follows from a turn besides its messages."""
    session, vault = scene.session, scene.kit.vault
    for event in turn.events:
        match event:
            case Answered(step, value):
                runs.save_answer(session, vault, stored, step, value, scene.now)
            case Finished():
                _forget_abandoned(scene, stored)
                occurrences.finished(
                    *(session, stored.person, stored.id, exercise.id),
                    *(scene.now - ASKED_FOR, scene.now),
                )
                scene.signals += across.raised(scene, exercise, stored)
            case Stopped():
                scene.signals += across.raised(scene, exercise, stored)
            case Promised():
                promise(scene, stored, event.later, event.at)
            case Altered(reason):
                scene.altered.append(alert_items.of_answer(exercise.id, reason))
            case Signalled(tier, reason):
                answered = behind(exercise, stored.run, reason)
                today = any(each.today for each in exercise.signals if each.reason == reason)
                raised = Raised(stored.id, exercise.id, tier, reason, answered, today)
                scene.signals.append(raised)
            case _:
                pass


def _leaves(turn: Turn) -> bool:
    """Whether the message that asked last is overtaken by another, or by the end."""
    kinds = (Asked, TimerStarted, Finished, Stopped, Paused, Returned)
    return any(isinstance(event, kinds) for event in turn.events)


def _overtakes(exercise: Exercise, turn: Turn) -> bool:
    """Whether a change of the last question's message that still waits is no longer wanted."""
    return any(
        (isinstance(event, Asked) and event.redraw)
        or (isinstance(event, Answered) and isinstance(exercise.step(event.step), _GROWING))
        for event in turn.events
    )


_GROWING = (AskList, AskMany)
"""Questions whose message is redrawn while their answer grows."""


def promise(scene: Scene, stored: StoredRun, later: int, at: datetime) -> None:
    """Plans one promise of a run; promised again, it moves."""
    key = later_key(stored.id, later)
    dues.set_due(scene.session, stored.person, LATER, stored.id, later, at, key, scene.now)
    scene.expect(at)


def later_key(run_id: UUID, later: int) -> str:
    """Each promise of a run is kept once."""
    return f"later.{run_id.hex}.{later}"


def _forget_abandoned(scene: Scene, stored: StoredRun) -> None:
    """Answers of a way that was left again by going back do not stay."""
    kept = runs.answers(scene.session, scene.kit.vault, stored.id)
    gone = [step for step in kept if step not in stored.run.answers]
    if gone:
        runs.drop_answers(scene.session, stored.id, gone)


def _time(scene: Scene, stored: StoredRun, *, had_timer: bool) -> None:
    run, key = stored.run, due_key(stored.id)
    if had_timer:
        practice.call_off(scene, stored.id)
    if run.due_at is not None:
        dues.set_due(
            scene.session, stored.person, STEP, stored.id, run.turn, run.due_at, key, scene.now
        )
        scene.expect(run.due_at)
    elif had_timer:
        dues.clear_due(scene.session, key)


def due_key(run_id: UUID) -> str:
    """The one timer a run can have."""
    return f"step.{run_id.hex}"
