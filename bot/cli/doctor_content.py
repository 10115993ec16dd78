"""What `between doctor` says about what the bot shows: exercises, phrases, forms, media."""

from collections.abc import Iterator

from sqlalchemy.exc import SQLAlchemyError

from bot.catalog.load import Library, read_library
from bot.catalog.load_measures import read_measures
from bot.catalog.load_media import load_media, look_through
from bot.catalog.media import BELLS, RHYTHMS, rhythm_key
from bot.catalog.problem import Problem
from bot.cli.finding import Finding
from bot.cli.measures import installed
from bot.config import Settings
from bot.wiring import Clock
from bot.wiring.content import support_problems

MOST = 5
"""So many problems of support files are named one by one."""


def examine_content(settings: Settings) -> Iterator[Finding]:
    """Every file that somebody may have changed or left out."""
    own = settings.exercises_folder
    if own is not None and not own.is_dir():
        found = f"there is no folder {own}, and Between does not start"
        yield Finding("exercises", found, "Mend EXERCISES_FOLDER, or leave it empty.")
        return
    library = read_library(settings.exercises_dir, settings.cache)
    yield from _exercises(library)
    yield from _support(settings)
    yield from _measures(settings)
    yield from _media(settings, library)


def _exercises(library: Library) -> Iterator[Finding]:
    broken = [problem for problem in library.problems if not problem.warning]
    for problem in broken:
        yield Finding("exercise left out", str(problem), "Mend the file; the others work.")
    for name in library.tracks.names:
        track = library.tracks.find(name)
        if track is None or track.cautious:
            told = "Mend the file; until then its groups see only what is for everybody."
            yield Finding("track left out", f"{name}.yaml", told)
    many = len(library.exercises)
    advice = "" if many else "Set EXERCISES_FOLDER to such a folder, or leave it empty."
    yield Finding("exercises", f"{many} can be done", advice)


def _support(settings: Settings) -> Iterator[Finding]:
    """What the bot shows beside exercises, and the phrases without which it does not start."""
    known: list[Problem] = []
    for problem in support_problems(settings, Clock()().date()):
        if problem.code.startswith("RISK"):
            advice = "Between does not start with it. Mend the file, or mend EXERCISES_FOLDER."
            yield Finding("risk phrases", str(problem), advice)
        else:
            known.append(problem)
    for problem in known[:MOST]:
        yield Finding("support file", str(problem), "Mend the file: people miss what it holds.")
    if known[MOST:]:
        advice = "Run: between exercises check"
        yield Finding("support files", f"{len(known) - MOST} more to mend", advice)


def _measures(settings: Settings) -> Iterator[Finding]:
    known = read_measures(settings.measures_dir, settings.cache)
    try:
        there = installed(settings)
    except SQLAlchemyError:
        return  # said elsewhere: the database cannot be opened
    for problem in known.problems:
        yield Finding("measure left out", str(problem), "Mend the file; the others work.")
    names = [each.measure for each in known.offered if each.measure in there]
    missing = len(known.offered) - len(names)
    how = f"; {missing} wait for their wording (between measures list)" if missing else ""
    yield Finding("questionnaires", f"{', '.join(names) or 'none'} installed{how}")


def _media(settings: Settings, library: Library) -> Iterator[Finding]:
    """The shipped files are there; the clinic's own recordings can be played."""
    names = [f"{rhythm_key(each)}.mp4" for each in RHYTHMS] + [f"{key}.ogg" for key in BELLS]
    gone = [name for name in names if not (settings.media_dir / name).is_file()]
    if gone:
        yield Finding("pictures and bells", f"{', '.join(gone)} missing", "Install Between anew.")
    else:
        yield Finding("pictures and bells", f"{len(names)} there")
    if settings.recordings_dir is None:
        return
    own = load_media(settings.media_dir, settings.recordings_dir, library).files
    for unfit in look_through(settings.recordings_dir, library):
        yield Finding(f"recording {unfit.name}", unfit.found, unfit.advice)
    yield Finding("recordings", f"{sum(key.startswith('own/') for key in own)} will be played")
