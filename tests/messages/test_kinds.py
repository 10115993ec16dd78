"""How the newer kinds of steps look on a phone."""

import pytest

from bot.engine.advance import start
from bot.engine.run import Value
from bot.engine.walk import Turn
from bot.messages.message import Button
from tests.engine.playing import Later, Played, Press, Ring, Step, exercise_of, go_on, play
from tests.messages.reading import NOON, WIDE, buttons, read, shown, texts, units


def _wide(*inputs: Step, language: str = "en", plain: bool = False) -> Played:
    brought: dict[str, Value] = {"who": "Rosa", "sure": 8}
    turn = start(WIDE, NOON, language, brought, "Europe/Madrid", plain)
    return go_on(Played(WIDE, turn.run, turn.events, NOON, 0), *inputs)


def _seen(played: Played) -> str:
    return texts(played.exercise, Turn(played.run, played.events))


def _labels(played: Played) -> list[str]:
    message = shown(played.exercise, Turn(played.run, played.events))[-1].message
    return [button.text for button in buttons(message)]


TO_SIGNS: list[Step] = [Press("never"), "2", "7,5", "8"]
TO_WAIT: list[Step] = [*TO_SIGNS, Press("s0"), "fear of dying", "/done", "5", "9", "2"]
TO_DAY: list[Step] = [*TO_WAIT, Ring(), "Not today, thanks", "yesterday 20:00"]


def test_several_of_many() -> None:
    """What is on has a tick; Done comes once enough is chosen."""
    assert _labels(_wide(*TO_SIGNS))[:3] == ["My heart", "Sweating", "Nothing here"]
    one = _wide(*TO_SIGNS, Press("s0"))
    assert _labels(one)[:3] == ["✓ My heart", "Sweating", "Nothing here"]
    assert "Done" not in _labels(one)
    two = _wide(*TO_SIGNS, Press("s0"), "fear of dying")
    assert "Done" in _labels(two)
    assert "So far:\n• My heart\n• fear of dying" in _seen(two)
    assert "Done" in _labels(_wide(*TO_SIGNS, Press("s2")))


def test_entries_are_named_by_their_labels() -> None:
    """Ids are for files; a person reads words, in every place."""
    rating = _wide(*TO_SIGNS, Press("s0"), "fear", "/done")
    assert "My heart?" in _seen(rating)
    choosing = go_on(rating, "5", "9")
    assert "1. My heart\n2. fear" in _seen(choosing)
    assert _labels(choosing)[:2] == ["1 · My heart", "2 · fear"]


def test_a_number_with_its_unit() -> None:
    """Numbers are written as the language writes them."""
    asked = _wide(Press("never"), "2", language="es")
    assert "0 – 12 horas" in _seen(asked)
    assert _labels(asked)[:3] == ["6", "7,5", "8"]
    assert "0 a 12" in _seen(go_on(asked, "30")) or "0 al 12" in _seen(go_on(asked, "30"))


def test_minutes_that_pass() -> None:
    """The words change at their moments, the minutes left count down, and all of it adds up."""
    waiting = _wide(*TO_WAIT)
    message = shown(WIDE, Turn(waiting.run, waiting.events))[-1].message
    assert message.protect
    assert [frame.seconds for frame in message.frames] == [30, 30, 30, 30]
    said = [read(frame.text).split("\n\n") for frame in message.frames]
    assert said == [
        ["Look at fear of dying.", "2 min"],
        ["Still fear of dying?", "2 min"],
        ["Still fear of dying?", "1 min"],
        ["Soon over.", "1 min"],
    ]
    assert _labels(waiting) == ["That’s enough"]


