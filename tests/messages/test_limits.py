"""Every message and every button fits, whatever was typed, on every way of every exercise."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pytest

from bot.catalog.check import check
from bot.catalog.exercise import Exercise
from bot.catalog.steps import Finish, Question
from bot.engine.advance import advance
from bot.engine.event import Asked
from bot.engine.given import BACK, PAUSE, Pressed, Said
from bot.engine.run import Status
from bot.engine.walk import Turn
from bot.messages.callback import LONGEST, RunPress, for_run, unpack
from bot.messages.message import Message
from bot.messages.summary import entry
from tests.engine.playing import NOON, exercise_of
from tests.engine.walking import every_turn
from tests.messages.reading import (
    LIBRARY,
    RUN,
    WIDE,
    WORDS,
    buttons,
    quoted,
    read,
    shown,
    units,
    viewer,
)

HUGE = exercise_of(f"""
- {{id: lead, type: say, text: {{en: "{"So. " * 290}", es: "{"Así. " * 230}"}}}}
- {{id: more, type: say, text: {{en: "{"And. " * 230}", es: "{"Más. " * 230}"}}}}
- {{id: thoughts, type: ask_list, max_items: 12, max_chars: 600,
    text: {{en: "{"a" * 1200}", es: "{"a" * 1200}"}}}}
- {{id: each, type: rate_each, of: thoughts, scale: {{min: 0, max: 10}},
    text: {{en: "{{{{ item }}}} {"a" * 1100}", es: "{{{{ item }}}}"}}}}
- {{id: hot, type: choose_from, of: thoughts, text: {{en: "{"a" * 1200}", es: "{"a" * 1200}"}}}}
- {{id: told, type: say, text: {{en: "{{{{ hot }}}}", es: "{{{{ hot }}}}"}}}}
- {{id: one, type: ask_text, max_chars: 1500,
    text: {{en: "{{{{ hot }}}} {{{{ thoughts }}}} {"a" * 1100}", es: "{{{{ hot }}}}"}}}}
- {{id: two, type: ask_text, max_chars: 1500, text: {{en: "{{{{ one }}}}", es: "{{{{ one }}}}"}}}}
- {{id: again, type: rate_each, of: thoughts, scale: {{min: 0, max: 10}}}}
- {{id: end, type: finish, shows: [hot, one, two, thoughts, each],
    changes: [{{before: each, after: again}}],
    text: {{en: "{"a" * 1000} {{{{ one }}}}", es: "{{{{ two }}}}"}}}}
