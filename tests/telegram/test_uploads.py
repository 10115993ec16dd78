"""A file is uploaded once and sent by its id from then on; a wrong id costs one more upload."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.catalog.media import Media, MediaFile, Medium
from bot.config import Settings
from bot.messages.message import Button, Frame, Message
from bot.messages.message import Media as Shown
from bot.store import tables
from bot.telegram.pacer import Pacer

MAYA, BEN = 1001, 1002
FOLDER = Settings().media_dir
ENOUGH = ((Button(text="Enough", data="r1"),),)


def _media(folder: Path = FOLDER) -> Media:
    breath = MediaFile("breath-4-6", Medium.ANIMATION, folder / "breath-4-6.mp4")
    bell = MediaFile("bell-end", Medium.VOICE, folder / "bell-end.ogg")
    return Media({each.key: each for each in (breath, bell)})


def _breath(**more: Any) -> Message:
    frames = (Frame(seconds=10, text="<b>in 4, out 6</b> · 1/6"),)
    media = Shown(
        key="breath-4-6", medium=Medium.ANIMATION, text="<b>in 4, out 6</b>", frames=frames
    )
    return Message(text="Ready", buttons=ENOUGH, media=media, **more)


def _bell() -> Message:
    return Message(text="", media=Shown(key="bell-end", medium=Medium.VOICE))


async def _ids(office: Any) -> list[str]:
    query = select(tables.media_file.c.file_id)
    found = await office.database.run(lambda s: list(s.connection().execute(query).scalars()))
    return list(found)


async def _spoil(office: Any) -> None:
    """Telegram's ids are no longer what we remember."""
    wrong = update(tables.media_file).values(file_id="gone")
    await office.database.run(lambda s: s.connection().execute(wrong))


def _uploads(phones: Any, method: str = "sendAnimation") -> list[bool]:
    """For each call whether the file itself went along."""
    field = method.removeprefix("send").casefold()
    return [str(params.get(field, "")).startswith("attach://") for params in phones.called(method)]


async def test_uploaded_once(office: Any, phones: Any, eventually: Callable[..., Any]) -> None:
    """Three people, one upload; the caption, the buttons and the shape are there."""
    async with office.sending(media=_media()):
        for person in (MAYA, BEN, MAYA):
            await office.queue(person, _breath())
            await eventually(lambda: len(phones.called("sendAnimation")) and _all_sent(office))
    assert _uploads(phones) == [True, False, False]
    shown = phones.shown(MAYA)[0]
    assert (shown["kind"], shown["caption"]) == ("animation", "in 4, out 6")
    assert (shown["width"], shown["height"], shown["duration"]) == (360, 360, 10)
    assert shown["buttons"][0][0]["text"] == "Enough"
    assert len(await _ids(office)) == 1


async def _all_sent(office: Any) -> bool:
    return set(await office.states()) == {"sent"}


async def _ended(office: Any) -> bool:
    return set(await office.states()) <= {"sent", "failed"}


async def test_a_restart_knows_the_id(
    office: Any, phones: Any, eventually: Callable[..., Any]
) -> None:
    """What one sender uploaded the next one sends by its id."""
    for _ in range(2):
        await office.queue(MAYA, _bell())
        async with office.sending(media=_media()):
            await eventually(lambda: _all_sent(office))
    assert _uploads(phones, "sendVoice") == [True, False]
    assert [each["kind"] for each in phones.shown(MAYA)] == ["voice", "voice"]
    assert phones.shown(MAYA)[0]["duration"] == 8


async def test_a_wrong_id_is_mended(
    office: Any, phones: Any, eventually: Callable[..., Any]
) -> None:
    """Telegram says that the id is wrong: once more with the file, and that id is kept."""
    for spoilt in (False, True):
        if spoilt:
            await _spoil(office)
        await office.queue(MAYA, _breath())
        async with office.sending(media=_media()):
            await eventually(lambda: _all_sent(office))
    assert _uploads(phones) == [True, False, True]
    assert len(phones.shown(MAYA)) == 2
    assert await _ids(office) != ["gone"]


