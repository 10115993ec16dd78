"""Where a text may be cut: never inside what a person sees as one sign."""

from unicodedata import category

_JOINER = "\u200d"
_LONGEST = 32
"""No sign has more code points: a family of four with their skins has eleven. What has a page of
accents on one letter is cut anywhere."""


def whole(text: str, at: int) -> int:
    """The last place up to `at` where no sign is cut in two: not between a letter and its accent,
    nor within a family, a flag or a waving hand."""
    for place in range(at, max(at - _LONGEST, 0), -1):
        if not _is_inside(text, place):
            return place
    return at


def _is_inside(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    before, here = text[at - 1], text[at]
    if _JOINER in (before, here) or _adds_to(here):
        return True
    return _is_half_a_flag(here) and _halves_before(text, at) % 2 == 1


def _adds_to(sign: str) -> bool:
    """Whether it changes the sign before it: an accent, a colour of skin, a tag of a flag."""
    skin = "\U0001f3fb" <= sign <= "\U0001f3ff"
    return skin or "\U000e0020" <= sign <= "\U000e007f" or category(sign) in {"Mn", "Mc", "Me"}


def _is_half_a_flag(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _halves_before(text: str, at: int) -> int:
    rest = text[:at]
    return len(rest) - len(rest.rstrip("".join(map(chr, range(0x1F1E6, 0x1F200)))))
