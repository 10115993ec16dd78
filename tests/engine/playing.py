"""Going through small exercises in tests: steps in YAML, inputs in a row."""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from bot.catalog.check import check
from bot.catalog.exercise import Exercise
from bot.engine.advance import advance, start
from bot.engine.event import Event, Refused, Why
from bot.engine.given import Given, Pressed, Rang, Said
from bot.engine.run import Run, Value
from bot.engine.walk import Turn

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SILENT = ("say", "branch", "finish")

CONTROLS = ("/back", "/skip", "/pause", "/stop", "/done", "/keep", "/enough", "/go", "/use")
"""Typed in a test these press a button, everything else is words."""


class Later(NamedTuple):
    """The clock goes on by so much before the next input."""

    hours: float = 0
    seconds: float = 0


class Edit(NamedTuple):
    """The message with this mark (the first one typed has mark 1) now reads so."""

    mark: int
    text: str


class Press(NamedTuple):
    """A button of the question that stands open, or of an earlier turn."""

    choice: str
    turn: int | None = None


class Ring(NamedTuple):
    """The timer of this turn, or of an earlier one."""

    turn: int | None = None


Step = str | Press | Edit | Later | Ring
"""What a test gives: a string is typed, "/back" and the like press a button."""


class Played(NamedTuple):
    """A run after some inputs, and what the last of them did."""

    exercise: Exercise
    run: Run
    events: tuple[Event, ...]
    now: datetime
    mark: int

    @property
    def refused(self) -> Why | None:
        """Why the last input was refused, if it was."""
        return next((event.why for event in self.events if isinstance(event, Refused)), None)

    @property
    def answers(self) -> dict[str, Value]:
        """The answers so far."""
        return self.run.answers

    @property
    def items(self) -> list[str]:
        """The list as it stands, not yet done."""
        return [item.text for item in self.run.draft.items]

    def kinds(self) -> list[str]:
        """The names of what happened last, in order."""
        return [type(event).__name__ for event in self.events]


def exercise_of(steps: str, more: str = "") -> Exercise:
    """An exercise with these steps; texts nobody looks at are filled in, a finish is added.

    `more` holds further fields of the exercise (scores, signals, later …) in YAML.
    """
    written: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(steps)
    if not any(step["type"] == "finish" for step in written):
        written.append({"id": "end", "type": "finish"})
    for step in written:
        if step["type"] not in SILENT:
            step.setdefault("label", {"en": step["id"], "es": step["id"]})
            step.setdefault("text", {"en": "?", "es": "¿?"})
        if step["type"] == "say":
            step.setdefault("text", {"en": "So.", "es": "Pues."})
        for option in step.get("options", ()):
            option.setdefault("label", {"en": option["id"], "es": option["id"]})
    exercise = Exercise.model_validate(
        {
            "schema": 1, "id": "test.small", "modality": "cbt", "minutes": 60,
            "title": {"en": "Small", "es": "Pequeño"}, "summary": {"en": "…", "es": "…"},
            "languages": ["en", "es"], "credits": ["ours"], "review": {"status": "draft"},
            "steps": written, **(YAML(typ="safe", pure=True).load(more) or {}),
        }
    )  # fmt: skip
    assert check(exercise) == ()
    return exercise


def play(
    exercise: Exercise | str, *inputs: Step, language: str = "en", zone: str = "UTC"
) -> Played:
    """Starts an exercise (or its steps in YAML) and gives it one input after the other."""
    if isinstance(exercise, str):
        exercise = exercise_of(exercise)
    turn = start(exercise, NOON, language, zone=zone)
    return go_on(Played(exercise, turn.run, turn.events, NOON, 0), *inputs)


def go_on(played: Played, *inputs: Step) -> Played:
    """Gives more inputs, each ten seconds after the one before."""
    for each in inputs:
        if isinstance(each, Later):
            waited = timedelta(hours=each.hours, seconds=each.seconds)
            played = played._replace(now=played.now + waited)
            continue
        now, mark = played.now + timedelta(seconds=10), played.mark
        if isinstance(each, str) and each not in CONTROLS:
            mark += 1
        turn: Turn = advance(played.exercise, played.run, _given(each, played.run, mark), now)
        played = Played(played.exercise, turn.run, turn.events, now, mark)
    return played


def _given(each: str | Press | Edit | Ring, run: Run, mark: int) -> Given:
    match each:
        case Press(choice, turn):
            return Pressed(run.turn if turn is None else turn, choice)
        case Ring(turn):
            return Rang(run.turn if turn is None else turn)
        case Edit(edited, text):
            return Said(text, edited, edited=True)
    return Pressed(run.turn, f"!{each[1:]}") if each in CONTROLS else Said(each, mark)
