"""Reading exercises/support/scenes/, one file per talk, and saying what is wrong with them."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.catalog.cache import Kept, key_of
from bot.catalog.load_support import Fault, fields_of, located, read_tree, shape
from bot.catalog.problem import Place, Problem
from bot.catalog.steps import Part
from bot.catalog.talks import (
    LINE,
    ON_BUTTON,
    SCENE,
    Listening,
    Point,
    Suits,
    Talk,
    Talks,
    Variant,
    is_beginning,
)
from bot.catalog.text import LANGUAGES

Content = TypeVar("Content", bound=Part)

LISTENING = "listening.yaml"
HEAD = {"schema", "review"}
WHAT = "This file needs `schema: 1` and `review:`."
LONGEST = dict.fromkeys(("title", "text", "reflect", "normalise", "ask"), ON_BUTTON)
LONGEST |= {"scene": SCENE}
"""The most characters by the name of the field; everything else is a spoken line."""


def load_talks(folder: Path, cache: Path | None = None) -> tuple[Talks, tuple[Problem, ...]]:
    """The talks, and what is to be mended; a talk that has a fault is left out.

    `cache` is a folder where files without faults are kept until they change.
    """
    talks: list[Talk] = []
    problems: list[Problem] = []
    with Kept(cache, "scenes.json") as kept:
        listening, wrong = _read(folder / LISTENING, Listening, kept)
        problems += wrong
        for path in sorted(folder.glob("*.yaml")):
            if path.name == LISTENING:
                continue
            talk, wrong = _read(path, Talk, kept)
            problems += wrong
            if talk is not None and talk.id in {each.id for each in talks}:
                twice = Fault("TALK_002", f"The talk “{talk.id}” is in another file too.", ("id",))
                problems += located([twice], path)
            elif talk is not None:
                talks.append(talk)
    return Talks(talks=tuple(talks), listening=listening or Listening()), tuple(problems)


def unknown_exercises(talks: Talks, folder: Path, known: Collection[str]) -> tuple[Problem, ...]:
    """The exercises a talk names that are not in the library."""
    return tuple(
        Problem("TALK_006", f"There is no exercise “{name}”.", (name,), str(folder), 1)
        for talk in talks.talks
        for name in (talk.solo, *talk.after)
        if name not in known
    )


def _read(
    path: Path, model: type[Content], kept: Kept
) -> tuple[Content | None, tuple[Problem, ...]]:
    state = key_of((path,)) if path.is_file() else ""
    made = kept.find(path.name, state) if state else None
    if made is not None:
        return model.model_validate_json(made), ()
    found, problems = _made(path, model)
    if found is not None and state:
        kept.add(path.name, state, found.model_dump_json())
    return found, problems


def _made(path: Path, model: type[Content]) -> tuple[Content | None, tuple[Problem, ...]]:
    tree, problems = read_tree(path, "TALK_001")
    if problems:
        return None, problems
    if not isinstance(tree, dict) or tree.get("schema") != 1 or not tree.get("review"):
        return None, located([Fault("TALK_001", WHAT, ())], path)
    body = {name: value for name, value in tree.items() if name not in HEAD}
    try:
        found = model.model_validate(body)
    except ValidationError as error:
        known = fields_of(Talk, Variant, Point, Listening)
        return None, located(shape(error, (), "TALK_001", known), path)
    faults = [*_texts(body, ()), *(_doubles(found) if isinstance(found, Talk) else ())]
    return (None if faults else found), located(faults, path)


def _doubles(talk: Talk) -> Iterator[Fault]:
    for name in ("worked", "to_try", "variants"):
        ids = [each.id for each in getattr(talk, name)]
        for at, each in enumerate(ids):
            if each in ids[:at]:
                yield Fault("TALK_002", f"“{each}” stands twice.", (name, at, "id"))
    for suits in sorted(set(Suits) - {each.suits for each in talk.variants}):
        yield Fault("TALK_005", f"There is no variant that suits: {suits}.", ("variants",))


def _texts(tree: Any, place: Place) -> Iterator[Fault]:
    """Every text is there in every language, and fits where it is shown."""
    if isinstance(tree, BaseModel | str | int):
        return
    if isinstance(tree, dict) and "en" in tree:
        yield from _text(tree, place)
        return
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for name, each in inside:
        yield from _texts(each, (*place, name))


def _text(text: dict[str, str], place: Place) -> Iterator[Fault]:
    named = next((part for part in reversed(place) if isinstance(part, str)), "")
    most = LONGEST.get(named, LINE)
    for language in LANGUAGES:
        words = text.get(language, "").strip()
        if not words:
            yield Fault("TALK_003", f"“{language}” is missing here.", place)
        elif len(words) > most:
            size = f"This has {len(words)} characters; {most} fit."
            yield Fault("TALK_004", size, (*place, language))
    if len({is_beginning(words) for words in text.values()}) > 1:
        yield Fault("TALK_003", "A beginning (…) must be one in every language.", place)
