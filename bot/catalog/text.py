"""Words side by side in every language an exercise promises."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

LANGUAGES = ("en", "es")
"""Every text is written in these, except in an exercise that promises others."""
LANGUAGE = r"^[a-z]{2,3}$"
"""How the code of a language looks."""

Language = Annotated[str, StringConstraints(pattern=LANGUAGE)]
"""An ISO 639 code in lower case: "en", "es"."""


def _trimmed(words: dict[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in words.items()}


Text = Annotated[dict[Language, str], AfterValidator(_trimmed)]
"""One text in several languages: {"en": "Where were you?", "es": "¿Dónde estabas?"}."""

Words = dict[Language, tuple[str, ...]]
"""A list of short words in several languages, in the same order in each."""


def said(text: dict[str, str], language: str) -> str:
    """The text in this language, else in English, else in whichever language it has."""
    return text.get(language) or text.get("en") or next(iter(text.values()))


def listed(words: dict[str, tuple[str, ...]], language: str) -> tuple[str, ...]:
    """The list in this language, else in English, else empty."""
    return words.get(language) or words.get("en") or ()
