"""How hard a text is to read, as a school grade; for authors only, the bot never asks.

English: the Flesch-Kincaid grade (Kincaid et al. 1975). Spanish: Fernández Huerta's ease (1959) in
the corrected reading of its second term (words in a sentence), and the grades of his own table.
Both were made for passages, so a text of a few words gets no figure.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from bot.catalog.check.texts import SHOWN, all_texts
from bot.catalog.exercise import Exercise
from bot.catalog.markup import PLACEHOLDER
from bot.catalog.problem import Place, Problem
from bot.errors import BetweenError

HARDEST = 7.0
"""The grade from which on a text is worth another look (grade 6-7 is the aim)."""
FEWEST = 12
"""Words; with fewer, one long word would decide the grade."""
QUOTED = 160
"""So many characters of a sentence are shown."""
ADDRESSED = (*SHOWN, "summary")
"""The fields that are read as running text."""
BREAKS_MISSED: Mapping[str, float] = {"en": 1.035, "es": 1.07}
"""Hyphenation never leaves a letter alone (“a-hora”), so it finds too few syllables: by so much,
against a pronouncing dictionary (English) and the rules of Spanish, over all our texts."""
EASE_TO_GRADE = ((100.0, 3.0), (85.0, 5.0), (75.0, 6.0), (65.0, 7.5), (55.0, 10.0), (40.0, 13.0),
                 (15.0, 16.0), (-100.0, 20.0))  # fmt: skip
"""Fernández Huerta's table, the middle of each of its steps."""
MISSING = "The reading level was not looked at. For that, run: pip install 'between[authoring]'"

_TAG = re.compile(r"<[^>]+>")
_END = re.compile(r"[.!?…:]+[”»\"')\]]*(?=\s|$)|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")


@dataclass(frozen=True, slots=True)
class Figure:
    """The grade of a text (None if it is too short for one), and its longest sentence."""

    grade: float | None
    longest: str

    @property
    def is_hard(self) -> bool:
        """Whether it is worth another look."""
        return self.grade is not None and self.grade > HARDEST


def can_read() -> bool:
    """Whether what counts the syllables is installed."""
    try:
        import pyphen  # noqa: F401 # only asked for
    except ImportError:
        return False
    return True


def figure(text: str, language: str) -> Figure | None:
    """How hard this text is; None in a language for which there is no formula here."""
    if language not in BREAKS_MISSED:
        return None
    bare = PLACEHOLDER.sub("this", _TAG.sub("", text))
    sentences = [each.strip() for each in _END.split(bare) if _WORD.search(each)]
    longest = max(sentences, key=lambda each: len(_WORD.findall(each)), default="")
    words = _WORD.findall(bare)
    if len(words) < FEWEST:
        return Figure(None, longest)
    syllables = sum(_syllables(word.lower(), language) for word in words)
    each_word = syllables * BREAKS_MISSED[language] / len(words)
    return Figure(_grade(language, len(words) / len(sentences), each_word), longest)


def _grade(language: str, each_sentence: float, each_word: float) -> float:
    if language == "en":
        return max(0.0, 0.39 * each_sentence + 11.8 * each_word - 15.59)
    ease = 206.84 - 60 * each_word - 1.02 * each_sentence
    for (easier, low), (harder, high) in pairwise(EASE_TO_GRADE):
        if ease > harder:
            share = (easier - min(ease, easier)) / (easier - harder)
            return low + share * (high - low)
    return EASE_TO_GRADE[-1][1]


@cache
def _syllables(word: str, language: str) -> int:
    return len(_breaks(language).positions(word)) + 1


@cache
def _breaks(language: str) -> Any:
    try:
        import pyphen
    except ImportError as error:
        raise BetweenError(MISSING) from error
    return pyphen.Pyphen(lang={"en": "en_US"}.get(language, language))


def figures(exercise: Exercise) -> Iterator[tuple[Place, str, Figure]]:
    """Every text that people read as such: where, in which language, how hard."""
    for place, text in all_texts(exercise):
        if place[-1] not in ADDRESSED or "copy" in place:
            continue
        for language, words in text.items():
            found = figure(words, language)
            if found is not None:
                yield place, language, found


def hard_texts(exercise: Exercise) -> Iterator[Problem]:
    """Texts above the grade we aim at; to look at, not to mend."""
    for place, language, found in figures(exercise):
        if found.is_hard:
            yield Problem(
                "READ_001",
                f"Grade {found.grade:.1f} ({HARDEST:g} at most). The longest sentence has"
                f" {len(_WORD.findall(found.longest))} words: “{_shortened(found.longest)}”",
                (*place, language),
                warning=True,
            )


def _shortened(sentence: str) -> str:
    line = " ".join(sentence.split())
    return line if len(line) <= QUOTED else f"{line[:QUOTED].rstrip()}…"
