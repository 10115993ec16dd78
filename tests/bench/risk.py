"""How well and how fast the risk screen reads: `python -m tests.bench.risk FILE.jsonl [--even]`."""

import argparse
import random
from pathlib import Path
from statistics import median
from time import process_time

from bot.care.risk import Rules, Tier, screen
from bot.care.risk.figures import table
from bot.cli.risk import Line, judged, read_lines, score_lines, shipped_rules

_RISK = Path(__file__).parents[1] / "care/risk"
LINES = _RISK / "lines/ours.jsonl"
"""Lines that phrases and net were made with."""
UNREAD = tuple(sorted((_RISK / "unread").glob("*.jsonl")))
"""Lines that nobody read and nothing was made with: how it does on words it has not met."""
ORDINARY = _RISK / "unread/ordinary/z.jsonl"
"""The same of ordinary messages of up to four sentences, all harmless."""
EVERYDAY = ORDINARY.with_name("s.jsonl")
"""The same of short everyday sentences in common words, all harmless."""
LONG = _RISK / "unread/long/v.jsonl"
"""The same of messages of two to four sentences, with danger in one clause of them at most."""
DAYS = LINES.with_name("everyday_2.jsonl")
"""Ordinary days, as most texts are."""
EVERYDAY_LINES = tuple(sorted(LINES.parent.glob("everyday*.jsonl")))
"""All of ours that are ordinary days."""
SIGNS = 4000
ROUNDS = 300
FEW_ROUNDS = 20


def bench() -> str:
    """The figures on unread lines, and the median time of a long mixed text of our own."""
    rules, unread = shipped_rules(), [line for file in UNREAD for line in read_lines(file)]
    told = [
        figures(unread, rules),
        figures(read_lines(ORDINARY), rules, "ordinary messages, "),
        figures(read_lines(EVERYDAY), rules, "everyday sentences, "),
        figures(read_lines(LONG), rules, "long messages, "),
        speed(read_lines(LINES), rules),
    ]
    return "\n".join(told)


def figures(lines: list[Line], rules: Rules, of: str = "") -> str:
    """One row for each language and measure, with its 95 % Wilson interval."""
    return "\n".join(
        f"{of}{lang} {measure.replace('_', ' ')}: {share}"
        for lang, measures in table(judged(score_lines(lines, rules))).items()
        for measure, share in measures.items()
        if share.of
    )


def speed(lines: list[Line], rules: Rules) -> str:
    """How long 4,000 characters take: lines of all labels and languages, then harmless ones, which
    are sayings about death one after the other, then ordinary days."""
    harmless = [line for line in lines if line.label is Tier.NONE]
    told = [_timed("mixed", lines, rules), _timed("harmless", harmless, rules)]
    for name, several in (("harmless", harmless), ("ordinary", read_lines(DAYS))):
        for lang in sorted({line.lang for line in lines}):
            one = [line for line in several if line.lang == lang]
            told.append(_timed(f"{name} {lang}", one, rules))
    told += [_several(lang) for lang in sorted({line.lang for line in lines})]
    return "\n".join(told)


def _several(lang: str) -> str:
    """Every harmless everyday line once, in texts of 4,000 characters: one may flatter."""
    lines = [line for file in EVERYDAY_LINES for line in read_lines(file)]
    texts = [line.text for line in lines if line.lang == lang and line.label is Tier.NONE]
    random.Random(1).shuffle(texts)
    words, rules = "\n".join(texts), shipped_rules()
    cut = [words[at : at + SIGNS] for at in range(0, len(words) - SIGNS, SIGNS)]
    best = [min(_once(text, rules) for _ in range(FEW_ROUNDS)) * 1000 for text in cut]
    return (
        f"{median(best):.2f} ms at best for 4000 everyday {lang} characters, the middle one of"
        f" {len(cut)} texts; {sum(each < 1 for each in best)} of them below 1 ms"
    )


def _once(text: str, rules: Rules) -> float:
    before = process_time()
    screen(text, rules)
    return process_time() - before


def _timed(name: str, lines: list[Line], rules: Rules) -> str:
    """Time on the processor: on the clock, other programs take their share."""
    texts = [line.text for line in lines]
    random.Random(1).shuffle(texts)
    text = "\n".join(texts)[:SIGNS]
    hits = len(screen(text, rules).hits)
    times = [_once(text, rules) for _ in range(ROUNDS)]
    return (
        f"{median(times) * 1000:.2f} ms for {len(text)} {name} characters with {hits} hits"
        f" (median of {ROUNDS}, {min(times) * 1000:.2f} ms at best)"
    )


def half(lines: list[Line], rest: int) -> list[Line]:
    """The lines whose id ends in an even (0) or odd (1) number."""
    return [line for line in lines if int(line.id.lstrip("abcdefghijklmnopqrstuvwxyz")) % 2 == rest]


def main() -> None:
    """Prints the figures on another labelled file, or on a half of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    halves = parser.add_mutually_exclusive_group()
    halves.add_argument("--even", dest="rest", action="store_const", const=0)
    halves.add_argument("--odd", dest="rest", action="store_const", const=1)
    given = parser.parse_args()
    lines = read_lines(given.file)
    if given.rest is not None:
        lines = half(lines, given.rest)
    print(figures(lines, shipped_rules()))


if __name__ == "__main__":
    main()
