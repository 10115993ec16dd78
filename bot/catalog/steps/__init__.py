"""The closed set of step types an exercise is made of."""

from typing import Annotated

from pydantic import Field

from bot.catalog.steps.asking import (
    AskChoice,
    AskList,
    AskMany,
    AskNumber,
    AskScale,
    AskText,
    ChooseFrom,
    Option,
    RateEach,
    Scale,
    Several,
)
from bot.catalog.steps.base import Codes, Part, Question, Spoken, Step, StepId
from bot.catalog.steps.going import Branch, Change, Copy, Finish, Remark, Say
from bot.catalog.steps.timed import Moment, Pace, Phase, Timed, Wait
from bot.catalog.steps.when import AskWhen, Handy

__all__ = [
    "AnyStep", "AskChoice", "AskList", "AskMany", "AskNumber", "AskScale", "AskText", "AskWhen",
    "Branch", "Change", "ChooseFrom", "Codes", "Copy", "Finish", "Handy", "Moment", "Option",
    "Pace", "Part", "Phase", "Question", "RateEach", "Remark", "Say", "Scale", "Several", "Spoken",
    "Step", "StepId", "Timed", "Wait",
]  # fmt: skip

AnyStep = Annotated[
    Say
    | AskText
    | AskList
    | AskScale
    | AskNumber
    | RateEach
    | ChooseFrom
    | AskChoice
    | AskMany
    | AskWhen
    | Pace
    | Wait
    | Branch
    | Finish,
    Field(discriminator="type"),
]
