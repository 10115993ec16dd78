"""Times of day said in words, in English and Spanish, as figures: one reader for the hours of a day
and for a moment."""

import re

LATER, EARLIER = "⊕", "⊖"
"""Before minutes that come on top of the hour, or go off it: "8 ⊕30" is "8 y media"."""

_ALONE = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5,
    "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "doce": 12, "veinte": 20,
    "veintiuna": 21, "veintidos": 22, "veintitres": 23,
}  # fmt: skip
_HOURS = {**_ALONE, "one": 1, "una": 1, "once": 11}
"""With those that mean an hour only beside other words: "una" is "a", "once a day" is English."""
_MINUTES = {
    "media": 30, "half": 30, "a half": 30, "thirty": 30, "cuarto": 15, "quarter": 15,
    "a quarter": 15, "fifteen": 15, "forty": 40, "forty five": 45, "forty-five": 45, "fifty": 50,
    "cinco": 5, "five": 5, "diez": 10, "ten": 10, "veinte": 20, "twenty": 20, "twenty five": 25,
    "twenty-five": 25, "veinticinco": 25, "5": 5, "10": 10, "20": 20, "25": 25,
}  # fmt: skip


def _names(*several: str) -> str:
    return "|".join(sorted(several, key=len, reverse=True))


_ENGLISH_HOUR = rf"(\d{{1,2}}|{_names(*(set(_HOURS) - {'once'}))})\b(?!:)"
_FOLLOWED = (
    r"(?=\s*(?:$|[-–—,.;:⊕⊖!?)]|(?:de|del|por|en|a|al|y|e|hasta|to|till|until|and|or|o|u|in|at|tonight|esta|am|pm|"
    r"a\.m|p\.m|h|hs|hrs|horas|ish|o.?clock)\b))"
)
"""What may stand behind an hour in words: "ten minutes" and "two times" are none."""
_COUNTED = r"(?!\s+(?:minut|hour|hora|day|dia|week|semana|month|mes|time|ve[zc]))"
_NAMES = (
    (re.compile(r"(?:\b(?:12|twelve|doce)\s+)?(?:del?\s+)?\b(?:mediodia|noon|midday)\b"), " noon"),
    (re.compile(r"(?:\b(?:12|twelve|doce)\s+)?\b(?:medianoche|midnight)\b"), " midnight"),
)
_ONCE = re.compile(
    r"(?:(?<=\bde )|(?<=\bdesde )|(?<=\bentre )|(?<=\bhasta )|(?<=\bsobre ))once\b"
    r"|\bonce(?= (?:de la|y media|y cuarto|menos|en punto|horas)\b)"
)
_TO_ONCE = re.compile(rf"\b({_names(*_HOURS)}|\d{{1,2}}) ([ay]) once\b")
"""Eleven, where what stands around it is Spanish: "once a day" is English."""
_AT = re.compile(
    rf"\b(at|around|about|by) ({_names(*(set(_HOURS) - {'once'}))})\b{_COUNTED}"
    rf"|\b(las?) ({_names(*_HOURS)})\b{_COUNTED}"
)
_PAST = re.compile(rf"\b({_names(*_MINUTES)})\s+past\s+{_ENGLISH_HOUR}")
_TO = re.compile(
    rf"\b(?:a )?(quarter\s+(?:to|till|of)|twenty(?:[ -]five)?\s+(?:to|till))\s+{_ENGLISH_HOUR}"
)
"""Not "ten to seven", which is a span as well."""
_HALF_EIGHT = re.compile(rf"\bhalf\s+{_ENGLISH_HOUR}")
_AND = re.compile(r"\b(?:y\s+(media|cuarto|cinco|diez|veinte|veinticinco)|and\s+(a half))\b")
_LESS = re.compile(r"\bmenos\s+(cuarto|cinco|diez|veinte|veinticinco|\d+)")
_SAID = re.compile(
    rf"\b{_ENGLISH_HOUR}[\s-]+"
    r"(fifteen|twenty(?:[ -]five)?|thirty|forty(?:[ -]five)?|fifty)\b(?!\s+min)"
)
_WORD = re.compile(rf"\b({_names(*_ALONE)})\b{_FOLLOWED}")


def in_figures(text: str) -> str:
    """The words with their hours and minutes as figures; what is no hour stays. `text` has no case
    and no accents.

    "Las ocho y media" is "las 8 ⊕30", "quarter to ten" is "10 ⊖15"; twelve o'clock is "noon" or
    "midnight" where it is called that. "8 y 20" stays: two times.
    """
    text = _TO_ONCE.sub(r"\1 \2 11", _ONCE.sub("11", text))
    for found, name in _NAMES:
        text = found.sub(name, text)
    text = _PAST.sub(lambda hit: f"{_number(hit[2])} {LATER}{_MINUTES[hit[1]]}", text)
    text = _TO.sub(lambda hit: f"{_number(hit[2])} {EARLIER}{_before(hit[1])}", text)
    text = _HALF_EIGHT.sub(lambda hit: f"{_number(hit[1])} {LATER}30", text)
    text = _SAID.sub(lambda hit: f"{_number(hit[1])} {LATER}{_MINUTES[hit[2]]}", text)
    text = _AT.sub(lambda hit: f"{hit[1] or hit[3]} {_number(hit[2] or hit[4])}", text)
    text = _AND.sub(lambda hit: f"{LATER}{_MINUTES[hit[1] or hit[2]]}", text)
    text = _LESS.sub(lambda hit: f"{EARLIER}{_MINUTES.get(hit[1]) or hit[1]}", text)
    return _WORD.sub(lambda hit: str(_ALONE[hit[1]]), text)


def _number(hour: str) -> int:
    return _HOURS.get(hour) or int(hour)


def _before(words: str) -> int:
    """ "Twenty to": the minutes that the hour is still away."""
    return _MINUTES[" ".join(words.split()[:-1])]
