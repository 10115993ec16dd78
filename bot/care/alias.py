"""Which names may serve as an alias: short, and nothing by which somebody could be found."""

import re
import unicodedata
from collections.abc import Collection
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
_CALLED = re.compile(
    r"^(?:(?:you can |just |please )?call me|my name(?:['’]s| is)"
    r"|i(?:['’]d| would) like to be called"
    r"|(?:me )?(?:puedes |pued[ea]n )?ll[aá]m(?:[ae]me|enme|arme)|(?:yo )?me llamo|mi nombre es"
    r"|(?:todos )?me (?:dicen|llaman)"
    r"|quiero (?:que me llames|llamarme))[ :]+(?=\S)"
    r"|,? (?:please|por favor)[ .!]*$",
    re.IGNORECASE,
)
"""What people say around the name they are asked for."""
_BLANK = dict.fromkeys(map(ord, "\u034f\u115f\u1160\u17b4\u17b5\u2800"), " ")
"""Letters and marks that are nothing to see: with one of them a taken name would be free again."""
_ALIKE = str.maketrans({
    sign: letter
    for letter, signs in {
        "a": "аαɑᴀ4", "b": "вβʙ", "c": "сᴄ", "d": "ԁđðᴅ", "e": "еεᴇ3", "f": "ꜰ", "g": "ɡɢ",
        "h": "һнħʜ", "i": "іιıɪ1", "j": "јᴊ", "k": "кκᴋ", "l": "ӏłʟ", "m": "мᴍ", "n": "пηɴ",
        "o": "оοøᴏ0", "p": "рρᴘ", "q": "ԛ", "r": "гʀ", "s": "ѕꜱ5", "t": "тτᴛ7", "u": "υᴜ",
        "v": "νѵᴠ", "w": "ωԝᴡ", "x": "хχ", "y": "уγʏ", "z": "ᴢ",
    }.items()
    for sign in signs
})  # fmt: skip
"""Signs of other alphabets, small capitals and digits that pass for a Latin letter at a glance."""


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
    return " ".join(seen.translate(_BLANK).split())


def named(text: str) -> str:
    """The name in an answer to “what should I call you?”: “Luna” of “llámame Luna, por favor”."""
    return _CALLED.sub("", neat(text))


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


def alike(text: str) -> str:
    """The text with the Latin letters that people take its signs for."""
    return bare(text).translate(_ALIKE)


def same(alias: str) -> str:
    """What two aliases share when people would take them for one another."""
    return "".join(sign for sign in alike(alias) if sign.isalnum())


def poses_as(alias: str, name: str, roles: Collection[str] = ()) -> bool:
    """Whether people would take whoever is called so for this one of the staff: "Rivera" and "Dr.
    Rivera, therapist" for Dr Rivera. A first name alone is not enough, many people have it. `roles`
    are titles and words for those who work here, as `bare` leaves them."""
    if same(alias) == same(name):
        return True
    titles = {same(each) for each in roles}
    said, theirs = _words(alias), _words(name)
    own, known = [each for each in said if each not in titles], set(theirs) - titles
    if not own or not known:
        return False
    named_whole = known <= set(own)
    is_part = set(own) <= known
    return named_whole or (is_part and (len(own) < len(said) or theirs[-1] in own))


def poses_as_staff(alias: str, roles: Collection[str]) -> bool:
    """Whether it is no name but what somebody here is: "Your therapist", "El equipo"."""
    said, titles = _words(alias), {same(each) for each in roles}
    return bool(said) and all(each in titles for each in said)


def _words(name: str) -> list[str]:
    return [word for word in map(same, re.split(r"[\W_]+", name)) if word]


def _has_digits(text: str) -> bool:
    return sum(sign.isdigit() for sign in text) >= _DIGITS
