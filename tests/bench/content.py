"""How long it takes to read and check all exercises, tracks and workshops."""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from bot.catalog.load import Library, read_library
from bot.catalog.load_tracks import FOLDER, check_tracks

FOLDERS = Path("exercises")
TIMES = 5


def bench() -> str:
    """Seconds of CPU: with nothing kept yet, and as every later start and check does it."""
    with TemporaryDirectory() as cache:
        first = _seconds(Path(cache))
        again = [_seconds(Path(cache)) for _ in range(TIMES)]
        started = [_started(Path(cache)) for _ in range(TIMES)]
        library = read_library(FOLDERS, Path(cache))
    count = f"{len(library.exercises)} exercises and {len(library.tracks.names)} overlays"
    return (
        f"{median(again):.2f} s of CPU to read and check {count} (median of {TIMES}); with an empty"
        f" cache {first:.2f} s; at a start with one track in use {median(started):.2f} s"
    )


def _seconds(cache: Path) -> float:
    before = process_time()
    library = read_library(FOLDERS, cache)
    assert not check_tracks(FOLDERS / FOLDER, library.exercises, cache)
    _all(library)
    return process_time() - before


def _all(library: Library) -> None:
    for name in library.tracks.names:
        assert library.tracks.find(name) is not None


def _started(cache: Path) -> float:
    before = process_time()
    library = read_library(FOLDERS, cache)
    library.tracks.adapt(library.exercises["mind.ground54321"], "trauma")
    return process_time() - before
