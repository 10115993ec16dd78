"""Fits the hints' points to labelled lines: `python -m tests.bench.fit_hints FILE… [--write]`.

Words and kinds are chosen by people and stand in the phrase files; this finds what each counts,
and which other words and short phrases, seen in several lines, count for themselves. A logistic
regression with strong regularisation is solved over the lines (there are fewer of them than of
features), and its weights become whole points. One line in five of files called `more…`, chosen
by a hash of its id, is left out, and is where thresholds are chosen; `--all` then fits to all.
"""

import argparse
import hashlib
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
from bot.care.risk.hints import stretches
from bot.care.risk.screen import phrases, signs_of
from bot.care.risk.titles import without_titles
from bot.catalog.risk.finder import BREAK_SIGN, EATEN_SIGN
from bot.catalog.risk.normalise import clean
from bot.cli.risk import Line, read_lines, shipped_rules
from bot.config import Settings

Floats = NDArray[np.float64]
WORD, KIND, PHRASE, PAIR = 0.15, 0.2, 0.15, 0.03
"""How much a weight may vary before it costs: words little, kinds more."""
FEWEST, FEWEST_PAIRS = 3, 8
"""In how many lines a word, or a pair of kinds, must be to count."""
LENGTH = 3
"""How many words a phrase that counts for itself has at most."""
POINTS = 20.0
"""How many points one natural logarithm of the odds is."""
NONE_FLAGGED, NONE_CRISIS = 0.05, 0.01
"""What share of harmless lines left out the hints alone may flag, and flag as crisis."""


@dataclass(frozen=True, slots=True)
class Read:
    """A labelled line, the features of each of its stretches, by language, and its tier so far."""

    line: Line
    left_out: bool
    features: dict[str, list[frozenset[str]]]
    tier: Tier


def read(files: Iterable[Path], rules: Rules) -> Iterator[Read]:
    """Every labelled line of the files."""
    for file in files:
        for line in read_lines(file):
            number = int(hashlib.sha256(line.id.encode()).hexdigest(), 16)
            yield _read(line, file.stem.startswith("more") and number % 5 == 0, rules)


def _read(line: Line, left_out: bool, rules: Rules) -> Read:
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
    return Read(line, left_out, features, tier)


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
    """Weights and constant of a logistic regression, by Newton's steps in the space of lines."""
    kernel = (x @ x.T).astype(np.float64) + 100.0
    guess = np.zeros(len(y))
    for _ in range(12):
        share = 1 / (1 + np.exp(-guess))
        curve = np.maximum(weights * share * (1 - share), 1e-6)
        aim = guess + weights * (y - share) / curve
        dual = np.linalg.solve(kernel + np.diag(1 / curve), aim)
        following = kernel @ dual
        if np.abs(following - guess).max() < 1e-2:
            break
        guess = following
    return x.T @ dual, float(dual.sum() * 100.0)


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
    used = own + others
    seen = Counter(name for each in own for name in frozenset().union(*each.features[language]))
    names = [n for n, c in seen.items() if c >= (FEWEST_PAIRS if " + " in n else FEWEST)]
    place = {name: number for number, name in enumerate(names)}
    scales = np.array([scale(name) for name in names], dtype=np.float32)
    each_weight = np.array([1.0] * len(own) + [0.3] * len(others))
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
        if whole[0][number] or whole[1][number]
    }
    return Fitted(points, (constants[0], constants[1]))


def _row(
    stretch: frozenset[str], place: dict[str, int], scales: NDArray[np.float32]
) -> NDArray[np.float32]:
    row = np.zeros(len(place), dtype=np.float32)
    for name in stretch:
        if name in place:
            row[place[name]] = scales[place[name]]
    return row


def thresholds(lines: list[Read], fits: dict[str, Fitted]) -> dict[str, tuple[float, float]]:
    """The points, constants not counted, from which on a stretch is concern or crisis."""
    found: dict[str, tuple[float, float]] = {}
    for language, each in fits.items():
        harmless = [
            [
                max(column)
                for column in zip(*(each.of(s) for s in one.features[language]), strict=True)
            ]
            for one in lines
            if one.line.label is Tier.NONE and one.line.lang == language
        ]
        concern = np.quantile([one[0] for one in harmless], 1 - NONE_FLAGGED) if harmless else 0.0
        crisis = np.quantile([one[1] for one in harmless], 1 - NONE_CRISIS) if harmless else 0.0
        found[language] = float(concern), float(crisis)
    return found


def told(lines: list[Read], fits: dict[str, Fitted], at: dict[str, tuple[float, float]]) -> None:
    """Prints how families and hints do together on these lines."""
    tiers: dict[tuple[str, Tier | None], list[Tier]] = defaultdict(list)
    for each in lines:
        tier = each.tier
        for language, stretches_of in each.features.items():
            for stretch in stretches_of:
                concern, crisis = fits[language].of(stretch)
                if crisis >= at[language][1]:
                    tier = max(tier, Tier.CRISIS)
                elif concern >= at[language][0]:
                    tier = max(tier, Tier.CONCERN)
        tiers[each.line.lang, each.line.label].append(tier)
    for (language, label), several in sorted(tiers.items(), key=str):
        flagged = sum(tier > Tier.NONE for tier in several)
        crisis = sum(tier is Tier.CRISIS for tier in several)
        print(
            language,
            label and label.value,
            f"flagged {flagged}/{len(several)} {flagged / len(several):.1%},",
            f"crisis {crisis / len(several):.1%}",
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
    """Reads the arguments, fits, prints the figures of the lines left out, and writes."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="+", type=Path)
    arguments.add_argument("--check", nargs="*", type=Path, default=[], help="only measured on")
    arguments.add_argument("--all", action="store_true", help="at last fit to every line")
    arguments.add_argument("--write", action="store_true", help="put the points into the files")
    given = arguments.parse_args()
    rules = shipped_rules()
    lines = list(read(given.files, rules))
    check = list(read(given.check, rules))
    left_out = [each for each in lines if each.left_out]
    fits = {
        language.language: fitted(language.language, [each for each in lines if not each.left_out])
        for language in rules.languages
    }
    at = thresholds(left_out + check, fits)
    for name, several in (("left out", left_out), ("only measured on", check)):
        print(name)
        told(several, fits, at)
    if given.all:
        fits = {language: fitted(language, lines + check) for language in fits}
    for language, each in fits.items():
        print(language, len(each.points), at[language])
        if given.write:
            written(language, each, at[language])


if __name__ == "__main__":
    main()
