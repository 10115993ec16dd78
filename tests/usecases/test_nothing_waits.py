"""What stands below a card with nothing open, after words of a lapse, and after a double tap."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.messages.callback import for_menu
from bot.store import enabled, people
from bot.store.ids import new_id
from bot.usecases.incoming import Press, Words
from tests.usecases.chat import Chat
from tests.usecases.test_watch import CRISIS, LIBRARY

Open = Callable[..., Chat]
SHELF = ("mind.ground54321", "breath.paced", "dt.stop", "sud.surf", "sud.lapse", "er.opposite")


def _maya(chat: Open, language: str = "en", *, lapse: bool = True) -> Chat:
    maya = chat(*(LIBRARY.exercises[name] for name in SHELF))

    def prepare(session: Session) -> None:
        person = maya.person(session)
        people.set_language(session, person.id, language)
        if lapse:
            enabled.enable(session, person.id, "sud.lapse", new_id(maya.now), maya.now)

    maya.run(prepare)
    return maya


@pytest.mark.parametrize(
    ("language", "label", "says", "steady"),
    [
        ("en", "Keep going", "No exercise is open", "Something to steady me"),
        ("es", "Seguir", "No hay ningún ejercicio abierto", "Algo que me dé calma"),
    ],
)
@pytest.mark.parametrize("typed", [False, True])
def test_keep_going_with_nothing_open_brings_no_twenty_buttons(
    chat: Open, language: str, label: str, says: str, steady: str, typed: bool
) -> None:
    """Tapped or typed: it says that nothing gets lost and asks nothing; two ways on, help below."""
    maya = _maya(chat, language)
    maya.say(CRISIS)
    if typed:
        maya.say(label)
    else:
        maya.press(label)
    assert maya.last.startswith(says)
    assert len(maya.messages[-1].buttons) == 2
    maya.press(steady)
    assert "1/" in maya.last


def test_keep_going_leads_into_nothing_that_was_set_aside_before(chat: Open) -> None:
    """“I will call” ended the exercise that brought the card; the one set aside for it was asked
    on at once, and may wait."""
    maya = _maya(chat)
    maya.give(Press(for_menu("begin", "er.opposite")))
    maya.press("Sad")
    maya.give(Press(for_menu("begin", "sud.lapse")))
    for label in ("Set it aside", "Not sure", "I will call", "Keep going"):
        maya.press(label)
    assert maya.last.startswith("What you left lies safe")
    assert [row[0].text for row in maya.messages[-1].buttons] == [
        "Something to steady me", "Go on: Opposite action", "Menu",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "typed", "title"),
    [
        ("en", "I relapsed yesterday", "After a lapse"),
        ("en", "relapse", "After a lapse"),
        ("es", "recaída", "Después de un tropiezo"),
        ("es", "ayer volví a beber", "Después de un tropiezo"),
    ],
)
def test_words_of_a_lapse_lead_to_what_comes_after_one(
    chat: Open, language: str, typed: str, title: str
) -> None:
    """“An urge rises, peaks and falls” was no answer to “I relapsed yesterday”."""
    maya = _maya(chat, language)
    maya.say(typed)
    assert maya.messages[-1].buttons[0][0].text.startswith(title)
    maya.press(title)
    assert "1/12" in maya.last


def test_who_has_no_such_exercise_is_asked_what_would_help(chat: Open) -> None:
    """It is a therapist who opens it; the shame, an urge and the own plan have a door each."""
    maya = _maya(chat, lapse=False)
    maya.give(Words("i relapsed last night and i'm so ashamed", 1))
    assert maya.last == "What would help most now?"
    found = [row[0].text for row in maya.messages[-1].buttons]
    assert found == ["Shame or guilt", "An urge", "Menu"]  # the plan stands below the card
    maya.press("An urge")
    assert maya.last.startswith("An urge rises")
    maya.give(Press(for_menu("menu")))
    assert "What would help" in maya.last


@pytest.mark.parametrize(("after", "asked"), [(0, 1), (11, 2)])
def test_a_double_tap_on_begin_asks_once(chat: Open, after: int, asked: int) -> None:
    """The question came twice, and the keyboard above was an old one at once."""
    maya = _maya(chat)
    for _ in range(2):
        maya.give(Press(for_menu("begin", "sud.lapse")))
        maya.now += timedelta(seconds=after)
    assert sum("1/12" in each.text for each in maya.messages) == asked
