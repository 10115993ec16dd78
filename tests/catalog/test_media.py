"""The rendered files are what rhythms and bells say; a clinic's recordings are looked at."""

import struct
from pathlib import Path

import pytest

from bot.catalog.check import check
from bot.catalog.load import read_library
from bot.catalog.load_media import LARGEST_RECORDING, load_media, look_through
from bot.catalog.media import BELLS, LARGEST_PICTURE, RHYTHMS, SIDE, Media, rhythm_key
from bot.catalog.media_file import MediaFacts, facts_of
from bot.catalog.steps import Pace
from bot.config import Settings
from tests.engine.playing import exercise_of

SETTINGS = Settings()
LIBRARY = read_library(SETTINGS.exercises_dir, SETTINGS.cache)
FOLDER = SETTINGS.media_dir


@pytest.mark.parametrize("seconds", RHYTHMS, ids=rhythm_key)
def test_a_picture_is_one_breath_long(seconds: tuple[int, ...]) -> None:
    """H.264 without sound, as long as its rhythm so that it loops, square, and small."""
    data = (FOLDER / f"{rhythm_key(seconds)}.mp4").read_bytes()
    assert facts_of(data) == MediaFacts("mp4", ("avc1",), sum(seconds), SIDE, SIDE)
    assert len(data) <= LARGEST_PICTURE
    assert data.index(b"moov") < data.index(b"mdat"), "its index comes first, so it starts at once"
    profile = data[data.index(b"avcC") + 5]
    assert profile in (66, 77, 100), "a profile of 4:2:0 with 8 bits, which every phone plays"


@pytest.mark.parametrize("key", BELLS)
def test_a_bell_is_opus(key: str) -> None:
    """A voice note that lasts as long as it was rung."""
    data = (FOLDER / f"{key}.ogg").read_bytes()
    assert facts_of(data) == MediaFacts("ogg", ("opus",), pytest.approx(BELLS[key].seconds))  # type: ignore[arg-type] # compares with a float
    assert len(data) < LARGEST_PICTURE


def test_every_rhythm_of_an_exercise_has_its_picture() -> None:
    """What the exercises show is there, and nothing is drawn for nobody."""
    shown = {
        step.seconds
        for exercise in LIBRARY.exercises.values()
        for step in exercise.steps
        if isinstance(step, Pace) and step.picture
    }
    assert shown == set(RHYTHMS)


def test_a_rhythm_without_a_picture_is_told() -> None:
    """An author hears which rhythms there are."""
    steps = """
    - {id: breath, type: pace, rounds: 2, phases: [
        {seconds: 5, cue: {en: In, es: Inhala}}, {seconds: 5, cue: {en: Out, es: Exhala}}]}
    """
    plain = exercise_of(steps)
    breath = plain.steps[0].model_copy(update={"picture": "circle"})
    problem, *others = check(plain.model_copy(update={"steps": (breath, *plain.steps[1:])}))
    assert others == []
    assert (problem.code, problem.place) == ("MEDIA_001", ("steps", 0, "picture"))
    assert "5-5" in problem.message
    assert "4-6" in problem.message


@pytest.mark.parametrize(
    "data",
    [b"", b"OggS", b"\0\0\0\x18ftypmp42", b"\0\0\0\0ftyp\0\0\0\x04moov", b"RIFF....WAVE", b"\xff"],
)
def test_broken_files_are_nothing(data: bytes) -> None:
    """Whatever the bytes are, reading them never raises."""
    assert facts_of(data).codecs == ()


VOICE = (FOLDER / "bell-start.ogg").read_bytes()
LONG = (FOLDER / "bell-end.ogg").read_bytes()


def _minutes(data: bytes, seconds: int) -> bytes:
    """The same file, saying that it lasts longer."""
    last = data.rfind(b"OggS") + 6
    return data[:last] + struct.pack("<q", seconds * 48_000) + data[last + 8 :]


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("mind.sit.en.ogg", VOICE, None),
        ("mind.odp.observe.es.ogg", VOICE, None),
        ("mind.sit.en.mp3", b"ID3" + bytes(64), None),
        ("mind.sti.en.ogg", VOICE, "no exercise is called so"),
        ("mind.sit.fr.ogg", VOICE, "no language “fr”"),
        ("breath.box.en.ogg", VOICE, "nothing would play it"),
        ("mind.sit.en.wav", VOICE, "“.wav” is not played"),
        ("mind.sit.en.mp3", VOICE, "it holds ogg/opus"),
        ("mind.sit.en.ogg", b"OggS" + bytes(64), "it holds ogg"),
        ("mind.sit.en.ogg", bytes(LARGEST_RECORDING + 1), "20 MB is too large"),
        ("mind.sit.one_minute.en.ogg", _minutes(LONG, 90), "90 s long, but the step lasts 60 s"),
    ],
)
def test_a_fit_recording_is_played_the_others_are_named(
    tmp_path: Path, name: str, data: bytes, found: str | None
) -> None:
    """A fit one is played; the others are named with what is wrong, and left out."""
    (tmp_path / name).write_bytes(data)
    (tmp_path / "README.md").write_text("Whose voice this is.")
    unfit = list(look_through(tmp_path, LIBRARY))
    own = [key for key in load_media(FOLDER, tmp_path, LIBRARY).files if key.startswith("own/")]
    if found is None:
        assert unfit == []
        assert own == ["own/" + name.rpartition(".")[0]]
    else:
        assert [found in each.found for each in unfit] == [True]
        assert bool(own) == unfit[0].used


def test_which_recording_is_played(tmp_path: Path) -> None:
    """The step's own first, the exercise's only where it begins, none in another language."""
    for name in ("mind.odp.en.ogg", "mind.odp.take_part.en.ogg"):
        (tmp_path / name).write_bytes(VOICE)
    media = load_media(FOLDER, tmp_path, LIBRARY)
    assert media.recording("mind.odp", "observe", "en", first=True) == "own/mind.odp.en"
    assert media.recording("mind.odp", "observe", "en", first=False) is None
    assert media.recording("mind.odp", "observe", "es", first=True) is None
    assert Media().recording("mind.odp", "observe", "en", first=True) is None


def test_no_folder(tmp_path: Path) -> None:
    """A folder that is not there is told, and nothing breaks."""
    gone = tmp_path / "gone"
    assert [each.found for each in look_through(gone, LIBRARY)] == ["no such folder"]
    assert load_media(FOLDER, gone, LIBRARY).has("bell-end")
