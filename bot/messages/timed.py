"""A timed step that runs, as one message with all its moments to follow."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from uuid import UUID

from markupsafe import Markup

from bot.catalog.exercise import Exercise
from bot.catalog.markup import placeholders
from bot.catalog.media import Medium, rhythm_key
from bot.catalog.steps import Pace, Timed, Wait
from bot.catalog.text import said
from bot.engine.event import TimerStarted
from bot.engine.run import Run
from bot.messages.fill import fill
from bot.messages.keyboard import timed_keyboard
from bot.messages.message import Frame, Media, Message
from bot.messages.pack import CAPTION, units
from bot.messages.words import Words

Draw = Callable[[str, str], str]
"""From an author's text and a cue to the whole words of one moment."""


def timed(
    words: Words,
    exercise: Exercise,
    run_id: UUID,
    run: Run,
    event: TimerStarted,
    lead: list[Markup],
    pictures: frozenset[str] = frozenset(),
) -> Message:
    """The first moment of a rhythm or a wait, with all its moments to follow.

    `pictures` are the keys of those that may be shown beside it.
    """
    step, language = event.step, run.language

    def draw(text: str, cue: str) -> str:
        filled = fill(text, run.answers, exercise, language)
        return words.layout("timed", language, lead=lead, refusal="", text=filled, cue=cue)

    text = step.words(language, run.plain)
    media: Media | None = None
    match step:
        case Pace():
            first = draw(text, words.word(language, "question.ready"))
            frames = tuple(_rhythm(step, language, text, draw))
            media = _circle(step, language, text, draw, pictures)
        case Wait():
            first = draw(text, _left(words, language, step.duration))
            frames = tuple(_passing(words, step, language, text, draw))
        case _:
            first, frames = draw(text, ""), ()
    protect = any(placeholders(each) for each in _texts(step, run))
    buttons = timed_keyboard(words, run_id, run)
    return Message(text=first, buttons=buttons, frames=frames, protect=protect, media=media)


def _texts(step: Timed, run: Run) -> Iterator[str]:
    yield step.words(run.language, run.plain)
    if isinstance(step, Wait):
        yield from (said(moment.text, run.language) for moment in step.moments)


def _rhythm(step: Pace, language: str, text: str, draw: Draw) -> Iterator[Frame]:
    for turn in range(1, step.rounds + 1):
        for phase in step.phases:
            cue = f"{said(phase.cue, language)} · {turn}/{step.rounds}"
            yield Frame(seconds=phase.seconds, text=draw(text, cue))


def _circle(
    step: Pace, language: str, text: str, draw: Draw, pictures: frozenset[str]
) -> Media | None:
    """The circle with the rhythm in numbers below it, and which round it is.

    The words below do not say "in" and "out" in turn: the picture and the edits of a message run
    on two clocks, and a circle that shrinks over "breathe in" is worse than no circle.
    """
    key = rhythm_key(step.seconds)
    if step.picture is None or key not in pictures:
        return None
    rhythm = " · ".join(f"{said(each.cue, language)} {each.seconds}" for each in step.phases)
    first = draw(text, rhythm)
    longest = draw(text, f"{rhythm}\n{step.rounds}/{step.rounds}")
    if units(longest) > CAPTION:
        return None
    frames = tuple(
        Frame(seconds=sum(step.seconds), text=draw(text, f"{rhythm}\n{turn}/{step.rounds}"))
        for turn in range(1, step.rounds + 1)
    )
    return Media(key=key, medium=Medium.ANIMATION, text=first, frames=frames)


def _passing(words: Words, step: Wait, language: str, text: str, draw: Draw) -> Iterator[Frame]:
    """A frame for each stretch: the words of the last moment, and the minutes that are left."""
    end = step.duration
    minutes = {end - left for left in range(60, end, 60)}
    changes = sorted({0, *(moment.at for moment in step.moments), *minutes})
    for start, stop in pairwise([*changes, end]):
        past = [said(moment.text, language) for moment in step.moments if moment.at <= start]
        shown = past[-1] if past else text
        yield Frame(seconds=stop - start, text=draw(shown, _left(words, language, end - start)))


def _left(words: Words, language: str, seconds: int) -> str:
    """ "8 min", for the last minute "1 min"."""
    return f"{-(-seconds // 60)} {words.word(language, 'minutes')}"
