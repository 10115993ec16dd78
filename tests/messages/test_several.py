"""Names and days in one line, as each language writes them."""

from datetime import date

import pytest

from bot.messages.several import date_said, day_said, several
from tests.messages.reading import WORDS

NAMES = [
    ("en", (), ""),
    ("en", ("Dr Rivera",), "Dr Rivera"),
    ("en", ("Dr Rivera", "Dr Mora"), "Dr Rivera and Dr Mora"),
    ("es", ("Dr Rivera", "Dra. Núñez", "Lic. Ortega"), "Dr Rivera, Dra. Núñez y Lic. Ortega"),
]


@pytest.mark.parametrize(("language", "names", "said"), NAMES)
def test_several_names_are_one_line(language: str, names: tuple[str, ...], said: str) -> None:
    """A comma between, and "and" once, before the last."""
    assert several(WORDS, language, names) == said


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Thursday 3 December"), ("es", "jueves 3 de diciembre")]
)
def test_a_day_is_said_as_people_say_it(language: str, said: str) -> None:
    """In Spanish with "de" before the month."""
    assert day_said(WORDS, language, date(2026, 12, 3)) == said


@pytest.mark.parametrize(
    ("language", "said"), [("en", "3 December 2026"), ("es", "3 de diciembre de 2026")]
)
def test_a_date_is_said_like_a_day_with_its_year(language: str, said: str) -> None:
    """The day first in both: “December 3, 2026” stood beside “3 Dec, 18:00” in one chat."""
    assert date_said(WORDS, language, date(2026, 12, 3)) == said
