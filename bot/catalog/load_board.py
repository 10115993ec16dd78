"""Reading exercises/support/board/, and telling its keeper what is wrong, line by line."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from bot.catalog.board import Board, Question, Reason, Situation
from bot.catalog.check.texts import untold
from bot.catalog.load_support import Fault, fields_of, kept_or_read, located, read_tree, shape
from bot.catalog.problem import Place, Problem
from bot.catalog.text import LANGUAGES

FILES = ("situations", "reasons", "questions")
LONGEST_LABEL = 40
"""So many characters fit on a button of a phone."""

Listed = TypeVar("Listed", Situation, Reason, Question)


def load_board(folder: Path, cache: Path | None = None) -> tuple[Board, tuple[Problem, ...]]:
    """What there is to choose from, and what is to be mended; what is broken is left out.

    `cache` is a folder where it is kept, ready to use, until a file changes.
    """
    files = [folder / f"{name}.yaml" for name in FILES]
    return kept_or_read(Board, files, (cache, "board.json"), partial(_read_all, folder))


def _read_all(folder: Path) -> tuple[Board, tuple[Problem, ...]]:
    situations, wrong = _list(folder, "situations", Situation)
    reasons, unfit = _list(folder, "reasons", Reason)
    questions, odd = _list(folder, "questions", Question)
    board = Board(situations=situations, reasons=reasons, questions=questions)
    return board, (*wrong, *unfit, *odd)


def _list(
    folder: Path, name: str, model: type[Listed]
) -> tuple[tuple[Listed, ...], tuple[Problem, ...]]:
    path = folder / f"{name}.yaml"
    tree, problems = read_tree(path, "BOARD_001")
    if problems:
        return (), problems
    entries = tree.get(name) if isinstance(tree, dict) else None
    if not isinstance(entries, list) or not entries or tree.get("schema") != 1:
        fault = Fault("BOARD_001", f"This file needs `schema: 1` and a list `{name}:`.", ())
        return (), located([fault], path)
    known: dict[str, Listed] = {}
    faults: list[Fault] = []
    for at, entry in enumerate(entries):
        place: Place = (name, at)
        read, wrong = _read(entry, place, model)
        faults += wrong
        if read is not None and read.id in known:
            faults.append(Fault("BOARD_003", f"There are two with the id {read.id}.", place))
        elif read is not None:
            known[read.id] = read
    return tuple(known.values()), located(faults, path)


def _read(entry: Any, place: Place, model: type[Listed]) -> tuple[Listed | None, list[Fault]]:
    try:
        read = model.model_validate(entry)
    except ValidationError as error:
        return None, shape(error, place, "BOARD_001", fields_of(model))
    return read, list(_words(read, place))


def _words(read: Situation | Reason | Question, place: Place) -> Iterator[Fault]:
    for where, missing in untold(read, LANGUAGES, place):
        yield Fault("BOARD_002", missing, where)
    for label in read.label.values():
        if len(label) > LONGEST_LABEL:
            too_long = f"A button takes {LONGEST_LABEL} characters; this has {len(label)}."
            yield Fault("BOARD_004", too_long, (*place, "label"))
