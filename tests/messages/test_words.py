"""The bot's own words: the same in every language, and within Telegram's limits."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, nodes

from bot.catalog.markup import faults
from bot.config import Settings
from bot.engine.event import Why
from bot.engine.given import BACK, DONE, ENOUGH, GO, KEEP, PAUSE, SKIP, STOP, USE
from bot.messages.words import tidy
from tests.messages.reading import WORDS

PROMPTS = Settings().prompts_dir
LANGUAGES = ("en", "es")


def _names(language: str) -> list[str]:
    folder = PROMPTS / language
    return sorted(
        file.relative_to(folder).with_suffix("").as_posix() for file in folder.rglob("*.j2")
    )


NAMES = _names("en")


def _asked_for(file: Path) -> set[str]:
    """All values a template uses, with what it takes from them: "open.kept"."""
    tree = Environment(autoescape=True).parse(file.read_text(encoding="utf-8"))
    own = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
    parts = {
        f"{part.node.name}.{part.attr}"
        for part in tree.find_all(nodes.Getattr)
        if isinstance(part.node, nodes.Name)
    }
    return parts | {name.name for name in tree.find_all(nodes.Name)} - own


def _leaves(tree: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _leaves(value, f"{path}.{key}".lstrip("."))
    else:
        yield path, str(tree)


def test_every_prompt_exists_in_every_language() -> None:
    """No sentence is missing in Spanish, and none is there alone."""
    assert WORDS.languages == LANGUAGES
    for language in LANGUAGES:
        assert _names(language) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_prompt_uses_the_same_values_in_every_language(name: str) -> None:
    """What one language can say, the other can too."""
    files = [PROMPTS / language / f"{name}.j2" for language in LANGUAGES]
    assert _asked_for(files[0]) == _asked_for(files[1])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_prompt_holds_only_markup_telegram_takes(name: str, language: str) -> None:
    """Tags are closed, and < and & are written as Telegram wants them."""
    source = (PROMPTS / language / f"{name}.j2").read_text(encoding="utf-8")
    assert list(faults(re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", source))) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_no_line_runs_into_the_next(name: str, language: str) -> None:
    """Jinja takes the end of a line away behind a tag: after words that end in one, a blank line
    has to stand before more words can follow."""
    lines = (PROMPTS / language / f"{name}.j2").read_text(encoding="utf-8").split("\n")
    glued = [
        line
        for at, line in enumerate(lines)
        if line.endswith("%}") and TAG.sub("", line).strip() and _next_words(lines[at + 1 :])
    ]
    assert glued == []


TAG = re.compile(r"{%.*?%}")


def _next_words(lines: list[str]) -> str:
    """The words that may follow with nothing but tags between; "" where a blank line comes first.
    Other branches of what is open there do not follow."""
    passed = 0
    for line in lines:
        words, tags = TAG.sub("", line).strip(), [each.split()[1] for each in TAG.findall(line)]
        if passed:
            opened = sum(tag in ("if", "for") for tag in tags)
            passed += opened - sum(tag in ("endif", "endfor") for tag in tags)
        elif words or not tags:
            return words
        elif tags[0] in ("else", "elif"):
            passed = 1
    return ""


def test_the_short_words_are_the_same_tree_in_every_language() -> None:
    """Same paths, same {values}, and none of them empty."""
    english, spanish = (dict(_leaves(WORDS.short(language))) for language in LANGUAGES)
    assert english.keys() == spanish.keys()
    for path, words in english.items():
        values = [sorted(re.findall(r"\{\w+\}", text)) for text in (words, spanish[path])]
        assert values[0] == values[1], path
        assert words.strip(), path
        assert spanish[path].strip(), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_sentence_for_every_refusal(language: str) -> None:
    """Whatever is refused is refused with words, with its numbers filled in."""
    for why in Why:
        sentence = WORDS.word(language, f"refused.{why}", low=0, high=10)
        assert sentence.endswith((".", "?"))
        assert "{" not in sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_short_word_for_every_control(language: str) -> None:
    """Each control has a label that fits beside others on a phone."""
    names = {GO: "go_on"}
    for control in (BACK, SKIP, PAUSE, STOP, DONE, KEEP, ENOUGH, GO, USE):
        assert 2 <= len(WORDS.word(language, f"buttons.{names.get(control, control[1:])}")) <= 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_telegrams_own_limits(language: str) -> None:
    """Descriptions and commands fit where Telegram shows them (512, 120 and 256 characters)."""
    assert len(WORDS.word(language, "description")) <= 512
    assert len(WORDS.word(language, "short_description")) <= 120
    for name, words in WORDS.short(language)["commands"].items():
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
        assert len(words) <= 256


def test_an_unknown_language_is_answered_in_english() -> None:
    """Nobody is left without words."""
    assert WORDS.word("fr", "buttons.back") == WORDS.word("en", "buttons.back")
    assert WORDS.text("fr", "paused") == WORDS.text("en", "paused")


@pytest.mark.parametrize(
    ("text", "tidied"),
    [("\n\na\n\n\n\nb\n", "a\n\nb"), ("a  \nb", "a\nb"), ("", ""), ("a\n \n \nb", "a\n\nb")],
)
def test_blank_lines_never_pile_up(text: str, tidied: str) -> None:
    """Parts of a template that are left out leave no gap behind."""
    assert tidy(text) == tidied


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("discharged", {}),
        ("privacy", {"programme": "", "readers": "", "hours": ""}),
        ("staff/finish", {"alias": "Wren", "done": True}),
        ("staff/quiet", {"group": "Thursday-B"}),
    ],
)
def test_one_day_is_no_days(name: str, values: dict[str, object]) -> None:
    """A programme may keep what was written for a single day: “1 días más” stood there."""
    for language, one, two in (("en", "1 day", "2 days"), ("es", "1 día", "2 días")):
        texts = [WORDS.text(language, name, days=days, **values) for days in (1, 2)]
        plain = [text.replace(" more ", " ") for text in texts]
        assert one in plain[0]
        assert f"{one}s" not in plain[0]
        assert two in plain[1]
