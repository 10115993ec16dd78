"""How people misspell: the near spellings of a word, and what a disguised word stands for."""

from collections.abc import Iterable, Iterator, Mapping

from bot.catalog.risk.normalise import letters_of


def near(word: str) -> Iterator[str]:
    """One letter missing, doubled or swapped with its neighbour; the first letter stays."""
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at] + word[at:]
        if at + 1 < len(word):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


class Disguises:
    """Undoes k1ll, su*c*de, d!e and k i l l, for words the phrase files know.

    Those are the words with a sign before `beyond`. `starred` are the words looked for behind
    asterisks, the first that fits.
    """

    def __init__(self, signs: Mapping[str, str], beyond: str, starred: Iterable[str]) -> None:
        self._signs, self._beyond, self._starred = signs, beyond, tuple(starred)

    def _knows(self, word: str) -> bool:
        return self._signs.get(word, self._beyond) < self._beyond

    def __call__(self, word: str) -> str | None:
        """The word or words it stands for, None where it is nothing we know."""
        core = word.strip("!*#|+%") if self._knows(word.strip("!*#|+%")) else word
        if self._knows(core):
            return f"{core}{word[len(core) :]}" if word.startswith(core) else core
        if "*" in word or "#" in word:
            found = self._behind_stars(word)
            if found:
                return found
        for letters in (letters_of(word), letters_of(word.replace("1", "l"))):
            if self._knows(letters):
                return letters
            parts = self._parts(letters) if len(letters) > 5 else None
            if parts:
                return " ".join(parts)
        return None

    def _behind_stars(self, word: str) -> str | None:
        shown = sum(sign.isalpha() for sign in word)
        if shown * 2 < len(word) or len(word) < 3:
            return None
        return next((each for each in self._starred if _fits(word, each)), None)

    def _parts(self, letters: str) -> list[str] | None:
        """The letters as a row of known words, few and long ones first: iwanttodie."""
        fewest: list[tuple[int, int] | None] = [(0, 0)] + [None] * len(letters)
        for end in range(1, len(letters) + 1):
            for start in range(max(0, end - _LONGEST), end):
                before, part = fewest[start], letters[start:end]
                if before is None or not self._knows(part) or _is_stray(part):
                    continue
                current = fewest[end]
                if current is None or before[0] + 1 < current[0]:
                    fewest[end] = before[0] + 1, start
        parts, end = list[str](), len(letters)
        while end:
            last = fewest[end]
            if last is None:
                return None
            parts.append(letters[last[1] : end])
            end = last[1]
        return parts[::-1]


_LONGEST = 14
"""How long a word in a row without spaces can be."""


def _is_stray(part: str) -> bool:
    return len(part) == 1 and part not in "iyak"


def _fits(word: str, known: str) -> bool:
    return len(word) == len(known) and all(
        shown == meant or shown in "*#" for shown, meant in zip(word, known, strict=True)
    )
