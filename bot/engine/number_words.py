"""Numbers from nought to a hundred in words: a phone that takes dictation often writes them so."""

import re
from unicodedata import normalize

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
    **dict.fromkeys(("hundred", "one hundred", "cien", "ciento"), 100),
}
_JOINED = re.compile(r"\s+y\s+|[\s-]+")


def spelt(text: str) -> int | None:
    """The number these words are: "seven", "thirty-five", "treinta y cinco"; else None. Accents
    may be left out."""
    plain = _bare(text)
    if plain in _KNOWN:
        return _KNOWN[plain]
    tens, _, ones = _JOINED.sub(" ", plain).partition(" ")
    ten, one = _KNOWN.get(tens, 0), _KNOWN.get(ones, 0)
    return ten + one if ten >= 20 and ten % 10 == 0 and 1 <= one <= 9 else None


def _bare(text: str) -> str:
    return "".join(each for each in normalize("NFD", text.casefold()) if ord(each) < 0x300)
