"""What a button carries, in at most 64 bytes, and what a press of it means."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from uuid import UUID

LONGEST = 64
"""Telegram's limit for callback data, in bytes."""
SHORT = 22
"""Characters of an id in a button."""


@dataclass(frozen=True, slots=True)
class RunPress:
    """A button of one question: which run, which turn, which choice."""

    run: UUID
    turn: int
    choice: str


@dataclass(frozen=True, slots=True)
class MenuPress:
    """A button that stands outside any question: what to do, with what."""

    verb: str
    argument: str = ""


def for_run(run: UUID, turn: int, choice: str) -> str:
    """The data of a question's button."""
    return f"r.{short_id(run)}.{turn}.{choice}"


def for_menu(verb: str, argument: str = "") -> str:
    """The data of any other button."""
    return f"m.{verb}.{argument}"


def unpack(data: str) -> RunPress | MenuPress | None:
    """What a press means, None for anything we never wrote. Nothing in it is to be trusted."""
    parts = data.split(".", 3)
    if len(data) > LONGEST or not data.isascii():
        return None
    match parts:
        case ["r", run, turn, choice]:
            run_id, number = long_id(run), number_in(turn, 7)
            return RunPress(run_id, number, choice) if run_id and number is not None else None
        case ["m", verb, *rest]:
            return MenuPress(verb, ".".join(rest))
    return None


def number_in(text: str, digits: int) -> int | None:
    """The number in a part of a button, None for anything else. Ours have so many digits at most;
    `int` reads longer ones, and the digits of every script."""
    return int(text) if len(text) <= digits and text.isascii() and text.isdigit() else None


def short_id(run: UUID) -> str:
    """The id in SHORT characters that may stand in a button or a link."""
    return urlsafe_b64encode(run.bytes).decode().rstrip("=")


def long_id(short: str) -> UUID | None:
    """The id a `short_id` stood for, None for anything else."""
    if len(short) != SHORT:  # base64 reads past signs that are none of its own
        return None
    try:
        raw = urlsafe_b64decode(f"{short}==".encode("ascii", errors="strict"))
        return UUID(bytes=raw)
    except (Error, ValueError):
        return None
