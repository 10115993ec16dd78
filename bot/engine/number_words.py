"""Numbers from nought to a hundred in words: a phone that takes dictation often writes them so."""

import re

from bot.catalog.search import plain

_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty"
)
_ES = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
    " dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro"
    " veinticinco veintiseis veintisiete veintiocho veintinueve"
)
_TENS = (
    ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
    ("veinte", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"),
)
_KNOWN = {
    **{word: number for words in (_EN, _ES) for number, word in enumerate(words.split())},
    **{word: 10 * number for words in _TENS for number, word in enumerate(words, start=2)},
    "una": 1,
    **dict.fromkeys(("hundred", "one hundred", "cien", "ciento"), 100),
}
_JOINED = re.compile(r"\s+y\s+|[\s-]+")


def spelt(text: str) -> int | None:
    """The number these words are: "seven", "thirty-five", "treinta y cinco"; else None. Accents
    may be left out."""
    words = plain(text)
    if words in _KNOWN:
        return _KNOWN[words]
    tens, _, ones = _JOINED.sub(" ", words).partition(" ")
    ten, one = _KNOWN.get(tens, 0), _KNOWN.get(ones, 0)
    return ten + one if ten >= 20 and ten % 10 == 0 and 1 <= one <= 9 else None
