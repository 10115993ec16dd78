"""The question that stands open, as one message."""

from uuid import UUID

from markupsafe import Markup

from bot.catalog.exercise import Exercise
from bot.catalog.flow import ahead
from bot.catalog.markup import placeholders
from bot.catalog.steps import (
    AskList,
    AskMany,
    AskNumber,
    AskScale,
    AskWhen,
    ChooseFrom,
    Question,
    RateEach,
    Spoken,
)
from bot.catalog.text import said
from bot.engine.event import Asked
from bot.engine.run import Run
from bot.engine.walk import seen
from bot.messages.fill import entry_said, fill, number_said, short, shown
from bot.messages.keyboard import keyboard
from bot.messages.message import Message
from bot.messages.words import Words, quotes

KEPT = 300
"""So much of a thought is quoted above later questions."""
LISTED = 160
"""So much of each entry is shown at most while a list grows."""
LIST = 1200
"""So much all entries together take up in a question."""


def kept_thought(exercise: Exercise, run: Run) -> str:
    """The answer that stays in view, in one line; nothing while there is none."""
    name = exercise.keep_in_view
    if name is None or run.answers.get(name) is None:
        return ""
    return short(shown(exercise, name, run.answers[name], run.language), KEPT)


def question(
    words: Words,
    exercise: Exercise,
    run_id: UUID,
    run: Run,
    asked: Asked,
    lead: list[Markup],
    refusal: str,
) -> Message:
    """What was told and why it was refused, the thought kept in view, the question, its buttons."""
    step, language = asked.step, run.language
    item = entry_said(exercise, step.id, asked.item, language) if asked.item else asked.item
    answers = {**run.answers, "item": item}
    kept = kept_thought(exercise, run) if exercise.keep_in_view != step.id else ""
    opening, closing = quotes(language)
    before = seen(exercise, run)
    previous, entries = asked.previous, _entries(exercise, step, run)
    quotes_person = bool(
        kept or entries or run.draft.items or previous is not None or names_answers(step, run)
    )

    def layout() -> str:
        return words.layout(
            "question",
            language,
            refusal=refusal,
            lead=lead,
            kept=kept,
            open_quote=opening,
            close_quote=closing,
            label=said(step.label, language),
            number=before + 1,
            total=before + ahead(exercise, run.targets).get(step.id, 1),
            text=fill(step.words(language, run.plain), answers, exercise, language),
            example=said(step.example, language) if step.example and not run.draft.items else "",
            ends=_ends(step, language),
            entries=entries,
            draft=_listed(
                [entry_said(exercise, step.id, item.text, language) for item in run.draft.items],
                LISTED,
            ),
            previous=None
            if previous is None
            else short(shown(exercise, step.id, previous, language), KEPT),
            hint=_hint(words, step, run),
        )

    # The first question of a check-in is the same for everybody whom a morning's wave reaches.
    is_same = not (quotes_person or lead or refusal or asked.item)
    key = exercise.revision, step.id, language, run.plain, before, run.targets
    text = words.once(key, layout) if is_same else layout()
    return Message(
        text=text, buttons=keyboard(words, exercise, run_id, run, asked), protect=quotes_person
    )


def _hint(words: Words, step: Question, run: Run) -> str | None:
    count = len(run.draft.items)
    match step:
        case AskList():
            name = "one_each" if not count else "more" if count < step.max_items else "full"
        case AskMany():
            name = "several_or_own" if step.own else "several"
            name += "_from" if step.min_items > 1 and count < step.min_items else ""
        case AskNumber():
            name = "number"
        case AskWhen():
            name = "when_past" if step.past else "when"
        case _:
            return None
    low = step.min_items if isinstance(step, AskMany) else 0
    return words.word(run.language, f"question.{name}", low=low)


def _ends(step: Question, language: str) -> str:
    match step:
        case AskScale(scale=scale) | RateEach(scale=scale) if scale.low and scale.high:
            low, high = said(scale.low, language), said(scale.high, language)
            return f"{scale.min} = {low} · {scale.max} = {high}"
        case AskNumber():
            unit = said(step.unit, language) if step.unit else ""
            span = f"{number_said(step.min, language)} – {number_said(step.max, language)}"
            return f"{span} {unit}".rstrip()
    return ""


def _entries(exercise: Exercise, step: Question, run: Run) -> list[str]:
    entries = run.answers.get(step.of) if isinstance(step, ChooseFrom) else None
    if not isinstance(entries, tuple):
        return []
    said_so = [entry_said(exercise, step.id, each, run.language) for each in entries]
    return _listed(said_so, KEPT)


def _listed(entries: list[str], longest: int) -> list[str]:
    room = min(longest, LIST // max(1, len(entries)))
    return [short(entry, room) for entry in entries]


def names_answers(step: Spoken, run: Run) -> bool:
    """Whether the words of a step quote what the person answered."""
    return bool(placeholders(step.words(run.language, run.plain)))
