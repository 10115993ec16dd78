"""Where a phrase is looked for: the rare words one of which it cannot do without."""

from dataclasses import dataclass

from bot.catalog.risk.pattern import Edge, Either, Gap, Maybe, Node, One, Row, Unless


@dataclass(frozen=True, slots=True)
class Way:
    """One way a phrase can match: it has one of these words, and one out of each set of `also`.

    `before` and `after` say how far around the word the match and its look-ahead can reach.
    """

    words: frozenset[str]
    also: tuple[frozenset[str], ...] = ()
    before: int = 0
    after: int = 0


Clause = tuple[Way, ...]
"""Every match goes one of these ways."""


def ways(node: Node) -> Clause:
    """The clause with the rarest words; empty if the tree can match without any word."""
    clauses = _clauses(node)
    if not clauses:
        return ()
    best = min(clauses, key=_clause_cost)
    if len(clauses) == 1:
        return best
    also = tuple(_words(clause) for clause in clauses if clause is not best)
    return tuple(Way(way.words, way.also + also, way.before, way.after) for way in best)


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


def _clauses(node: Node) -> list[Clause]:
    match node:
        case One(words):
            return [(Way(words),)]
        case Row(parts):
            return _in_row(parts)
        case Either(options):
            each = [ways(option) for option in options]
            return [tuple(way for clause in each for way in clause)] if all(each) else []
        case _:
            return []


def _in_row(parts: tuple[Node, ...]) -> list[Clause]:
    widths = [width(part) for part in parts]
    clauses: list[Clause] = []
    for at, part in enumerate(parts):
        before, after = sum(widths[:at]), sum(widths[at + 1 :])
        clauses += [_shifted(clause, before, after) for clause in _clauses(part)]
    return clauses


def _shifted(clause: Clause, before: int, after: int) -> Clause:
    return tuple(Way(way.words, way.also, way.before + before, way.after + after) for way in clause)


def _words(clause: Clause) -> frozenset[str]:
    return frozenset().union(*(way.words for way in clause))


def _clause_cost(clause: Clause) -> float:
    return cost(_words(clause))


def cost(words: frozenset[str]) -> float:
    """How often one of these words turns up in ordinary text, roughly."""
    return sum(_FREQUENT.get(word, 1.0) for word in words) + len(words) / 100


_VERY = "i a the to and of in it is my me you that for on with was be have not do im its so this "
_VERY += "de la que el en y a los me se no un una lo mi con es por para al ya si las yo le te su"
_OFTEN = "just like all at but if he she they we up out get go going got about am are been dont "
_OFTEN += "cant do want know now today day one time when what can will from had has as or an by "
_OFTEN += "her him them his feel think really life people never take took too right back good "
_OFTEN += "more after before over off down how then there here no any some mas pero muy como "
_OFTEN += "todo todos hoy nada esta estoy voy va hay fue ser este hacer tengo siento vida dia bien "
_OFTEN += "casa cuando porque hasta desde sin sobre tan solo sola gonna wanna been being were"
_FREQUENT = dict.fromkeys(_OFTEN.split(), 12.0) | dict.fromkeys(_VERY.split(), 60.0)
