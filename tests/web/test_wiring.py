"""The pages are there only where they are set up, and never without a second factor in earnest."""

import socket
import subprocess
import sys

import pytest
from pydantic import SecretStr

from bot.config import Settings
from bot.errors import BetweenError
from bot.web.serve import Web
from bot.wiring.web import open_web


def test_without_a_port_there_are_none() -> None:
    """And what they need is not even read."""
    assert open_web(Settings(bot_token=SecretStr("42:X"), web_port=None)) is None
    asked = "import sys, bot.wiring; print([m for m in ('fastapi', 'segno') if m in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True)
    assert ended.stdout.strip() == "[]", ended.stderr


def test_only_a_demo_does_without_the_second_factor() -> None:
    """With Telegram's own address the start is refused in one sentence."""
    earnest = Settings(bot_token=SecretStr("42:X"), second_factor="off", web_port=0)
    with pytest.raises(BetweenError, match="SECOND_FACTOR=off is for the demo alone"):
        open_web(earnest)
    demo = earnest.model_copy(update={"telegram_api_url": "http://127.0.0.1:8081"})
    web = open_web(demo)
    assert web is not None
    web.close()


def test_no_answer_waits_to_be_confirmed() -> None:
    """Connections send what there is at once: else each body comes 40 ms after its headers."""
    web = Web("127.0.0.1", 0)
    host, port = web.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))):
        accepted, _ = web._socket.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    web.close()
