"""Which media files there are: those that come with the exercises, and the clinic's own voices."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.catalog.exercise import Exercise
from bot.catalog.load import Library
from bot.catalog.media import Media, MediaFile, Medium, own_key
from bot.catalog.media_file import MediaFacts, facts_of
from bot.catalog.problem import did_you_mean
from bot.catalog.steps import Wait

LARGEST_RECORDING = 20 * 1024 * 1024
PLAYABLE = {".ogg": "ogg", ".oga": "ogg", ".mp3": "mp3", ".m4a": "mp4"}
"""What Telegram plays as a voice note, by the name's end: Opus in Ogg, MP3, AAC in MP4."""
_CODECS = {"ogg": "opus", "mp3": "mp3", "mp4": "mp4a"}
_MEDIUM = {".mp4": Medium.ANIMATION, ".ogg": Medium.VOICE}


@dataclass(frozen=True, slots=True)
class Unfit:
    """A recording nobody will hear (`used` is False), or that wants a look; `advice` mends it."""

    name: str
    found: str
    advice: str
    used: bool = False


def load_media(folder: Path, recordings: Path | None, library: Library) -> Media:
    """All files by key. A recording that is not fit is left out; `look_through` says why."""
    files = {
        path.stem: MediaFile(path.stem, _MEDIUM[path.suffix], path)
        for path in sorted(folder.glob("*"))
        if path.suffix in _MEDIUM
    }
    if recordings is not None:
        bad = {each.name for each in look_through(recordings, library) if not each.used}
        for path in _heard(recordings):
            if path.name not in bad:
                key = own_key(*_named(path))
                files[key] = MediaFile(key, Medium.VOICE, path)
    return Media(files)


def look_through(recordings: Path, library: Library) -> Iterator[Unfit]:
    """What is wrong with the files in a clinic's folder of recordings, one after the other."""
    if not recordings.is_dir():
        yield Unfit(str(recordings), "no such folder", "Make it, or empty RECORDINGS_DIR.")
        return
    seen: set[str] = set()
    for path in _heard(recordings):
        name, language = _named(path)
        wrong = _unfit(path, name, language, library)
        key = own_key(name, language)
        if wrong is None and key in seen:
            wrong = Unfit(path.name, "a second file of this name", "Keep one of them.")
        if wrong is not None:
            yield wrong
        if wrong is None or wrong.used:
            seen.add(key)


def _heard(recordings: Path) -> list[Path]:
    """Every file but hidden ones, and notes that lie beside them."""
    if not recordings.is_dir():
        return []
    return [
        path
        for path in sorted(recordings.iterdir())
        if path.is_file() and not path.name.startswith(".") and path.suffix not in (".md", ".txt")
    ]


def _named(path: Path) -> tuple[str, str]:
    """ "mind.sit.en.ogg" is the exercise (or its step) mind.sit in English."""
    name, _, language = path.stem.rpartition(".")
    return name, language


def _unfit(path: Path, name: str, language: str, library: Library) -> Unfit | None:
    exercise, steps = _meant(name, library)
    if exercise is None:
        hint = did_you_mean(name, library.exercises)
        return Unfit(path.name, "no exercise is called so",
                     f"Name it exercise.language.ogg, as in mind.sit.en.ogg.{hint}")  # fmt: skip
    if language not in exercise.languages:
        return Unfit(path.name, f"{exercise.id} has no language “{language}”",
                     f"It has {', '.join(exercise.languages)}.")  # fmt: skip
    if not steps:
        return Unfit(path.name, "nothing would play it",
                     "Only a `wait` step with `bells: true` plays a recording.")  # fmt: skip
    return _unplayable(path) or _too_long(path, min(each.duration for each in steps))


def _meant(name: str, library: Library) -> tuple[Exercise | None, list[Wait]]:
    exercise, step = library.find(name), ""
    if exercise is None:
        whole, _, step = name.rpartition(".")
        exercise = library.find(whole)
        if exercise is None or exercise.find(step) is None:
            return None, []
    ringing = [each for each in exercise.steps if isinstance(each, Wait) and each.bells]
    return exercise, [each for each in ringing if step in ("", each.id)]


def _unplayable(path: Path) -> Unfit | None:
    container = PLAYABLE.get(path.suffix)
    if container is None:
        return Unfit(path.name, f"“{path.suffix}” is not played", "Save it as .ogg (Opus) or .mp3.")
    size = path.stat().st_size
    if size > LARGEST_RECORDING:
        return Unfit(path.name, f"{size / 1024 / 1024:.0f} MB is too large",
                     "20 MB at most; 24 kbit/s is plenty for a voice.")  # fmt: skip
    facts = facts_of(path.read_bytes())
    if facts.container != container or _CODECS[container] not in facts.codecs:
        inside = "/".join((facts.container, *facts.codecs)).strip("/") or "something unknown"
        return Unfit(path.name, f"it holds {inside}", "Save it anew as Opus in .ogg, or as .mp3.")
    return None


def _too_long(path: Path, step: int) -> Unfit | None:
    """Told, and played all the same: the bell at the end would fall into the middle of it."""
    facts: MediaFacts = facts_of(path.read_bytes())
    if facts.seconds <= step:
        return None
    return Unfit(path.name, f"{facts.seconds:.0f} s long, but the step lasts {step} s",
                 "The bell at the end will sound before it is over.", used=True)  # fmt: skip
