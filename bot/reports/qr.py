"""A link as a picture to scan: a QR code, in PNG for the chat or in blocks for the terminal."""

from io import BytesIO, StringIO
from typing import Any

_COLOURS, _AS_BEFORE = "\x1b[97;40m", "\x1b[0m"
"""White on black, whatever the terminal has; where none is, click takes it out again."""
PIXELS = 10
"""Per module: a link of ours becomes some 400 pixels, which an old camera reads from a screen."""


def draw(text: str) -> bytes:
    """The code as a PNG, black on white with the margin scanners need."""
    out = BytesIO()
    _code(text).save(out, kind="png", scale=PIXELS, border=4)
    return out.getvalue()


def for_terminal(text: str) -> str:
    """The code in half blocks, which a phone reads from a terminal. The colours are said with each
    line: black words on white would show it inverted, and many a phone finds nothing then."""
    out = StringIO()
    _code(text).terminal(out, border=2, compact=True)
    return "".join(f"{_COLOURS}{line}{_AS_BEFORE}\n" for line in out.getvalue().splitlines())


def _code(text: str) -> Any:
    import segno  # hardly any start draws a code, and none should wait for it

    return segno.make(text, error="m", micro=False)
