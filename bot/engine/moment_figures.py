"""Hours and spans said in words, “tonight at half past nine”, put into figures before a moment is
read."""

import re

from bot.catalog.clock_words import EARLIER, LATER
from bot.catalog.clock_words import in_figures as hours_in_figures

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
_CLOCK = re.compile(rf"\b(\d{{1,2}}) ?([{LATER}{EARLIER}])(\d{{1,2}})\b")
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
    return _CLOCK.sub(lambda hit: _clock(hit, half=half), hours_in_figures(text))


def _clock(hit: re.Match[str], *, half: bool) -> str:
    """As a time; with no half of the day named, up to seven it is the afternoon's, as it is in
    figures."""
    minutes = int(hit[1]) * 60 + (int(hit[3]) if hit[2] == LATER else -int(hit[3]))
    if not half and minutes < 7 * 60:
        minutes += 12 * 60
    minutes %= 24 * 60
    return f"{minutes // 60}:{minutes % 60:02d}"
