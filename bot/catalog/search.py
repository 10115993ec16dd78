"""From typed words to a need or to exercises: in any language, without capitals and accents."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from bot.catalog.bare import bare
from bot.catalog.exercise import Exercise

SHORTEST = 3
"""Shorter words (letters) say too little to find something by."""
NAME_NOTHING = frozenset(
    {
        *("who", "what", "why", "how", "when", "where", "which", "this", "that", "good", "okay"),
        *("quien", "quienes", "que", "por", "para", "como", "cual", "cuando", "donde", "cuanto"),
        *("esto", "eso", "bueno", "buena"),
    }
)
"""Alone they ask or agree: “¿y quién es?” found a plan that says who helps."""


def plain(text: str) -> str:
    """Without capitals, accents and what stands around."""
    return bare(text.replace("’", "'").strip())


def need_of(text: str, signs: Iterable[Mapping[str, str]]) -> str | None:
    """The need that these words name; each mapping of signs is that of one language ("panic":
    "panic, can't breathe"), the person's own first. A sign counts at the beginning of a word."""
    words = plain(text)
    for each in signs:
        for need, listed in each.items():
            if _signs(listed).search(words):
                return need
    return None


@cache
def _signs(listed: str) -> re.Pattern[str]:
    """Any of these signs; compiled once, as there are some hundred."""
    return re.compile(rf"\b(?:{'|'.join(re.escape(plain(sign)) for sign in listed.split(', '))})")


def exercises_of(text: str, shelf: Iterable[Exercise]) -> list[Exercise]:
    """Those whose title or summary holds every word, in one of their languages: those first that
    are called just so, then those with the words in their title."""
    wanted = _long_words(text) or ["".join(re.findall(r"\w+", plain(text)))]  # 4-7-8
    if not wanted[0]:
        return []
    ranked = [(place, each) for each in shelf if (place := _place(each, wanted)) is not None]
    return [each for _, each in sorted(ranked, key=lambda found: found[0])]


def _place(exercise: Exercise, wanted: list[str]) -> int | None:
    """0 for the whole title or the skill's short name (the end of its id: "dear man" is
    ie.dearman), 1 for words of the title, 2 for the summary, None where they are in neither."""
    titles = map(_long_words, exercise.title.values())
    if wanted in titles or "".join(wanted) == exercise.id.partition(".")[2]:
        return 0
    if len(wanted[0]) < SHORTEST or NAME_NOTHING.issuperset(wanted):
        return None
    found = (place for place, text in _texts(exercise) if _holds(text, wanted))
    return min(found, default=None)


def _texts(exercise: Exercise) -> Iterator[tuple[int, str]]:
    for title in exercise.title.values():
        yield 1, title
    for language, summary in exercise.summary.items():
        yield 2, f"{exercise.title.get(language, '')} {summary}"


def _long_words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", plain(text)) if len(word) >= SHORTEST]


def _holds(text: str, wanted: list[str]) -> bool:
    words = plain(text)
    return all(re.search(rf"\b{re.escape(word)}", words) for word in wanted)
