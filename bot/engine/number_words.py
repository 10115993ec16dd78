"""Numbers from nought to a hundred in words: a phone that takes dictation often writes them so."""

import re

_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7,
    "ocho": 8, "nueve": 9,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50,
    "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90,
}  # fmt: skip
_ALONE = {
    "zero": 0, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "hundred": 100,
    "one hundred": 100, "cero": 0, "diez": 10, "once": 11, "doce": 12, "quince": 15,
    "veinticinco": 25, "cien": 100, "ciento": 100,
}  # fmt: skip
_JOINED = re.compile(r"\s+y\s+|[\s-]+")


def spelt(text: str) -> int | None:
    """The number these words are: "seven", "thirty-five", "treinta y cinco"; else None."""
    plain = text.casefold()
    known = _ALONE | _ONES | _TENS
    if plain in known:
        return known[plain]
    tens, _, ones = _JOINED.sub(" ", plain).partition(" ")
    return _TENS[tens] + _ONES[ones] if tens in _TENS and ones in _ONES else None
