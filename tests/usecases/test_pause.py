"""/pause: for how long, tapped or typed."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.usecases.incoming import Command
from tests.usecases.chat import Chat
from tests.usecases.test_watch import CRISIS, LIBRARY

Open = Callable[..., Chat]


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("Three days", "5 Mar, 13:00"), ("3", "5 Mar, 13:00"), ("3 días.", "5 Mar, 13:00"),
        ("una semana", "9 Mar, 13:00"), ("for a week", "9 Mar, 13:00"), ("hoy", "3 Mar, 13:00"),
        ("till Thursday", "5 Mar, 00:00"), ("hasta el jueves", "5 Mar, 00:00"),
        ("2 weeks", "16 Mar, 13:00"), ("for two weeks", "16 Mar, 13:00"),
        ("10 días", "12 Mar, 13:00"), ("until tomorrow at 9", "3 Mar, 09:00"),
        ("forever", "until you come back"), ("para siempre", "until you come back"),
        ("Until I’m back", "until you come back"), ("hasta que yo vuelva", "until you come back"),
    ],
)  # fmt: skip
def test_a_typed_length_is_the_answer(chat: Open, typed: str, until: str) -> None:
    """In the middle of an exercise, which waits: “three days” was met with “I can’t answer”."""
    maya = chat(LIBRARY.exercises["mind.ground54321"])
    maya.press("Five senses")
    maya.give(Command("pause"))
    assert "how long" in maya.last
    maya.say(typed)
    assert until in maya.last
    maya.give(Command("menu"))
    assert "Go on?" in maya.last


def test_a_pause_can_be_made_longer(chat: Open) -> None:
    """Whoever is paused until Thursday sees that, and may choose again, or end it."""
    maya = chat(LIBRARY.exercises["mind.ground54321"])
    maya.give(Command("pause"))
    maya.press("Three days")
    assert "choose another length" not in maya.last
    maya.give(Command("pause"))
    assert "5 Mar, 13:00" in maya.last
    assert "choose another length" in maya.last
    maya.press("A week")
    assert "9 Mar, 13:00" in maya.last
    maya.give(Command("pause"))
    maya.say("write to me again")
    assert maya.last.startswith("I’ll write to you again")


@pytest.mark.parametrize("typed", ["resume", "Unpause.", "quitar la pausa"])
def test_a_pause_is_ended_in_words(chat: Open, typed: str) -> None:
    """Days later, with no page open; below a question it is that question’s."""
    maya = chat(LIBRARY.exercises["mind.ground54321"])
    maya.say(typed)
    assert "I’ll write to you again" not in maya.last
    maya.give(Command("pause"))
    maya.press("A week")
    maya.now += timedelta(days=2)
    maya.say(typed)
    assert maya.last.startswith("I’ll write to you again")


def test_other_words_put_the_question_away(chat: Open) -> None:
    """They are answered as always, and a number after them is no length any more."""
    maya = chat(LIBRARY.exercises["mind.ground54321"])
    maya.give(Command("pause"))
    maya.say("I feel panic")
    assert "Five senses" in maya.button("Five senses").text
    maya.say("3")
    assert "I won’t write first" not in maya.last
    maya.give(Command("pause"))
    maya.say(CRISIS)
    assert maya.last.startswith("I’m really glad you told me")


@pytest.mark.parametrize(
    ("minutes", "typed", "says"),
    [
        (1, "the lamp and my cup", "You just wrote: “the lamp and my cup”"),
        (40, "the lamp and my cup", "You stopped at"),
        (1, "calm breathing please", "One of these"),
        (1, "thanks", "You stopped at"),
    ],
)
def test_words_right_after_a_pause_are_kept_and_asked_about(
    chat: Open, minutes: int, typed: str, says: str
) -> None:
    """Pressed too early, or by mistake: what they went on writing was lost. What names a need, or
    comes later, is about something else."""
    maya = chat(*(LIBRARY.exercises[name] for name in ("mind.ground54321", "breath.paced")))
    maya.press("Five senses")
    maya.say("8")
    maya.press("Pause")
    maya.now += timedelta(minutes=minutes)
    maya.say(typed)
    assert says in maya.last
    if "lamp" in says:
        maya.press("It’s my answer")
        assert "3/" in maya.last
