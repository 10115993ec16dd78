"""From what happened in a run to the messages the person sees."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import assert_never
from uuid import UUID

from markupsafe import Markup, escape

from bot.catalog.exercise import Exercise, Topic
from bot.catalog.steps import Question, Timed
from bot.catalog.text import said
from bot.engine.event import (
    Altered,
    Answered,
    Asked,
    Event,
    Finished,
    Paused,
    Promised,
    Refused,
    Returned,
    Signalled,
    Stopped,
    TimerStarted,
    Told,
    Why,
)
from bot.engine.given import GO, USE
from bot.engine.run import Run, Status
from bot.messages.callback import for_menu, for_run
from bot.messages.fill import fill, number_said, short
from bot.messages.message import Button, Message
from bot.messages.pack import LONGEST, packed, units
from bot.messages.question import KEPT, kept_thought, names_answers, question
from bot.messages.summary import Viewer, summary
from bot.messages.timed import timed
from bot.messages.words import Words


@dataclass(frozen=True, slots=True)
class Shown:
    """A message, whether it asks the open question, and whether it may replace the last asked."""

    message: Message
    asks: bool = False
    redraws: bool = False


def render(
    words: Words,
    exercise: Exercise,
    run_id: UUID,
    run: Run,
    events: Iterable[Event],
    at: Viewer,
    note: str = "",
) -> list[Shown]:
    """The messages for these events, in order; what was told goes in front of what is asked.

    `note` is a sentence of our own (Telegram HTML) that goes before everything.
    """
    events = tuple(events)
    lead: list[Markup] = [Markup(note)] if note else []  # noqa: S704 # our own words
    refusal = ""
    out: list[Shown] = []
    for event in events:
        match event:
            case Told():
                lead.append(_told(words, exercise, run, event))
            case Refused():
                refusal = _refusal(words, exercise, run, event)
            case Asked():
                asks = partial(question, words, exercise, run_id, run, event, refusal=refusal)
                before, message = _behind(lead, asks)
                out += [*before, Shown(message, asks=True, redraws=event.redraw)]
                lead, refusal = [], ""
            case TimerStarted():
                runs = partial(timed, words, exercise, run_id, run, event, pictures=at.pictures)
                before, message = _behind(lead, runs)
                out += [*before, Shown(message, asks=True)]
                lead = []
            case Finished():
                first, *rest = summary(words, exercise, run, event.step, at)
                before, message = _behind(lead, partial(_led, message=first))
                out += [*before, *map(Shown, (message, *rest))]
                lead = []
            case Paused():
                out.append(Shown(_ended(words, run, "paused")))
            case Stopped():
                out.append(Shown(_ended(words, run, "stopped")))
            case Returned():
                out.append(Shown(_held(words, exercise, run_id, run, event.held), asks=True))
            case Answered() | Signalled() | Altered() | Promised():
                pass
            case _:
                assert_never(event)
    if lead or refusal:
        paragraphs = [*map(str, lead), str(escape(refusal))]
        out.append(Shown(Message(text="\n\n".join(filter(None, paragraphs)))))
    personal = any(
        isinstance(event, Told | TimerStarted) and names_answers(event.step, run)
        for event in events
    )
    return [_protected(each) for each in out] if personal else out


def _refusal(words: Words, exercise: Exercise, run: Run, event: Refused) -> str:
    low, high = (number_said(each, run.language) for each in (event.low, event.high))
    return words.word(run.language, f"refused.{_why(exercise, event)}", low=low, high=high)


def _ended(words: Words, run: Run, name: str) -> Message:
    kept = any(value is not None for value in run.answers.values())
    return Message(text=words.text(run.language, name, kept=kept))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run stands, in words: its title, its open step, the thought kept in view."""

    title: str
    label: str
    kept: str


def place(exercise: Exercise, run: Run, language: str) -> Place:
    """Where a run stands, for "You stopped at …"."""
    step = exercise.step(run.cursor)
    label = said(step.label, language) if isinstance(step, Question | Timed) else ""
    title = said(exercise.title, language)
    return Place(title, label or title, kept_thought(exercise, run))


def go_on_button(words: Words, language: str, run_id: UUID, run: Run, title: str = "") -> Button:
    """The way back into a run that was left; `title` tells it from others."""
    text = words.word(language, "buttons.go_on")
    text = f"{text}: {title}" if title else text
    waits = run.status is Status.WAITING
    return Button(text=text, data=for_menu("open") if waits else for_run(run_id, run.turn, GO))


def _protected(shown: Shown) -> Shown:
    return replace(shown, message=shown.message.model_copy(update={"protect": True}))


def _behind(
    lead: list[Markup], made: Callable[[list[Markup]], Message]
) -> tuple[list[Shown], Message]:
    """The message with what was told in front; where that is too long, in messages of its own."""
    message = made(lead)
    if not lead or units(message.text) <= LONGEST:
        return [], message
    apart = packed([str(each) for each in lead])
    return [Shown(Message(text=text)) for text in apart], made([])


def _led(lead: list[Markup], message: Message) -> Message:
    if not lead:
        return message
    return message.model_copy(update={"text": "\n\n".join([*map(str, lead), message.text])})


def _why(exercise: Exercise, event: Refused) -> str:
    """Nobody who began to tell what happened then is asked to tell it again, only shorter."""
    is_long = event.why is Why.TOO_LONG and Topic.PAST in exercise.topics
    return "too_long_past" if is_long else event.why


def _told(words: Words, exercise: Exercise, run: Run, event: Told) -> Markup:
    text = fill(event.step.words(run.language, run.plain), run.answers, exercise, run.language)
    if event.step.speaker is None:
        return text
    speaker = said(event.step.speaker, run.language)
    spoken = words.word(run.language, "question.spoken_by", speaker=speaker)
    return Markup("<b>{}</b>: {}").format(spoken, text)


def _held(words: Words, exercise: Exercise, run_id: UUID, run: Run, held: str) -> Message:
    language = run.language
    open_at = place(exercise, run, language)
    text = words.text(language, "held", open=open_at, held=short(held, KEPT))
    buttons = (
        (Button(text=words.word(language, "buttons.use"), data=for_run(run_id, run.turn, USE)),),
        (Button(text=words.word(language, "buttons.go_on"), data=for_run(run_id, run.turn, GO)),),
        (Button(text=words.word(language, "buttons.menu"), data=for_menu("menu")),),
    )
    return Message(text=text, buttons=buttons, protect=True)
