"""What every peer is told at its start. Imports nothing of Between's, nor any bot library."""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Question:
    """What is said, and the buttons below it: label and data."""

    text: str
    rows: tuple[tuple[tuple[str, str], ...], ...]
    is_pressed: bool
    """Whether it is answered by a number below it, not by writing."""


@dataclass(frozen=True, slots=True)
class Given:
    """Where Telegram is, what to ask, and how the library is tuned."""

    url: str
    token: str
    questions: tuple[Question, ...]
    concurrent: int
    store: str
    """A file for PTB, an address for aiogram; empty: in memory."""
    tidy: bool
    """Whether the buttons of an answered question are taken away, as Between does."""


def given() -> Given:
    """From the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--token", required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--concurrent", type=int, default=0)
    parser.add_argument("--store", default="")
    parser.add_argument("--tidy", action="store_true")
    asked = parser.parse_args()
    questions = tuple(
        Question(each["text"], tuple(each["rows"]), len(each["rows"]) > 1)
        for each in json.loads(asked.questions.read_text())
    )
    return Given(asked.url, asked.token, questions, asked.concurrent, asked.store, asked.tidy)
