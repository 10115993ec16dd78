"""Bells at the start, halfway and the end; nothing after Stop; late bells stay silent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.catalog.exercise import Exercise
from bot.catalog.load import read_library
from bot.catalog.load_media import load_media
from bot.catalog.media import Media, MediaFile, Medium
from bot.config import Settings
from bot.messages.callback import for_menu
from bot.messages.message import Message
from bot.usecases.incoming import Attachment, Command, Press
from tests.usecases.chat import Chat

SETTINGS = Settings()
LIBRARY = read_library(SETTINGS.exercises_dir, SETTINGS.cache)
SIT, PACED = LIBRARY.exercises["mind.sit"], LIBRARY.exercises["breath.paced"]
MEDIA = load_media(SETTINGS.media_dir, None, LIBRARY)
LEAD_IN = 2

Open = Callable[..., Chat]


@pytest.fixture
def sitting(chat: Open) -> Open:
    """Maya, about to sit for so long, with these files there."""

    def begin(length: str, media: Media = MEDIA, *exercises: Exercise) -> Chat:
        maya = chat(*(exercises or (SIT,)))
        maya.kit = replace(maya.kit, media=media)
        maya.give(Command("menu"))
        _choose(maya, "mind.sit")
        maya.press("No")
        maya.press("6")
        maya.press(length)
        return maya

    return begin


def _choose(maya: Chat, exercise: str) -> None:
    maya.give(Press(for_menu("begin", exercise)))


def _keys(messages: list[Message]) -> list[str]:
    return [each.media.key for each in messages if each.media is not None]


def test_a_sitting_from_bell_to_bell(sitting: Open) -> None:
    """One bell, then the words with their button; one halfway; two strokes, then the question."""
    maya = sitting("5 minutes")
    bell, words = maya.messages[-2:]
    assert _keys([bell]) == ["bell-start"]
    assert bell.text == ""
    assert "That’s enough" in words.buttons[0][0].text
    assert words.text.startswith("You can keep your eyes open.")
    half = maya.pass_time(timedelta(seconds=LEAD_IN + 150))
    assert _keys(half) == ["bell-middle"]
    assert half[0].beside, "the words above it go on moving"
    end = maya.pass_time(timedelta(seconds=150))
    assert _keys(end) == ["bell-end"]
    assert [each.text == "" for each in end] == [True, False]
    assert "how tense" in end[-1].text


def test_nothing_has_to_be_written_while_time_runs(sitting: Open) -> None:
    """A voice note in the quiet is not opened, and no words are asked for in its place, nor where
    an answer is tapped."""
    maya = sitting("5 minutes")
    maya.give(Attachment("voice"))
    assert "There is nothing to write just now." in maya.last
    maya.press("That’s enough")
    maya.give(Attachment("voice"))
    assert "You can tap an answer below." in maya.last


def test_three_minutes_have_no_bell_halfway(sitting: Open) -> None:
    """A short time is not cut in two."""
    maya = sitting("3 minutes")
    assert maya.pass_time(timedelta(seconds=LEAD_IN + 90)) == []


@pytest.mark.parametrize("way_out", ["That’s enough", "/cancel", "another"])
def test_nothing_rings_once_it_is_left(sitting: Open, way_out: str) -> None:
    """Enough, cancelled, or something else begun: hours later nothing more has come."""
    maya = sitting("10 minutes", MEDIA, SIT, PACED)
    maya.pass_time(timedelta(seconds=7))
    if way_out == "/cancel":
        maya.give(Command("cancel"))
    elif way_out == "another":
        _choose(maya, "breath.paced")
        maya.press("Set it aside")
    else:
        maya.press(way_out)
    before = len(maya.messages)
    for _ in range(12):
        maya.pass_time(timedelta(minutes=1))
    assert _keys(maya.messages[before:]) == []


@pytest.mark.parametrize(("late", "rings"), [(59, True), (61, False)])
def test_a_late_end(sitting: Open, late: int, rings: bool) -> None:
    """The bot was away at the end: up to a minute it still rings, later it says so kindly."""
    maya = sitting("1 minute")
    end = maya.pass_time(timedelta(seconds=LEAD_IN + 60 + late))
    assert _keys(end) == (["bell-end"] if rings else [])
    assert ("could not ring the bell" in end[-1].text) is not rings
    assert "how tense" in end[-1].text


def test_a_late_bell_halfway_is_left_out(sitting: Open) -> None:
    """After an hour away only the end is told."""
    maya = sitting("10 minutes")
    came = maya.pass_time(timedelta(hours=1))
    assert _keys(came) == []
    assert "13:10" in came[-1].text


def test_no_sounds(sitting: Open) -> None:
    """Switched off in /settings, nothing rings; the words say all of it."""
    maya = sitting("1 minute")
    maya.press("That’s enough")
    maya.give(Command("settings"))
    maya.press("Sounds and pictures")
    maya.press("Sounds off")
    assert "Sounds: <b>off</b>" in maya.last
    maya.press("Go on")
    assert "Sounds and moving pictures: moving pictures only" in maya.last
    maya.give(Command("cancel"))
    before = len(maya.messages)
    _choose(maya, "mind.sit")
    maya.press("No")
    maya.press("6")
    maya.press("5 minutes")
    maya.pass_time(timedelta(seconds=LEAD_IN + 150))
    maya.pass_time(timedelta(seconds=150))
    assert _keys(maya.messages[before:]) == []
    assert "how tense" in maya.last


def test_the_clinics_own_voice(sitting: Open) -> None:
    """It begins the practice in place of the bell; only the end rings."""
    path = SETTINGS.media_dir / "bell-start.ogg"
    own = MediaFile("own/mind.sit.en", Medium.VOICE, path)
    maya = sitting("5 minutes", Media({**MEDIA.files, own.key: own}))
    assert _keys(maya.messages[-2:]) == [own.key]
    assert maya.pass_time(timedelta(seconds=LEAD_IN + 150)) == []
    assert _keys(maya.pass_time(timedelta(seconds=150))) == ["bell-end"]


def test_no_files_at_all(sitting: Open) -> None:
    """Without media the practice is the same in words."""
    maya = sitting("1 minute", Media())
    assert _keys(maya.messages) == []
    end = maya.pass_time(timedelta(seconds=LEAD_IN + 60))
    assert [each.text != "" for each in end] == [True]


def _breathing(maya: Chat) -> Message:
    _choose(maya, "breath.paced")
    for label in ("No", "6", "1 minute"):
        maya.press(label)
    return maya.messages[-1]


def test_breathing_with_a_circle(chat: Open) -> None:
    """The circle with the rhythm in numbers below; the moving words stand ready without it."""
    maya = chat(PACED)
    maya.kit = replace(maya.kit, media=MEDIA)
    message = _breathing(maya)
    assert message.media is not None
    assert message.media.key == "breath-4-6"
    assert "Breathe in 4 · Breathe out 6" in message.media.text
    assert [each.seconds for each in message.media.frames] == [10] * 6
    assert "3/6" in message.media.frames[2].text
    assert "Ready" in message.text
    assert len(message.frames) == 12


def test_breathing_without_pictures(chat: Open) -> None:
    """Switched off, the words move as before."""
    maya = chat(PACED)
    maya.kit = replace(maya.kit, media=MEDIA)
    maya.give(Command("settings"))
    maya.press("Sounds and pictures")
    maya.press("Moving pictures off")
    message = _breathing(maya)
    assert message.media is None
    assert len(message.frames) == 12
