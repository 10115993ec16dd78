"""Titles of songs, films and books in quotation marks, set aside: "Killing Me Softly"."""

import re

_QUOTED = re.compile(r"[\"“”«]([^\"“”«»\n]{2,60})[\"“”»]")
_SMALL = frozenset(
    {"of", "the", "and", "a", "an", "to", "in", "on", "for", "me", "my"}
    | {"de", "la", "el", "los", "las", "y", "en", "un", "una", "del"}
)


def without_titles(text: str) -> str:
    """The text with quoted titles blanked; a quoted thought ("I want to die") stays."""
    if '"' in text or "“" in text or "«" in text:
        return _QUOTED.sub(lambda found: " title " if _is_title(found[1]) else found[0], text)
    return text


def _is_title(quoted: str) -> bool:
    """Two words or more, and each begins with a capital but the small ones."""
    words = quoted.split()
    if len(words) < 2 or quoted.isupper():
        return False
    return (
        all(word[0].isupper() or word.lower() in _SMALL for word in words)
        and sum(word[0].isupper() for word in words) > 1
    )
