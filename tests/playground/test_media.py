"""Moving pictures and voice notes: what Telegram takes, and what it makes of the rest."""

from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest

MAYA = 1001
MEDIA = Path(__file__).parents[2] / "exercises" / "media"
BREATH = (MEDIA / "breath-4-6.mp4").read_bytes()
BELL = (MEDIA / "bell-end.ogg").read_bytes()


async def _send(bot: Any, kind: str, data: bytes, **more: str) -> dict[str, Any]:
    method = f"send{kind.capitalize()}"
    answer = await bot.upload(method, {kind: data}, chat_id=str(MAYA), **more)
    return dict(answer)


@pytest.mark.usefixtures("started")
async def test_what_arrives(bot: Any) -> None:
    """Lengths and sizes are read from the file, whatever the call says."""
    breath = (await _send(bot, "animation", BREATH, duration="99"))["result"]["animation"]
    assert (breath["width"], breath["height"], breath["duration"]) == (360, 360, 10)
    bell = (await _send(bot, "voice", BELL))["result"]["voice"]
    assert (bell["duration"], bell["mime_type"]) == (8, "audio/ogg")


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize(("kind", "data"), [("voice", BREATH[:4] + b"OggS"), ("animation", BELL)])
async def test_the_wrong_thing_is_a_document(bot: Any, kind: str, data: bytes) -> None:
    """What cannot be played arrives as a file to keep."""
    result = (await _send(bot, kind, data))["result"]
    assert kind not in result
    assert "document" in result


@pytest.mark.usefixtures("started")
async def test_what_telegram_would_not_take_as_a_file_is_refused(bot: Any) -> None:
    """Too large, a caption too long, an id of another kind, an id nobody gave."""
    form = aiohttp.FormData({"chat_id": str(MAYA)})
    form.add_field("voice", BytesIO(b"OggS" + bytes(50 * 1024 * 1024)), filename="voice.ogg")
    async with bot.session.post(f"{bot.root}/sendVoice", data=form) as large:
        assert (await large.json())["description"] == "Request Entity Too Large"
    wordy = await _send(bot, "animation", BREATH, caption="x" * 1025)
    assert "caption is too long" in wordy["description"]
    breath = (await _send(bot, "animation", BREATH))["result"]["animation"]["file_id"]
    for wrong in (breath, "PG1"):
        answer = await bot.call("sendVoice", chat_id=MAYA, voice=wrong)
        assert answer["error_code"] == 400
        assert "file" in answer["description"]
