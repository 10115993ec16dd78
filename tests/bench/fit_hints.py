"""Fits the hints' points to labelled lines: `python -m tests.bench.fit_hints FILE… [--write]`.

Kinds and their words are chosen by people and stand in the phrase files; this finds what each
counts, and which other words and short phrases count for themselves: those that two writers used,
in several lines, and that hold a word which is not common, as common words only tell how somebody
writes. A logistic regression with strong regularisation is solved, its weights become whole points.

To judge it, each writer is left out in turn: the points are fitted to all others, and measured on
that one. Thresholds are chosen on all lines left out so; the points written are fitted to all.
"""

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.care.risk import Rules, Tier
from bot.care.risk.figures import Judged, table
from bot.care.risk.hints import stretches
from bot.care.risk.screen import phrases, signs_of
from bot.care.risk.titles import without_titles
from bot.catalog.risk.finder import BREAK_SIGN, EATEN_SIGN
from bot.catalog.risk.frequent import is_common
from bot.catalog.risk.normalise import clean
from bot.cli.risk import Line, read_lines, shipped_rules
from bot.config import Settings

Floats = NDArray[np.float64]
WORD, KIND, PHRASE, PAIR = 0.15, 0.2, 0.15, 0.03
"""How much a weight may vary before it costs: words little, kinds more."""
FEWEST, FEWEST_PAIRS = 4, 12
"""In how many lines a word, or a pair of kinds, must be to count."""
WRITERS = 2
"""How many writers must have used a word, or a pair of kinds."""
LENGTH = 3
"""How many words a phrase that counts for itself has at most."""
POINTS = 20.0
"""How many points one natural logarithm of the odds is."""
EASE = 14, 10
"""By how many points the thresholds for concern and crisis are lowered at last: one writer of four
wrote most of the harmless lines that are flagged, and the others' words need less to be found."""
LEAST = 3
"""Fewer points than this are not worth a line in the file."""
NONE_FLAGGED, NONE_CRISIS = 0.05, 0.012
"""What share of the harmless lines of writers left out the hints alone may flag, as crisis."""
STEPS = 80
"""More steps than a fit ever needed to settle."""
LINES = 600
"""How many lines a writer must have written to be left out in turn."""
OTHERS = 3
"""Of the harmless lines of other languages, one in so many is fitted to as well."""


@dataclass(frozen=True, slots=True)
class Read:
    """A labelled line, the features of each of its stretches, by language, and its tier so far."""

    line: Line
    writer: str
    features: dict[str, list[frozenset[str]]]
    tier: Tier


def read(files: Iterable[Path], rules: Rules) -> list[Read]:
    """Every labelled line of the files; files called `set…` are by one writer."""
    return [
        _read(line, "set" if file.stem.startswith("set") else file.stem, rules)
        for file in files
        for line in read_lines(file)
        if line.label is not None
    ]


def _read(line: Line, writer: str, rules: Rules) -> Read:
    words = clean(without_titles(line.text), rules.guess).split()
    signs = signs_of(words, rules)
    names = ["."]
    for word in words:
        names += [rules.words[sign] for sign in rules.vocabulary.get(word, "")] or [word]
    looked = rules.index.look(signs)
    features: dict[str, list[frozenset[str]]] = {}
    tier = Tier.NONE
    for language in rules.languages:
        found = phrases(signs, looked, language, rules)
        tier = max([tier, *(hit.tier for hit in found.hits)])
        hints = language.hints
        if hints is None:
            continue
        spans = looked.find(language.kinds.hints, found.left)
        at = [(begin, hints.names[n]) for n, begin, _ in spans if n not in hints.counted]
        at += [(begin, f"@{name.partition('.')[2]}") for begin, name in found.said]
        features[language.language] = [
            _features(
                [name for begin, name in at if first <= begin < end], names, found.left, first, end
            )
            for first, end in stretches(signs)
        ]
    return Read(line, writer, features, tier)


def _features(
    there: list[str], names: list[str], left: str, first: int, end: int
) -> frozenset[str]:
    counts = Counter(there)
    twice = {f"{name} x2" for name, count in counts.items() if count > 1 and name[0] != "@"}
    pairs = {" + ".join(pair) for pair in combinations(sorted(counts), 2)}
    rows = set[str]()
    for begin in range(first, end):
        for stop in range(begin + 1, min(begin + LENGTH, end) + 1):
            if left[stop - 1] in (BREAK_SIGN, EATEN_SIGN):
                break
            rows.add("=" + " ".join(names[begin:stop]))
    return frozenset(counts) | twice | pairs | rows


