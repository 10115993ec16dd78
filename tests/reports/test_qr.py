"""An invitation as a picture in the terminal."""

import re

from bot.reports.qr import for_terminal


def test_it_is_white_with_black_marks_on_every_terminal() -> None:
    """Each line says its colours: black on white it was inverted, and few phones read that."""
    lines = for_terminal("https://t.me/between_bot?start=0OmKMnBJPlUpsjJ5_kSzYA").splitlines()
    assert all(re.fullmatch(r"\x1b\[97;40m[█▀▄ ]+\x1b\[0m", each) for each in lines)
    assert "█" * 9 in lines[0]  # the margin is white
