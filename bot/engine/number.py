"""Reading a typed number the way people type it."""

import re
import unicodedata

_NUMBER = re.compile(r"\d{1,4}")
_OUT_OF = re.compile(r"\s*/\s*100?$")


def typed_number(text: str) -> int | None:
    """The whole number a person meant: "80", " 80 ", "80%", "８０", "80/100", "80."; else None."""
    plain = unicodedata.normalize("NFKC", text).strip().rstrip("%.!").strip()
    plain = _OUT_OF.sub("", plain)
    sign = -1 if plain.startswith(("-", "−")) else 1
    digits = plain.lstrip("-−+")
    return sign * int(digits) if _NUMBER.fullmatch(digits) else None