""")
EXERCISES = {**LIBRARY, "huge": HUGE, "wide": WIDE}
NAMES = [pytest.param((name, language), id=f"{name}-{language}")
         for name in EXERCISES for language in ("en", "es")]  # fmt: skip

MADE_UP = ("huge", "wide")


def _worst() -> Iterator[object]:
    """Every exercise in each language with the longest words of both kinds. `make test` takes one
    kind for each language, and both for what was made up to be the longest."""
    for name in EXERCISES:
        for language, words in product(("en", "es"), ("🙂", "<")):
            briefly = name in MADE_UP or (language == "en") == (words == "🙂")
            marks = () if briefly else pytest.mark.long
            key = f"{name}-{language}-{words}"
            yield pytest.param((name, language, words), id=key, marks=marks)


@dataclass(frozen=True)
class Walk:
    """An exercise walked to all its ends: each turn, what it shows, and what may come after."""

    exercise: Exercise
    words: str
    turns: tuple[tuple[Turn, tuple[Message, ...], tuple[Message, ...]], ...]


def _walk(name: str, language: str, words: str, entries: tuple[int, ...]) -> Walk:
    exercise = EXERCISES[name]
    turns = (
        (turn, _seen(exercise, turn), (*_after(exercise, turn),))
        for turn in every_turn(exercise, language, words=words, entries=entries)
    )
    return Walk(exercise, words, (*turns,))


def _seen(exercise: Exercise, turn: Turn) -> tuple[Message, ...]:
    return tuple(each.message for each in shown(exercise, turn))


def _after(exercise: Exercise, turn: Turn) -> Iterator[Message]:
    """The question before this turn, held words, and at the end the entry."""
    pressed = (Pressed(turn.run.turn, choice) for choice in (BACK, PAUSE))
    after = [advance(exercise, turn.run, each, NOON) for each in pressed]
    if after[-1].run.status is Status.PAUSED:
        late = Said("🙂" * 4000, turn.run.latest_mark + 1)
        after.append(advance(exercise, after[-1].run, late, NOON))
    for each in after:
        yield from _seen(exercise, each)
    if not turn.run.is_open:
        yield from entry(WORDS, exercise, turn.run, NOON, viewer(turn.run.language))


# Of the module, so that each exercise is walked once for all tests below that look at the walk.
@pytest.fixture(scope="module")
def walk(request: pytest.FixtureRequest) -> Walk:
    """With a short word for every answer."""
    name, language = request.param
    return _walk(name, language, "w", (1, 2))


@pytest.fixture(scope="module")
def long_walk(request: pytest.FixtureRequest) -> Walk:
    """With the longest answers that are taken, and full lists."""
    name, language, words = request.param
    return _walk(name, language, words, (12,))


@pytest.mark.parametrize("long_walk", [*_worst()], indirect=True)
def test_every_message_fits_even_with_the_longest_answers(long_walk: Walk) -> None:
    """4,096 UTF-16 units after the markup is read is all Telegram takes, and none is empty."""
    for turn, seen, after in long_walk.turns:
        for message in (*seen, *after):
            text = read(message.text)
            assert 0 < units(text) <= 4096, (turn.run.cursor, units(text))
            for frame in message.frames:
                assert 0 < units(read(frame.text)) <= 4096


@pytest.mark.parametrize("walk", NAMES, indirect=True)
def test_no_message_shows_what_only_a_program_would_say(walk: Walk) -> None:
    """No None, no braces, no blank lines in a row, no empty buttons."""
    for _, seen, after in walk.turns:
        for message in (*seen, *after):
            for strange in ("None", "{", "}", "\n\n\n", "Undefined", "undefined"):
                assert strange not in read(message.text)
            assert all(button.text.strip() for button in buttons(message))


@pytest.mark.parametrize("walk", NAMES, indirect=True)
def test_every_button_fits_and_means_what_it_says(walk: Walk) -> None:
    """At most 64 bytes, belonging to this run and turn; nothing that is pressed is refused."""
    for turn, seen, _ in walk.turns:
        for message in seen:
            for button in buttons(message):
                if button.copy_text is not None:
                    assert 1 <= units(button.copy_text) <= 256
                    continue
                assert button.data is not None
                assert 1 <= len(button.data.encode()) <= LONGEST
                press = unpack(button.data)
                if isinstance(press, RunPress):
                    assert (press.run, press.turn) == (RUN, turn.run.turn)
                    assert for_run(press.run, press.turn, press.choice) == button.data
                    pressed = Pressed(press.turn, press.choice)
                    after = advance(walk.exercise, turn.run, pressed, NOON)
                    assert after.events != ()
                    assert "Refused" not in [type(event).__name__ for event in after.events]


@pytest.mark.parametrize("walk", NAMES, indirect=True)
def test_what_is_kept_in_view_is_quoted_in_every_later_question(walk: Walk) -> None:
    """The hot thought stands above each question that comes after it, and at the end."""
    kept = walk.exercise.keep_in_view
    for turn, seen, _ in walk.turns:
        if kept is None or turn.run.answers.get(kept) is None:
            continue
        asks = any(isinstance(event, Asked) for event in turn.events)
        if asks or isinstance(walk.exercise.step(turn.run.cursor), Finish):
            (quote,) = quoted(seen[-1].text)
            assert str(turn.run.answers[kept])[:270] in quote


@pytest.mark.parametrize("long_walk", [*_worst()], indirect=True)
def test_what_quotes_a_person_cannot_be_forwarded(long_walk: Walk) -> None:
    """Whoever holds the phone for a moment cannot pass the person's own words on."""
    for _, seen, _ in long_walk.turns:
        for message in seen:
            made_to_be_copied = message.text.startswith("<code>")
            if long_walk.words in read(message.text):
                assert message.protect != made_to_be_copied


def test_the_huge_exercise_is_one_an_author_may_write() -> None:
    """The worst case above passes all checks (but for words of its own that are the same)."""
    assert check(HUGE) == ()
    assert any(isinstance(step, Question) for step in HUGE.steps)
