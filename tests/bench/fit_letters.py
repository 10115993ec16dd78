"""Fits the net of letters to labelled lines: `python -m tests.bench.fit_letters FILE… [--write]`.

A logistic regression on groups of letters, words and pairs of words, once for “at risk” (concern or
crisis) and once for crisis; its weights become whole points. How far a weight may go depends on
where its group stands (Wang and Manning 2012, “Baselines and bigrams”): far if hardly ever outside
lines of danger, or hardly ever in them; not at all if in both alike.

Each of the two leans a little on the other (`LEAN`).

To judge it each writer is left out in turn: the weights are fitted to all others, and measured on
that one. Thresholds are chosen on all lines left out so; the points written are fitted to all.
Files called `set…` are by one writer, every other file is by a writer of its own.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.care.risk import Rules, Tier
from bot.care.risk.figures import Judged, table
from bot.care.risk.letters import pairs, stretches
from bot.care.risk.reading import EATEN
from bot.care.risk.screen import read_text
from bot.catalog.load_risk import NET
from bot.catalog.risk.letters import FROM, MARK, groups_of
from bot.catalog.risk.normalise import BREAK
from bot.cli.risk import Line, read_lines, shipped_rules
from bot.config import Settings
from tests.bench.plain import plain
from tests.bench.said import said

LABELLED = Path(__file__).parents[1] / "care/risk/lines"
"""The lines that we wrote or had written, and labelled."""
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
FREEDOM = 0.1
"""How much a weight may vary before it costs, where its group stands in e times as much of one."""
FEWEST = 3
"""In how many stretches a group must be."""
POINTS = 50.0
"""How many points one natural logarithm of the odds is."""
LEAN = 0.25
"""How much each of the two leans on the other. Of fresh writers left out (0, 0.1 to 0.5 and 1 were
tried) that finds two more in a hundred of crisis as crisis, and one more of crisis at all, at the
same alarms on harmless lines; three more in a hundred of concern are called crisis."""
FAINT = 4
"""A pair of words with fewer points than this either way is not written: four of ten are, and above
21,845 the table of pairs takes a megabyte more where all of a running bot has 150. Of the unread
lines the last of these points changed four, none of X and Y."""
STEPS = 300
"""How often the weights are mended."""
FLAGGED, AS_CRISIS = 0.97, 0.92
"""What share of the crises of fresh writers left out must be flagged, and called crisis: what is
asked of the whole screen, and two in a hundred more of the second, as English is that much behind
Spanish there."""
FRESH = frozenset(f"fresh_{letter}" for letter in "ghjklm")
"""Writers who had seen no phrase of ours, and whose lines no phrase was written from: they choose
the thresholds, because phrases do on them what they do on anybody's words."""
SHORT = FRESH | {"set", "more_3", "more_8", "more_9"}
"""Writers of lines as short and plain as most messages are: their lines count more in the fit. The
others wrote longer and further afield."""
MORE = 3.0
"""How often a line of theirs counts. Chosen on these writers, each left out: of 1 and 3."""
ALSO = frozenset(
    {
        *("exercises", "everyday", "long_1", "said"),
        *(f"everyday_{number}" for number in range(2, 9)),
        *(f"more_{number}" for number in (*range(10, 26), *range(28, 31))),
    }
)
"""What our own exercises offer (`own_words`), what people say in the words of phrases (`said`),
ordinary days (from the third on as long as what people answer to a question), long messages with
danger in one clause of them, lines written about words that phrases took for danger, four hands
whose every second harmless line has words of danger, and eleven more, most of them of one kind
(slang, answers within exercises, what understates or is half said): they count as much, but choose
no threshold. 26 and 27 were left out (`docs/decisions/risk-history.md`)."""
LINES = 390
"""How many lines a writer must have written to be left out in turn."""


@dataclass(frozen=True, slots=True)
class Read:
    """A labelled line, who wrote it, its tier by the phrases alone, and its stretches."""

    line: Line
    label: Tier
    writer: str
    tier: Tier
    stretches: list[list[str]]