def test_handy_moments_have_their_hour() -> None:
    """On the person's clock; what has passed is not offered."""
    assert _labels(_wide(*TO_DAY))[:2] == ["Tomorrow morning, 09:00", "In a week, 13:02"]
    asked = play("[{id: day, type: ask_when}]", zone="Europe/Madrid")
    assert _labels(asked)[:4] == [
        "This evening, 19:00", "Tomorrow morning, 09:00", "Tomorrow evening, 19:00",
        "In a week, 13:00",
    ]  # fmt: skip
    night = play("[{id: day, type: ask_when}]", zone="Asia/Tokyo")
    assert _labels(night)[0] == "Tomorrow morning, 09:00"
    six = "[{id: day, type: ask_when, suggest: [in_an_hour, this_evening, tomorrow_morning]}]"
    assert _labels(play(six, zone="Asia/Dhaka"))[:2] == [
        "In an hour, 19:00", "Tomorrow morning, 09:00",
    ]  # fmt: skip


def _end(*, language: str = "en", plain: bool = False) -> Played:
    return _wide(*TO_DAY, "tomorrow 18:00", "3", language=language, plain=plain)


def test_the_end_tells_the_score_and_the_moment() -> None:
    """Scores with their reach and band, moments as people write them, labels for ids."""
    end = _seen(_end())
    for line in (
        "You did it, Rosa.",
        "“Rosa”",
        "My line: Not today, thanks",
        "First: fear of dying",
        "Day: Tue 3 Mar, 18:00",
        "Sleep: 7.5 hours",
        "Signs: My heart, fear of dying",
        "Score: 10.5 (0–20) · high",
        "Sure: 8 → 3",
        "It came down.",
    ):
        assert line in end
    assert "Stored: 12 answers" in end
    assert "Sueño: 7,5 horas" in _seen(_end(language="es"))


def test_easier_words_for_who_asked_for_them() -> None:
    """Where there are easier words they are said, elsewhere the usual ones."""
    assert "Rosa?" in _seen(_wide(plain=True))
    assert "Shall we talk" not in _seen(_wide(plain=True))
    assert "Thoughts of hurting yourself?" in _seen(_wide(plain=True))
    end = _seen(_end(plain=True))
    assert "Done, Rosa." in end
    assert "Less." in end


def _copy_button(played: Played) -> Button | None:
    message = shown(played.exercise, Turn(played.run, played.events))[-1].message
    return next((each for each in buttons(message) if each.copy_text is not None), None)


def test_short_words_are_copied_by_a_button() -> None:
    """The words put together from answers, exactly as they were typed."""
    button = _copy_button(_end())
    assert button is not None
    assert (button.text, button.copy_text) == (
        "Copy", "I say: Not today, thanks\nSince Sun 1 Mar, 20:00",
    )  # fmt: skip


SCRIPT = exercise_of("""
- {id: describe, type: ask_text, max_chars: 1500}
- {id: express, type: ask_text, optional: true}
- id: end
  type: finish
  copy:
    text:
      en: |
        {{ describe }}
        I feel {{ express }}.
      es: "{{ describe }}"
""")


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        (["<b>You</b> & I", "sad"], "<b>You</b> & I\nI feel sad."),
        (["{{ express }}", "/skip"], "{{ express }}"),
        (["x" * 256, "/skip"], "x" * 256),
    ],
)
def test_a_line_without_its_answer_is_left_out(inputs: list[Step], words: str) -> None:
    """No half sentences, no logic, no markup made of what was typed."""
    button = _copy_button(play(SCRIPT, *inputs))
    assert button is not None
    assert button.copy_text == words


@pytest.mark.parametrize("letter", ["x", "<", "🙂"])
def test_long_words_are_a_message_to_tap(letter: str) -> None:
    """More than a button holds stands alone, can be copied, and comes last with the way on."""
    end = play(SCRIPT, (letter * 1500)[:1500], "sad", Later())
    summary, *scripts = [each.message for each in shown(SCRIPT, Turn(end.run, end.events))]
    assert _copy_button(end) is None
    assert summary.protect
    assert not summary.buttons
    for script in scripts:
        assert not script.protect
        assert script.text.startswith("<code>")
        assert units(read(script.text)) <= 4096
    assert "\n".join(read(script.text) for script in scripts) == f"{letter * 1500}\nI feel sad."
    assert [bool(script.buttons) for script in scripts] == [*[False] * (len(scripts) - 1), True]
