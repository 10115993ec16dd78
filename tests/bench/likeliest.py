"""What each phrase of danger would most likely be found in: `python -m tests.bench.likeliest en`.

A phrase is written with somebody in danger in mind, and may hold for half of what people say: “it
ends tonight” does of a sale, too. For every phrase this prints the likeliest words it can match, by
how often words stand beside each other in lines where nobody is in danger; the likeliest of all
first. Read from the top: whatever an ordinary sentence could hold needs narrowing.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice, pairwise, product
from math import log
from pathlib import Path

from ruamel.yaml import YAML

from bot.care.risk import Rules, Tier, screen
from bot.catalog.risk.normalise import BREAK, clean
from bot.catalog.risk.pattern import Either, Maybe, Node, One, Row, either, parse
from bot.catalog.risk.phrases import PhraseText
from bot.cli.risk import read_lines, shipped_rules
from bot.config import Settings

LINES = Path(__file__).parents[1] / "care/risk/lines"
KEPT = 40
"""So many of the likeliest ways are kept of each part of a phrase."""
TOLD = 3
"""So many are printed of each phrase."""
SEEN_BESIDE = 0.75
"""How much is given on two words having been seen side by side, and not on each alone."""
UNSEEN = 0.05
"""How often a word is counted that stands nowhere."""
EDGE = "^"

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """How often words, and words beside each other, stand in lines where nobody is in danger."""

    words: Counter[str]
    pairs: Counter[tuple[str, str]]
    total: int

    def likely(self, words: Words) -> float:
        """The logarithm of how likely these words are, one after the other."""
        return sum(map(self._after, (EDGE, *words), words))

    def _after(self, before: str, word: str) -> float:
        alone = (self.words[word] + UNSEEN) / self.total
        known = self.words[before] if before != EDGE else 0
        if not known:
            return log(alone)
        beside = self.pairs[before, word] / known
        return log(SEEN_BESIDE * beside + (1 - SEEN_BESIDE) * alone)


def talk(lang: str) -> Talk:
    """What ordinary lines of a language say."""
    words, pairs = Counter[str](), Counter[tuple[str, str]]()
    for file in sorted(LINES.glob("*.jsonl")):
        for line in read_lines(file):
            if line.lang == lang and line.label is Tier.NONE:
                for sentence in clean(line.text).split(f" {BREAK} "):
                    said = sentence.split()
                    words.update(said)
                    pairs.update(pairwise(said))
    return Talk(words, pairs, words.total())


class Ways:
    """The likeliest words that a phrase can match, part by part. Gaps and ends hold nothing, and
    what must not follow is not looked at: who asks tries what is found."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._known: dict[int, tuple[Node, list[Words]]] = {}

    def of(self, node: Node) -> list[Words]:
        """The likeliest first."""
        if id(node) not in self._known:  # kept with its node, or another could get its number
            self._known[id(node)] = node, self._likeliest(self._all(node))
        return self._known[id(node)][1]

    def _all(self, node: Node) -> Iterable[Words]:
        match node:
            case One(words):
                return ((word,) for word in words)
            case Maybe(part):
                return [(), *self.of(part)]
            case Either(options):
                return (words for option in options for words in self.of(option))
            case Row(parts):
                return self._row(parts)
            case _:
                return [()]

    def _row(self, parts: tuple[Node, ...]) -> list[Words]:
        rows: list[Words] = [()]
        for part in parts:
            both = product(rows, self.of(part))
            rows = self._likeliest(first + second for first, second in both)
        return rows

    def _likeliest(self, several: Iterable[Words]) -> list[Words]:
        return nlargest(KEPT, set(several), key=self._talk.likely)


def phrases(lang: str) -> Iterator[tuple[str, str, Node]]:
    """Of each phrase of danger in a language's file its family, how it is written, and its tree."""
    file = Settings().risk_dir / f"{lang}.yaml"
    content = PhraseText.model_validate(YAML(typ="rt").load(file.read_text(encoding="utf-8")))
    spellings = {
        clean(other).strip(): clean(meant).strip()
        for meant, others in content.spellings.items()
        for other in others
    }
    classes: dict[str, Node] = {}
    for name, entries in content.words.items():
        classes[name] = either([parse(entry, classes, spellings) for entry in entries])
    for family in content.families:
        for text in family.say:
            yield f"{lang}.{family.id}", text, parse(text, classes, spellings)


def found(lang: str, rules: Rules) -> list[tuple[float, str, str, str]]:
    """How likely, in which words, of which family, and the phrase; only what the screen hears."""
    ordinary = talk(lang)
    ways = Ways(ordinary)
    told = []
    for family, text, node in phrases(lang):
        heard = (words for words in ways.of(node) if _is_heard(words, family, rules))
        told += [
            (ordinary.likely(words), " ".join(words), family, text) for words in islice(heard, TOLD)
        ]
    return sorted(told, reverse=True)


def _is_heard(words: Words, family: str, rules: Rules) -> bool:
    hits = screen(" ".join(words), rules).hits
    return any(hit.family == family and hit.tier > Tier.NONE for hit in hits)


def main() -> None:
    """Reads the arguments, and prints."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("lang", choices=["en", "es"])
    arguments.add_argument("--most", type=int, default=500, help="how many to print")
    given = arguments.parse_args()
    for likely, words, family, text in found(given.lang, shipped_rules())[: given.most]:
        print(f"{likely:6.1f} {family:24} {words}   <- {text[:120]}")


if __name__ == "__main__":
    main()
