"""What our own exercises put into people's mouths, as harmless lines for the net of letters.

`python -m tests.bench.own_words --write` makes `tests/care/risk/lines/exercises.jsonl` anew: labels
of choices, titles and examples of all exercises, what is typed in the plays, and the buttons and
words of the chat ("I'd rather not bring it"). Whoever taps or types these must not be alarmed. What
a phrase of the screen speaks of is left out: it is meant.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.care.risk import Rules, Tier
from bot.care.risk.screen import read_text
from bot.cli.risk import shipped_rules
from bot.config import Settings

FILE = Path(__file__).parents[1] / "care/risk/lines/exercises.jsonl"
PLAYS = Path(__file__).parents[1] / "plays"
SAID = frozenset({"label", "example", "title"})
"""Under which keys of an exercise words stand that people tap, or may type."""
FEWEST = 2
"""Words; a single one has too little to weigh."""
LONGEST = 60
"""Characters: what is longer in the words of the chat is said by us, not by them."""
OF_OTHERS = ("office", "staff", "signals", "risk_reasons", "alerts")
"""Files of words that no participant is shown or types, or in which danger is spoken of."""
CALLS_FOR_HELP = frozenset({"help_now", "barrier", "hello", "hello_said"})
"""The same of parts of a file."""
BETWEEN = ";"
"""What stands between several ways to type the same."""


def own_words(rules: Rules) -> list[tuple[str, str]]:
    """Language and text, each once, in order."""
    settings = Settings()
    found = {
        *_in_exercises(settings.exercises_dir),
        *_in_plays(PLAYS),
        *_in_the_chat(settings.prompts_dir),
    }
    return sorted(
        (language, text)
        for language, text in found
        if len(text.split()) >= FEWEST and not _speaks(text, rules)
    )


def _speaks(text: str, rules: Rules) -> bool:
    return any(hit.tier > Tier.NONE for hit in read_text(text, rules).hits)


def _in_exercises(folder: Path) -> Iterator[tuple[str, str]]:
    yaml = YAML(typ="safe")
    for file in sorted(folder.rglob("*.yaml")):
        if "support" not in file.relative_to(folder).parts:
            yield from _said(yaml.load(file))


def _said(node: Any, under: str = "") -> Iterator[tuple[str, str]]:
    match node:
        case dict() if under in SAID:
            yield from ((language, text) for language, text in node.items() if _is_text(text))
        case dict():
            for key, value in node.items():
                yield from _said(value, str(key))
        case list():
            for value in node:
                yield from _said(value, under)


def _is_text(text: object) -> bool:
    return isinstance(text, str) and "{{" not in text


def _in_plays(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.glob("*.txt")):
        language = file.stem.rsplit(".", 1)[-1]
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("> "):
                yield language, line[2:].strip()


def _in_the_chat(folder: Path) -> Iterator[tuple[str, str]]:
    yaml = YAML(typ="safe")
    for file in sorted(folder.glob("*/**/words*/*.yaml")) + sorted(folder.glob("*/words.yaml")):
        if not file.stem.startswith(OF_OTHERS):
            language = file.relative_to(folder).parts[0]
            for text in _texts(yaml.load(file)):
                yield from ((language, each.strip()) for each in text.split(BETWEEN))


def _texts(node: Any) -> Iterator[str]:
    match node:
        case str() if "{" not in node and len(node.split(BETWEEN)[0]) <= LONGEST:
            yield node
        case dict():
            for key, value in node.items():
                if key not in CALLS_FOR_HELP:
                    yield from _texts(value)
        case list():
            for value in node:
                yield from _texts(value)


def main() -> None:
    """Prints how many there are; with `--write`, puts them into the file."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--write", action="store_true")
    lines = own_words(shipped_rules())
    if arguments.parse_args().write:
        FILE.write_text(
            "".join(
                json.dumps(
                    {"id": f"x{number:04}", "lang": language, "text": text, "label": "none"},
                    ensure_ascii=False,
                )
                + "\n"
                for number, (language, text) in enumerate(lines, 1)
            ),
            encoding="utf-8",
        )
    print(f"{len(lines)} harmless lines of our own")


if __name__ == "__main__":
    main()