def read(files: Iterable[Path], rules: Rules) -> list[Read]:
    """Every labelled line of the files, what people say every day, and some of what is plain."""
    written = [
        ("set" if file.stem.startswith("set") else file.stem, line)
        for file in files
        for line in read_lines(file)
    ]
    written += [("said", line) for line in said()]
    written += [("plain", line) for line in plain()]
    return [
        _read(line, line.label, writer, rules) for writer, line in written if line.label is not None
    ]


def _read(line: Line, label: Tier, writer: str, rules: Rules) -> Read:
    found = read_text(line.text, rules)
    tier = max((hit.tier for hit in found.hits), default=Tier.NONE)
    parts = [found.words(start, end) for start, end in stretches(found.signs)]
    return Read(line, label, writer, tier, parts)


@dataclass(frozen=True, slots=True)
class Sparse:
    """A matrix of which only what is not zero is kept, and its shape."""

    row: Whole
    column: Whole
    value: Floats
    shape: tuple[int, int]

    def __matmul__(self, vector: Floats) -> Floats:
        found = np.bincount(self.row, self.value * vector[self.column], self.shape[0])
        return found.astype(np.float64, copy=False)

    def back(self, vector: Floats) -> Floats:
        """The product of the matrix laid on its side."""
        found = np.bincount(self.column, self.value * vector[self.row], self.shape[1])
        return found.astype(np.float64, copy=False)


def _sparse(counts: Sequence[Counter[int]], columns: int) -> Sparse:
    sizes = [len(each) for each in counts]
    return Sparse(
        np.repeat(np.arange(len(counts)), sizes),
        np.array([number for each in counts for number in each], dtype=np.int64),
        np.array([many for each in counts for many in each.values()], dtype=np.float64),
        (len(counts), columns),
    )


def _units(part: list[str]) -> list[str]:
    """The words and pairs of a stretch, each once."""
    return sorted((set(part) - {EATEN, BREAK}) | pairs(part))


def _groups(unit: str) -> list[str]:
    return [unit] if " " in unit else list(groups_of(unit))


class Lines:
    """All stretches of all lines, as the words and pairs in them, and the groups in those."""

    def __init__(self, lines: Sequence[Read]) -> None:
        self.lines = lines
        parts = [part for each in lines for part in each.stretches]
        sizes = np.array([len(each.stretches) for each in lines])
        self.line = np.repeat(np.arange(len(lines)), sizes)
        self.begins = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        self.share: Floats = (1 / sizes)[self.line]
        self.counts = np.array([MORE if each.writer in SHORT | ALSO else 1.0 for each in lines])
        inside = [_units(part) for part in parts]
        units = sorted({unit for each in inside for unit in each})
        number = {unit: at for at, unit in enumerate(units)}
        self.units = _sparse(
            [Counter(number[unit] for unit in each) for each in inside], len(units)
        )
        groups = [_groups(unit) for unit in units]
        self.names = sorted({name for each in groups for name in each})
        place = {name: at for at, name in enumerate(self.names)}
        counts = [Counter(place[name] for name in each) for each in groups]
        self.groups = _sparse(counts, len(place))

    def often(self, used: Floats) -> Floats:
        """In how many of the stretches used (1, others 0) each group is, at most."""
        return self.groups.back(self.units.back(used))

    def scores(self, weights: Floats) -> Floats:
        """For each stretch the sum of its groups' weights."""
        scored: Floats = self.units @ (self.groups @ weights)
        return scored

    def gravest(self, scores: Floats) -> Floats:
        """The highest score of each line's stretches."""
        found: Floats = np.maximum.reduceat(scores, self.begins)
        return found


