"""Reading the risk phrases anew, and telling a clinician what is to be mended, line by line."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.catalog import yaml12
from bot.catalog.problem import Problem, did_you_mean
from bot.catalog.risk.build import compile_files
from bot.catalog.risk.compiled import Plain
from bot.catalog.risk.letters import LettersError, read_letters
from bot.catalog.risk.phrases import CueText, FamilyText, PhraseFile, PhraseText, line_of


def read_risk(paths: list[Path], nets: Iterable[Path]) -> tuple[Plain, tuple[Problem, ...]]:
    """What these phrase files and nets of letters say, compiled, and what is wrong in them."""
    plain, problems = _compiled(paths)
    for path in nets:
        read = _letters(path)
        plain["letters"], problems = (
            (None, (*problems, read)) if isinstance(read, Problem) else (read, problems)
        )
    return plain, problems


def _compiled(paths: list[Path]) -> tuple[Plain, tuple[Problem, ...]]:
    files: list[PhraseFile] = []
    problems: list[Problem] = []
    for path in paths:
        read = _read(path)
        if isinstance(read, PhraseFile):
            files.append(read)
        else:
            problems += read
    plain, found = compile_files(tuple(files))
    return plain, (*problems, *found)


def _letters(path: Path) -> tuple[Any, ...] | Problem:
    try:
        net = read_letters(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        return Problem("RISK_002", "The file is not UTF-8 text.", (), str(path), 1)
    except LettersError as error:
        return Problem("RISK_008", str(error), (), str(path), error.line)
    return net.words, net.pairs, net.groups, net.concern_at, net.crisis_at


def _read(path: Path) -> PhraseFile | list[Problem]:
    try:
        tree = yaml12.YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        return [Problem("RISK_002", "The file is not UTF-8 text.", (), str(path), 1)]
    except yaml12.MarkedYAMLError as error:
        return [_unreadable(error, str(path))]
    except (yaml12.YAMLError, RecursionError):
        return [Problem("RISK_002", "The file holds signs no text has.", (), str(path), 1)]
    try:
        file = PhraseFile(str(path), PhraseText.model_validate(tree), tree)
    except ValidationError as error:
        return list(_misshapen(error, tree, str(path)))
    if not file.content.families:
        return [file.problem("RISK_006", "The file has no families: it would find nothing.")]
    return file


def _unreadable(error: "yaml12.MarkedYAMLError", name: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    if isinstance(error, yaml12.DuplicateKeyError):
        return Problem("RISK_002", "This key stands twice in the same place.", (), name, line)
    return Problem("RISK_002", f"Not readable as YAML: {error.problem}.", (), name, line)


def _misshapen(error: ValidationError, tree: Any, name: str) -> Iterator[Problem]:
    for fault in error.errors():
        place = fault["loc"]
        word, given = place[-1] if place else "", fault["input"]
        match fault["type"]:
            case "extra_forbidden":
                message = f"“{word}” is not known here.{did_you_mean(str(word), _KEYS)}"
            case "missing":
                message = f"“{word}” is missing."
            case "enum" | "literal_error":
                allowed = fault.get("ctx", {}).get("expected", "")
                message = f"“{given}” cannot stand here, only {allowed}."
            case _:
                message = f"{fault['msg']}."
        yield Problem("RISK_003", message, place, name, line_of(tree, place))


_KEYS = [*PhraseText.model_fields, *FamilyText.model_fields, *CueText.model_fields]
