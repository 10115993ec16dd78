"""Putting a person's answers into texts and onto buttons, exactly as they were typed."""

from collections.abc import Mapping

from markupsafe import Markup, escape

from bot.catalog.exercise import Exercise
from bot.catalog.markup import PLACEHOLDER
from bot.catalog.steps import AskChoice
from bot.catalog.text import said
from bot.engine.run import Value
from bot.messages.pack import units

FILLED = 600
"""So much do the answers in one text take up together."""


def fill(text: str, answers: Mapping[str, Value], exercise: Exercise, language: str) -> Markup:
    """An author's text (checked HTML) with the placeholders replaced by escaped answers."""
    parts = PLACEHOLDER.split(text)
    room = FILLED // max(1, len(parts) // 2)
    filled = [
        part
        if at % 2 == 0
        else escape(fitted(shown(exercise, part, answers.get(part), language), room))
        for at, part in enumerate(parts)
    ]
    return Markup("").join(Markup(part) for part in filled)  # noqa: S704 # texts are checked


def shown(exercise: Exercise, step_id: str, value: Value, language: str) -> str:
    """An answer as a person reads it: the label of an option, a list in one line, a number."""
    step = exercise.step(step_id) if step_id in exercise.places else None
    match value:
        case None:
            return ""
        case str() if isinstance(step, AskChoice):
            labels = {option.id: said(option.label, language) for option in step.options}
            return labels.get(value, value)
        case str() | int():
            return str(value)
        case tuple():
            return ", ".join(value)
        case dict():
            return ", ".join(f"{item} {number}" for item, number in value.items())


def short(text: str, longest: int) -> str:
    """The text in one line, cut with an ellipsis when it is longer than that."""
    return fitted(" ".join(text.split()), longest)


def fitted(text: str, longest: int) -> str:
    """The text as it is, cut with an ellipsis when Telegram counts more units than that."""
    if units(text) <= longest:
        return text
    head = text.encode("utf-16-le", "surrogatepass")[: 2 * (longest - 1)]
    return head.decode("utf-16-le", "ignore").rstrip() + "…"