def scale(name: str) -> float:
    """How freely this feature's weight may vary."""
    if name[0] == "=":
        return sqrt(WORD)
    if " + " in name:
        return sqrt(PAIR)
    return sqrt(PHRASE if name[0] == "@" else KIND)


def fit(x: NDArray[np.float32], y: Floats, weights: Floats) -> tuple[Floats, float]:
    """Weights and constant of a logistic regression with a ridge of one.

    By Newton's steps with the steepest bend there can be (a share times the rest is at most ¼):
    more steps, but the matrix is inverted only once.
    """
    rows = np.hstack([x, np.full((len(x), 1), 10.0, dtype=np.float32)])
    bend = (rows * (weights / 4).astype(np.float32)[:, None]).T @ rows
    bend[np.diag_indices_from(bend)] += 1.0
    inverse = np.linalg.inv(bend)
    found = np.zeros(rows.shape[1], dtype=np.float32)
    for _ in range(STEPS):
        share = 1 / (1 + np.exp(-(rows @ found)))
        step = inverse @ (rows.T @ (weights * (y - share)).astype(np.float32) - found)
        found += step
        if np.abs(step).max() < 1e-3:
            break
    return found[:-1].astype(np.float64), float(found[-1] * 10.0)


@dataclass(frozen=True, slots=True)
class Fitted:
    """For one language, the points of each feature and the two constants, in points."""

    points: dict[str, tuple[int, int]]
    constants: tuple[float, float]

    def of(self, stretch: frozenset[str]) -> tuple[float, float]:
        """The points of a stretch towards concern and crisis, with the constants."""
        known = [self.points[name] for name in stretch if name in self.points]
        sums = sum(one for one, _ in known), sum(other for _, other in known)
        return sums[0] + self.constants[0], sums[1] + self.constants[1]


def fitted(language: str, lines: list[Read]) -> Fitted:
    """Points from the lines of the language, and from harmless lines of the others."""
    own = [each for each in lines if each.line.lang == language]
    others = [each for each in lines if each.line.lang != language and each.line.label is Tier.NONE]
    others = others[::OTHERS]
    used = own + others
    names = _names(own, language)
    place = {name: number for number, name in enumerate(names)}
    scales = np.array([scale(name) for name in names], dtype=np.float32)
    each_weight = np.array([1.0] * len(own) + [0.3 * OTHERS] * len(others))
    rows = [[_row(stretch, place, scales) for stretch in each.features[language]] for each in used]
    whole: list[NDArray[np.float64]] = []
    constants: list[float] = []
    for least in (Tier.CONCERN, Tier.CRISIS):
        risky = [each.line.label is not None and each.line.label >= least for each in used]
        # Of a long line at risk only one stretch need sound so: first the last one, then the one
        # that a first fit finds gravest.
        chosen = [[row[-1]] if risk else row for row, risk in zip(rows, risky, strict=True)]
        for _ in range(2):
            x = np.array([row for several in chosen for row in several])
            y = np.repeat([float(risk) for risk in risky], [len(several) for several in chosen])
            weights, constant = fit(
                x, y, np.repeat(each_weight, [len(several) for several in chosen])
            )
            chosen = [
                [max(row, key=lambda one: float(one @ weights))] if risk else row
                for row, risk in zip(rows, risky, strict=True)
            ]
        whole.append(np.rint(weights * scales * POINTS))
        constants.append(constant * POINTS)
    points = {
        name: (int(whole[0][number]), int(whole[1][number]))
        for number, name in enumerate(names)
        if max(abs(whole[0][number]), abs(whole[1][number])) >= LEAST
    }
    return Fitted(points, (constants[0], constants[1]))


def _names(lines: list[Read], language: str) -> list[str]:
    """The features that are there often enough, and say something of what was meant."""
    seen: Counter[str] = Counter()
    writers: dict[str, set[str]] = defaultdict(set)
    for each in lines:
        for name in frozenset[str]().union(*each.features[language]):
            seen[name] += 1
            writers[name].add(each.writer)
    return sorted(name for name, count in seen.items() if _counts(name, count, writers[name]))


def _counts(name: str, count: int, writers: set[str]) -> bool:
    if name[0] == "=":
        words = name[1:].split()
        says = any(word.isalpha() and not is_common(word) for word in words)
        return says and count >= FEWEST and len(writers) >= WRITERS
    if " + " in name:
        return count >= FEWEST_PAIRS and len(writers) >= WRITERS
    return count >= FEWEST


def _row(
    stretch: frozenset[str], place: dict[str, int], scales: NDArray[np.float32]
) -> NDArray[np.float32]:
    row = np.zeros(len(place), dtype=np.float32)
    for name in stretch:
        if name in place:
            row[place[name]] = scales[place[name]]
    return row


