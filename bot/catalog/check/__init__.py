"""Does an exercise make sense? Small rules, each a generator of problems."""

from collections.abc import Callable, Iterable, Iterator

from bot.catalog.check import conditions, later, library, scores, sizes, structure, texts, tone
from bot.catalog.exercise import Exercise
from bot.catalog.problem import Problem

Rule = Callable[[Exercise], Iterator[Problem]]

FIRST: tuple[Rule, ...] = (
    structure.unique_ids,
    structure.unique_options,
    structure.known_targets,
)
"""Rules whose problems would make the later ones speak nonsense."""

THEN: tuple[Rule, ...] = (
    structure.lists_named,
    structure.targets_named,
    structure.reachable,
    structure.paths_end,
    structure.loops_ask,
    conditions.conditions,
    conditions.named,
    conditions.changes,
    scores.scores,
    scores.signals,
    later.later,
    later.given,
    structure.gates,
    structure.kept_in_view,
    texts.languages,
    texts.same_length_lists,
    texts.no_logic,
    texts.placeholders_known,
    texts.plain_differs,
    texts.markup,
    sizes.buttons,
    sizes.keyboards,
    sizes.messages,
    sizes.minutes,
    sizes.pictures,
    tone.tone,
)


def check(exercise: Exercise, *, own_words: bool = True) -> tuple[Problem, ...]:
    """All problems of one exercise by itself, in the order of the rules.

    Without `own_words`, texts are not held to the wording rules: a form of others stands as it is,
    also where it names how much a drink is.
    """
    first = tuple(problem for rule in FIRST for problem in rule(exercise))
    if first:
        return first
    then = THEN if own_words else tuple(rule for rule in THEN if rule is not tone.tone)
    return tuple(problem for rule in then for problem in rule(exercise))


def check_together(
    exercises: Iterable[Exercise], broken: frozenset[str] = frozenset()
) -> tuple[Problem, ...]:
    """Problems that only show when all exercises lie side by side."""
    return tuple(library.together(tuple(exercises), broken))
