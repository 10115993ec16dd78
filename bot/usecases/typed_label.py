"""The words on a button under a question, typed instead of tapped."""

from collections.abc import Mapping
from functools import lru_cache

from bot.catalog.bare import bare
from bot.catalog.condition import Compare
from bot.catalog.exercise import Exercise
from bot.catalog.flow import next_in_file
from bot.catalog.steps import (
    AskChoice,
    AskList,
    AskMany,
    AskNumber,
    AskScale,
    AskText,
    AskWhen,
    Branch,
    Question,
    RateEach,
    Step,
)
from bot.engine.answer.read import previous
from bot.engine.answer.short import Short, short
from bot.engine.given import BACK, DONE, ENOUGH, KEEP, PAUSE, SKIP, STOP, Pressed
from bot.engine.run import Run
from bot.messages.words import Words
from bot.store import revisions
from bot.store.runs import StoredRun
from bot.usecases.scene import Scene

LABELS = {
    "back": BACK,
    "skip": SKIP,
    "pause": PAUSE,
    "stop": STOP,
    "done": DONE,
    "enough": ENOUGH,
    "keep": KEEP,
}
"""The word of a button, and what it gives."""

LATER = "typed_later"
"""“Luego”: the question waits. No other words are asked for so; where a moment is, it is half an
answer."""
_LATER_ON = "later"
"""The option that says so: “luego” is [I will do it later], and no pause."""

_NONE = {Short.NO, Short.NONE, Short.THANKS}
"""“Is there a second one? If not, skip.” Many answer that with a word."""

_UNSURE = {Short.UNSURE, Short.BLANK}
"""“If nothing comes to mind, skip.” Kept as an answer, it would be read back as one: “I stand by:
no sé”. Below options it can be the answer, which `answer.options` knows."""

_ENDS = {*_NONE, *_UNSURE, Short.NO_MORE}
"""“Send another, or tap Done.” Every short answer but a yes."""


def press(scene: Scene, stored: StoredRun, text: str) -> Pressed | None:
    """The button somebody typed, None where the words may be an answer.

    Where words are the answer, "back" can be a part of the body and "stop" what one would say; so
    there only those count that nobody would answer with: skip, and done below a list. A plain no
    is a skip where the exercise asks whether there is one at all, and whoever does not know skips
    what can be skipped.
    """
    words, said = scene.kit.words, short(text)
    choice, is_later = _labels(words).get(_bare(text)), _bare(text) in words.listed(LATER)
    if choice is None and said not in _ENDS and not is_later:
        return None
    exercise = revisions.recall(scene.session, stored.revision)
    step = exercise.step(stored.run.cursor)
    if is_later and not isinstance(step, AskWhen):
        options = step.options if isinstance(step, AskChoice) else ()
        says_so = any(each.id == _LATER_ON for each in options)
        return Pressed(stored.run.turn, _LATER_ON if says_so else PAUSE)
    if choice == SKIP and isinstance(step, AskList) and stored.run.draft.items:
        choice = DONE  # Skip went with the first entry; the word for it stood among the entries
    if choice is None and isinstance(step, AskList) and stored.run.draft.items:
        choice = DONE
    elif choice is None and said is not None and _is_skip(exercise, step, said):
        choice = SKIP
    fits = choice is not None and _fits(choice, step, stored.run)
    return Pressed(stored.run.turn, choice) if choice and fits else None


def asks_to_skip(scene: Scene, text: str) -> bool:
    """Whether it is the word of Skip, and no more."""
    return _labels(scene.kit.words).get(_bare(text)) == SKIP


def asks_for_nothing_more(scene: Scene, stored: StoredRun, text: str) -> bool:
    """Whether it is the word of Done, typed at a question of words that has none, in an exercise
    with lists that have: “listo”, meant for the list before, stood in a safety plan as what helps
    to go on. Where an exercise has no list, its own text may have asked for that word."""
    plain = _bare(text)
    if " " in plain or _labels(scene.kit.words).get(plain) != DONE:
        return False
    exercise = revisions.recall(scene.session, stored.revision)
    step = exercise.step(stored.run.cursor)
    return isinstance(step, AskText) and any(isinstance(each, AskList) for each in exercise.steps)


def asks_for(scene: Scene, stored: StoredRun) -> str:
    """What the open question wants: "words", or a "tap" where typed words are only another way."""
    step = revisions.recall(scene.session, stored.revision).step(stored.run.cursor)
    return "words" if _takes_words(step) else "tap"


def asks_a_number(scene: Scene, stored: StoredRun) -> bool:
    """Whether the open question takes a number and nothing else. Below options somebody may be
    asked about danger, and is asked again."""
    step = revisions.recall(scene.session, stored.revision).step(stored.run.cursor)
    return isinstance(step, AskNumber | AskScale | RateEach)


def _is_skip(exercise: Exercise, step: Step, said: Short) -> bool:
    if isinstance(step, AskText) and step.or_none:  # “anything else?” “nothing else”
        return True
    if said in _UNSURE:
        return isinstance(step, AskText | AskList)
    if said is Short.NO_MORE:  # first of all below a list, it would be counted as a fact
        return isinstance(step, AskList)
    return said in _NONE and _may_be_none(exercise, step)


def _may_be_none(exercise: Exercise, step: Step) -> bool:
    """No moment, no number, no entry; or the next thing asked is whether there was an answer."""
    if isinstance(step, AskWhen | AskNumber) or (isinstance(step, AskList) and step.optional):
        return True
    below = next_in_file(exercise, step)
    after = exercise.step(below) if below else None
    match after:
        case Branch(when=Compare(answer=step.id, is_="empty")):
            return isinstance(step, AskText | AskList)
        case _:
            return False


@lru_cache(maxsize=1)
def _labels(words: Words) -> Mapping[str, str]:
    """What each button gives, by its word in any language, or by what people say for it."""
    otherwise = {
        _bare(said): choice
        for name, choice in LABELS.items()
        for said in words.listed(f"typed_buttons.{name}")
    }
    return otherwise | {
        _bare(words.word(language, f"buttons.{name}")): choice
        for name, choice in LABELS.items()
        for language in words.languages
    }


def _bare(text: str) -> str:
    return bare(text.replace("’", "'").strip(" ‹.!¡…"))


def _fits(choice: str, step: Step, run: Run) -> bool:
    if choice == ENOUGH:
        return run.due_at is not None
    if choice == SKIP:
        return getattr(step, "optional", False) and not run.draft.items
    if choice == KEEP:
        return isinstance(step, Question) and previous(step, run) is not None
    if choice == DONE:
        return isinstance(step, AskList | AskMany)
    return not _takes_words(step)


def _takes_words(step: Step) -> bool:
    match step:
        case AskText() | AskList():
            return True
        case AskChoice() | AskMany():
            return step.own
        case _:
            return False
