"""Reading a typed number the way people type it."""

import re
import unicodedata

from bot.catalog.number import whole
from bot.engine.number_words import spelt

_NUMBER = re.compile(r"\d{1,4}")
_PERCENT = re.compile(r"\s*(?:percent|per cent|por ciento)$", re.IGNORECASE)
_OUT_OF = re.compile(
    r"\s*(?:/|\bout of\b|\bde\b|\bsobre\b)\s*(5|100?|ten|diez|(?:a )?hundred|cien)$", re.IGNORECASE
)
_DECIMAL = re.compile(r"(\d{1,6})(?:[.,](\d{1,2}))?")
_GROUPED = re.compile(r"\d{1,3}(?:[.,' ]\d{3})+")
_HEDGE = re.compile(
    r"~|\b('?bout|about|around|roughly|approx|maybe|perhaps|probably|like|i think|i guess"
    r"|i'd say|or so|a|an|unos|unas|un|como|casi|quizás?|tal vez|más o menos|aproximadamente"
    r"|(?:creo|(?:yo )?diría|supongo|me parece)(?: que)?"
    r"|o así|o por ahí|it's|its|it is|i'm at|im at|i am at|still|today|(?:right )?now|just|only"
    r"|solid|strong|well|hmm+|mm+|honestly|let's say|es|estoy en|sigo en|sigue en|hoy|ahora"
    r"(?: mismo)?|pues|bueno|solo|sólo|apenas|(?<!\w )sobre|digamos|pongamos"
    r"|alrededor de|cerca de|uf+|level|nivel|idk|dunno|i (?:don't|dont) know|not sure|no (?:lo )?sé"
    r"|no se|no estoy segur[oa]|(?:i'd |i )?give it|le (?:doy|pongo)|me da"
    r"|(?:gone |went |dropped |fell |it's |i'm )?(?:down|up) to|dropped to"
    r"|(?:ha )?(?:bajado|subido) a|(?:bajó|subió|bajé|subí) al?|(?:ando|voy|va) (?:en|por)"
    r"|está en)\b"
    r"|(?<=\w)-?ish\b",
    re.IGNORECASE,
)
"""What people say around a number. A closed list: “3 days without sleep” is no three."""
_AROUND = re.compile(r"^[^\w.+−-]+|[^\w%]+$")
"""Signs and faces before and behind: “3 :(”, “(7)”."""
_TWO = re.compile(
    r"(\d{1,3}|[^\W\d_]+)\s*(?:[-–/,]|\bor\b|\bto\b|\band\b|\b[aouy]\b|(?<=\d)\s+(?=\d))\s*(\d{1,3}|[^\W\d_]+)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"^(?:somewhere |algo )?(?:between|entre) ", re.IGNORECASE)
_AND_HALF = re.compile(
    r"(\d{1,3}|[^\W\d_]+)(?:\s*(?:h|hours?|horas?))?\s+(?:y\s+medi[ao]|and\s+half)"
    r"(?:\s+(?:hours?|horas?))?",
    re.IGNORECASE,
)
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
    found = _TWO.fullmatch(_BETWEEN.sub("", _unhedged(text)))
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
    in_words = spelt(plain)
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


def _unhedged(text: str) -> str:
    return _unmarked(text).rstrip("%").strip()


def _unmarked(text: str) -> str:
    plain = _PERCENT.sub("%", unicodedata.normalize("NFKC", text).replace("’", "'").rstrip(" .!"))
    plain = _HEDGE.sub(" ", _AROUND.sub("", plain))
    return _AROUND.sub("", plain.strip())
