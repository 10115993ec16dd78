"""Reading a typed number the way people type it."""

import re
import unicodedata

from bot.catalog.number import whole

_NUMBER = re.compile(r"\d{1,4}")
_OUT_OF = re.compile(r"\s*/\s*100?$")
_DECIMAL = re.compile(r"(\d{1,6})(?:[.,](\d{1,2}))?")
_GROUPED = re.compile(r"\d{1,3}(?:[.,' ]\d{3})+")
_MEASURED = re.compile(r"([-−+]?[\d.,' ]*\d)\s*([^\W\d_]*)")


def typed_number(text: str) -> int | None:
    """The whole number a person meant: "80", " 80 ", "80%", "８０", "80/100", "80."; else None."""
    plain = unicodedata.normalize("NFKC", text).strip().rstrip("%.!").strip()
    plain = _OUT_OF.sub("", plain)
    sign = -1 if plain.startswith(("-", "−")) else 1
    digits = plain.lstrip("-−+")
    return sign * int(digits) if _NUMBER.fullmatch(digits) else None


def typed_decimal(text: str, decimals: int, unit: str = "") -> float | None:
    """The number a person meant, an `int` where it is whole: "7,5", "7.5", "7.5 h"; else None.

    A unit is known by its first letter. With no decimals wanted, "1,000" and "1.000" are a
    thousand, and "7.5" is none.
    """
    plain = unicodedata.normalize("NFKC", text).strip().rstrip("%.!").strip()
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
