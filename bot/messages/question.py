"""The question that stands open, and the rhythm that runs, as one message."""

from uuid import UUID

from markupsafe import Markup

from bot.catalog.exercise import Exercise
from bot.catalog.flow import ahead
from bot.catalog.markup import placeholders
from bot.catalog.steps import AskList, AskScale, ChooseFrom, Pace, Question, RateEach, Say, Scale
from bot.catalog.text import said
from bot.engine.event import Asked, PaceStarted
from bot.engine.run import Run
from bot.messages.fill import fill, short, shown
from bot.messages.keyboard import keyboard, pace_keyboard
from bot.messages.message import Frame, Message
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
    answers = {**run.answers, "item": asked.item}
    kept = kept_thought(exercise, run) if exercise.keep_in_view != step.id else ""
    opening, closing = quotes(language)
    previous, entries = asked.previous, _entries(step, run)
    text = words.layout(
        "question",
        language,
        refusal=refusal,
        lead=lead,
        kept=kept,
        open_quote=opening,
        close_quote=closing,
        label=said(step.label, language),
        number=len(run.trail) + 1,
        total=len(run.trail) + ahead(exercise).get(step.id, 1),
        text=fill(said(step.text, language), answers, exercise, language),
        example=said(step.example, language) if step.example and not run.draft.items else "",
        ends=_ends(step, language),
        entries=entries,
        draft=_listed([item.text for item in run.draft.items], LISTED),
        previous=None
        if previous is None
        else short(shown(exercise, step.id, previous, language), KEPT),
        hint=_hint(words, step, run),
    )
    quotes_person = bool(
        kept or entries or run.draft.items or previous is not None or names_answers(step, language)
    )
    return Message(text=text, buttons=keyboard(words, run_id, run, asked), protect=quotes_person)


def _hint(words: Words, step: Question, run: Run) -> str | None:
    if not isinstance(step, AskList):
        return None
    count = len(run.draft.items)
    name = "one_each" if not count else "more" if count < step.max_items else "full"
    return words.word(run.language, f"question.{name}")


def _ends(step: Question, language: str) -> str:
    scale: Scale | None = step.scale if isinstance(step, AskScale | RateEach) else None
    if scale is None or scale.low is None or scale.high is None:
        return ""
    low, high = said(scale.low, language), said(scale.high, language)
    return f"{scale.min} = {low} · {scale.max} = {high}"


def _entries(step: Question, run: Run) -> list[str]:
    if not isinstance(step, ChooseFrom):
        return []
    entries = run.answers.get(step.of)
    return _listed(list(entries), KEPT) if isinstance(entries, tuple) else []


def _listed(entries: list[str], longest: int) -> list[str]:
    room = min(longest, LIST // max(1, len(entries)))
    return [short(entry, room) for entry in entries]


def pace(
    words: Words,
    exercise: Exercise,
    run_id: UUID,
    run: Run,
    event: PaceStarted,
    lead: list[Markup],
) -> Message:
    """The first moment of a rhythm, with all its moments to follow."""
    step, language = event.step, run.language

    def moment(cue: str) -> str:
        text = fill(said(step.text, language), run.answers, exercise, language)
        return words.layout("pace", language, lead=lead, refusal="", text=text, cue=cue)

    frames = tuple(
        Frame(
            seconds=phase.seconds,
            text=moment(f"{said(phase.cue, language)} · {turn}/{step.rounds}"),
        )
        for turn in range(1, step.rounds + 1)
        for phase in step.phases
    )
    ready = moment(words.word(language, "question.ready"))
    return Message(text=ready, buttons=pace_keyboard(words, run_id, run), frames=frames)


def names_answers(step: Question | Say | Pace, language: str) -> bool:
    """Whether the words of a step quote what the person answered."""
    return bool(placeholders(said(step.text, language)))
