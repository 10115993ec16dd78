"""Which short notes may pass between partners: no way to meet elsewhere, and not long."""

import re
from enum import StrEnum

from bot.care.alias import alike

LONGEST = 200
_DIGITS = 5
"""So many digits can be a way to reach somebody; times of day are not counted."""
_TIME = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")
_LINK = re.compile(
    r"://|\bwww\.|\b[\w-]{2,}\.(?:com|net|org|me|io|app|co|es|mx|ar|de|uk|us|gg|ly|info|link)\b",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"@\s?\w|\bt\.me\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:whats\s?app|wasap|guasap|(?:on|por) signal|instagram|insta|snap\s?chat|facebook"
    r"|messenger|tik\s?tok|discord|viber|skype|wechat|e-?mail|gmail|correo)\b",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    r"(?:\b(?:zero|one|two|three|four|five|six|seven|eight|nine|oh|cero|uno|dos|tres|cuatro|cinco"
    r"|seis|siete|ocho|nueve)\b[\s,.-]*){5,}",
    re.IGNORECASE,
)


class Unfit(StrEnum):
    """Why a note does not pass."""

    EMPTY = "empty"
    LONG = "long"
    LINK = "link"
    HANDLE = "handle"
    NUMBER = "number"
    ELSEWHERE = "elsewhere"


def unfit(note: str) -> Unfit | None:
    """What is wrong with a note in one line; None when it may go. Names of other services are found
    in the letters of other alphabets, too."""
    if not any(sign.isalnum() for sign in note):
        return Unfit.EMPTY
    if len(note) > LONGEST:
        return Unfit.LONG
    read = (note, alike(note))
    if any(map(_HANDLE.search, read)):
        return Unfit.HANDLE
    if any(map(_LINK.search, read)):
        return Unfit.LINK
    if sum(sign.isdigit() for sign in _TIME.sub(" ", note)) >= _DIGITS or _SPELLED.search(note):
        return Unfit.NUMBER
    return Unfit.ELSEWHERE if any(map(_ELSEWHERE.search, read)) else None
