"""The menu leads from what a person feels to what may help, in both languages."""

from collections.abc import Callable

import pytest

from bot.catalog.load import read_library
from bot.messages.callback import for_menu
from bot.store import people
from bot.usecases.incoming import Attachment, Command, Press
from tests.usecases.chat import SETTINGS, Chat

SHIPPED = tuple(read_library(SETTINGS.exercises_dir, SETTINGS.cache).exercises.values())
Open = Callable[..., Chat]
HEADINGS = (
    *("Thoughts", "Here and now", "Feelings", "Getting through it", "With other people"),
    *("Recovery", "Check-in"),
)
"""The skills in the order of the long list."""


def _labels(chat: Chat) -> list[str]:
    return [button.text for row in chat.messages[-1].buttons for button in row]


def test_a_need_leads_to_a_few_short_things_first(chat: Open) -> None:
    """Two taps from the menu to an exercise, nothing in it is long without saying so, and whoever
    is low meets no wall of sixteen: the rest is one tap on."""
    maya = chat(*SHIPPED)
    maya.press("Menu")
    assert len(maya.messages[-1].buttons) <= 20
    maya.press("I’m stuck")
    few = _labels(maya)
    assert (len(few), few[-2:]) == (8, ["More of these", "Menu"])
    maya.press("More of these")
    minutes = [int(label.split("· ")[1].split()[0]) for label in _labels(maya)[:-1]]
    assert minutes == sorted(minutes)
    assert len(minutes) > 10
    assert _labels(maya)[:6] == few[:6]


@pytest.mark.parametrize(
    ("language", "typed", "first", "more"),
    [
        ("en", "hey i feel like shit", "Plan one small thing", "More of these"),
        ("es", "me da tanta vergüenza", "Una pausa amable", "Más de estas"),
    ],
)
def test_the_low_and_the_ashamed_meet_what_fits_first(
    chat: Open, language: str, typed: str, first: str, more: str
) -> None:
    """Something small to do, a kind word to oneself; not the log of a plan nobody has made."""
    maya = chat(*SHIPPED)
    maya.run(lambda session: people.set_language(session, maya.person(session).id, language))
    maya.say(typed)
    assert _labels(maya)[0].startswith(first)
    maya.press(more)
    assert not any(each.startswith(("How it went", "Cómo fue")) for each in _labels(maya))


def test_in_panic_the_way_back_to_the_room_comes_first(chat: Open) -> None:
    """Grounding stands above what is shorter."""
    maya = chat(*SHIPPED)
    maya.press("Menu")
    maya.press("Panic, right now")
    assert _labels(maya)[0].startswith("Five senses")
    maya.press("Five senses")
    assert "How bad does it feel" in maya.last


def test_a_feeling_told_in_a_sentence_is_answered_before_it_is_helped(chat: Open) -> None:
    """“I feel so alone tonight” gets a word first; a tap or a single word gets the list."""
    maya = chat(*SHIPPED)
    maya.say("I feel so alone tonight")
    assert maya.last.startswith("Thank you for telling me. One of these may help")
    maya.say("lonely")
    assert maya.last.startswith("One of these may help")


def test_start_in_the_middle_brings_the_keys_back(chat: Open) -> None:
    """Whoever emptied the chat has help below the text field again, and the way back into it."""
    maya = chat(*SHIPPED)
    maya.press("Five senses")
    before = len(maya.messages)
    maya.give(Command("start"))
    hello, menu = maya.messages[before:]
    assert hello.keys == (("☰ Menu", "🛟 Help me now"),)
    assert "Help me now" in hello.text
    assert menu.buttons[0][0].text == "Go on"


def test_the_other_door_leads_by_skill(chat: Open) -> None:
    """Every exercise that is offered stands behind exactly one skill."""
    maya = chat(*SHIPPED)
    maya.press("Menu")
    maya.press("By skill")
    skills = _labels(maya)[:-2]
    found: list[str] = []
    for skill in skills:
        maya.press("Menu")
        maya.press("By skill")
        maya.press(skill)
        assert maya.last == f"<b>{skill}</b>"
        found += _labels(maya)[:-1]
    offered = [each for each in SHIPPED if not each.opt and each.id != "safe.plan"]
    assert len(found) == len(set(found)) == len(offered)


