"""Sentences people really say, with the tier each must have; the net is fitted to them, too."""

from pathlib import Path

from bot.care.risk import Tier
from bot.cli.risk import Line

SAID = Path(__file__).parents[1] / "care/risk/said"
"""A file a language; each line is a tier, a bar and a sentence. `#` begins a remark."""


def said() -> list[Line]:
    """Every sentence of every language."""
    return [
        _line(written, file.stem[:2])
        for file in sorted(SAID.glob("*.txt"))
        for written in file.read_text(encoding="utf-8").splitlines()
        if written and not written.startswith("#")
    ]


def _line(written: str, lang: str) -> Line:
    tier, _, text = written.partition("|")
    return Line(id=text.strip(), lang=lang, text=text.strip(), label=Tier(tier.strip()))
