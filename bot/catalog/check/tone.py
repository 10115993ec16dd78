"""Whether a text says what hurts people in pain, in any of its languages, by the wording rules."""

from collections.abc import Iterator

from bot.catalog.check.texts import all_texts
from bot.catalog.check.wording import Rule
from bot.catalog.check.wording_of_dangers import OF_DANGERS
from bot.catalog.check.wording_of_people import OF_PEOPLE
from bot.catalog.exercise import Exercise
from bot.catalog.problem import Place, Problem
from bot.catalog.steps import AskList, Part, Say

RULES: tuple[Rule, ...] = tuple(sorted((*OF_PEOPLE, *OF_DANGERS), key=lambda each: each.code))


def faults(text: str, language: str, *, quoted: bool = False) -> Iterator[tuple[Rule, str]]:
    """The rules a text breaks, each with the words that do. `quoted`: another person says it."""
    small = text.casefold().replace("’", "'")
    for rule in RULES:
        found = rule.found(small, language) if rule.quoted or not quoted else None
        if found is not None:
            yield rule, found


def tone(exercise: Exercise) -> Iterator[Problem]:
    """No text of an exercise says what hurts people."""
    yield from tone_of(exercise, exercise.languages)


def tone_of(part: Part, languages: tuple[str, ...]) -> Iterator[Problem]:
    """No text of anything that has texts does."""
    texts = list(_texts(part))
    for language in languages:
        told = [(place, words) for place, named, words in texts if named == language]
        if any(faults("\n".join(words for _, words in told), language)):
            for place, words in told:
                yield from _said(part, place, words, language)


def _said(part: Part, place: Place, words: str, language: str) -> Iterator[Problem]:
    for rule, found in faults(words, language, quoted=_is_quoted(part, place)):
        yield Problem(rule.code, f"“{found}”: {rule.why}", place)


def _texts(part: Part) -> Iterator[tuple[Place, str, str]]:
    for place, text in all_texts(part):
        for language, words in text.items():
            yield (*place, language), language, words
    for at, step in enumerate(getattr(part, "steps", ())):
        if isinstance(step, AskList) and step.suggest is not None:
            for language, several in step.suggest.items():
                yield ("steps", at, "suggest", language), language, "\n".join(several)


def _is_quoted(part: Part, place: Place) -> bool:
    """Whether another person of a role-play says it."""
    step = getattr(part, "steps", ())[int(place[1])] if place[0] == "steps" else None
    return isinstance(step, Say) and step.speaker is not None
