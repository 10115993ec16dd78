"""How low and how high a question or a score can come out."""

from bot.catalog.exercise import Exercise
from bot.catalog.number import whole
from bot.catalog.score import Score
from bot.catalog.steps import AskChoice, AskNumber, AskScale, Step

Span = tuple[float, float]


def span(step: Step | None) -> Span | None:
    """The lowest and highest number a question can give; None where it gives none."""
    match step:
        case AskScale():
            return step.scale.min, step.scale.max
        case AskNumber():
            return step.min, step.max
        case AskChoice() if step.is_numeric:
            values = [option.value for option in step.options if option.value is not None]
            return min(values), max(values)
    return None


def reach(exercise: Exercise, score: Score) -> Span | None:
    """The lowest and highest a score can be; None where an item gives no number."""
    spans = [found for name in score.items if (found := span(exercise.find(name))) is not None]
    if len(spans) < len(score.items):
        return None
    share = score.times / (len(spans) if score.how == "mean" else 1)
    return whole(share * sum(low for low, _ in spans)), whole(share * sum(top for _, top in spans))
