"""Reading the risk phrases anew, and telling a clinician what is to be mended, line by line."""

from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from bot.catalog import yaml12
from bot.catalog.load_support import fields_of, shape, unreadable
from bot.catalog.problem import Problem, line_in
from bot.catalog.risk.build import compile_files
from bot.catalog.risk.compiled import Plain
from bot.catalog.risk.letters import LettersError, Net, read_letters
from bot.catalog.risk.numbered import plain_net
from bot.catalog.risk.phrases import CueText, FamilyText, PhraseFile, PhraseText


def read_risk(paths: list[Path], nets: Iterable[Path]) -> tuple[Plain, tuple[Problem, ...]]:
    """What these phrase files and nets of letters say, compiled, and what is wrong in them."""
    plain, problems = _compiled(paths)
    for path in nets:
        read = _letters(path)
        if isinstance(read, Problem):
            problems = (*problems, read)
        else:
            plain["letters"] = plain_net(read, plain["vocabulary"], plain["beyond"])
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


def _letters(path: Path) -> Net | Problem:
    try:
        return read_letters(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        return Problem("RISK_002", "The file is not UTF-8 text.", (), str(path), 1)
    except LettersError as error:
        return Problem("RISK_008", str(error), (), str(path), error.line)


def _read(path: Path) -> PhraseFile | list[Problem]:
    try:
        tree = yaml12.YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except (yaml12.YAMLError, UnicodeDecodeError, RecursionError) as error:
        return [unreadable(error, "RISK_002", path)]
    try:
        file = PhraseFile(str(path), PhraseText.model_validate(tree), tree)
    except ValidationError as error:
        faults = shape(error, (), "RISK_003", _KEYS)
        return [
            Problem(each.code, each.message, each.place, str(path), line_in(tree, each.place))
            for each in faults
        ]
    if not file.content.families:
        return [file.problem("RISK_006", "The file has no families: it would find nothing.")]
    return file


_KEYS = fields_of(PhraseText, FamilyText, CueText)