def reach(lines: Lines, is_so: Floats, each: Floats, kept: Floats) -> Floats:
    """How far each weight may go: whether its group stands in more of the stretches that are so or
    of the others, and how many times, as a logarithm. One more is counted of every group."""
    so, others = (((lines.often(each * which) + 1) * kept) for which in (is_so, 1 - is_so))
    times = (so / so.sum() + 1 - kept) / (others / others.sum() + 1 - kept)
    far: Floats = np.abs(np.log(times))
    return far


def fit(lines: Lines, is_so: Floats, used: Floats, kept: Floats) -> tuple[Floats, float]:
    """Weights and constant of a logistic regression with a ridge, by accelerated steps downhill."""
    each = lines.share * used
    far = reach(lines, is_so, each, kept)

    def back(rest: Floats) -> Floats:
        return lines.groups.back(lines.units.back(rest)) * far

    def ahead(weights: Floats) -> Floats:
        return lines.scores(weights * far)

    steepest = FREEDOM / 2 * _largest(lambda w: back(each * (ahead(w))), kept) + 1
    weights = old = np.zeros(len(kept))
    constant = old_constant = 0.0
    speed = 1.0
    for _ in range(STEPS):
        rest = each * (1 / (1 + np.exp(-(ahead(weights) + constant))) - is_so)
        new = weights - (FREEDOM * back(rest) + weights) / steepest
        new_constant = constant - FREEDOM * float(rest.sum()) / (FREEDOM / 2 * float(each.sum()))
        faster = (1 + float(np.sqrt(1 + 4 * speed**2))) / 2
        push = (speed - 1) / faster
        weights, old = new + push * (new - old), new
        constant, old_constant = new_constant + push * (new_constant - old_constant), new_constant
        speed = faster
    return old * far, old_constant


