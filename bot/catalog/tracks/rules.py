"""Does an overlay make sense beside the exercises it names, and does it leave the core alone?"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.catalog.check import check
from bot.catalog.check.texts import all_texts, untold
from bot.catalog.exercise import Exercise, Modality
from bot.catalog.problem import Place, Problem, did_you_mean
from bot.catalog.steps import AskText, Question, Step
from bot.catalog.tracks.locked import LOCKED, guarded
from bot.catalog.tracks.merge import HELD_BACK, OPENING, STOP, merge, stop_of
from bot.catalog.tracks.overlay import Overlay, Reworded
from bot.catalog.tracks.story import asks_for_the_story
from bot.catalog.tracks.track import CORE_CHECK_IN, FAMILY, Track, is_opened

Shelf = Mapping[str, Exercise]
_STEPWISE = (
    "exercise",
    "step",
    "label",
    "text",
    "plain",
    "example",
    "speaker",
    "suggest",
    "options",
)
STEADYING = "mind.ground54321"
"""Where “Help me now” leads to; it is closed to nobody."""
LONGEST_GATE = 24 - len(STOP)
"""The end of a gate is called like it, with something behind; an id has 24 characters at most."""


def touched(tree: Any) -> Iterator[Problem]:
    """Locked fields that somebody wrote into an overlay, by name, whatever else is wrong there."""
    if not isinstance(tree, dict):
        return
    yield from _locked(tree, set(Overlay.model_fields) | {"schema"}, "this overlay", ())
    for at, each in enumerate(_list(tree.get("texts"))):
        if isinstance(each, dict):
            what = f"“{each.get('step')}” of {each.get('exercise')}"
            yield from _locked(each, set(_STEPWISE), what, ("texts", at))
            for number, option in enumerate(_list(each.get("options"))):
                if isinstance(option, dict):
                    place: Place = ("texts", at, "options", number)
                    yield from _locked(option, {"id", "label"}, what, place)


def _locked(
    entry: Mapping[Any, Any], allowed: set[str], what: str, place: Place
) -> Iterator[Problem]:
    for key in entry:
        if str(key) in LOCKED and str(key) not in allowed:
            yield Problem(
                "TRACK_003", f"“{key}” of {what} is locked: {LOCKED[str(key)]}.", (*place, str(key))
            )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def sense(overlay: Overlay, shelf: Shelf) -> Iterator[Problem]:
    """What it names exists, once, and may be changed."""
    yield from _languages(overlay)
    yield from _offers(overlay, shelf)
    yield from _texts(overlay, shelf)
    yield from _gates(overlay, shelf)
    yield from _check_in(overlay, shelf)


def _languages(overlay: Overlay) -> Iterator[Problem]:
    for place, missing in untold(overlay, overlay.languages):
        yield Problem("TEXT_001", missing, place)
    for place, text in all_texts(overlay):
        for extra in sorted(text.keys() - set(overlay.languages)):
            yield Problem("TEXT_002", f"“{extra}” is not among the languages here.", place)


def _offers(overlay: Overlay, shelf: Shelf) -> Iterator[Problem]:
    seen: set[str] = set()
    for field in ("core", "available", "adapted", "hidden", "first"):
        for at, name in enumerate(getattr(overlay, field)):
            place = (field, at)
            yield from _unknown(name, shelf, place, families=field != "first")
            if field == "first":
                continue
            if name in seen:
                yield Problem("TRACK_006", f"“{name}” is named twice.", place)
            seen.add(name)
            kept = [each for each in _meant(name, shelf) if _is_kept_open(each)]
            if field in ("adapted", "hidden") and kept:
                told = f"“{kept[0].id}” keeps people safe, so it is open to everybody."
                yield Problem("TRACK_011", told, place)


def _is_kept_open(exercise: Exercise) -> bool:
    return exercise.modality is Modality.SAFETY or exercise.id == STEADYING


def _meant(name: str, shelf: Shelf) -> list[Exercise]:
    if not name.endswith(FAMILY):
        return [shelf[name]] if name in shelf else []
    return [each for key, each in shelf.items() if key.startswith(name[:-1])]


def _unknown(name: str, shelf: Shelf, place: Place, *, families: bool = True) -> Iterator[Problem]:
    if name.endswith(FAMILY) and families:
        if not _meant(name, shelf):
            known = {key.partition(".")[0] + FAMILY for key in shelf}
            hint = did_you_mean(name, known)
            yield Problem("TRACK_001", f"There is no family “{name}”.{hint}", place)
    elif name not in shelf:
        hint = did_you_mean(name, shelf)
        yield Problem("TRACK_001", f"There is no exercise called “{name}”.{hint}", place)


def _texts(overlay: Overlay, shelf: Shelf) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for at, each in enumerate(overlay.texts):
        place: Place = ("texts", at)
        exercise = shelf.get(each.exercise)
        if exercise is None:
            yield from _unknown(each.exercise, shelf, (*place, "exercise"), families=False)
            continue
        if (each.exercise, each.step) in seen:
            told = f"“{each.step}” of {each.exercise} is reworded twice."
            yield Problem("TRACK_006", told, (*place, "step"))
        seen.add((each.exercise, each.step))
        step = exercise.find(each.step)
        if step is None:
            hint = did_you_mean(each.step, exercise.places)
            told = f"{exercise.id} has no step “{each.step}”.{hint}"
            yield Problem("TRACK_002", told, (*place, "step"))
            continue
        yield from _step(exercise, step, each, place)


def _step(exercise: Exercise, step: Step, each: Reworded, place: Place) -> Iterator[Problem]:
    if step.id in guarded(exercise):
        told = f"“{step.id}” of {exercise.id} is locked: its words keep people safe."
        yield Problem("TRACK_004", told, (*place, "step"))
    for field in _STEPWISE[2:-1]:
        if getattr(each, field) is not None and field not in type(step).model_fields:
            told = f"“{step.id}” of {exercise.id} has no “{field}” to replace."
            yield Problem("TRACK_005", told, (*place, field))
    options = [option.id for option in getattr(step, "options", ())]
    for at, option in enumerate(each.options):
        if option.id not in options:
            hint = did_you_mean(option.id, options)
            told = f"“{step.id}” of {exercise.id} has no option “{option.id}”.{hint}"
            yield Problem("TRACK_002", told, (*place, "options", at, "id"))


def _gates(overlay: Overlay, shelf: Shelf) -> Iterator[Problem]:
    for at, gate in enumerate(overlay.gates):
        place: Place = ("gates", at)
        for number, name in enumerate(gate.to):
            yield from _unknown(name, shelf, (*place, "to", number))
        for number, name in enumerate(gate.offer):
            yield from _unknown(name, shelf, (*place, "offer", number), families=False)
        if not gate.ask.gate or {each.id for each in gate.ask.options} != {"yes", "no", "unsure"}:
            told = "A gate has `gate: true` and the options yes, no and unsure."
            yield Problem("TRACK_009", told, (*place, "ask"))
        if any(each.goto for each in gate.ask.options) or gate.ask.goto:
            told = f"A gate needs no goto: {' and '.join(HELD_BACK)} lead to its stop:."
            yield Problem("TRACK_009", told, (*place, "ask"))
        if len(gate.ask.id) > LONGEST_GATE:
            told = f"The id of a gate has at most {LONGEST_GATE} characters."
            yield Problem("TRACK_009", told, (*place, "ask", "id"))
        for exercise in (one for name in gate.to for one in _meant(name, shelf)):
            taken = {gate.ask.id, stop_of(gate)} & exercise.places.keys()
            if taken:
                told = f"{exercise.id} already has a step “{min(taken)}”."
                yield Problem("TRACK_009", told, (*place, "ask", "id"))
            if exercise.modality is Modality.SAFETY:
                told = f"“{exercise.id}” keeps people safe, so nothing may stand before it."
                yield Problem("TRACK_011", told, (*place, "to"))


def _check_in(overlay: Overlay, shelf: Shelf) -> Iterator[Problem]:
    name, core = overlay.check_in, shelf.get(CORE_CHECK_IN)
    if name is not None and name not in shelf:
        yield from _unknown(name, shelf, ("check_in",), families=False)
    elif name is not None and core is not None:
        order = [each for each in shelf[name].questions if each in core.questions]
        if order != list(core.questions):
            lost = [each for each in core.questions if each not in order] or order
            told = f"{name} must ask all of {CORE_CHECK_IN} in its order: “{lost[0]}” is locked."
            yield Problem("TRACK_010", told, ("check_in",))
    taken = shelf[name].places if name is not None and name in shelf else {}
    for at, item in enumerate(overlay.items):
        place = ("items", at)
        if not isinstance(item, Question) or isinstance(item, AskText):
            yield Problem("TRACK_010", "An item of a check-in is one question to tap.", place)
        if item.id in taken:
            told = f"{name} already asks “{item.id}”; ids are locked."
            yield Problem("TRACK_010", told, (*place, "id"))


def chain(overlay: Overlay, others: Mapping[str, Overlay | None]) -> Iterator[Problem]:
    """What it stands on exists, and stands on nothing itself. A broken ground is None: told there.

    An overlay that adds a gate cannot call it like one of its ground's.
    """
    if overlay.on is None:
        return
    if overlay.on not in others or overlay.on == overlay.track:
        hint = did_you_mean(overlay.on, others)
        yield Problem("TRACK_007", f"There is no track “{overlay.on}”.{hint}", ("on",))
        return
    ground = others[overlay.on]
    if ground is not None and ground.on is not None:
        told = f"“{overlay.on}” stands on “{ground.on}” already; a chain has two links."
        yield Problem("TRACK_007", told, ("on",))
    known = {gate.ask.id for gate in ground.gates} if ground is not None else set[str]()
    for at, gate in enumerate(overlay.gates):
        if gate.ask.id in known:
            told = (
                f"“{overlay.on}” already has a gate “{gate.ask.id}”, and gates are never replaced."
            )
            yield Problem("TRACK_009", told, ("gates", at, "ask", "id"))


def together(track: Track, shelf: Shelf) -> Iterator[Problem]:
    """Every exercise still makes sense as the track's own, and keeps what the track promises.

    What only the ground of a track changes is told with the ground.
    """
    top = track.overlays[-1]
    own = Track(track.id, (top,))
    is_present = any(each.present_only for each in track.overlays)
    opened = next((each for each in shelf.values() if is_opened(each)), None)
    for exercise in shelf.values():
        if own.changes(exercise) or (exercise is opened and top.opening is not None):
            merged = merge(exercise, track)
            for each in check(merged):
                if not each.warning:
                    place = _origin(top, merged, each.place)
                    yield Problem(each.code, f"{each.message} (In {exercise.id}.)", place)
        if is_present and track.offer_of(exercise):
            yield from _present(top, merge(exercise, track))


def _present(top: Overlay, merged: Exercise) -> Iterator[Problem]:
    for step in merged.steps:
        if isinstance(step, Question) and asks_for_the_story(step):
            told = (
                f"“{step.id}” of {merged.id} asks for the story of what happened; this track stays"
                " with the present. Replace its text, or leave the exercise out of this track."
            )
            yield Problem("TRACK_012", told, _of_step(top, merged.id, step.id))


def _origin(top: Overlay, merged: Exercise, place: Place) -> Place:
    """Where in the overlay a problem of the merged exercise comes from."""
    match place:
        case ("steps", int(at), *rest):
            step = merged.steps[at].id
            for number, gate in enumerate(top.gates):
                if step in (gate.ask.id, stop_of(gate)):
                    return ("gates", number, "ask" if step == gate.ask.id else "stop")
            names = [item.id for item in top.items]
            if step in names:
                return ("items", names.index(step), *rest)
            return ("opening",) if step == OPENING else _of_step(top, merged.id, step, *rest)
        case ("signals", *_):
            return ("signals",)
    return ()


def _of_step(top: Overlay, exercise: str, step: str, *rest: str | int) -> Place:
    for number, each in enumerate(top.texts):
        if (each.exercise, each.step) == (exercise, step):
            return ("texts", number, *rest)
    for field in ("core", "available", "adapted", "hidden"):
        if exercise in getattr(top, field):
            return (field, getattr(top, field).index(exercise))
    return ("present_only",) if top.present_only else ()
