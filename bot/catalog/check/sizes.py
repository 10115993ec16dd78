"""Rules about what fits: a button, a keyboard, a message, the time promised."""

from collections.abc import Iterator
from math import ceil

from bot.catalog.check.texts import SHOWN, all_texts
from bot.catalog.exercise import Exercise
from bot.catalog.flow import is_asked
from bot.catalog.media import RHYTHMS
from bot.catalog.problem import Place, Problem
from bot.catalog.steps import (
    AskChoice,
    AskList,
    AskMany,
    AskNumber,
    AskScale,
    Copy,
    Finish,
    Pace,
    RateEach,
    Step,
    Timed,
)

BUTTON_CHARS = 34
"""Longer labels are cut off on a small phone."""
KEYBOARD_MARKS = 12
SUGGESTIONS = 14
OPTIONS = 10
MANY = 14
QUESTION_CHARS = 1200
"""Leaves room in Telegram's 4,096 for the quoted thought, the example and what was typed."""


def buttons(exercise: Exercise) -> Iterator[Problem]:
    """A label fits on its button."""
    for place, step in enumerate(exercise.steps):
        for way, words in _labels(step):
            if len(words) > BUTTON_CHARS:
                yield Problem(
                    "SIZE_001",
                    f"“{words}” has {len(words)} characters; a button shows {BUTTON_CHARS}.",
                    ("steps", place, *way),
                )


def _labels(step: Step) -> Iterator[tuple[Place, str]]:
    """Everything of a step that stands on a button."""
    match step:
        case AskChoice() | AskMany():
            for at, option in enumerate(step.options):
                for language, words in option.label.items():
                    yield ("options", at, "label", language), words
        case AskList(suggest=dict() as suggested):
            for language, several in suggested.items():
                for at, words in enumerate(several):
                    yield ("suggest", language, at), words
        case Finish(copies=Copy(label=dict() as label)):
            for language, words in label.items():
                yield ("copy", "label", language), words


def keyboards(exercise: Exercise) -> Iterator[Problem]:
    """A keyboard can be taken in at one glance."""
    for place, step in enumerate(exercise.steps):
        here = ("steps", place)
        if isinstance(step, AskScale | RateEach) and len(step.scale.marks) > KEYBOARD_MARKS:
            yield Problem(
                "SIZE_002",
                f"{len(step.scale.marks)} buttons are too many; let `by` be larger"
                f" (at most {KEYBOARD_MARKS}).",
                (*here, "scale"),
            )
        if isinstance(step, AskChoice) and len(step.options) > OPTIONS:
            yield Problem("SIZE_002", f"More than {OPTIONS} options are hard to read.", here)
        if isinstance(step, AskMany) and len(step.options) > MANY:
            yield Problem("SIZE_002", f"More than {MANY} options are hard to read.", here)
        if isinstance(step, AskNumber) and len(step.suggest) > KEYBOARD_MARKS:
            yield Problem("SIZE_002", f"At most {KEYBOARD_MARKS} numbers.", (*here, "suggest"))
        suggested = (step.suggest or {}) if isinstance(step, AskList) else {}
        if any(len(words) > SUGGESTIONS for words in suggested.values()):
            yield Problem("SIZE_002", f"At most {SUGGESTIONS} suggestions.", (*here, "suggest"))


def messages(exercise: Exercise) -> Iterator[Problem]:
    """A question stays short enough for one message on a phone."""
    for place, text in all_texts(exercise):
        for language, words in text.items():
            if place[-1] in SHOWN and len(words) > QUESTION_CHARS:
                yield Problem(
                    "SIZE_003",
                    f"{len(words)} characters are too many for one message"
                    f" (at most {QUESTION_CHARS}).",
                    (*place, language),
                )


def minutes(exercise: Exercise) -> Iterator[Problem]:
    """The promised length is honest: timed steps and questions fit into it, roughly."""
    timed = [step.duration for step in exercise.steps if isinstance(step, Timed)]
    asked = sum(is_asked(step, exercise.usual) for step in exercise.steps)
    least = min(timed, default=0) / 60 + asked * 0.1
    if exercise.minutes < least:
        yield Problem(
            "SIZE_004",
            f"minutes: {exercise.minutes} is too little; this takes at least {ceil(least)}.",
            ("minutes",),
        )


def pictures(exercise: Exercise) -> Iterator[Problem]:
    """A rhythm that shows a picture has one: it is drawn beforehand."""
    for place, step in enumerate(exercise.steps):
        if isinstance(step, Pace) and step.picture and step.seconds not in RHYTHMS:
            there = ", ".join("-".join(map(str, each)) for each in RHYTHMS)
            yield Problem(
                "MEDIA_001",
                f"There is no picture of {'-'.join(map(str, step.seconds))}, only of {there}."
                " Leave `picture` out, or choose one of these.",
                ("steps", place, "picture"),
            )
