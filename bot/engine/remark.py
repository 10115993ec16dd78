"""Words behind a number: “8, because my ex called” is an eight, and why it is one."""

import re

from bot.engine.number import typed_decimal
from bot.engine.number_words import spelt

_WHY = r"because|bc|bcs|cause|'cause|cuz|cos|since|porque|pq|xq|ya que|pues"
# From the beginning of a run of blanks only: tried from each of them, a page of them took seconds.
_BEHIND = re.compile(
    rf"(?<!\s)(?:\s*(?:[;:(\n–—]|,(?!\d)|\.(?!\d)|\s-+\s)\s*|\s+(?=(?:{_WHY}|but|pero)\b))",
    re.IGNORECASE,
)
_SAYS_WHY = re.compile(rf"(?:{_WHY})\b", re.IGNORECASE)
_TAKES_BACK = re.compile(
    r"(?:no|not|nah|nope|or|o|maybe|perhaps|quizás?|tal vez|y|and|wait|espera|actually|i mean"
    r"|sorry|perd[oó]n|digo|mejor dicho|more|less|rather|m[aá]s|menos|casi)\b",
    re.IGNORECASE,
)
"""With these somebody may be correcting the number: it is asked for again."""
_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_ARTICLES = frozenset({"one", "un", "uno", "una", "a"})


def before_remark(text: str) -> str:
    """What stands before the remark, “8” of “8, because my ex called”; the whole text where nothing
    stands behind it, or what may be another number, a unit or a correction."""
    parts = _BEHIND.split(text.strip(), maxsplit=1)
    if len(parts) < 2 or not _is_remark(parts[1]):
        return text
    return parts[0]


def has_remark(text: str) -> bool:
    """Whether words stand beside a number which a question for numbers cannot keep."""
    return before_remark(text) != text and typed_decimal(text, decimals=1) is None


def _is_remark(behind: str) -> bool:
    words = _WORD.findall(behind)
    if _SAYS_WHY.match(behind):
        return len(words) > 1
    return (
        len(words) > 1
        and not _DIGIT.search(behind)
        and not _TAKES_BACK.match(behind)
        and all(word.casefold() in _ARTICLES or spelt(word) is None for word in words)
    )
