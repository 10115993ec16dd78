"""The shipped library and small overlays on it, for tests of tracks."""

from pathlib import Path

from ruamel.yaml import YAML

from bot.catalog.exercise import Exercise
from bot.catalog.load import read_library
from bot.catalog.load_tracks import Tracks, check_tracks
from bot.catalog.tracks import Overlay, Track
from bot.config import Settings

SHIPPED = read_library(Settings().exercises_dir, Settings().cache)
HEAD = """\
schema: 1
track: {name}
title: {{en: T, es: T}}
languages: [en, es]
credits: [Our own wording.]
review: {{status: draft}}
"""
HEAD_LINES = HEAD.count("\n")


def overlay_of(body: str, name: str = "own") -> Overlay:
    """An overlay of the test's own."""
    tree = YAML(typ="safe", pure=True).load(HEAD.format(name=name) + body)
    return Overlay.model_validate(tree)


def track_of(*bodies: str) -> Track:
    """A track of overlays, from the ground up."""
    return Track("own", tuple(overlay_of(body) for body in bodies))


def exercise(name: str) -> Exercise:
    """One of the shipped exercises."""
    return SHIPPED.exercises[name]


def written(folder: Path, **bodies: str) -> Path:
    """A folder of overlays with these bodies, by name."""
    tracks = folder / "exercises" / "tracks"
    tracks.mkdir(parents=True)
    for name, body in bodies.items():
        text = HEAD.format(name=name) + body
        (tracks / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tracks


def problems(folder: Path, **bodies: str) -> list[str]:
    """What the checker says of them, each with file, line, code and sentence."""
    found = check_tracks(written(folder, **bodies), SHIPPED.exercises)
    return [str(each) for each in found]


__all__ = ["HEAD_LINES", "SHIPPED", "Tracks", "exercise", "overlay_of", "problems", "track_of"]
