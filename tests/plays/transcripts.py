"""A transcript taken apart again: what was given in it, and what was brought along."""

from bot.catalog.exercise import Exercise
from bot.engine.run import Value


def inputs_of(text: str) -> list[str]:
    """The lines a person gave in a transcript."""
    return [line[2:] for line in text.splitlines() if line.startswith("> ")]


def brought_of(exercise: Exercise, text: str) -> dict[str, Value]:
    """What an earlier exercise brings along in a transcript: numbers where a scale is asked for."""
    lines = (line[2:].partition(": ") for line in text.splitlines() if line.startswith("< "))
    return {
        name: value if exercise.brought[name].scale is None else int(value)
        for name, _, value in lines
    }
