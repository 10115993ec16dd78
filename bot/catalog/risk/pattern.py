"""The small language of the phrase files: from `<i> <want> to die ..2 tonight` to a tree.

word        this word (accents, capitals and apostrophes do not matter)
<name>      any entry of the word class `name`; an entry may have several words
(a|b c)     one of these
(…)?  <…>?  may be there; `word?` is refused, as it looks like an optional letter
walk[s|ed]  walk, walks or walked
..3         up to three words of any kind, but no negation and no end of sentence
^  $        here the sentence begins, ends
/           a sentence may end here
(!a|b)      not followed by this
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.catalog.risk.normalise import clean

# Trees are told apart by identity: what is known of one is kept by it (`anchors`), and a word
# class, which stands in hundreds of phrases, would otherwise be walked through to be found again.


@dataclass(frozen=True, slots=True, eq=False)
class One:
    """One word out of these."""

    words: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """Up to so many words of any kind."""

    most: int


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """The begin (`^`) or end (`$`) of a sentence, or a sentence break that may be here (`/`)."""

    mark: str


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One after the other."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Either:
    """One of these."""

    options: tuple["Node", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Maybe:
    """There or not."""

    part: "Node"


@dataclass(frozen=True, slots=True, eq=False)
class Unless:
    """Not followed by this."""

    part: "Node"


Node = One | Gap | Edge | Row | Either | Maybe | Unless

_TOKEN = re.compile(r"<[\w-]+>|\.\.\d+|\(!|[()|?^$/]|[^\s()|?^$/<>\[\]]+(?:\[[^\s\[\]]+\])?")


class PatternError(ValueError):
    """A phrase that cannot be read; the message says why, for its author."""


def parse(text: str, classes: Mapping[str, Node], spellings: Mapping[str, str]) -> Node:
    """Reads one phrase. `classes` are the word classes already read.

    `spellings` say what other spellings and short forms (kms) mean, maybe in several words.
    """
    return _Reader(_TOKEN.findall(text), text, classes, spellings).whole()


class _Reader:
    """Keeps the place while one phrase is read."""

    def __init__(
        self,
        tokens: list[str],
        text: str,
        classes: Mapping[str, Node],
        spellings: Mapping[str, str],
    ) -> None:
        self._tokens, self._text = tokens, text
        self._classes, self._spellings = classes, spellings
        self._at = 0

    def whole(self) -> Node:
        if re.sub(r"\s", "", self._text) != "".join(self._tokens):
            raise PatternError(f"“{self._text}” has a “<” or “>” that encloses no class name.")
        node = self._options()
        if self._at < len(self._tokens):
            raise PatternError(f"“{self._text}” has a “)” without its “(”.")
        return node

    def _options(self) -> Node:
        options = [self._row()]
        while self._peek() == "|":
            self._at += 1
            options.append(self._row())
        if len(options) > 1 and any(map(_may_be_nothing, options)):
            # “in the night (/|$|for ever)” was found in “in the night bus”, too.
            raise PatternError(
                f"“{self._text}” has among several one that may be nothing, so anything would do."
                " Write “$” for the end of a sentence, “(and)? /”, or “(…)?” around them all."
            )
        return either(options)

    def _row(self) -> Node:
        parts: list[Node] = []
        while self._peek() not in (None, "|", ")"):
            part = self._part()
            if self._peek() == "?":
                self._optional()
                part = Maybe(part)
            parts.append(part)
        if not parts:
            raise PatternError(f"“{self._text}” has an empty place.")
        return row(parts)

    def _optional(self) -> None:
        before = self._tokens[self._at - 1]
        if before[0] not in ")<":
            message = f"“{before}?” would make the whole word optional: write ({before})?."
            raise PatternError(message)
        self._at += 1

    def _part(self) -> Node:
        token = self._tokens[self._at]
        self._at += 1
        match token[0]:
            case "(":
                return self._group(negative=token[1:] == "!")
            case "<":
                return self._class(token[1:-1])
            case "^" | "$" | "/":
                return Edge(token)
            case "?":
                raise PatternError(f"“{self._text}” has a “?” after nothing.")
            case "." if token[1:2] == ".":
                return Gap(int(token[2:]))
        stem, _, endings = token.rstrip("]").partition("[")
        forms = [stem, *(stem + ending for ending in endings.split("|"))] if endings else [stem]
        return either([self._word(form) for form in forms])

    def _word(self, typed: str) -> Node:
        words = clean(typed).split()
        if not words:
            raise PatternError(f"“{typed}” in “{self._text}” holds no letter.")
        meant = [part for word in words for part in self._spellings.get(word, word).split()]
        return row([One(frozenset([word])) for word in meant])

    def _group(self, *, negative: bool) -> Node:
        inner = self._options()
        if self._peek() != ")":
            raise PatternError(f"“{self._text}” has a “(” without its “)”.")
        self._at += 1
        return Unless(inner) if negative else inner

    def _class(self, name: str) -> Node:
        if name not in self._classes:
            raise PatternError(f"There is no word class <{name}>.")
        return self._classes[name]

    def _peek(self) -> str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None


def _may_be_nothing(option: Node) -> bool:
    return isinstance(option, Maybe | Gap) or (isinstance(option, Edge) and option.mark == "/")


def row(parts: list[Node]) -> Node:
    """A row, without a shell around a single part."""
    return parts[0] if len(parts) == 1 else Row(tuple(parts))


def either(options: list[Node]) -> Node:
    """Alternatives; all single words among them become one set of words."""
    flat: list[Node] = []
    for option in options:
        flat += option.options if isinstance(option, Either) else (option,)
    words = frozenset(word for option in flat if isinstance(option, One) for word in option.words)
    rest: list[Node] = [option for option in flat if not isinstance(option, One)]
    several = [*rest, One(words)] if words else rest
    return several[0] if len(several) == 1 else Either(tuple(several))


def words_of(node: Node) -> frozenset[str]:
    """Every word the tree names."""
    match node:
        case One(words):
            return words
        case Row(parts) | Either(parts):
            return frozenset().union(*(words_of(part) for part in parts))
        case Maybe(part) | Unless(part):
            return words_of(part)
        case _:
            return frozenset()
