"""Whether a line may stand on the group board: short, text only, and leading to nobody.

It is read by people who know each other. So what names somebody, or leads out of the group (links,
numbers, handles), is refused before a therapist ever sees it.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from bot.care.alias import alike

LONGEST = 300
"""Characters of a line on the board."""
PRIVATE = 1000
"""Characters of an answer that is kept for oneself."""
SHOWN_FROM = 3
"""So many people have to say that a line helped them before their number is shown."""
DIGITS = 5
"""So many digits in a row, whatever stands between them, are a number to call or to be found by."""
SHORTEST_NAME = 3


class Unfit(StrEnum):
    """What keeps a line from the board."""

    EMPTY = "empty"
    LONG = "long"
    LINK = "link"
    HANDLE = "handle"
    NUMBER = "number"
    NAME = "name"


_ENDS = "com|org|net|info|biz|app|dev|io|gg|tv|ly|uk|fr|pt|xyz|online|club|chat|shop|store"
_ALSO_WORDS = "me|it|us|es|de|co|site|live|link|page|top"
"""These end addresses too; after a full stop with a capital they begin a sentence."""
_LINK = re.compile(
    r"(?i:https?:|www\.|://|\bt\s?\.\s?me\b)"
    rf"|(?i:[\w-]\.(?:{_ENDS})\b)"
    r"|(?i:[\w-]\s?\.\s?(?:com|org)\b)"
    rf"|(?i:[\w-]\s?[(\[]dot[)\]]\s?(?:{_ENDS}|{_ALSO_WORDS})\b)"
    rf"|[\w-]\.(?:{_ALSO_WORDS})\b"
)
_HANDLE = re.compile(r"@\s?\w|\b\w+\s?(?:\(at\)|\[at\])\s?\w", re.IGNORECASE)
_BETWEEN = r"[\s().\-–/+*_]{0,3}"
_NUMBER = re.compile(rf"\d(?:{_BETWEEN}\d){{{DIGITS - 1},}}")
_TITLES = frozenset({"dr", "dra", "mr", "mrs", "ms", "prof", "don", "doña", "sra", "the"})


def tidied(text: str) -> str:
    """One line without signs that nobody sees, such as those that turn the direction of text."""
    plain = unicodedata.normalize("NFKC", text)
    seen = (
        " " if sign.isspace() else sign
        for sign in plain
        if sign.isspace() or unicodedata.category(sign)[0] != "C"
    )
    return " ".join("".join(seen).split())


def unfit(text: str, names: Iterable[str]) -> Unfit | None:
    """What keeps these tidied words from the board, None where nothing does.

    `names` are the aliases of the group, and the `parts` of the names of its therapists.
    """
    if not any(sign.isalpha() for sign in text):
        return Unfit.EMPTY
    if _LINK.search(text):
        return Unfit.LINK
    if _HANDLE.search(text):
        return Unfit.HANDLE
    if _NUMBER.search(text):
        return Unfit.NUMBER
    if _names_somebody(text, names):
        return Unfit.NAME
    return Unfit.LONG if len(text) > LONGEST else None


def _names_somebody(text: str, names: Iterable[str]) -> bool:
    there = f" {_words(text)} "
    known = (_words(each) for each in names)
    return any(f" {name} " in there for name in known if len(name) >= SHORTEST_NAME)


def parts(name: str) -> tuple[str, ...]:
    """A person's whole name, and each of its words by which they are known: "Dr Rivera" is also
    meant by "Rivera". An alias is meant only as a whole."""
    return name, *(each for each in name.split() if _words(each) not in _TITLES)


def _words(text: str) -> str:
    """Without capitals, accents and punctuation, so that Colibrí is found in COLIBRI’s; in the
    letters of other alphabets, too."""
    return " ".join(re.findall(r"\w+", alike(text)))
