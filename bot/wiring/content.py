"""Content, words and keys, read once at the start, as the use cases need them."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import structlog

from bot.care.risk import Rules
from bot.catalog.board import Board
from bot.catalog.consents import Consents
from bot.catalog.helplines import Helplines
from bot.catalog.load import Library, read_library
from bot.catalog.load_aliases import Aliases, load_aliases
from bot.catalog.load_board import load_board
from bot.catalog.load_consents import load_consents
from bot.catalog.load_helplines import load_helplines
from bot.catalog.load_measures import read_measures
from bot.catalog.load_media import load_media
from bot.catalog.load_phrases import load_phrases
from bot.catalog.load_risk import load_risk, prepare_risk
from bot.catalog.load_talks import load_talks
from bot.catalog.load_workshops import read_workshops, unknown_exercises
from bot.catalog.phrases import Phrases
from bot.catalog.problem import Problem
from bot.catalog.talks import Talks
from bot.config import Settings
from bot.errors import BetweenError
from bot.messages.words import Words
from bot.store.master_key import load_master_key
from bot.store.vault import Vault
from bot.usecases.kit import Kit
from bot.wiring.once import Once

_log = structlog.get_logger(__name__)


def make_kit(
    settings: Settings,
    today: date,
    pages: str | None = None,
    anew: Callable[[], None] = lambda: None,
) -> Kit:
    """Content, words and keys, as the use cases need them; `pages` is where private pages are.

    `anew` is called before the risk phrases are read anew, which takes seconds.
    """
    library = _library(settings.exercises_dir, _written(settings.exercises_dir), settings.cache)
    library = replace(library, exercises=dict(library.exercises))  # questionnaires are added
    for problem in library.problems:
        _log.error("exercise_left_out", where=f"{problem.file}:{problem.line}", code=problem.code)
    words = Words(settings.prompts_dir, settings.cache)
    vault = Vault(load_master_key(settings.master_key_file))
    measures = read_measures(settings.measures_dir, settings.cache)
    for problem in measures.problems:
        _log.error("measure_left_out", problem=str(problem))
    workshops = read_workshops(settings.workshops_dir, settings.cache)
    for problem in (*workshops.problems, *unknown_exercises(workshops, library)):
        _log.error("workshop", problem=str(problem))
    support = _support(settings, today)
    for problem in support.problems:
        _log.error("support", problem=str(problem))
    rules = _rules(settings.risk_dir, _written(settings.risk_dir), settings.cache, anew)
    return Kit(
        *(library, words, vault, support.helplines, rules, settings.zone),
        measures=measures,
        workshops=workshops,
        consents=support.consents,
        aliases=support.aliases.names,
        phrases=support.phrases,
        board=support.board,
        talks=support.talks,
        pages=pages,
        mail=bool(settings.smtp_host),
        media=load_media(settings.media_dir, settings.recordings_dir, library),
        second_factor=settings.second_factor == "required",
    )


def support_problems(settings: Settings, today: date) -> Iterator[Problem]:
    """What is to be mended in the files beside the exercises. The risk phrases come first, and with
    them the bot does not start; a person is served without the rest."""
    yield from prepare_risk(settings.risk_dir, settings.cache)[1]
    yield from _support(settings, today).problems
    yield from read_workshops(settings.workshops_dir, settings.cache).problems


class _Support(NamedTuple):
    """What lies beside the exercises, and what is to be mended in it."""

    helplines: Helplines
    consents: Consents
    aliases: Aliases
    phrases: Phrases
    board: Board
    talks: Talks
    problems: tuple[Problem, ...]


def _support(settings: Settings, today: date) -> _Support:
    kept = settings.cache
    helplines, stale = load_helplines(settings.helplines_file, today, kept)
    consents, wrong = load_consents(settings.consents_file, kept)
    aliases, unfit = load_aliases(settings.aliases_file, kept)
    phrases, lacking = load_phrases(settings.phrases_dir, kept)
    board, odd = load_board(settings.board_dir, kept)
    talks, untold = load_talks(settings.scenes_dir, kept)
    unread = (each for each in stale if not each.warning)
    problems = (*unread, *wrong, *unfit, *lacking, *odd, *untold)
    return _Support(helplines, consents, aliases, phrases, board, talks, problems)


_READ = (
    "import sys; from pathlib import Path; from bot.catalog.load_risk import load_risk;"
    " load_risk(*map(Path, sys.argv[1:]))"
)


def read_elsewhere(settings: Settings) -> None:
    """Has the risk phrases read and kept by another process: reading takes twice the memory that
    the bot needs, and what it leaves behind would stay. Where that fails, we read them ourselves.
    """
    _log.info("reading the phrases anew, takes a few seconds")
    asked = [sys.executable, "-c", _READ, str(settings.risk_dir), str(settings.cache)]
    subprocess.run(asked, check=False)  # noqa: S603 # our own interpreter, our own words


def warm(settings: Settings, today: date) -> None:
    """Reads the content once, so that the next start finds it in the cache; keeps no problem."""
    _support(settings, today)
    read_library(settings.exercises_dir, settings.cache)
    read_measures(settings.measures_dir, settings.cache)
    read_workshops(settings.workshops_dir, settings.cache)
    load_risk(settings.risk_dir, settings.cache)
    Words(settings.prompts_dir, settings.cache)


_Written = tuple[tuple[str, int], ...]


def _written(folder: Path) -> _Written:
    """Which files there are, and when each was written."""
    return tuple((str(each), each.stat().st_mtime_ns) for each in sorted(folder.rglob("*.*")))


@cache
def _library(folder: Path, _: _Written, kept: Path) -> Library:
    """All exercises; a process makes them once. Not to be changed."""
    return read_library(folder, kept)


@cache
def _rules(folder: Path, _: _Written, kept: Path, anew: Callable[[], None]) -> Callable[[], Rules]:
    """The rules of the risk screen; a process makes them once, when somebody first writes."""
    make, wrong = prepare_risk(folder, kept, anew)
    if wrong:  # the screen would see less than it should, and nobody would know
        raise BetweenError(f"The risk phrases must be mended first: {wrong[0]}")
    return Once(make)
