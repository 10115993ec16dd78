"""Where a phrase is looked for: the rare words, or rows of words, it cannot do without."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain, product
from math import prod

from bot.catalog.risk.frequent import share_of
from bot.catalog.risk.normalise import BREAK
from bot.catalog.risk.pattern import Edge, Either, Gap, Maybe, Node, One, Row, Unless

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way a phrase can match: it has one of these rows of words, and one out of each of `also`.

    `before` and `after` say how far around the row the match and its look-ahead can reach.
    """

    rows: frozenset[Words]
    also: tuple[frozenset[str], ...] = ()
    before: int = 0
    after: int = 0


Clause = tuple[Way, ...]
"""Every match goes one of these ways."""

MOST = 8
"""How many rows of words one way may have; beyond it a shorter row is the better anchor."""


@cache
def ways(node: Node) -> Clause:
    """The clause with the rarest words; empty if the tree can match without any word."""
    clauses = _clauses(node)
    if not clauses:
        return ()
    best = min(clauses, key=_clause_cost)
    rest = sorted((clause for clause in clauses if clause is not best), key=_clause_cost)
    also = tuple(
        frozenset(min(row, key=share_of) for way in clause for row in way.rows)
        for clause in rest[:_ALSO]
    )
    return tuple(Way(way.rows, way.also + also, way.before, way.after) for way in best)


@cache
def literals(node: Node, most: int = MOST) -> frozenset[Words] | None:
    """Everything the tree can match, as rows of words; None where that is too much or not fixed."""
    match node:
        case One(words):
            return frozenset((word,) for word in words) if len(words) <= most else None
        case Row(parts):
            return _joined(parts, most)
        case Either(options):
            found = [literals(option, most) for option in options]
            several = [one for one in found if one is not None]
            if len(several) < len(found) or sum(map(len, several)) > most:
                return None
            return frozenset().union(*several)
        case Maybe(part):
            inner = literals(part, most)
            return None if inner is None else inner | {()}
        case _:
            return None


def _joined(parts: Iterable[Node], most: int) -> frozenset[Words] | None:
    known: list[frozenset[Words]] = []
    for part in parts:
        rows = literals(part, most)
        if rows is None or prod(map(len, known), start=len(rows)) > most:
            return None
        known.append(rows)
    return frozenset(tuple(chain.from_iterable(rows)) for rows in product(*known))


@cache
def crosses(node: Node) -> bool:
    """Whether a match, or its look-ahead, can go over the end of a sentence."""
    match node:
        case One(words):
            return BREAK in words
        case Row(parts) | Either(parts):
            return any(map(crosses, parts))
        case Maybe(part) | Unless(part):
            return crosses(part)
        case Edge("/"):
            return True
        case _:
            return False


@cache
def first_words(node: Node) -> frozenset[str]:
    """The words one of which every match begins with; empty where it may begin otherwise."""
    words, _ = _first(node)
    return words or frozenset()


@cache
def _first(node: Node) -> tuple[frozenset[str] | None, bool]:
    """The words the tree can begin with (None: any), and whether it can match nothing."""
    match node:
        case One(words):
            return words, False
        case Row(parts):
            known: frozenset[str] = frozenset()
            for part in parts:
                begin, may_be_empty = _first(part)
                if begin is None:
                    return None, False
                known |= begin
                if not may_be_empty:
                    return known, False
            return known, True
        case Either(options):
            several = [_first(option) for option in options]
            some = [words for words, _ in several if words is not None]
            empty = any(may_be_empty for _, may_be_empty in several)
            return (frozenset().union(*some) if len(some) == len(several) else None), empty
        case Maybe(part):
            return _first(part)[0], True
        case Unless() | Edge():
            return frozenset(), True
        case Gap():
            return None, True


@cache
def width(node: Node) -> int:
    """How many signs the tree can cover or look ahead at most."""
    match node:
        case One():
            return 1
        case Gap(most):
            return most
        case Row(parts):
            return sum(width(part) for part in parts)
        case Either(options):
            return max(width(option) for option in options)
        case Maybe(part) | Unless(part):
            return width(part)
        case Edge("/"):
            return 2
        case Edge():
            return 1


@cache
def _overhang(node: Node) -> int:
    """How far beyond its end the tree can look ahead at most, as “(!do it today) do it” does."""
    match node:
        case Unless(part):
            return width(part)
        case Row(parts) | Either(parts):
            return max(map(_overhang, parts), default=0)
        case Maybe(part):
            return _overhang(part)
        case _:
            return 0


@cache
def _clauses(node: Node) -> list[Clause]:
    match node:
        case One(words):
            return [(Way(frozenset((word,) for word in words)),)]
        case Row(parts):
            return [*_in_row(parts), *_runs(parts)]
        case Either(options):
            each = [ways(option) for option in options]
            return [tuple(way for clause in each for way in clause)] if all(each) else []
        case _:
            return []


def _in_row(parts: tuple[Node, ...]) -> list[Clause]:
    clauses: list[Clause] = []
    for at, part in enumerate(parts):
        before, after = _around(parts, at, at)
        clauses += [_shifted(clause, before, after) for clause in _clauses(part)]
    return clauses


def _around(parts: tuple[Node, ...], first: int, last: int) -> tuple[int, int]:
    """How far before and after these the match and its look-ahead can reach."""
    ahead = max(map(_overhang, parts[:first]), default=0)
    return sum(map(width, parts[:first])), max(ahead, sum(map(width, parts[last + 1 :])))


def _runs(parts: tuple[Node, ...]) -> list[Clause]:
    """Neighbouring parts taken together: “to die” is far rarer than “to” or “die”."""
    clauses: list[Clause] = []
    for first in range(len(parts)):
        for last in range(first + 1, min(first + _LONGEST, len(parts))):
            rows = _joined(parts[first : last + 1], MOST)
            if rows is None:
                break
            if () not in rows:
                way = Way(rows, (), *_around(parts, first, last))
                clauses.append((way,))
    return clauses


def _shifted(clause: Clause, before: int, after: int) -> Clause:
    return tuple(Way(way.rows, way.also, way.before + before, way.after + after) for way in clause)


def _clause_cost(clause: Clause) -> float:
    return sum(_cost(row) for way in clause for row in way.rows)


@cache
def _cost(row: Words) -> float:
    """How often this row turns up in ordinary text, roughly."""
    return prod(map(share_of, row))


def forget() -> None:
    """Frees what was kept of trees already looked at; a word class stands in hundreds of them."""
    for kept in (ways, literals, crosses, first_words, _first, width, _overhang, _clauses, _cost):
        kept.cache_clear()


_LONGEST = 4
_ALSO = 2
"""More needed words than the rarest few hardly ever spare a try."""
