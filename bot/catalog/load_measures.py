"""Reading the definitions in exercises/measures/, and telling their author what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.catalog import yaml12
from bot.catalog.cache import Kept, key_of
from bot.catalog.check import check
from bot.catalog.exercise import Exercise
from bot.catalog.load import Library
from bot.catalog.measure import AnyMeasure, Measure, StaffMeasure, Wording
from bot.catalog.placing import line_of, misshapen, plain, unreadable, with_lines
from bot.catalog.problem import Place, Problem, did_you_mean
from bot.catalog.wording import worded

FOLDER = "exercises/measures"
_ANY: TypeAdapter[AnyMeasure] = TypeAdapter(AnyMeasure)


@dataclass(frozen=True)
class Measures:
    """All definitions that make sense, by id, and what is wrong with the others."""

    known: dict[str, AnyMeasure]
    problems: tuple[Problem, ...] = ()

    def find(self, name: str) -> AnyMeasure | None:
        """The definition called "phq9" or "measure.phq9"."""
        return self.known.get(name.removeprefix("measure."))

    def guess(self, wrong: str) -> str:
        """A hint for a misspelt id, or nothing."""
        return did_you_mean(wrong.removeprefix("measure."), self.known)

    @property
    def offered(self) -> tuple[Measure, ...]:
        """Those people can fill in once the wording is there."""
        return tuple(each for each in self.known.values() if isinstance(each, Measure))


def read_measures(folder: Path, cache: Path | None = None) -> Measures:
    """Reads every definition. A broken file costs only itself.

    `cache` is a folder where definitions without problems are kept until their file changes.
    """
    known: dict[str, AnyMeasure] = {}
    problems: list[Problem] = []
    with Kept(cache, "measures.json") as kept:
        for path in sorted(folder.glob("*.yaml")):
            problems += _read(path, known, kept)
    return Measures(known, tuple(problems))


def _read(path: Path, known: dict[str, AnyMeasure], kept: Kept) -> list[Problem]:
    """What is wrong with one file; when nothing is, its measure joins the known ones."""
    name, state = f"{FOLDER}/{path.name}", key_of((path,))
    made = kept.find(name, state)
    if made is not None:
        measure = _ANY.validate_json(made)
        if measure.measure not in known:
            known[measure.measure] = measure
            return []
    try:
        tree = with_lines(path)
    except yaml12.UNREADABLE as error:
        text = path.read_text(encoding="utf-8", errors="replace")
        return [unreadable(error, name, text)]
    before = set(known)
    found = [_placed(each, name, tree) for each in _wrong(tree, known)]
    for each in known.keys() - before:
        kept.add(name, state, _ANY.dump_json(known[each], by_alias=True).decode())
    return found


def _wrong(tree: Any, known: dict[str, AnyMeasure]) -> Iterator[Problem]:
    """What is wrong with one definition; when nothing is, it joins the known ones."""
    if not isinstance(tree, dict):
        yield Problem("YAML_003", "This file holds no measure.")
        return
    shape = StaffMeasure if "staff_entry" in tree else Measure
    try:
        measure = shape.model_validate(plain(tree))
    except ValidationError as error:
        yield from misshapen(error, tree)
        return
    if measure.measure in known:
        yield Problem("LIB_002", "There is already a measure of this id.", ("measure",))
        return
    faults = list(_senseless(measure)) if isinstance(measure, Measure) else []
    yield from faults
    if not faults:
        known[measure.measure] = measure


def _senseless(measure: Measure) -> Iterator[Problem]:
    """What would be wrong with the exercise, whatever its wording."""
    exercise = worded(measure, stand_in(measure))
    for each in check(exercise):
        yield Problem(each.code, each.message, _in_definition(measure, exercise, each.place))


def stand_in(measure: Measure) -> Wording:
    """Words to try a definition with; none of them belongs to anybody."""
    return {
        key: {language: f"{key} ({language})" for language in measure.languages}
        for key in measure.keys
    }


def _in_definition(measure: Measure, exercise: Exercise, place: Place) -> Place:
    """The place of the definition that a place of its exercise comes from."""
    match place:
        case ("steps", int(at), *rest):
            name = exercise.steps[at].id
            items = [item.id for item in measure.items]
            own = [step.id for step in measure.after]
            if name in items:
                return ("items", items.index(name))
            return ("after", own.index(name), *rest) if name in own else ()
    return place


def _placed(problem: Problem, name: str, tree: Any) -> Problem:
    _, line = line_of(tree, problem.place)
    return Problem(problem.code, problem.message, problem.place, name, line, problem.warning)


def unknown_offers(measures: Measures, library: Library) -> Iterator[Problem]:
    """What a measure offers next is an exercise or another measure."""
    known = {*library.exercises, *(each.id for each in measures.offered)}
    for measure in measures.offered:
        file = f"{FOLDER}/{measure.measure}.yaml"
        for name in (name for each in measure.suggest for name in each.offer):
            if name not in known:
                hint = did_you_mean(name, known)
                missing = f"There is no exercise called “{name}”.{hint}"
                yield Problem("LIB_001", missing, ("suggest",), file, 1)
        if measure.instead is not None and measures.find(measure.instead) is None:
            missing = f"There is no measure called “{measure.instead}”."
            yield Problem("LIB_001", missing, ("instead",), file, 1)