Scored = tuple[Read, dict[str, tuple[float, float]]]
"""A line, and by language the points of its gravest stretch towards concern and crisis."""


def scored(lines: Iterable[Read], fits: dict[str, Fitted]) -> Iterator[Scored]:
    """Every line with its points."""
    for each in lines:
        points = {
            language: [fits[language].of(stretch) for stretch in stretches_of]
            for language, stretches_of in each.features.items()
        }
        yield (
            each,
            {
                language: (max(one for one, _ in several), max(other for _, other in several))
                for language, several in points.items()
            },
        )


def left_out(lines: list[Read], languages: Iterable[str]) -> dict[str, list[Scored]]:
    """The lines of each writer of many, with points fitted to the lines of all others."""
    found: dict[str, list[Scored]] = {}
    for writer, count in sorted(Counter(each.writer for each in lines).items()):
        if count < LINES:
            continue
        others = [each for each in lines if each.writer != writer]
        fits = {language: fitted(language, others) for language in languages}
        found[writer] = list(scored((each for each in lines if each.writer == writer), fits))
    return found


def thresholds(lines: list[Scored], languages: Iterable[str]) -> dict[str, tuple[float, float]]:
    """The points, constants counted, from which on a stretch is concern or crisis."""
    found: dict[str, tuple[float, float]] = {}
    for language in languages:
        harmless = [
            points[language]
            for each, points in lines
            if each.line.label is Tier.NONE and each.line.lang == language
        ]
        concern = np.quantile([one for one, _ in harmless], 1 - NONE_FLAGGED) - EASE[0]
        crisis = np.quantile([other for _, other in harmless], 1 - NONE_CRISIS) - EASE[1]
        found[language] = float(concern), float(crisis)
    return found


def told(lines: Iterable[Scored], at: dict[str, tuple[float, float]]) -> None:
    """Prints how families and hints do together on these lines."""
    judged: list[Judged] = []
    for each, points in lines:
        tier = each.tier
        for language, (concern, crisis) in points.items():
            if crisis >= at[language][1]:
                tier = max(tier, Tier.CRISIS)
            elif concern >= at[language][0]:
                tier = max(tier, Tier.CONCERN)
        judged.append(Judged(each.line.lang, each.line.label or Tier.NONE, tier))
    for language, shares in table(judged).items():
        print(
            language,
            ", ".join(f"{name.replace('_', ' ')} {share}" for name, share in shares.items()),
        )


def written(language: str, each: Fitted, at: tuple[float, float]) -> None:
    """Puts points and thresholds into the phrase file, in place of those that were there."""
    path = Settings().risk_dir / f"{language}.yaml"
    text = path.read_text(encoding="utf-8")
    head = text[: text.index("\n  points:", text.index("\nhints:")) + 1]
    for name, least, constant in zip(("concern_at", "crisis_at"), at, each.constants, strict=True):
        head = re.sub(rf"(?m)^  {name}: .*$", f"  {name}: {round(least - constant)}", head)
    kinds = {name: points for name, points in each.points.items() if name[0] != "="}
    alone: dict[tuple[int, int], list[str]] = defaultdict(list)
    for name, points in each.points.items():
        if name[0] == "=" and _can_be_written(name[1:]):
            alone[points].append(name[1:])
    lines = ["  points: # towards concern, towards crisis"]
    lines += [f'    "{name}": [{one}, {other}]' for name, (one, other) in sorted(kinds.items())]
    lines += ["  counted:"]
    for (one, other), says in sorted(alone.items()):
        lines += [f"    - points: [{one}, {other}]", "      say:"]
        lines += [f'        - "{say}"' for say in sorted(says)]
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def _can_be_written(words: str) -> bool:
    return re.fullmatch(r"[a-z0-9]+(?: [a-z0-9]+)*", words) is not None


def main() -> None:
    """Reads the arguments, fits, prints how each writer left out fares, and writes."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="+", type=Path)
    arguments.add_argument("--write", action="store_true", help="put the points into the files")
    given = arguments.parse_args()
    rules = shipped_rules()
    languages = [language.language for language in rules.languages]
    lines = read(given.files, rules)
    by_writer = left_out(lines, languages)
    at = thresholds([one for several in by_writer.values() for one in several], languages)
    for writer, several in by_writer.items():
        print(f"{writer} left out")
        told(several, at)
    for language in languages:
        points = fitted(language, lines)
        print(language, len(points.points), at[language])
        if given.write:
            written(language, points, at[language])


if __name__ == "__main__":
    main()
