"""Whoever types that they need help gets Help me now, wherever they are."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.catalog.load import read_library
from bot.messages.callback import for_menu
from bot.store import people
from bot.store.people import Standing
from bot.usecases.incoming import Command, Press
from tests.usecases.chat import SETTINGS, Chat
from tests.usecases.theatre import MAYA, RIVERA, Theatre

LIBRARY = read_library(SETTINGS.exercises_dir, SETTINGS.cache).exercises
SENSES, RECORD = LIBRARY["mind.ground54321"], LIBRARY["cbt.thought7"]
CARD = "Nobody watches this chat"
Open = Callable[..., Chat]


@pytest.mark.parametrize(
    "typed",
    [
        "Help me now",
        "help",
        "HELP!!",
        "I need help",
        "Ayuda ahora",
        "ayúdame, por favor",
        "socorro",
    ],
)
def test_below_a_scale_it_is_help(chat: Open, typed: str) -> None:
    """“Please tap a number” is no answer to a call for help; the question waits below it."""
    maya = chat(SENSES)
    maya.press("Five senses")
    maya.say(typed)
    assert CARD in maya.last
    maya.say("7")
    assert CARD not in maya.last


def test_where_words_are_the_answer_only_the_name_of_the_key_is(chat: Open) -> None:
    """“Help” may be what somebody needed; “Help me now” is the key, also without its picture."""
    maya = chat(RECORD)
    maya.give(Press(for_menu("begin", RECORD.id)))
    maya.say("help")
    assert CARD not in maya.last
    maya.say("Help me now.")
    assert CARD in maya.last


@pytest.mark.parametrize("typed", ["Menu", "menú", "MENU."])
def test_the_bare_name_of_the_menu_is_its_key(chat: Open, typed: str) -> None:
    """Below four switches they came back instead, and below a scale a number was asked for; where
    words are the answer, a menu may stand on the table."""
    maya = chat(SENSES, RECORD)
    maya.give(Command("settings"))
    maya.press("Who may see what")
    maya.say(typed)
    assert maya.last.startswith("What would help right now?")
    maya.press("Five senses")
    maya.say(typed)
    assert "You stopped at" in maya.last
    maya.press("Go on")
    maya.press("0")
    maya.say(typed)
    assert "4 things you can touch" in maya.last


@pytest.mark.parametrize("standing", [Standing.MEMBER, Standing.PENDING, Standing.DISCHARGED])
def test_it_helps_whoever_a_team_knows(theatre: Theatre, standing: Standing) -> None:
    """In the middle of nothing, as a newcomer and long afterwards."""
    theatre.run(lambda session: people.set_standing(session, theatre.maya, standing))
    theatre.does(MAYA, "ayuda")
    assert any("call 112 (Spain) now" in text for text in theatre.heard(MAYA))


@pytest.mark.parametrize(
    ("language", "keys", "typed", "said"),
    [
        ("en", ("🛟 Help me now", "Choose my country"), "Bolivia.", "no help line for Bolivia"),
        ("en", ("🛟 Help me now", "Choose my country"), "peru", "no help line for Peru"),
        ("es", ("🛟 Ayuda ahora", "Elegir mi país"), "colombia", "De Colombia no tengo ninguna"),
        ("es", ("🛟 Ayuda ahora", "Elegir mi país"), "República Dominicana", "De República Domin"),
    ],
)
def test_a_country_without_a_line_is_told_so(
    theatre: Theatre, language: str, keys: tuple[str, str], typed: str, said: str
) -> None:
    """And where lines are listed; “you can reach someone here” stood above a list of lines, and
    below “where are you?” Bolivia was met with “I can’t answer”."""
    theatre.run(lambda session: people.set_language(session, theatre.maya, language))
    theatre.does(MAYA, keys[0])
    theatre.taps(MAYA, keys[1])
    theatre.does(MAYA, typed)
    card = theatre.heard(MAYA)[-1]
    assert said in card
    assert "findahelpline.com" in card
    assert "You can reach someone here" not in card
    assert "Aquí puedes hablar" not in card
    theatre.does(MAYA, Press(for_menu("barrier", "phone")))
    assert "below" not in theatre.heard(MAYA)[-1]
    assert "abajo" not in theatre.heard(MAYA)[-1]


def test_the_card_quotes_no_danger_from_the_plan(chat: Open) -> None:
    """“What you can do alone: take the pills in my drawer” is kept in the plan, and only there."""
    maya = chat(LIBRARY["safe.plan"])
    maya.give(Command("plan"))
    maya.say("I stop answering", "a walk", "take all the pills in my drawer tonight and die")
    maya.press("Keep going")
    maya.press("Done")
    while "Saved" not in maya.last:
        labels = [each.text for row in maya.messages[-1].buttons for each in row]
        maya.press(next(each for each in labels if each in ("Skip", "8", "In a week")))
    maya.say("🛟 Help me now")
    assert "do alone: a walk" in maya.last
    assert "pills" not in maya.last


def test_the_line_about_it_comes_first(theatre: Theatre) -> None:
    """Whoever told of violence finds the line about it on the card: behind four others it was not
    shown at all."""
    theatre.run(lambda session: people.set_country(session, theatre.maya, "US"))
    theatre.does(MAYA, "🛟 Help me now")
    assert "1-800-799-7233" not in theatre.heard(MAYA)[-1]
    theatre.does(MAYA, "my husband beats me and he will not let me out of the house")
    theatre.does(MAYA, "🛟 Help me now")
    card = theatre.heard(MAYA)[-1]
    assert card.index("1-800-799-7233") < card.index("988")


def test_a_therapist_who_types_it_asks_for_no_lines(theatre: Theatre) -> None:
    """Theirs is the page that says what the bot can do."""
    theatre.does(RIVERA, "help")
    assert not any("emergency number" in text for text in theatre.heard(RIVERA))


def test_from_the_settings_back_to_the_open_question(chat: Open) -> None:
    """Whoever left a number for the team in the middle of an exercise finds the way back."""
    maya = chat(SENSES)
    maya.press("Five senses")
    maya.say("help")
    maya.press("Ask my team to call")
    maya.press("Leave a number")
    maya.say("+34 600 000 000")
    maya.press("Text me first")
    assert "Your settings" in maya.last
    maya.press("Go on")
    assert "How bad does it feel right now?" in maya.last


@pytest.mark.parametrize(
    ("typed", "later", "page"),
    [
        ("I can't breathe", 0, True),
        ("me falta el aire", 0, True),
        ("can't sleep", 0, False),
        ("can't sleep", 3, True),
        ("sad", 0, False),
        ("7", 3, False),
    ],
)
def test_a_need_below_a_scale_is_met(chat: Open, typed: str, later: int, page: bool) -> None:
    """Who panics below “how is your mood, 0 to 10?”, or lies awake hours after the evening's
    question, was told to tap a number. The question stays open for one."""
    maya = chat(*LIBRARY.values())
    maya.give(Press(for_menu("begin", "check.evening")))
    maya.now += timedelta(hours=later)
    maya.say(typed)
    assert ("One of these" in maya.last) == page
    if page:
        assert "tap a number" not in maya.last
        maya.say("3")
        assert "2/" in maya.last


def test_long_after_a_scale_words_are_about_something_else(chat: Open) -> None:
    """“You just wrote: diary card. Is that your answer here?” was asked below a scale. A number
    still is asked about, and words that name nothing are kept."""
    maya = chat(*LIBRARY.values())
    maya.give(Press(for_menu("begin", "check.evening")))
    maya.now += timedelta(hours=14)
    maya.say("can't sleep")
    assert "One of these" in maya.last
    maya.say("diary card")
    assert maya.button("Diary card")
    assert "Is that your answer" not in maya.last
    for typed in ("7", "it rained all morning"):
        maya.say(typed)
        assert "Is that your answer" in maya.last


def test_what_was_left_stands_above_what_was_found(chat: Open) -> None:
    """“I'm back” found two exercises with “back” in them, and not the one that was left."""
    maya = chat(*LIBRARY.values())
    maya.give(Press(for_menu("begin", "cbt.thought5")))
    maya.say("A quiet room")
    maya.give(Command("pause"))
    maya.say("I'm back")
    assert maya.messages[-1].buttons[0][0].text == "Go on: Five-column thought record"
    maya.press("Go on")
    assert "Which feelings came up?" in maya.last
