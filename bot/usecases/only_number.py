"""Of “8, because my ex called” a scale keeps the eight: it is said that the words are not kept."""

from bot.catalog.steps import AskNumber, AskScale, RateEach, Step
from bot.engine.event import Refused, Returned
from bot.engine.given import Given, Said
from bot.engine.remark import before_remark, has_remark
from bot.engine.walk import Turn
from bot.usecases.scene import Scene


def note(scene: Scene, step: Step, given: Given, turn: Turn) -> str:
    """The sentence above what comes next, "" where nothing was left out. Below the card that
    answers words of danger it would be about the wrong thing."""
    if scene.heavy or not isinstance(step, (AskScale, AskNumber, RateEach)):
        return ""
    if not isinstance(given, Said) or not has_remark(given.text):
        return ""
    if any(isinstance(each, (Refused, Returned)) for each in turn.events):
        return ""
    return scene.word("notes.only_number", number=before_remark(given.text).strip())
