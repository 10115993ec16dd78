"""What moves and what sounds: the rhythms that have a picture, the bells, and their keys.

A key is all that is ever queued; which file it stands for is looked up when it is sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

RHYTHMS: tuple[tuple[int, ...], ...] = ((4, 6), (3, 4), (4, 8), (4, 4, 4, 4), (4, 7, 8))
"""Seconds of each phase: in, out; or in, hold, out; or in, hold, out, hold."""
SIDE, RATE = 360, 25
"""Pixels a picture is wide and high, and how many of them are shown in a second."""
LARGEST_PICTURE = 150 * 1024
"""Bytes; people on a phone may pay for each of them."""


class Medium(StrEnum):
    """How a file is shown: a silent picture that moves, or a voice note."""

    ANIMATION = "animation"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class Bell:
    """A struck bowl: how deep (hertz), how long until it is silent, how often struck."""

    hertz: float
    seconds: float
    strokes: int = 1


BELLS: Mapping[str, Bell] = {
    "bell-start": Bell(330.0, 5.0),
    "bell-middle": Bell(440.0, 4.0),
    "bell-end": Bell(330.0, 8.0, strokes=2),
}
"""One stroke to begin, a lighter one halfway, two to end."""


def rhythm_key(seconds: tuple[int, ...]) -> str:
    """The key of a rhythm's picture: "breath-4-6"."""
    return "breath-" + "-".join(map(str, seconds))


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file on disk and how it is shown."""

    key: str
    medium: Medium
    path: Path

    def read(self) -> bytes:
        """Its bytes; OSError when it is gone."""
        return self.path.read_bytes()


def fingerprint(data: bytes) -> str:
    """What tells one content from another."""
    return sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Media:
    """All files there are, by key; empty where there are none, and words do alone."""

    files: Mapping[str, MediaFile] = field(default_factory=dict)

    def has(self, key: str) -> bool:
        """Whether there is such a file."""
        return key in self.files

    def recording(self, exercise: str, step: str, language: str, *, first: bool) -> str | None:
        """The key of the clinic's own voice for a step, else for the exercise when it begins."""
        keys = [own_key(f"{exercise}.{step}", language)]
        if first:
            keys.append(own_key(exercise, language))
        return next((key for key in keys if key in self.files), None)


def own_key(name: str, language: str) -> str:
    """The key of a clinic's own recording: "own/mind.sit.en"."""
    return f"own/{name}.{language}"
