"""Plain sentences put together from a beginning, what is said, and an end, with their tiers."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.care.risk import Tier
from bot.cli.risk import Line

PLAIN = Path(__file__).parents[1] / "care/risk/plain"
"""Files a language; each holds kinds of danger, and of days without any."""
NEAR_DANGER, OF_DANGER = 150, 15
"""So many sentences of each kind is the net fitted to: of harmless ones in words of danger, and of
danger. With 400 and 10 it heard less."""
DAYS = "_days"
"""What files of ordinary days end in. The net is not fitted to them, so that they can measure it:
30 of each kind were tried, and gained nothing on other hands' ordinary days."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Sentences of one kind: what each of them is at least (none: exactly), and its parts; tests
    try one in `every`, and the net is fitted to `fitted` of them."""

    language: str
    name: str
    least: Tier
    fitted: int
    parts: list[list[str]]
    every: int

    def sentences(self) -> Iterator[str]:
        """All of them, in the order of the file."""
        return map("".join, product(*self.parts))


def kinds() -> list[Kind]:
    """Every kind of every language."""
    return [
        _kind(file.stem, name, said)
        for file in sorted(PLAIN.glob("*.yaml"))
        for name, said in _read(file).items()
    ]


def _kind(file: str, name: str, said: dict[str, Any]) -> Kind:
    least = Tier(said["at_least"])
    harmless = 0 if file.endswith(DAYS) else NEAR_DANGER
    fitted = harmless if least is Tier.NONE else OF_DANGER
    return Kind(file[:2], name, least, fitted, said["parts"], said.get("every", 1))


def plain() -> list[Line]:
    """Some of each kind, always the same."""
    return [
        Line(id=text, lang=kind.language, text=text, label=kind.least)
        for kind in kinds()
        for text in _some(kind)
    ]


def _some(kind: Kind) -> list[str]:
    all_of_it = list(kind.sentences())
    return random.Random(kind.name).sample(all_of_it, min(kind.fitted, len(all_of_it)))


def _read(file: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = YAML(typ="safe", pure=True).load(file)
    return found
