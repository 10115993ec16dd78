"""Times of day said in words, in English and Spanish, put into figures before they are read."""

import re

from bot.catalog.bare import bare

LATER, EARLIER = "⊕", "⊖"
"""Before minutes that come on top of the hour, or go off it: "8 ⊕30" is "8 y media"."""

_HOURS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5,
    "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "doce": 12, "veinte": 20,
    "veintiuna": 21, "veintidos": 22, "veintitres": 23,
}  # fmt: skip
_MINUTES = {
    "media": 30, "half": 30, "thirty": 30, "cuarto": 15, "quarter": 15, "a quarter": 15,
    "fifteen": 15, "forty five": 45, "forty-five": 45, "cinco": 5, "five": 5, "diez": 10,
    "ten": 10, "veinte": 20, "twenty": 20, "veinticinco": 25, "5": 5, "10": 10, "20": 20, "25": 25,
}  # fmt: skip


def _names(*several: str) -> str:
    return "|".join(sorted(several, key=len, reverse=True))


_HOUR = _names(*_HOURS)
_FOLLOWED = (
    r"(?=\s*(?:$|[-–—,.;:⊕⊖!?)]|(?:de|del|por|en|a|al|y|e|hasta|to|till|until|and|or|o|u|in|at|tonight|esta|am|pm|"
    r"a\.m|p\.m|h|hs|hrs|horas|ish|o.?clock)\b))"
)
"""What may stand behind an hour in words: "ten minutes" and "two times" are none."""
_STEPS = (
    (re.compile(r"(?:\b(?:12|twelve|doce)\s+)?(?:del?\s+)?\b(?:mediodia|noon|midday)\b"), " 12:00"),
    (re.compile(r"(?:\b(?:12|twelve|doce)\s+)?\b(?:medianoche|midnight)\b"), " 00:00"),
    (re.compile(r"\bla una\b"), "la 1"),
    # "Once a day" is English: what stands around it must be Spanish.
    (re.compile(r"\b(las|de|desde|entre|hasta|sobre) once\b"), r"\1 11"),
    (re.compile(r"\bonce(?= (?:de la|y media|y cuarto|menos|en punto|horas)\b)"), "11"),
    (re.compile(rf"\b({_HOUR}|\d\d?) (a|y) once\b"), r"\1 \2 11"),
)
_REST = (
    r"[,:]?(?: (?:at|around|about|like|maybe|sobre|como))?"
    r"\s+((?!.*\b(?:morning|manana|am|pm)\b).*\w)\W*$"
)
_BEFORE = (
    (re.compile(rf"^\W*(?:tonight|(?:in the |this )?evenings?){_REST}"), r"\1 in the evening"),
    (re.compile(rf"^\W*(?:in the |this )?afternoons?{_REST}"), r"\1 in the afternoon"),
    (re.compile(rf"^\W*(?:esta |por la |de |a la )?noche{_REST}"), r"\1 de la noche"),
    (re.compile(rf"^\W*(?:esta |por la |de |a la )?tarde{_REST}"), r"\1 de la tarde"),
)
"""The part of the day said first, “evening, like 8?”, and how it is read: behind the time."""
_PAST = re.compile(rf"\b({_names(*_MINUTES)})\s+past\s+(\w+)")
_TO = re.compile(r"\b(?:a )?quarter\s+to\s+(\w+)")
_HALF_EIGHT = re.compile(rf"\bhalf\s+(\d{{1,2}}\b|{_HOUR}\b)")
_AND = re.compile(r"\by\s+(media|cuarto|cinco|diez|veinte|veinticinco)\b")
_LESS = re.compile(r"\bmenos\s+(cuarto|cinco|diez|veinte|veinticinco|\d+)")
_SAID = re.compile(r"(?<=\w)\s+(thirty|fifteen|forty[ -]five)\b")
_WORD = re.compile(rf"\b({_HOUR})\b{_FOLLOWED}")


def in_figures(text: str) -> str:
    """The text in lower case, without accents, its hours and minutes in words as figures.

    "Las ocho y media" is "las 8 ⊕30", "quarter to ten" is "10 ⊖15". "8 y 20" stays: two times.
    """
    plain = bare(text)
    for first, behind in _BEFORE:
        plain = first.sub(behind, plain)
    for found, figures in _STEPS:
        plain = found.sub(figures, plain)
    plain = _PAST.sub(lambda hit: f"{hit[2]} {LATER}{_MINUTES[hit[1]]}", plain)
    plain = _TO.sub(rf"\1 {EARLIER}15", plain)
    plain = _HALF_EIGHT.sub(rf"\1 {LATER}30", plain)
    plain = _AND.sub(lambda hit: f"{LATER}{_MINUTES[hit[1]]}", plain)
    plain = _LESS.sub(lambda hit: f"{EARLIER}{_MINUTES.get(hit[1]) or hit[1]}", plain)
    plain = _SAID.sub(lambda hit: f" {LATER}{_MINUTES[hit[1]]}", plain)
    return _WORD.sub(lambda hit: str(_HOURS[hit[1]]), plain)
