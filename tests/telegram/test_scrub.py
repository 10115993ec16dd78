"""No log line holds a token."""

import io
import logging

import pytest

from bot.telegram.scrub import Scrub, install

TOKEN = "123456789:AAHd-9_abcdefghijklmnopqrstuvwxyz01"

TABLE = [
    (f"https://api.telegram.org/bot{TOKEN}/getUpdates", "https://api.telegram.org/bot[token]/getUpdates"),
    (f"/file/bot{TOKEN}/photos/1.jpg", "/file/bot[token]/photos/1.jpg"),
    ("http://localhost/bot42:PLAYGROUND/sendMessage", "http://localhost/bot[token]/sendMessage"),
    (f"token={TOKEN}", "token=[token]"),
    ("the token is sesame", "the token is [token]"),
    ("at 12:30 nothing happened to 1001", "at 12:30 nothing happened to 1001"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_whatever_looks_like_a_token_goes_and_nothing_else(text: str, expected: str) -> None:
    """Whatever looks like a token goes, the configured one too, and nothing else."""
    assert Scrub("sesame").clean(text) == expected


def logged(message: str, *args: object, error: Exception | None = None) -> str:
    """What a handler with the filter writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    install("sesame", [handler])
    logger = logging.getLogger("tests.telegram.scrub")
    logger.addHandler(handler)
    logger.error(message, *args, exc_info=error)
    logger.removeHandler(handler)
    return stream.getvalue()


def test_arguments_and_exceptions() -> None:
    """A token in an argument or in an exception's text does not pass either."""
    text = logged("GET %s took %d", f"http://x/bot{TOKEN}/getMe", 3, error=OSError(TOKEN))
    assert TOKEN not in text
    assert "took 3" in text
    assert "OSError: [token]" in text


def test_structlog_event() -> None:
    """As a structlog processor it cleans every value, also one that only prints as a token."""
    event = Scrub()(
        None, "info", {"event": "x", "url": f"/bot{TOKEN}/a", "e": OSError(TOKEN), "n": 1}
    )
    assert event == {"event": "x", "url": "/bot[token]/a", "e": "[token]", "n": 1}


def test_libraries_are_quiet() -> None:
    """Those who log URLs at INFO do not."""
    install("sesame", [])
    assert all(
        logging.getLogger(name).level == logging.WARNING
        for name in ("httpx", "httpcore", "aiohttp", "telegram")
    )
