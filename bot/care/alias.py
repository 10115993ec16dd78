"""Which names may serve as an alias: short, and nothing by which somebody could be found."""

import re
import unicodedata
from enum import StrEnum

from bot.catalog.bare import bare

LONGEST = 24
"""An alias stands on buttons and in lists."""

WORDS = 4
"""More of them are no name: “I'm going to take them”, typed at the wrong moment, became one."""

_HANDLE = re.compile(r"@|\b(?:t|telegram)\.me\b", re.IGNORECASE)
_LINK = re.compile(r"://|\bwww\.|\w\.\w{2,}", re.IGNORECASE)
_DIGITS = 6
"""So many digits are a telephone number rather than a year."""


class Unfit(StrEnum):
    """Why a text is no alias."""

    EMPTY = "empty"
    LONG = "long"
    HANDLE = "handle"
    LINK = "link"
    PHONE = "phone"
    SENTENCE = "sentence"
    TAKEN = "taken"


def neat(text: str) -> str:
    """The text in one line, composed, without signs that cannot be seen."""
    composed = unicodedata.normalize("NFKC", text)
    seen = "".join(sign if sign.isprintable() else " " for sign in composed)
    return " ".join(seen.split())


def unfit(alias: str) -> Unfit | None:
    """What is wrong with a `neat` alias; None when it may be taken if it is free."""
    if not any(sign.isalpha() for sign in alias) and not _has_digits(alias):
        return Unfit.EMPTY
    if len(alias) > LONGEST:
        return Unfit.LONG
    if len(alias.split()) > WORDS:
        return Unfit.SENTENCE
    if _HANDLE.search(alias):
        return Unfit.HANDLE
    if _LINK.search(alias):
        return Unfit.LINK
    return Unfit.PHONE if _has_digits(alias) else None


def same(alias: str) -> str:
    """What two aliases share when people would take them for one another."""
    return "".join(sign for sign in bare(alias) if sign.isalnum())


def _has_digits(text: str) -> bool:
    return sum(sign.isdigit() for sign in text) >= _DIGITS
