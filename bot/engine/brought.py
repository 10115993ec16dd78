"""What an earlier exercise would have brought along, for somebody who tries one by itself."""

from bot.catalog.exercise import Exercise
from bot.catalog.later import Given
from bot.catalog.text import said
from bot.engine.run import Value


def stand_ins(exercise: Exercise, language: str) -> dict[str, Value]:
    """For each given its name, or the top of its scale; lists stay empty, as for somebody who
    begins without one."""

    def one(each: Given) -> Value:
        if each.scale is not None:
            return each.scale.max
        return () if each.list else f"({said(each.label, language)})"

    return {each.id: one(each) for each in exercise.given}
