"""A definition and the programme's own copy of the wording make an ordinary exercise."""

from html import escape
from typing import Any

from bot.catalog.check.sizes import BUTTON_CHARS
from bot.catalog.exercise import Exercise, Modality
from bot.catalog.measure import INTRO, Answer, Item, Measure, Wording
from bot.catalog.text import Text, said

QUESTION = {"en": "Question", "es": "Pregunta"}
"""What an item is called in summaries, before its number."""


def languages_of(measure: Measure, wording: Wording) -> tuple[str, ...]:
    """The languages of the definition in which every key has words."""
    return tuple(
        language
        for language in measure.languages
        if all(wording.get(key, {}).get(language) for key in measure.keys)
    )


def worded(measure: Measure, wording: Wording) -> Exercise:
    """The exercise, in the languages whose wording is complete.

    The official words are plain text: what looks like markup in them is shown as it is written.
    """
    languages = languages_of(measure, wording)
    items = [_step(measure, wording, number, languages) for number in range(len(measure.items))]
    *between, done = (_only(_plain(step), languages) for step in measure.after)
    steps = [
        {"id": INTRO, "type": "say", "text": _shown(wording[INTRO], languages)},
        *items[: measure.place],
        *between,
        *items[measure.place :],
        done,
    ]
    head = {
        "schema": 1,
        "id": measure.id,
        "modality": Modality.MEASURE,
        "title": _chosen(measure.title, languages),
        "summary": _chosen(measure.summary, languages),
        "minutes": measure.minutes,
        "languages": languages,
        "credits": (*measure.credits, measure.licence),
        "review": _plain(measure.review),
        "avoid": measure.avoid,
        "attended": measure.attended,
        "codes": _plain(measure.codes),
    }
    parts = {
        name: [_only(_plain(each), languages) for each in getattr(measure, name)]
        for name in ("scores", "signals", "suggest")
    }
    return Exercise.model_validate({**head, **parts, "steps": steps})


def _step(
    measure: Measure, wording: Wording, number: int, languages: tuple[str, ...]
) -> dict[str, Any]:
    item = measure.items[number]
    common = {
        "id": item.id,
        "label": {each: f"{said(QUESTION, each)} {number + 1}" for each in languages},
        "text": _shown(wording[item.id], languages),
        "optional": not item.must,
        "codes": _plain(item.codes),
    }
    if item.answers is None:
        limits = {"min": item.min, "max": item.max}
        return {**common, "type": "ask_number", **limits, "suggest": _handy(item)}
    answers = measure.answers[item.answers]
    labels = {each.id: wording[f"{item.answers}.{each.id}"] for each in answers}
    if _too_long(labels, languages):
        common["text"] = _with_list(common["text"], answers, labels, languages)
        labels = {each.id: dict.fromkeys(languages, str(each.value)) for each in answers}
    return {
        **common,
        "type": "ask_choice",
        "options": [_option(each, labels[each.id], languages) for each in answers],
    }


def _option(answer: Answer, label: Text, languages: tuple[str, ...]) -> dict[str, Any]:
    option: dict[str, Any] = {"id": answer.id, "label": _chosen(label, languages)}
    ending = {"goto": "done"} if answer.ends else {}
    return {**option, "value": answer.value, "codes": _plain(answer.codes), **ending}


def _too_long(labels: dict[str, Text], languages: tuple[str, ...]) -> bool:
    return any(len(label[each]) > BUTTON_CHARS for label in labels.values() for each in languages)


def _with_list(
    text: Text, answers: tuple[Answer, ...], labels: dict[str, Text], languages: tuple[str, ...]
) -> Text:
    """Answers too long for a button stand in the question; the buttons carry their numbers."""
    return {
        language: "\n".join(
            [
                f"{text[language]}\n",
                *(f"{each.value} = {escape(labels[each.id][language])}" for each in answers),
            ]
        )
        for language in languages
    }


def _handy(item: Item) -> list[float]:
    """A few numbers to tap, spread over the span."""
    low, high = item.min, item.max or 0
    spread = [low, *(low + round((high - low) * part / 6) for part in (1, 2, 3, 4, 5)), high]
    return sorted(set(spread))


def _shown(text: Text, languages: tuple[str, ...]) -> Text:
    return {language: escape(text[language], quote=False) for language in languages}


def _chosen(text: Text, languages: tuple[str, ...]) -> Text:
    return {language: text[language] for language in languages}


def _plain(part: Any) -> Any:
    return part.model_dump(by_alias=True, exclude_defaults=True)


def _only(tree: Any, languages: tuple[str, ...]) -> Any:
    """Our own texts in these languages only: an exercise has all of its languages everywhere."""
    if isinstance(tree, dict):
        if tree and set(tree) <= set(QUESTION):
            return {key: words for key, words in tree.items() if key in languages}
        return {key: _only(value, languages) for key, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [_only(each, languages) for each in tree]
    return tree