def test_everything_is_in_one_list(chat: Open) -> None:
    """Whoever looks for one exercise finds each that is offered, and none that is not, below the
    name of its skill; a tap on the name shows that skill alone."""
    maya = chat(*SHIPPED)
    maya.press("Menu")
    maya.press("By skill")
    maya.press("All exercises")
    offered = [each for each in SHIPPED if not each.opt and each.id != "safe.plan"]
    headings = [each.strip("— ") for each in _labels(maya) if each.startswith("—")]
    assert headings == list(HEADINGS)
    assert len(_labels(maya)) == len(offered) + len(HEADINGS) + 1
    feelings = _labels(maya).index("— Feelings —")
    assert _labels(maya)[feelings - 1].startswith("Observe, describe, take part")
    assert _labels(maya)[feelings + 1].startswith("One good thing today")
    maya.press("— Feelings —")
    assert maya.last == "<b>Feelings</b>"


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("I'm panicking", "Five senses"),
        ("so ANXIOUS about tomorrow", "Paced breathing"),
        ("me está dando un ataque", "Five senses"),
        ("opposite action", "Opposite action"),
        ("acción opuesta", "Opposite action"),
        ("dear man", "Ask, or say no"),
        ("a huge urge", "Surfing an urge"),
        ("my chest pain", "Make my safety plan"),
        ("thought record", "Five-column"),
        ("4-7-8", "4-7-8 breathing"),
        ("menú", "I feel anxious"),
    ],
)
def test_typed_words_find_what_fits(chat: Open, words: str, label: str) -> None:
    """Outside an exercise words name a need or a title; what means nothing brings the menu."""
    maya = chat(*SHIPPED)
    maya.say(words)
    assert any(each.startswith(label) for each in _labels(maya))


@pytest.mark.parametrize("words", ["xyzzy", "I fed the cat"])
def test_words_that_name_nothing_get_an_answer_and_the_menu(chat: Open, words: str) -> None:
    """Nobody wonders whether a bare menu was the reply to what they wrote."""
    maya = chat(*SHIPPED)
    maya.say(words)
    assert "can’t answer in words of my own" in maya.messages[-2].text
    assert _labels(maya)[0] == "I feel anxious"


@pytest.mark.parametrize(
    "words", ["thank you", "Gracias!", "muchas gracias", "🙏", "Vale, gracias"]
)
def test_thanks_get_one_line_and_one_button(chat: Open, words: str) -> None:
    """“Gracias” was met with “I can’t answer in words of my own” and twenty buttons."""
    maya = chat(*SHIPPED)
    maya.say(words)
    assert maya.last == "You’re welcome. I’m here whenever you like."
    assert _labels(maya) == ["Menu"]


@pytest.mark.parametrize("words", ["solve one problem", "my recovery days"])
def test_what_waits_to_be_given_is_called_so(chat: Open, words: str) -> None:
    """It stands in no list; whoever types its name hears how it comes."""
    maya = chat(*SHIPPED)
    maya.say(words)
    assert "comes when your therapist gives it to you" in maya.last


def test_two_runs_without_a_thought_are_told_apart(chat: Open) -> None:
    """By the step each stopped at: two buttons that read the same are a riddle."""
    maya = chat(*SHIPPED)
    for answers in (("7",), ("7", "lamp, cup")):
        maya.give(Press(for_menu("begin", "mind.ground54321")))
        if len(answers) > 1:
            maya.press("Set it aside")
        maya.say(*answers)
    maya.give(Command("menu"))
    assert _labels(maya)[:2] == ["Go on: I can touch", "Go on: I see"]


def test_two_runs_of_one_exercise_are_told_apart(chat: Open) -> None:
    """Set aside and begun anew, it is offered twice, each by its thought."""
    maya = chat(*SHIPPED)
    for thought in ("They never call me back", "I always come too late"):
        maya.give(Press(for_menu("begin", "cbt.distortions")))
        if "Set it aside" in _labels(maya):
            maya.press("Set it aside")
        maya.say(thought)
    maya.press("Pause")
    maya.give(Command("menu"))
    found = [label for label in _labels(maya) if label.startswith("Go on: ")]
    assert found == ["Go on: I always come too late", "Go on: They never call me back"]
    assert maya.messages[-1].protect


@pytest.mark.parametrize(("kind", "asks"), [("sticker", False), ("photo", False), ("voice", True)])
def test_nobody_is_asked_to_write_a_sticker(chat: Open, kind: str, *, asks: bool) -> None:
    """Where nothing was asked, “could you write it?” led to “I can’t answer in words of my own”;
    of what was spoken it is asked, since it may have been about danger."""
    maya = chat(*SHIPPED)
    maya.give(Attachment(kind))
    said = maya.messages[-2].text
    assert "I did not open that" in said
    assert ("Could you write it" in said) is asks
    assert "What would help right now?" in maya.last