def _largest(twice: Callable[[Floats], Floats], start: Floats) -> float:
    """About the largest stretch a symmetric matrix gives a vector."""
    vector, size = start, 1.0
    for _ in range(12):
        vector = twice(vector / np.linalg.norm(vector))
        size = float(np.linalg.norm(vector))
    return size * 1.1


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights at risk and of crisis, and constants."""

    weights: tuple[Floats, Floats]
    constants: tuple[float, float]

    def scores(self, lines: Lines) -> tuple[Floats, Floats]:
        """What every line comes to."""
        risk, crisis = (
            lines.gravest(lines.scores(weights)) + constant
            for weights, constant in zip(self.weights, self.constants, strict=True)
        )
        return risk, crisis


def fitted(lines: Lines, used: Floats) -> Fitted:
    """The net fitted to the stretches used (1, others 0)."""
    kept = (lines.often(used) >= FEWEST).astype(np.float64)
    counted = used * lines.counts[lines.line]
    (risk, of_risk), (crisis, of_crisis) = (
        fit(lines, _is_at_least(lines, least)[lines.line], counted, kept)
        for least in (Tier.CONCERN, Tier.CRISIS)
    )
    return Fitted(
        (risk + LEAN * crisis, crisis + LEAN * risk),
        (of_risk + LEAN * of_crisis, of_crisis + LEAN * of_risk),
    )


def _is_at_least(lines: Lines, least: Tier) -> Floats:
    return np.array([float(each.label >= least) for each in lines.lines])


def left_out(lines: Lines, *, few: bool = False) -> tuple[Floats, Floats]:
    """What every line of a writer of many comes to when that writer is left out; others: nan.

    `few`: only those who choose the thresholds.
    """
    risk, crisis = (np.full(len(lines.lines), np.nan) for _ in range(2))
    for writer, count in sorted(Counter(each.writer for each in lines.lines).items()):
        if count < LINES or (few and writer not in FRESH):
            continue
        own = np.array([each.writer == writer for each in lines.lines])
        one, other = fitted(lines, (~own)[lines.line].astype(np.float64)).scores(lines)
        risk[own], crisis[own] = one[own], other[own]
    return risk, crisis


def thresholds(lines: Lines, scores: tuple[Floats, Floats]) -> tuple[float, float]:
    """From which scores on phrases and net together are at risk, and a crisis: the highest at which
    enough crises of fresh writers left out are found, so that as little else is as can be.

    All their lines choose together: the thresholds of single writers lie 250 points apart.
    """
    risk, crisis = scores
    fresh = [
        (each.tier, one, other)
        for each, one, other in zip(lines.lines, risk, crisis, strict=True)
        if each.writer in FRESH and each.label is Tier.CRISIS
    ]
    called = [np.inf if tier is Tier.CRISIS else other for tier, _, other in fresh]
    at_crisis = _highest(called, AS_CRISIS)
    flagged = [
        np.inf if tier > Tier.NONE or other >= at_crisis else one for tier, one, other in fresh
    ]
    return _highest(flagged, FLAGGED), at_crisis


def _highest(scores: Sequence[float], share: float) -> float:
    """The highest score that such a share of them reach."""
    return sorted(scores, reverse=True)[ceil(share * len(scores)) - 1]


def told(
    lines: Lines, scores: tuple[Floats, Floats], at: tuple[float, float], writer: str = ""
) -> str:
    """How phrases and net do together on the lines of a writer left out, or of all."""
    judged = [
        Judged(each.line.lang, each.label, _tier(each, one, other, at))
        for each, one, other in zip(lines.lines, *scores, strict=True)
        if not np.isnan(one) and (not writer or each.writer == writer)
    ]
    return "\n".join(
        f"{writer or 'all'}, {language} {name.replace('_', ' ')}: {share}"
        for language, shares in table(judged).items()
        for name, share in shares.items()
    )


def _tier(each: Read, risk: float, crisis: float, at: tuple[float, float]) -> Tier:
    if crisis >= at[1]:
        return Tier.CRISIS
    return max(each.tier, Tier.CONCERN if risk >= at[0] else Tier.NONE)


def write(lines: Lines, net: Fitted, at: tuple[float, float]) -> int:
    """Puts points and thresholds into the file of the net; says how many groups it holds."""
    risk, crisis = (np.rint(weights * POINTS).astype(int) for weights in net.weights)
    groups = [
        f"{name}\t{risk[number]}\t{crisis[number]}"
        for number, name in enumerate(lines.names)
        if max(abs(risk[number]), abs(crisis[number])) >= (FAINT if " " in name else 1)
    ]
    from_here = (
        round((least - constant) * POINTS)
        for least, constant in zip(at, net.constants, strict=True)
    )
    head = [
        "# The net of letters. Made, and made anew, by",
        "# python -m tests.bench.fit_letters tests/care/risk/lines/*.jsonl --write",
        f"# A group of letters ({MARK}, _ is the edge of a word), a word or a pair; points",
        f"# at risk; points of crisis. “{FROM}”: from how many points on.",
        "\t".join([FROM, *map(str, from_here)]),
    ]
    text = "\n".join([*head, *groups]) + "\n"
    (Settings().risk_dir / NET).write_text(text, encoding="utf-8")
    return len(groups)


def bench() -> str:
    """How phrases and net do on all lines, each judged with its writer left out; takes minutes."""
    lines = Lines(read(sorted(LABELLED.glob("*.jsonl")), shipped_rules()))
    scores = left_out(lines)
    return told(lines, scores, thresholds(lines, scores))


def main() -> None:
    """Reads the arguments, fits, prints how each writer left out fares, and writes."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="+", type=Path)
    arguments.add_argument("--write", action="store_true", help="put the points into the file")
    arguments.add_argument("--few", action="store_true", help="leave out only who sets thresholds")
    given = arguments.parse_args()
    lines = Lines(read(given.files, shipped_rules()))
    scores = left_out(lines, few=given.few)
    at = thresholds(lines, scores)
    for writer in (*sorted({each.writer for each in lines.lines}), ""):
        print(told(lines, scores, at, writer))
    if given.write:
        print(write(lines, fitted(lines, np.ones(len(lines.line))), at), "groups")


if __name__ == "__main__":
    main()
