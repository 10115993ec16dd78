"""Reading a typed number the way people type it."""

import re

from bot.catalog.bare import bare
from bot.catalog.number import whole
from bot.engine.number_words import spelt

LONGEST = 200
"""Longer words are no number. Read as one, a page of blanks held up everybody for seconds."""
_NUMBER = re.compile(r"\d{1,4}")
_OUT_OF = re.compile(
    r"\s*(?:/|\bout of\b|\bde\b|\bsobre\b)\s*(5|100?|ten|diez|(?:a )?hundred|cien)$", re.IGNORECASE
)
_DECIMAL = re.compile(r"(\d{1,6})(?:[.,](\d{1,2}))?")
_GROUPED = re.compile(r"\d{1,3}(?:[.,' ]\d{3})+")
_HEDGE = re.compile(
    r"~|\b('?bout|about|around|roughly|approx|maybe|perhaps|probably|like|i think|i guess"
    r"|i'd say|or so|a|an|unos|unas|un|como|casi|quizas?|tal vez|mas o menos|aproximadamente"
    r"|(?:(?:yo )?creo|(?:yo )?(?:te )?diria|supongo|me parece)(?: que)?"
    r"|o asi|(?:o )?por ahi(?: de)?|y (?:pico|algo)|it's|its|it is|i'm at|im at|i am at|still|today"
    r"|(?:right )?now|just|only"
    r"|solid|strong|well|hmm+|mm+|honestly|let's say|es|estoy en|sigo en|sigue en|hoy|ahora"
    r"(?: mismo)?|pues|bueno|solo|apenas|(?<!\w )sobre|digamos|pongamos"
    r"|alrededor de|cerca de|uf+|al|el"
    r"|(?:yo )?(?:le |lo )?(?:pongo|pondria|doy|daria)|ponle|tengo|siento|noto|i feel|feeling"
    r"|(?:i'd |i )?give it|me da|(?:ha )?(?:subido|bajado) al?|(?:subio|subi|bajo|baje) al?"
    r"|(?:(?:gone |went |dropped |fell )?(?:up|down)|dropped) to|(?:ando|voy|va) (?:en|por)|esta en"
    r"|idk|dunno|i don'?t know|not sure|no (?:lo )?se|no estoy segur[oa]"
    r"|nivel|level|puntos?|points?)\b"
    r"|(?<=\w)-?ish\b"
)
"""What people say around a number, as `bare` leaves it: a hurried thumb sets no accents. A closed
list: “3 days without sleep” is no three."""
_HOW = re.compile(
    r"^(?:(?:muy|bastante|un poco|algo|mucho|pretty|quite|very|really|a bit|a little|so) )?"
    r"(?:bastante|much[oa]|muchisim[oa]|poc[oa]|poquito|un poco|regular|asi asi|mal|fatal|bien"
    r"|mejor|peor|igual|alt[oa]|baj[oa]|bad|good|ok|okay|fine|better|worse|the same|same|high|low"
    r"|meh|so so|not (?:great|good|bad)|a lot|quite a bit"
    r"|no (?:lo )?se|ni idea|i don'?t know|idk|dunno)\s*[,.:;…–-]+\s*(?=\S)"
)
"""A word for it before the number: “bastante, un 6”, “pretty bad, 7”. The number counts."""
_PER_CENT = re.compile(r"\s*\b(?:por cien(?:to)?|per ?cent)$")
_AROUND = re.compile(r"^[^\w.+−-]+|[^\w%]+$")
"""Signs and faces before and behind: “3 :(”, “(7)”."""
_TWO = re.compile(
    r"(\d{1,3}|[^\W\d_]+)\s*(?:[-–/,]|\bor\b|\bto\b|\band\b|\b[aouy]\b|(?<=\d)\s+(?=\d))\s*(\d{1,3}|[^\W\d_]+)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"^(?:somewhere |algo )?(?:between|entre) ", re.IGNORECASE)
_HOURS_BEHIND = re.compile(r"\s*\b(?:h|hours?|horas?)$")
_AND_HALF = re.compile(
    r"(\d{1,3}|[^\W\d_]+)(?:\s*(?:h|hours?|horas?))?\s+(?:y\s+medi[ao]|and\s+half)"
    r"(?:\s+(?:hours?|horas?))?",
    re.IGNORECASE,
)
_SLEPT = re.compile(r"^(?:i |i've |yo )?(?:slept|got|had|dormi|he dormido|habre dormido)\s+(?=\S)")
"""Before hours; before what is no time it would say why, not how much."""
_HOURS = "h"
"""How their unit begins, in every language."""
_MEASURED = re.compile(r"([-−+]?[\d.,' ]*\d)\s*([^\W\d_]*)")


def typed_number(text: str) -> int | None:
    """The whole number a person meant: "80", " 80 ", "80%", "８０", "4 out of 5", "80."; else None.

    Whoever hesitates is understood too: "about 80?", "maybe a 7", "no sé, 65", "bajó a 40"; and
    whoever speaks instead of typing: "seventy", "treinta y cinco".
    """
    plain = _OUT_OF.sub("", _unhedged(text))
    in_words = spelt(plain)
    if in_words is not None:
        return in_words
    sign = -1 if plain.startswith(("-", "−")) else 1
    digits = plain.lstrip("-−+")
    return sign * int(digits) if _NUMBER.fullmatch(digits) else None


def out_of(text: str) -> int | None:
    """What a number was meant to be out of, where that was said: 10 for "7/10" and "siete de diez",
    100 for "70%"; else None. Kept without it, "7/10" stood as 7 on a scale up to 100."""
    if _unmarked(text).endswith("%"):
        return 100
    found = _OUT_OF.search(_unhedged(text))
    if found is None:
        return None
    return int(found[1]) if found[1].isdigit() else spelt(found[1])


def are_two(text: str) -> bool:
    """Whether it is one number or another: "6 or 7", "siete u ocho", "entre 6 y 7". Which, nobody
    knows."""
    plain = _HOURS_BEHIND.sub("", _SLEPT.sub("", _unhedged(text)))
    found = _TWO.fullmatch(_BETWEEN.sub("", plain))
    return found is not None and all(
        each.isdigit() or spelt(each) is not None for each in found.groups()
    )


def typed_decimal(text: str, decimals: int, unit: str = "") -> float | None:
    """The number a person meant, an `int` where it is whole: "7,5", "7.5", "about 7 h", "six",
    "5 y media", "five hours and a half"; else None.

    A unit is known by its first letter. With no decimals wanted, "1,000" and "1.000" are a
    thousand, and "7.5" is none.
    """
    plain = _unhedged(text)
    if unit[:1].casefold() == _HOURS:
        plain = _HOW.sub("", _SLEPT.sub("", plain))
    in_words = _in_words(plain, unit)
    if in_words is not None:
        return in_words
    if decimals and (half := _AND_HALF.fullmatch(plain)):
        most = int(half[1]) if half[1].isdigit() else spelt(half[1])
        return None if most is None else most + 0.5
    found = _MEASURED.fullmatch(plain)
    if found is None or (found[2] and found[2][0].casefold() != unit[:1].casefold()):
        return None
    sign = -1 if found[1].startswith(("-", "−")) else 1
    digits = found[1].lstrip("-−+").strip()
    if not decimals and _GROUPED.fullmatch(digits):
        digits = re.sub(r"\D", "", digits)
    number = _DECIMAL.fullmatch(digits)
    if number is None or (not decimals and int(number[2] or 0)):
        return None
    return whole(round(sign * float(f"{number[1]}.{number[2] or 0}"), decimals))


def _in_words(plain: str, unit: str) -> int | None:
    """A number in words, with its unit or without: "seis", "seis horas"."""
    most, _, last = plain.rpartition(" ")
    if most and unit and last[:1] == unit[:1].casefold() and spelt(last) is None:
        return spelt(most)
    return spelt(plain)


def _unhedged(text: str) -> str:
    return _unmarked(text).rstrip("%").strip()


def _unmarked(text: str) -> str:
    if len(text.strip()) > LONGEST:
        return ""
    plain = _HOW.sub("", _AROUND.sub("", bare(text).replace("’", "'")))
    plain = _HOW.sub("", _AROUND.sub("", _HEDGE.sub(" ", plain).strip()))
    return _AROUND.sub("", _PER_CENT.sub("%", plain))
