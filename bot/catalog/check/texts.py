"""Rules about words: every language there, no logic, only answers that were asked before."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from bot.catalog.exercise import Exercise
from bot.catalog.flow import certain
from bot.catalog.markup import faults, has_logic, looks_like_markup, placeholders
from bot.catalog.problem import Place, Problem, did_you_mean
from bot.catalog.steps import AskList, Part, Question, RateEach

SHOWN = ("text", "plain")
"""The fields whose words are shown as a text: with markup, and with answers filled in."""


def all_texts(part: Any, place: Place = ()) -> Iterator[tuple[Place, dict[str, str]]]:
    """Every text of an exercise with the way to it."""
    if not isinstance(part, Exercise):
        yield from _texts(part, place)
        return
    last = _looked_at[0]  # one look: another thread may look at another one meanwhile
    if last is None or last[0] is not part:
        last = part, tuple(_texts(part, ()))
        _looked_at[0] = last
    for way, text in last[1]:
        yield (*place, *way), text


_looked_at: list[tuple[Exercise, tuple[tuple[Place, dict[str, str]], ...]] | None] = [None]
"""The exercise looked at last and its texts: every rule asks for those of the same one."""


def _texts(part: Any, place: Place) -> Iterator[tuple[Place, dict[str, str]]]:
    if isinstance(part, Part):
        for name, told in _names(type(part)):
            value = getattr(part, name)
            if isinstance(value, Part | tuple | dict):
                yield from _texts(value, (*place, told))
    elif isinstance(part, tuple):
        for at, each in enumerate(part):
            if isinstance(each, Part | tuple | dict):
                yield from _texts(each, (*place, at))
    elif isinstance(part, dict) and all(isinstance(text, str) for text in part.values()):
        yield place, part


@cache
def _names(kind: type[Part]) -> tuple[tuple[str, str], ...]:
    """The fields of a model: as attributes, and as an author writes them."""
    return tuple((name, field.alias or name) for name, field in kind.model_fields.items())


def untold(part: Any, promised: Iterable[str], place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Where a text is missing in a language it was promised in, and the sentence that says so."""
    for where, text in all_texts(part, place):
        for language in promised:
            if not text.get(language):
                yield where, f"The “{language}” text is missing here."


def languages(exercise: Exercise) -> Iterator[Problem]:
    """`languages:` is a promise: every text has all of them and no other."""
    promised = set(exercise.languages)
    for place, text in all_texts(exercise):
        for missing in sorted(promised - set(text)):
            yield Problem("TEXT_001", f"The “{missing}” text is missing here.", place)
        for extra in sorted(set(text) - promised):
            yield Problem(
                "TEXT_002", f"“{extra}” is not among the languages of this exercise.", place
            )
        for language in sorted(promised & set(text)):
            if not text[language]:
                yield Problem("TEXT_001", f"The “{language}” text is empty.", place)


def same_length_lists(exercise: Exercise) -> Iterator[Problem]:
    """Suggested words stand in the same order and number in every language."""
    for place, step in enumerate(exercise.steps):
        if isinstance(step, AskList) and step.suggest is not None:
            where = ("steps", place, "suggest")
            if set(step.suggest) != set(exercise.languages):
                yield Problem("TEXT_001", "The suggestions need every language.", where)
            elif len({len(words) for words in step.suggest.values()}) > 1:
                yield Problem("TEXT_008", "The lists differ in length between languages.", where)


def no_logic(exercise: Exercise) -> Iterator[Problem]:
    """Texts hold words and names of answers, nothing that decides."""
    for place, text in all_texts(exercise):
        for language, words in text.items():
            if has_logic(words):
                yield Problem(
                    "TEXT_003",
                    "Only {{ the_id_of_an_answer }} may stand between braces here.",
                    (*place, language),
                )


def placeholders_known(exercise: Exercise) -> Iterator[Problem]:
    """A placeholder stands in a `text:` and names an answer that everybody here has given."""
    sure = certain(exercise)
    for place, text in all_texts(exercise):
        if place[-1] not in SHOWN:
            yield from _not_filled(place, text)
            continue
        step = exercise.steps[int(place[1])] if place[0] == "steps" else None
        allowed = sure.get(step.id, frozenset()) if step is not None else frozenset()
        allowed |= exercise.brought.keys()
        if _is_copied(place):  # a line whose answer is empty is left out
            allowed |= set(exercise.questions)
        if isinstance(step, RateEach):
            allowed |= {"item"}
        for language, words in text.items():
            for name in placeholders(words):
                if name in allowed or has_logic(words):
                    continue
                yield Problem(*_why(exercise, name, allowed), (*place, language))


def _is_copied(place: Place) -> bool:
    return len(place) > 1 and place[-2] == "copy"


def _not_filled(place: Place, text: dict[str, str]) -> Iterator[Problem]:
    for language, words in text.items():
        if placeholders(words) and not has_logic(words):
            yield Problem(
                "TEXT_009",
                "Answers are filled in only in a text:, here the braces would be shown.",
                (*place, language),
            )


def _why(exercise: Exercise, name: str, allowed: frozenset[str]) -> tuple[str, str]:
    if name not in exercise.places:
        hint = did_you_mean(name, allowed | set(exercise.questions))
        return "TEXT_004", f"“{{{{ {name} }}}}” is not the id of an answer.{hint}"
    step = exercise.step(name)
    if isinstance(step, Question) and step.optional:
        return "TEXT_006", f"“{name}” can be skipped, so it may be empty here."
    return "TEXT_005", f"“{name}” has not been asked on every path that comes here."


def plain_differs(exercise: Exercise) -> Iterator[Problem]:
    """Easier words are other words; where there are none, `plain:` is left out."""
    texts = dict(all_texts(exercise))
    for place, easier in texts.items():
        if place[-1] != "plain":
            continue
        text = texts.get((*place[:-1], "text"))
        if text is None:
            yield Problem("TEXT_010", "There is no text: that this could say more plainly.", place)
            continue
        for language, words in easier.items():
            if words and words == text.get(language):
                yield Problem(
                    "TEXT_010",
                    "This is the same as the text:. Say it in easier words, or leave plain: out.",
                    (*place, language),
                )
            elif set(placeholders(words)) != set(placeholders(text.get(language, words))):
                yield Problem(
                    "TEXT_011",
                    "The easier words must quote the same answers as the text: does.",
                    (*place, language),
                )


def markup(exercise: Exercise) -> Iterator[Problem]:
    """Only the few tags that Telegram shows, and only in a `text:`; all else is plain words."""
    for place, text in all_texts(exercise):
        for language, words in text.items():
            where = (*place, language)
            if place[-1] in SHOWN and not _is_copied(place):
                for fault in faults(words):
                    yield Problem("TEXT_007", f"{fault[0].upper()}{fault[1:]}.", where)
            elif looks_like_markup(words):
                yield Problem(
                    "TEXT_007", "Only a text: may hold markup; names and examples are plain.", where
                )
