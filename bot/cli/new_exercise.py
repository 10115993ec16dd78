"""A new exercise file to write on: commented, complete, and passing the check as it is."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.catalog.exercise import ExerciseId, Modality
from bot.catalog.text import LANGUAGE
from bot.cli.checked import text_of
from bot.errors import BetweenError

FOLDERS = {
    Modality.CBT: "cbt",
    Modality.MINDFULNESS: "mindfulness",
    Modality.EMOTION: "emotion",
    Modality.DISTRESS: "distress",
    Modality.INTERPERSONAL: "interpersonal",
    Modality.RELAPSE: "recovery",
    Modality.SAFETY: "safety",
    Modality.CHECK_IN: "checkins",
}
"""Where files of an approach lie; questionnaires are definitions of another kind."""
STEPS = (
    *("say", "ask_text", "ask_list", "ask_many", "ask_choice", "ask_number", "ask_when"),
    *("pace", "wait"),
)
"""The steps a new file can begin with; the others need to know which step they speak of."""
_SHOWN = ("ask_text", "ask_choice", "ask_many", "ask_number", "ask_when")
_ID = re.compile(str(ExerciseId.__metadata__[0].pattern))  # type: ignore[attr-defined] # an alias
_PLAIN = re.compile(r"[^\W_][^:#\[\]{}]*")


def id_of(value: str) -> str:
    """An id as exercises have them: family.name."""
    if _ID.fullmatch(value) is None:
        raise BetweenError(
            f"{value} is no id. Write family.name in small letters, digits and _, such as er.anger:"
            " at least two of them on each side of the dot."
        )
    return value


def modality_of(value: str) -> Modality:
    """An approach by its name."""
    known = {each.value: each for each in FOLDERS}
    if value not in known:
        raise BetweenError(f"{value} is no approach. There are: {', '.join(known)}.")
    return known[value]


def languages_of(value: str) -> list[str]:
    """Languages as codes: "en,es"."""
    codes = list(dict.fromkeys(value.replace(",", " ").split()))
    wrong = [each for each in codes if re.fullmatch(LANGUAGE, each) is None]
    if wrong or not codes:
        raise BetweenError(f'"{value}" are no languages. Write codes, such as en,es.')
    return codes


def steps_of(value: str) -> list[str]:
    """Kinds of steps: "say,ask_text"."""
    kinds = value.replace(",", " ").split()
    wrong = [each for each in kinds if each not in STEPS]
    if wrong:
        raise BetweenError(f"{wrong[0]} cannot be begun with. There are: {', '.join(STEPS)}.")
    return kinds


def title_of(value: str) -> str:
    """A title in one line that needs no quotes in the file."""
    text = text_of(value, "title")
    if _PLAIN.fullmatch(text) is None:
        raise BetweenError("Begin the title with a letter, and leave out : # [ ] { }.")
    return text


def written(
    exercise_id: str,
    modality: Modality,
    languages: Sequence[str],
    title: str,
    steps: Sequence[str],
    file: Path,
    schema: Path,
) -> str:
    """The text of the file."""
    ids = _ids(steps)
    asked = [name for name, kind in zip(ids, steps, strict=True) if kind in _SHOWN]
    environment = Environment(
        loader=PackageLoader("bot.cli"),
        autoescape=False,  # noqa: S701 # the file is YAML; the title is checked by `title_of`
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    text = environment.get_template("new.yaml.j2").render(
        id=exercise_id,
        modality=modality.value,
        languages=languages,
        title=title,
        steps=steps,
        ids=ids,
        shown=asked,
        file=file,
        schema=Path(os.path.relpath(schema, file.parent)).as_posix(),
    )
    return re.sub(r"\n{3,}", "\n\n", text)


def _ids(steps: Sequence[str]) -> list[str]:
    """ask_text, ask_text_2 …"""
    names: list[str] = []
    for kind in steps:
        same = sum(each == kind or each.startswith(f"{kind}_") for each in names)
        names.append(f"{kind}_{same + 1}" if same else kind)
    return names
