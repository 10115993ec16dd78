"""Answers as lines: a name and a value, in short or in full, and how far ratings moved."""

from typing import NamedTuple

from markupsafe import Markup, escape

from bot.care.feedback import Shift, moved, strongest
from bot.catalog.condition import Compare, singles
from bot.catalog.exercise import Exercise
from bot.catalog.span import reach
from bot.catalog.steps import Finish, Question, Timed
from bot.catalog.text import said
from bot.engine.holds import holds
from bot.engine.run import Run
from bot.engine.score import estimated, total
from bot.messages.fill import entry_said, number_said, short, shown, span_said
from bot.messages.pack import packed

LONGEST_BEHIND = 200
"""So much of one answer stands with the signal it raised."""


class Line(NamedTuple):
    """A name and a value, both plain text; of a score, how many questions were estimated."""

    label: str
    value: str
    gaps: int = 0


def changes(exercise: Exercise, run: Run, end: Finish) -> list[dict[str, object]]:
    """Beliefs first, so that the feelings stand right above the sentence about them.

    What was rated several times under one name is one line, "8 → 6 → 5"; its latest comparison
    comes first in the file.
    """
    lines: list[dict[str, object]] = []
    of = ""
    found = moved(exercise, end, run.answers)
    for change, several in sorted(found, key=lambda pair: pair[0].kind == "intensity"):
        name = said(change.label, run.language) if change.label else ""
        name = name or named(exercise, change.before, run.language)
        for shift in several:
            each = entry_said(exercise, change.before, shift.item, run.language) or name
            line = _change(shift, each)
            if change.before == of and not shift.item and lines[-1]["label"] == line["label"]:
                lines[-1]["after"] = f"{shift.after} → {lines[-1]['after']}"
            else:
                lines.append(line)
        of = change.before
    return lines


def felt_item(exercise: Exercise, end: Finish, run: Run) -> str:
    """The feeling the feedback speaks of, where several were rated; "" for a single one."""
    found = moved(exercise, end, run.answers)
    felt = next(((change, each) for change, each in found if change.kind == "intensity"), None)
    strong = strongest(felt[1]) if felt is not None and len(felt[1]) > 1 else None
    if felt is None or strong is None:
        return ""
    return short(entry_said(exercise, felt[0].before, strong.item, run.language), 60)


def _change(shift: Shift, name: str) -> dict[str, object]:
    return {"label": short(name, 60), "before": shift.before, "after": shift.after}


def score_line(
    exercise: Exercise,
    run: Run,
    name: str,
    language: str | None = None,
    *,
    banded: bool = True,
    staff: bool = False,
) -> Line | None:
    """ "12 (0–27) · moderate"; nothing while too few questions are answered. `language` is that of
    the run where none is named; without `banded` the number stands alone; `staff`: whether it is
    they who read it."""
    language = language or run.language
    score = exercise.scored[name]
    value, ends = total(exercise, score, run.answers), reach(exercise, score)
    if value is None or ends is None:
        return None
    low, high, shown_as = (number_said(each, language) for each in (*ends, value))
    band = score.band(value) if banded else None
    within = f" · {said(band.staff_label if staff else band.label, language)}" if band else ""
    gaps = estimated(exercise, score, run.answers)
    return Line(said(score.label, language), f"{shown_as} ({low}–{high}){within}", gaps)


def behind(exercise: Exercise, run: Run, reason: str) -> str:
    """The answers that raised this signal, a line each with its label, in the language they were
    given in: “several days” is not “nearly every day”."""
    tests = (
        test
        for signal in exercise.signals
        if signal.reason == reason
        for _, test in singles(signal.when)
        if isinstance(test, Compare) and holds(test, exercise, run.answers)
    )
    names = dict.fromkeys(test.answer for test in tests if has(run, test.answer))
    lines = (line_of(exercise, run, name, LONGEST_BEHIND) for name in names)
    return "\n".join(f"{each.label}: {each.value}" for each in lines)


def has(run: Run, name: str) -> bool:
    """Whether there is an answer to show."""
    return run.answers.get(name) not in (None, (), {}, "")


def named(exercise: Exercise, name: str, language: str) -> str:
    """What an answer is called."""
    step = exercise.find(name)
    if isinstance(step, Question | Timed):
        return said(step.label, language)
    given = exercise.brought.get(name)
    return said(given.label, language) if given else name


def count(run: Run, name: str) -> int:
    """How many entries an answer has."""
    value = run.answers.get(name)
    return len(value) if isinstance(value, tuple | dict) else int(value is not None)


def line_of(exercise: Exercise, run: Run, name: str, longest: int) -> Line:
    """One answer with its label, in short."""
    label = named(exercise, name, run.language)
    return Line(label, short(_value(exercise, run, name), longest))


def _value(exercise: Exercise, run: Run, name: str) -> str:
    value = run.answers.get(name)
    if isinstance(exercise.find(name), Timed) and isinstance(value, int):
        return span_said(value)
    return shown(exercise, name, value, run.language)


def in_full(exercise: Exercise, run: Run, name: str) -> list[str]:
    """One answer as it was written, as Telegram HTML; a line for each entry of a list."""
    match run.answers.get(name):
        case tuple() as entries:
            said_so = [entry_said(exercise, name, each, run.language) for each in entries]
            lines = [f"• {entry}" for entry in said_so]
        case dict() as ratings:
            lines = [
                f"• {entry_said(exercise, name, entry, run.language)}: {number}"
                for entry, number in ratings.items()
            ]
        case _:
            lines = [_value(exercise, run, name)]
    label = Markup("<b>{}</b>").format(named(exercise, name, run.language))
    return packed([str(label), *(str(escape(line)) for line in lines)], joint="\n")
