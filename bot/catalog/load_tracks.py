"""Reading exercises/tracks/: each overlay when somebody first needs it, all of them to check.

Importing this costs nothing, and so does a track no group is in.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from bot.catalog import yaml12
from bot.catalog.cache import code, keep, key_of, recall
from bot.catalog.check import check
from bot.catalog.check.tone import tone_of
from bot.catalog.exercise import Exercise
from bot.catalog.placing import line_of, misshapen, quickly, unreadable, with_lines
from bot.catalog.problem import Problem, did_you_mean
from bot.catalog.tracks import CAUTIOUS, Overlay, Track, merge
from bot.catalog.tracks.rules import chain, sense, together, touched

FOLDER = "tracks"


@dataclass
class Tracks:
    """All tracks by name. It has state because what was read and merged is kept for the next one.

    Without a folder there are no tracks. `cache` is where overlays are kept until their file or
    the code that reads them changes.
    """

    folder: Path | None = None
    cache: Path | None = None
    _known: dict[str, Track] = field(default_factory=dict)
    _merged: dict[tuple[str, str, str], Exercise] = field(default_factory=dict)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every track there is, by the name of its file."""
        return (
            tuple(sorted(path.stem for path in self.folder.glob("*.yaml"))) if self.folder else ()
        )

    def guess(self, wrong: str) -> str:
        """A hint for a misspelt track, or nothing."""
        return did_you_mean(wrong, self.names)

    def find(self, name: str | None) -> Track | None:
        """The track of this name, None where there is none. One whose file is broken is cautious:
        it hides whatever is not for everybody."""
        if name is None or name not in self.names:
            return None
        if name not in self._known:
            self._known[name] = self._chained(name)
        return self._known[name]

    def adapt(self, exercise: Exercise, name: str | None) -> Exercise:
        """The exercise as this track makes it. Where the track's words would break it, it keeps
        its own words and gets the track's gates."""
        track = self.find(name)
        if track is None or track.cautious:
            return exercise
        key = (exercise.id, exercise.revision, track.id)
        if key not in self._merged:
            self._merged[key] = _sound(exercise, track)
        return self._merged[key]

    def _chained(self, name: str) -> Track:
        top = self._read(name)
        ground = self._read(top.on) if top is not None and top.on in self.names else None
        if top is None or (top.on is not None and ground is None):
            return replace(CAUTIOUS, id=name)
        return Track(name, (ground, top) if ground is not None else (top,))

    def _read(self, name: str | None) -> Overlay | None:
        assert self.folder is not None
        path = self.folder / f"{name}.yaml"
        kept = self.cache / f"track.{name}.json" if self.cache else None
        try:
            key = key_of((path,)) + code() if kept else ""
            known = recall(kept, key) if kept else None
            if known is not None:
                return Overlay.model_validate(known)
            overlay = Overlay.model_validate(quickly(path))
        except (*yaml12.UNREADABLE, ValidationError, OSError):
            return None
        if kept:
            keep(kept, key, overlay.model_dump(mode="json", by_alias=True, exclude_defaults=True))
        return overlay


def _sound(exercise: Exercise, track: Track) -> Exercise:
    merged = merge(exercise, track)
    if all(each.warning for each in check(merged)):
        return merged
    bare = tuple(
        each.model_copy(update={"texts": (), "opening": None, "items": (), "signals": ()})
        for each in track.overlays
    )
    return merge(exercise, Track(track.id, bare))


def check_tracks(
    folder: Path, shelf: Mapping[str, Exercise], cache: Path | None = None
) -> tuple[Problem, ...]:
    """Everything to be mended in the overlays of a folder, each with its file and line.

    That nothing is to be mended is kept in the cache until an overlay, an exercise or the code
    changes.
    """
    kept = cache / "tracks.json" if cache is not None else None
    if kept is None:
        return _checked(folder, shelf)
    key = key_of(sorted(folder.glob("*.yaml"))) + code()
    told = "".join(each.revision for _, each in sorted(shelf.items()))
    key = hashlib.sha256(f"{key}{told}".encode()).hexdigest()
    if recall(kept, key) == []:
        return ()
    found = _checked(folder, shelf)
    if not found:
        keep(kept, key, [])
    return found


def _checked(folder: Path, shelf: Mapping[str, Exercise]) -> tuple[Problem, ...]:
    read = {path: _look(path, folder) for path in sorted(folder.glob("*.yaml"))}
    overlays = {path.stem: overlay for path, (overlay, _) in read.items()}
    found: list[Problem] = []
    for path, (overlay, problems) in read.items():
        faults = list(problems)
        if overlay is not None:
            faults += _senseless(path, overlay, shelf, overlays)
        found += _placed(faults, path, _named(path, folder))
    return tuple(found)


def _look(path: Path, folder: Path) -> tuple[Overlay | None, tuple[Problem, ...]]:
    """What came of a file, what its shape lacks."""
    try:
        tree = quickly(path)
    except yaml12.UNREADABLE as error:
        text = path.read_text(encoding="utf-8", errors="replace")
        return None, (unreadable(error, _named(path, folder), text),)
    if not isinstance(tree, dict):
        return None, (Problem("YAML_003", "This file holds no track."),)
    locked = tuple(touched(tree))
    try:
        overlay = Overlay.model_validate(tree)
    except ValidationError as error:
        places = {each.place for each in locked}
        shape = (each for each in misshapen(error, tree) if each.place not in places)
        return None, (*locked, *shape)
    return overlay, locked


def _senseless(
    path: Path,
    overlay: Overlay,
    shelf: Mapping[str, Exercise],
    others: Mapping[str, Overlay | None],
) -> Iterator[Problem]:
    if overlay.track != path.stem:
        told = f"The file of “{overlay.track}” must be called {overlay.track}.yaml."
        yield Problem("TRACK_008", told, ("track",))
    broken = [*chain(overlay, others), *sense(overlay, shelf)]
    yield from broken
    yield from tone_of(overlay, overlay.languages)
    ground = others.get(overlay.on) if overlay.on else None
    if not broken and (overlay.on is None or ground is not None):
        below = (ground,) if ground is not None else ()
        yield from together(Track(overlay.track, (*below, overlay)), shelf)


def _placed(problems: list[Problem], path: Path, name: str) -> list[Problem]:
    """The problems with their lines; only a file that has some is read with its lines."""
    if all(each.file for each in problems):
        return problems
    tree = with_lines(path)
    return [
        each if each.file else replace(each, file=name, line=line_of(tree, each.place)[1])
        for each in problems
    ]


def _named(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder.parent.parent))
