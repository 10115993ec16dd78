"""Pydantic's complaints about the shape of a file, said as sentences to an author."""

import re
from typing import Any

from pydantic import BaseModel

from bot.catalog.condition import Compare, Moved, Pair, Scored
from bot.catalog.exercise import Exercise, Review, Suggestion, Target
from bot.catalog.later import Given, Later
from bot.catalog.problem import Place, did_you_mean
from bot.catalog.score import Band, Missing, Score
from bot.catalog.signal import Signal
from bot.catalog.steps import (
    AskChoice,
    AskList,
    AskMany,
    AskNumber,
    AskScale,
    AskText,
    AskWhen,
    Branch,
    Change,
    ChooseFrom,
    Codes,
    Copy,
    Finish,
    Moment,
    Option,
    Pace,
    Part,
    Phase,
    RateEach,
    Remark,
    Say,
    Scale,
    Several,
    Wait,
)
from bot.catalog.steps.base import LOINC
from bot.catalog.text import LANGUAGE

STEP_TYPES: dict[str, type[Part]] = {
    "say": Say, "ask_text": AskText, "ask_list": AskList, "ask_scale": AskScale,
    "ask_number": AskNumber, "rate_each": RateEach, "choose_from": ChooseFrom,
    "ask_choice": AskChoice, "ask_many": AskMany, "ask_when": AskWhen, "pace": Pace, "wait": Wait,
    "branch": Branch, "finish": Finish,
}  # fmt: skip

PARTS: tuple[type[BaseModel], ...] = (
    Exercise, Review, Suggestion, Compare, Scored, Moved, Pair, Option, Several, Phase, Moment,
    Scale, Change, Remark, Copy, Codes, Score, Band, Missing, Signal, Later, Given,
    Target,
)  # fmt: skip

_MEANT = {"next": "goto", "jump": "goto", "go_to": "goto"}
"""What authors write for a field whose name is not at all like it."""


def _fields() -> set[str]:
    models: list[type[BaseModel]] = [*PARTS, *STEP_TYPES.values()]
    return {field.alias or name for model in models for name, field in model.model_fields.items()}


def sentence(fault: dict[str, Any], place: Place) -> tuple[str, str]:
    """The code and the sentence for one complaint."""
    name = str(place[-1]) if place else ""
    context = fault.get("ctx", {})
    match fault["type"]:
        case "extra_forbidden":
            hint = did_you_mean(_MEANT.get(name, name), _fields())
            return "SHAPE_002", f"“{name}” is not known here.{hint}"
        case "missing":
            return "SHAPE_003", f"“{fault['loc'][-1]}” is missing here."
        case "union_tag_invalid":
            tag = str(context.get("tag", ""))
            hint = did_you_mean(tag, STEP_TYPES)
            return "SHAPE_004", f"There is no step type “{tag}”.{hint}"
        case "union_tag_not_found":
            return "SHAPE_004", "This step needs a type, such as ask_text or say."
        case "string_type" if fault["input"] is None:
            return "SHAPE_001", "Nothing is written here."
        case "int_parsing" | "int_from_float":
            return "SHAPE_001", "This should be a whole number."
        case "bool_parsing" | "bool_type":
            return "SHAPE_001", "This should be true or false."
        case "string_type" | "dict_type" | "tuple_type" | "int_type" | "model_type" as kind:
            wanted = {
                "string_type": "text", "dict_type": "texts by language", "tuple_type": "a list",
                "int_type": "a whole number", "model_type": "a group of fields",
            }[kind]  # fmt: skip
            return "SHAPE_001", (
                f"This should be {wanted}. If it has a comma or a colon, write it on its own line"
                " or in quotes."
            )
        case "too_short":
            return "SHAPE_008", f"“{name}” needs at least {context.get('min_length', 1)}."
        case "string_pattern_mismatch":
            return "SHAPE_005", _pattern(str(context["pattern"]), str(fault["input"]))
        case "enum" | "literal_error":
            return "SHAPE_006", _one_of(str(context.get("expected", "")), str(fault["input"]))
        case "value_error":
            words = str(context.get("error", fault["msg"]))
            return "SHAPE_007", f"{words[:1].upper()}{words[1:]}."
    return "SHAPE_001", f"{fault['msg']}."


def _one_of(expected: str, written: str) -> str:
    hint = did_you_mean(written, re.findall(r"'([^']+)'", expected))
    return f"This must be one of: {expected}.{hint}"


def _pattern(pattern: str, written: str) -> str:
    if pattern == LANGUAGE:
        return f"“{written}” should be a short language code such as en or es."
    if pattern == LOINC:
        return f"“{written}” is not a LOINC code such as 44261-6. Leave out what is not certain."
    return (
        f"“{written}” is no id. An id has small letters, digits and _ only (an exercise:"
        " “family.name”, at least two on each side), at most 24 characters."
    )