async def test_other_bytes_are_another_file(
    office: Any, phones: Any, eventually: Callable[..., Any], tmp_path: Path
) -> None:
    """A clinic that replaces its recording is not sent the old one."""
    for source in ("bell-start.ogg", "bell-end.ogg"):
        (tmp_path / "bell-end.ogg").write_bytes((FOLDER / source).read_bytes())
        await office.queue(MAYA, _bell())
        async with office.sending(media=_media(tmp_path)):
            await eventually(lambda: _all_sent(office))
    assert _uploads(phones, "sendVoice") == [True, True]
    assert [each["duration"] for each in phones.shown(MAYA)] == [5, 8]
    assert len(await _ids(office)) == 2


async def test_two_senders_at_once(
    office: Any, phones: Any, eventually: Callable[..., Any]
) -> None:
    """Both may upload; each person gets one, and one id is kept."""
    await office.queue(MAYA, _breath())
    await office.queue(BEN, _breath())
    one = office.sender(owner="one", media=_media(), flight=1)
    two = office.sender(owner="two", media=_media(), flight=1)
    tasks = [asyncio.ensure_future(each.run()) for each in (one, two)]
    await eventually(lambda: _all_sent(office))
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert [len(phones.shown(person)) for person in (MAYA, BEN)] == [1, 1]
    assert len(await _ids(office)) == 1


@pytest.mark.parametrize("missing", ["key", "file"])
async def test_words_are_enough(
    office: Any, phones: Any, eventually: Callable[..., Any], tmp_path: Path, missing: str
) -> None:
    """A file that is not there: the words come in its place; a bell just does not ring."""
    media = Media() if missing == "key" else _media(tmp_path)
    await office.queue(MAYA, _breath())
    await office.queue(MAYA, _bell())
    await office.queue(MAYA, "And now?")
    async with office.sending(media=media):
        await eventually(lambda: _ended(office))
    assert phones.texts(MAYA) == ["Ready", "And now?"]
    assert await office.states() == ["sent", "failed", "sent"]


async def test_below_the_circle_words_move(
    office: Any, phones: Any, eventually: Callable[..., Any]
) -> None:
    """The caption is edited, with its buttons; the picture stays."""
    message = _breath()
    async with asyncio.TaskGroup() as group:
        sender = office.sender(media=_media())
        task = group.create_task(sender.run())
        await office.queue(MAYA, message)
        await eventually(lambda: phones.shown(MAYA))
        await eventually(lambda: _all_sent(office))
        task.cancel()
        pacer = Pacer(office.bot, sender.pacer._rates, gap=0.05)
        pacer.begin(group, MAYA, phones.shown(MAYA)[0]["message_id"], message)
        await eventually(lambda: phones.shown(MAYA)[0]["caption"] == "in 4, out 6 · 1/6")
        pacer.stop_all()
    assert phones.shown(MAYA)[0]["kind"] == "animation"
    assert phones.shown(MAYA)[0]["buttons"]


@pytest.mark.parametrize(("beside", "moving"), [(True, 1), (False, 0)])
async def test_a_bell_beside_moving_words(
    office: Any, phones: Any, eventually: Callable[..., Any], beside: bool, moving: int
) -> None:
    """The bell halfway lets the words go on; whatever else comes ends them."""
    frames = tuple(Frame(seconds=60, text=str(left)) for left in range(3))
    await office.queue(MAYA, Message(text="Sit", frames=frames))
    async with office.sending(media=_media()) as sender:
        await eventually(lambda: sender.pacer.moving())
        await office.queue(MAYA, _bell().model_copy(update={"beside": beside}))
        sender.wake()
        await eventually(lambda: len(phones.shown(MAYA)) == 2)
        assert sender.pacer.moving() == moving


async def test_a_long_recording(
    office: Any, phones: Any, eventually: Callable[..., Any], tmp_path: Path
) -> None:
    """Ten megabytes of a clinic's voice arrive whole, by a name that tells no path."""
    path = tmp_path / "mind.sit.en.mp3"
    path.write_bytes(b"ID3" + bytes(10 * 1024 * 1024))
    own = MediaFile("own/mind.sit.en", Medium.VOICE, path)
    await office.queue(MAYA, Message(text="", media=Shown(key=own.key, medium=Medium.VOICE)))
    async with office.sending(media=Media({own.key: own})):
        await eventually(lambda: _all_sent(office))
    (voice,) = phones.shown(MAYA)
    assert (voice["kind"], voice["file_size"]) == ("voice", path.stat().st_size)
