"""Rules about what fits: a button, a keyboard, a message, the time promised."""

from collections.abc import Iterator
from math import ceil

from bot.catalog.exercise import Exercise
from bot.catalog.problem import Problem
from bot.catalog.steps import AskChoice, AskList, AskScale, Pace, Question, RateEach

BUTTON_CHARS = 34
"""Longer labels are cut off on a small phone."""
KEYBOARD_MARKS = 12
SUGGESTIONS = 14
OPTIONS = 10
QUESTION_CHARS = 1200
"""Leaves room in Telegram's 4,096 for the quoted thought, the example and what was typed."""


def buttons(exercise: Exercise) -> Iterator[Problem]:
    """A label fits on its button."""
    for place, step in enumerate(exercise.steps):
        labels: list[tuple[tuple[str | int, ...], str]] = []
        if isinstance(step, AskChoice):
            labels += [
                (("options", at, "label", language), words)
                for at, option in enumerate(step.options)
                for language, words in option.label.items()
            ]
        if isinstance(step, AskList) and step.suggest is not None:
            labels += [
                (("suggest", language, at), words)
                for language, several in step.suggest.items()
                for at, words in enumerate(several)
            ]
        for way, words in labels:
            if len(words) > BUTTON_CHARS:
                yield Problem(
                    "SIZE_001",
                    f"“{words}” has {len(words)} characters; a button shows {BUTTON_CHARS}.",
                    ("steps", place, *way),
                )


def keyboards(exercise: Exercise) -> Iterator[Problem]:
    """A keyboard can be taken in at one glance."""
    for place, step in enumerate(exercise.steps):
        if isinstance(step, AskScale | RateEach) and len(step.scale.marks) > KEYBOARD_MARKS:
            yield Problem(
                "SIZE_002",
                f"{len(step.scale.marks)} buttons are too many; let `by` be larger"
                f" (at most {KEYBOARD_MARKS}).",
                ("steps", place, "scale"),
            )
        if isinstance(step, AskChoice) and len(step.options) > OPTIONS:
            yield Problem(
                "SIZE_002", f"More than {OPTIONS} options are hard to read.", ("steps", place)
            )
        suggested = (step.suggest or {}) if isinstance(step, AskList) else {}
        if any(len(words) > SUGGESTIONS for words in suggested.values()):
            yield Problem(
                "SIZE_002", f"At most {SUGGESTIONS} suggestions.", ("steps", place, "suggest")
            )


def messages(exercise: Exercise) -> Iterator[Problem]:
    """A question stays short enough for one message on a phone."""
    for place, step in enumerate(exercise.steps):
        texts = getattr(step, "text", None) or {}
        for language, words in texts.items():
            if len(words) > QUESTION_CHARS:
                yield Problem(
                    "SIZE_003",
                    f"{len(words)} characters are too many for one message"
                    f" (at most {QUESTION_CHARS}).",
                    ("steps", place, "text", language),
                )


def minutes(exercise: Exercise) -> Iterator[Problem]:
    """The promised length is honest: timed steps and questions fit into it, roughly."""
    shortest = min((step.seconds for step in _paces(exercise)), default=0)
    asked = sum(isinstance(step, Question) for step in exercise.steps)
    least = shortest / 60 + asked * 0.1
    if exercise.minutes < least:
        yield Problem(
            "SIZE_004",
            f"minutes: {exercise.minutes} is too little; this takes at least {ceil(least)}.",
            ("minutes",),
        )


def _paces(exercise: Exercise) -> Iterator[Pace]:
    return (step for step in exercise.steps if isinstance(step, Pace))
