"""A link as a picture to scan: a QR code, in PNG for the chat or in blocks for the terminal."""

from io import BytesIO, StringIO

import segno

PIXELS = 10
"""Per module: a link of ours becomes some 400 pixels, which an old camera reads from a screen."""


def draw(text: str) -> bytes:
    """The code as a PNG, black on white with the margin scanners need."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=PIXELS, border=4)
    return out.getvalue()


def for_terminal(text: str) -> str:
    """The code in half blocks, which a phone reads from a terminal."""
    out = StringIO()
    segno.make(text, error="m", micro=False).terminal(out, border=2, compact=True)
    return out.getvalue()
