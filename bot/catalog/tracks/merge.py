"""An exercise and a track make the exercise of that track. Pure, and the same for the same two."""

from collections.abc import Iterable
from typing import Any

from bot.catalog.condition import AnyOf, Compare
from bot.catalog.exercise import Exercise, Suggestion
from bot.catalog.steps import AnyStep, AskChoice, Finish, Say
from bot.catalog.text import Words
from bot.catalog.tracks.adapted import Adapted
from bot.catalog.tracks.overlay import AddedGate, Overlay, Reworded
from bot.catalog.tracks.track import Track, fits, is_opened

OPENING = "track_opening"
STOP = "_stop"
"""Where a gate leads that was not passed: its own id with this behind it."""


def merge(exercise: Exercise, track: Track) -> Adapted:
    """The exercise with everything its track says about it, and marked with the track.

    What the overlays name and the exercise has not is passed over; the checker tells of it.
    """
    fields = {name: getattr(exercise, name) for name in Exercise.model_fields}
    for overlay in track.overlays:
        fields["steps"] = _reworded(fields["steps"], overlay, exercise.id)
        if exercise.id == track.check_in:
            fields["steps"] = _with_items(fields["steps"], overlay.items)
            fields["signals"] = (*fields["signals"], *overlay.signals)
    for gate in (each for overlay in track.overlays for each in reversed(overlay.gates)):
        if any(fits(name, exercise.id) for name in gate.to):
            fields |= _guarded(fields, gate)
    if is_opened(exercise):
        fields["steps"] = (*_openings(track.overlays), *fields["steps"])
    return Adapted(
        **fields, overlays=track.marks, stop_words=_stops(track.overlays, exercise.languages)
    )


def _reworded(steps: tuple[AnyStep, ...], overlay: Overlay, name: str) -> tuple[AnyStep, ...]:
    changes = {each.step: each for each in overlay.texts if each.exercise == name}
    return tuple(
        _in_words(step, changes[step.id]) if step.id in changes else step for step in steps
    )


def _in_words(step: AnyStep, change: Reworded) -> AnyStep:
    new: dict[str, Any] = {
        field: value
        for field in ("label", "text", "plain", "example", "speaker", "suggest")
        if (value := getattr(change, field)) is not None and field in type(step).model_fields
    }
    if "text" in new and change.plain is None and "plain" in type(step).model_fields:
        new["plain"] = None  # the easier words said what the text said before
    if change.options:
        names = {each.id: each.label for each in change.options}
        new["options"] = tuple(
            each.model_copy(update={"label": names.get(each.id, each.label)})
            for each in getattr(step, "options", ())
        )
    return step.model_copy(update=new)


def _guarded(fields: dict[str, Any], gate: AddedGate) -> dict[str, Any]:
    """The gate before everything else; its own end behind everything else."""
    stop = stop_of(gate)
    options = tuple(
        each if each.id == "no" else each.model_copy(update={"goto": stop})
        for each in gate.ask.options
    )
    ask: AskChoice = gate.ask.model_copy(update={"options": options})
    end = Finish(id=stop, type="finish", text=gate.stop)
    offered: tuple[Suggestion, ...] = ()
    if gate.offer:
        tests = tuple(Compare(answer=ask.id, is_=each) for each in HELD_BACK)
        when = AnyOf(any=tests)
        offered = (Suggestion(offer=gate.offer, when=when),)
    return {
        "steps": (ask, *fields["steps"], end),
        "suggest": (*offered, *fields["suggest"]),
    }


HELD_BACK = ("yes", "unsure")
"""The answers a gate does not let through."""


def stop_of(gate: AddedGate) -> str:
    """The id of the end a gate leads to."""
    return f"{gate.ask.id}{STOP}"


def _with_items(steps: tuple[AnyStep, ...], items: tuple[AnyStep, ...]) -> tuple[AnyStep, ...]:
    """The track's own questions after all others, before the last end."""
    end = max(at for at, step in enumerate(steps) if isinstance(step, Finish))
    return (*steps[:end], *items, *steps[end:])


def _openings(overlays: Iterable[Overlay]) -> tuple[AnyStep, ...]:
    """What the track on top says before each exercise."""
    said = [each.opening for each in overlays if each.opening is not None]
    return (Say(id=OPENING, type="say", text=said[-1]),) if said else ()


def _stops(overlays: Iterable[Overlay], languages: Iterable[str]) -> Words | None:
    """The words of all overlays, by language; None without any."""
    given = [each.stop_words or {} for each in overlays]
    words = {
        language: tuple(dict.fromkeys(word for each in given for word in each.get(language, ())))
        for language in languages
    }
    return {language: several for language, several in words.items() if several} or None
