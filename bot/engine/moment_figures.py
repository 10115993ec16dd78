"""Hours and spans said in words, “tonight at half past nine”, put into figures before a moment is
read."""

import re

from bot.engine.number_words import spelt

_HOUR = (
    r"(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)"
)
_QUARTERS = re.compile(
    r"\b(?:(tres cuartos|three quarters)|(?:un )?cuarto|(?:a )?quarter)"
    r" (?:de hora|of an hour)\b"
)
_FIRST = re.compile(r"\b(?:primero|uno|1ro|1ero)(?= de [a-z])")
_HALF_HOUR = re.compile(r"\b(?:half an hour|half hour|media hora|media horita)\b")
_AND_HALF = re.compile(
    r"\b(?:an|one|1) hour and a half\b|\b(?:an|one|1) and a half hours?\b|\b(?:una )?hora y media\b"
)
_NOW = re.compile(r"^(?:right now|just now|now|ahora mismo|ahorita|ahora|ya mismo)$")
_PAST = re.compile(rf"\b(?:(half|quarter|a quarter)(?: past)?|(ten|twenty) past) {_HOUR}\b(?!:)")
_TO = re.compile(rf"\b(?:a )?quarter to {_HOUR}\b")
_AND = re.compile(rf"\b(las?) {_HOUR} (y media|y cuarto|menos cuarto)\b")
_AT = re.compile(rf"\b(at|around|about|by|las?|sobre las|hacia las) {_HOUR}\b")
_MINUTES = {"half": 30, "quarter": 15, "a quarter": 15, "ten": 10, "twenty": 20}
_SAYS_HALF = re.compile(
    r"\b(?:am|pm|a\.m|p\.m|morning|afternoon|evening|night|tonight|manana|tarde|noche|madrugada)\b"
)


def in_figures(text: str, *, past: bool = False) -> str:
    """The words with their hours as figures; what is no hour stays. `text` has no case and no
    accents. "Now" is in five minutes, as what is planned lies ahead, or with `past` just gone."""
    text = _NOW.sub("1 min ago" if past else "in 5 min", text)
    text = _AND_HALF.sub("90 min", text)
    text = _HALF_HOUR.sub("30 min", text)
    text = _QUARTERS.sub(lambda hit: "45 min" if hit[1] else "15 min", text)
    text = _FIRST.sub("1", text)
    half = _SAYS_HALF.search(text) is not None
    text = _TO.sub(lambda hit: _clock(_number(hit[1]) * 60 - 15, half=half), text)
    text = _PAST.sub(
        lambda hit: _clock(_number(hit[3]) * 60 + _MINUTES[hit[1] or hit[2]], half=half), text
    )
    text = _AND.sub(lambda hit: f"{hit[1]} {_clock(_minutes(hit), half=half)}", text)
    return _AT.sub(lambda hit: f"{hit[1]} {_number(hit[2])}", text)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else spelt(word) or 0


def _minutes(hit: re.Match[str]) -> int:
    more = {"y media": 30, "y cuarto": 15, "menos cuarto": -15}[hit[3]]
    return _number(hit[2]) * 60 + more


def _clock(minutes: int, *, half: bool) -> str:
    """As a time; with no half of the day named, an hour up to six is one in the afternoon, as it
    is in figures."""
    if not half and 60 <= minutes < 7 * 60:
        minutes += 12 * 60
    minutes %= 24 * 60
    return f"{minutes // 60}:{minutes % 60:02d}"
