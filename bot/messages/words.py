"""The words that are not in an exercise: templates and short words, per language."""

import json
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.catalog.bare import bare
from bot.catalog.cache import Kept, key_of
from bot.catalog.placing import quickly


class Words:
    """Everything the bot can say in its languages. Built once; reads files only then.

    `cache` is a folder where short words are kept, ready to use, until their file changes.
    """

    def __init__(self, folder: Path, cache: Path | None = None) -> None:
        self.languages = tuple(sorted(path.parent.name for path in folder.glob("*/words.yaml")))
        self._templates = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        with Kept(cache, "words.json") as kept:
            self._short = {language: _tree(folder / language, kept) for language in self.languages}
        self._same: dict[Hashable, str] = {}
        self._listed: dict[str, frozenset[str]] = {}

    def short(self, language: str) -> Mapping[str, Any]:
        """The short words of a language as a tree; English where the language is unknown."""
        return self._short.get(language) or self._short["en"]

    def word(self, language: str, path: str, **values: object) -> str:
        """One short word by its path ("buttons.back"), with {values} filled in, as plain text."""
        found: Any = self.short(language)
        for part in path.split("."):
            found = found[part]
        return str(found).format(**values) if values else str(found)

    def line(self, language: str, path: str, **values: object) -> str:
        """The same as a message of its own: Telegram HTML, in which a name is only a name."""
        return str(escape(self.word(language, path, **values)))

    def is_key(self, text: str) -> bool:
        """Whether this is the label of a key below the text field, in any language: what pressing
        it sends are our words, not the person's."""
        return any(text.strip() in each["keys"].values() for each in self._short.values())

    def is_word(self, text: str, path: str) -> bool:
        """Whether this is that short word, in any language."""
        return any(text.strip() == self.word(each, path) for each in self.languages)

    def listed(self, path: str) -> frozenset[str]:
        """The words of a list by its path, parted by ";", of all languages, as `bare` leaves them;
        made once."""
        if path not in self._listed:
            lists = (self.word(each, path).split(";") for each in self.languages)
            self._listed[path] = frozenset(bare(each.strip()) for some in lists for each in some)
        return self._listed[path]

    def text(self, language: str, name: str, **values: object) -> str:
        """A message from prompts/<language>/<name>.j2 as Telegram HTML; values are escaped."""
        known = language if language in self._short else "en"
        return self._filled(f"{known}/{name}.j2", values)

    def same(self, language: str, name: str, **values: object) -> str:
        """A `text` that is the same for many people, made once. Its values are few and ours: what
        somebody wrote must not stay in memory here."""
        key = language, name, tuple(sorted(values.items()))
        return self.once(key, lambda: self.text(language, name, **values))

    def once(self, key: Hashable, make: Callable[[], str]) -> str:
        """Words that are the same for everybody under this key, made once; the same caution."""
        if key not in self._same:
            self._same[key] = make()
        return self._same[key]

    def layout(self, name: str, language: str, **values: object) -> str:
        """A message whose words come with the values, from prompts/layout/<name>.j2."""
        return self._filled(f"layout/{name}.j2", {"words": self.short(language), **values})

    def _filled(self, template: str, values: Mapping[str, object]) -> str:
        return tidy(self._templates.get_template(template).render(values))


def tidy(text: str) -> str:
    """Without blank lines at the ends, and never two in a row."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept)


@cache
def quotes(language: str) -> tuple[Markup, Markup]:
    """The quotation marks of a language."""
    return (Markup("«"), Markup("»")) if language == "es" else (Markup("“"), Markup("”"))


def _tree(folder: Path, kept: Kept) -> dict[str, Any]:
    """words.yaml and everything in words/, as one tree; no two files share a branch."""
    tree: dict[str, Any] = {}
    for path in (folder / "words.yaml", *sorted(folder.glob("words/*.yaml"))):
        branches = _branches(path, f"{folder.name}/{path.name}", kept)
        twice = tree.keys() & branches.keys()
        if twice:
            raise ValueError(f"{path}: {', '.join(sorted(twice))} stands in another file already")
        tree |= branches
    return tree


def _branches(path: Path, name: str, kept: Kept) -> dict[str, Any]:
    state = key_of((path,))
    made = kept.find(name, state)
    if made is not None:
        found: dict[str, Any] = json.loads(made)
        return found
    read: dict[str, Any] = quickly(path)
    made = json.dumps(read, ensure_ascii=False)
    if json.loads(made) == read:  # YAML knows keys that JSON would turn into text
        kept.add(name, state, made)
    return read
