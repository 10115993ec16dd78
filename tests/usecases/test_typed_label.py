"""Whoever types what stands on a button means the button, unless it can be an answer."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.catalog.load import read_library
from bot.messages.callback import for_menu
from bot.usecases.incoming import Command, Press, What, Words
from tests.usecases.chat import SETTINGS, Chat

LIBRARY = read_library(SETTINGS.exercises_dir, SETTINGS.cache).exercises
TRIGGER, CHECK = LIBRARY["trauma.trigger"], LIBRARY["check.core"]
SENSES, JUDGEMENT = LIBRARY["mind.ground54321"], LIBRARY["mind.nonjudge"]
Open = Callable[..., Chat]


@pytest.fixture
def senses(chat: Open) -> Chat:
    """Maya, asked for the first number of the five senses."""
    maya = chat(SENSES)
    maya.press("Five senses")
    return maya


@pytest.mark.parametrize("typed", ["Stop", "stop.", "STOP", "parar", "quiero parar"])
def test_stop_below_a_scale_stops(senses: Chat, typed: str) -> None:
    """No number is called so, in no language."""
    senses.say(typed)
    assert "Stopped." in senses.last


@pytest.mark.parametrize(
    "typed", [Command("stop"), Command("pause"), Words("stop", 901), Words("pause", 902)]
)
def test_what_is_typed_for_a_button_takes_the_buttons_along(senses: Chat, typed: What) -> None:
    """No button of a stopped question stays behind as if it were still heard; one that was tapped
    is taken away with its own answer."""
    assert senses.give(typed).closes is not None
    senses.say("/menu")
    senses.press("Five senses")
    assert senses.press("Stop").closes is None


def test_stopping_says_what_is_kept(senses: Chat) -> None:
    """Before anything was answered there is nothing to be found under /history."""
    senses.say("stop")
    assert senses.last == "Stopped. Stopping is always fine."
    senses.give(Command("menu"))
    senses.press("Five senses")
    senses.press("7")
    senses.give(Command("stop"))
    assert "What you wrote so far is kept under /history." in senses.last


@pytest.mark.parametrize("typed", ["skip", "Skip.", "saltar", "sáltalo", "la salto", "Skip it"])
def test_skip_is_no_answer(senses: Chat, typed: str) -> None:
    """Nobody finds “skip” among the five things they see; where nothing can be skipped, that is
    said and the question stays."""
    senses.say(typed)
    assert senses.last.startswith("This one has no Skip.")
    assert "How bad does it feel right now?" in senses.last
    senses.say("7", typed)
    assert "4 things you can touch" in senses.last
    senses.say("floor, chair", "rain", "soap", "mint", "my kitchen", "5")
    assert "Stored: 7 answers" in senses.last


@pytest.mark.parametrize(
    ("typed", "taken"),
    [("I am okay", "5 things you can see"), ("okay", "How bad does it feel right now?")],
)
def test_the_words_at_the_end_of_a_scale_are_its_number(
    senses: Chat, typed: str, taken: str
) -> None:
    """“0 = I am okay” is read as an offer; a part of it could mean anything."""
    senses.say(typed)
    assert taken in senses.last


@pytest.mark.parametrize(("typed", "taken"), [
    ("a smell", "And now, how bad"), ("smell", "And now, how bad"), ("my body", "which kind"),
    ("a", "which kind"), ("taste", "which kind"),
])  # fmt: skip
def test_the_first_words_of_a_button_are_enough(chat: Open, typed: str, taken: str) -> None:
    """“A smell or taste” is what “a smell” means; words from the middle may say the contrary."""
    maya = chat(TRIGGER)
    maya.give(Press(for_menu("begin", TRIGGER.id)))
    maya.say("no", "7", "skip", "skip", "skip", "skip", "skip", typed)
    assert taken in maya.last


def test_who_tells_what_happened_then_is_not_asked_to_tell_it_shorter(chat: Open) -> None:
    """Where the past is touched on, a long answer is thanked for and has its place elsewhere."""
    maya = chat(TRIGGER)
    maya.give(Press(for_menu("begin", TRIGGER.id)))
    maya.say("no", "7", "skip", "skip", "skip", "skip", "It was in that house. " * 8)
    assert "Thank you for trusting me with it" in maya.last
    assert "Could you say it" not in maya.last


def test_none_is_a_number(chat: Open) -> None:
    """Whoever had none says so in a word."""
    maya = chat(CHECK)
    maya.give(Press(for_menu("begin", CHECK.id)))
    maya.say("5", "4", "none", "yes")
    assert "Do you feel safe today?" in maya.last


def test_back_and_pause_are_heard_below_a_scale(senses: Chat) -> None:
    """Back leads to the question before; pause lays it aside."""
    senses.say("7", "lamp", "table", "rain", "soap", "mint", "my kitchen")
    assert "And now, how bad does it feel?" in senses.last
    senses.say("back")
    assert "What is the date today" in senses.last
    senses.say("keep this")
    assert "And now, how bad does it feel?" in senses.last
    senses.say("pause")
    assert "And now, how bad does it feel?" not in senses.last


@pytest.mark.parametrize("typed", ["luego", "Más tarde.", "al rato sigo", "later"])
def test_later_lays_a_question_aside(senses: Chat, typed: str) -> None:
    """“Luego” was met with “tap a number”, and stood in a safety plan as a warning sign."""
    senses.say(typed)
    assert "Paused." in senses.last
    senses.say("/menu")
    senses.press("Go on")
    senses.say("7", typed)
    assert "Paused." in senses.last


@pytest.mark.parametrize("typed", ["later", "Luego.", "más tarde", "I’ll do it later"])
def test_later_is_the_option_that_says_so(chat: Open, typed: str) -> None:
    """“Later”, below [I did something] [I will do it later], paused the exercise at its last step;
    before, it was the answer."""
    maya = chat(LIBRARY["sud.halt"])
    maya.give(Press(for_menu("begin", "sud.halt")))
    maya.say("6", "Tired", "done", "Lie down for twenty minutes")
    assert [button.text for row in maya.messages[-1].buttons for button in row][:2] == [
        "I did something",
        "I will do it later",
    ]
    maya.say(typed)
    assert maya.last.startswith("<b>Saved</b>")
    assert "Stored: 4 answers" in maya.last


@pytest.mark.parametrize(
    ("typed", "entries"),
    [
        ("no", ""), ("ninguno", ""), ("nothing", ""), ("nobody", "• nobody"),
        ("the library\nmy aunt", "• the library\n• my aunt"),
    ],
)  # fmt: skip
def test_no_and_skip_are_no_entries(chat: Open, typed: str, entries: str) -> None:
    """“No” and “saltar”, below the list of places, stood in a safety plan as places."""
    maya = chat(LIBRARY["safe.plan"])
    maya.give(Press(for_menu("begin", "safe.plan")))
    maya.say("I stop answering", "music", "done", typed)
    if entries:
        maya.say("saltar")
    assert "4/" in maya.last
    maya.press("‹ Back")
    so_far = maya.last.partition("<b>So far</b>:\n")[2] or maya.last.partition("So far:\n")[2]
    assert so_far.partition("\n\n")[0] == entries


def test_where_words_are_the_answer_back_and_stop_are_words(senses: Chat) -> None:
    """A back can be what somebody feels, and “stop” what somebody said; done is what we offered."""
    senses.say("7", "done", "my back", "back")
    assert "2 things you can smell" in senses.last
    senses.say("stop")
    assert "1 thing you can taste" in senses.last


def test_done_ends_a_list_that_has_something(chat: Open) -> None:
    """“Send another, or tap Done” is often answered by the word."""
    maya = chat(JUDGEMENT)
    maya.give(Press(for_menu("begin", JUDGEMENT.id)))
    maya.say("I am useless")
    maya.press("No")
    maya.say("80", "useless", "done")
    assert "Now only what happened" in maya.last


def test_enough_ends_the_time_that_runs(chat: Open) -> None:
    """With a straight apostrophe too, as a keyboard has it."""
    maya = chat(LIBRARY["dt.stop"])
    maya.give(Press(for_menu("begin", "dt.stop")))
    maya.say("6")
    assert maya.button("That’s enough")
    maya.say("that's enough")
    assert "What is going on inside you" in maya.last
    maya.pass_time(timedelta(minutes=2))
    assert "What is going on inside you" in maya.last


@pytest.mark.parametrize("typed", ["no", "Nope.", "nothing", "nada"])
def test_a_plain_no_is_none_where_that_is_what_was_asked(chat: Open, typed: str) -> None:
    """“Is there a second one?” – “no”: nobody asks for the part somebody had in a no."""
    maya = chat(LIBRARY["pos.three"])
    maya.give(Press(for_menu("begin", "pos.three")))
    maya.press("Okay")
    maya.say("the bus waited", "no", typed)
    assert "How is your mood now?" in maya.last
    maya.say("5")
    assert "My part in it</b>: no" in maya.last
    assert "Second" not in maya.last


@pytest.mark.parametrize(("typed", "kept"), [
    ("no", ""), ("Nothing else", ""), ("nada más", ""), ("idk", ""),
    ("no rain today", "no rain today"),
])  # fmt: skip
def test_no_is_no_note(chat: Open, typed: str, kept: str) -> None:
    """“Anything to remember about it?” – “no” is nothing to remember."""
    maya = chat(LIBRARY["cbt.ba_log"])
    maya.give(Press(for_menu("begin", "cbt.ba_log")))
    maya.say("a walk", "I did it", "3", "3", "4", "4", typed)
    assert "Saved" in maya.last
    assert ("<b>Note</b>" in maya.last) is bool(kept)
    assert kept in maya.last


@pytest.mark.parametrize("typed", ["I don't know", "no idea", "No sé.", "ni idea"])
def test_who_does_not_know_skips_what_can_be_skipped(chat: Open, typed: str) -> None:
    """“One thing you stand by” – “no sé” is nothing to read back; what must be answered, is."""
    maya = chat(LIBRARY["val.compass"])
    maya.give(Press(for_menu("begin", "val.compass")))
    maya.say(typed)
    assert "What matters to you" in maya.last
    assert "I stand by" not in maya.last


@pytest.mark.parametrize("typed", ["nada más", "nothing else", "that’s all", "ya está"])
def test_nothing_more_is_no_first_entry(chat: Open, typed: str) -> None:
    """“Which facts do not fit?” – “nada más”: it was counted as a fact that does not fit."""
    maya = chat(LIBRARY["cbt.thought7"])
    maya.give(Press(for_menu("begin", "cbt.thought7")))
    maya.say("A quiet room", "sad", "done", "60", "They hate me", "done", "80", "They left", "done")
    maya.say(typed)
    assert "So far" not in maya.last
    assert "Imagine a good friend" in maya.last


def test_done_begins_no_list(chat: Open) -> None:
    """Whoever types it below an empty list skips it, or hears that something has to be there."""
    maya = chat(TRIGGER)
    maya.give(Press(for_menu("begin", TRIGGER.id)))
    maya.say("no", "7", "skip", "skip", "skip", "skip", "done")
    assert "which kind of reminder was it?" in maya.last


def test_done_is_spoken_of_when_it_is_there(chat: Open) -> None:
    """Two values at least: until then no button is called Done."""
    maya = chat(LIBRARY["val.compass"])
    maya.give(Press(for_menu("begin", "val.compass")))
    maya.say("skip", "Friends")
    assert "With 2 or more, Done appears." in maya.last
    maya.say("A home")
    assert "then Done." in maya.last


def test_no_is_no_moment(chat: Open) -> None:
    """“If you need no reminder, skip.”"""
    maya = chat(LIBRARY["trauma.container"])
    maya.give(Press(for_menu("begin", "trauma.container")))
    maya.say("no", "6", "a steel safe", "skip")
    maya.pass_time(timedelta(minutes=2))
    maya.say("4", "no")
    assert "It has a place of its own now" in maya.last


@pytest.mark.parametrize("typed", ["no", "that's all", "nada más", "eso es todo"])
def test_no_ends_a_list_that_has_something(chat: Open, typed: str) -> None:
    """“Send another, or tap Done” – “no”: that is no entry of the list."""
    maya = chat(LIBRARY["trauma.trigger"])
    maya.give(Press(for_menu("begin", "trauma.trigger")))
    maya.press("No")
    maya.say("7", "lamp", "chair", "rain", "my kitchen", "I have a key", typed)
    assert "which kind of reminder was it?" in maya.last


@pytest.mark.parametrize("typed", ["keep going", "Go on", "seguir", "Keep going."])
def test_keep_going_below_a_question_asks_it_again(senses: Chat, typed: str) -> None:
    """It was met with “please tap a number”: what goes on is what was asked, without a scolding."""
    senses.say(typed)
    assert senses.last.startswith("<b>Distress before</b> · 1/8")


def test_a_plan_that_was_stopped_goes_on_where_it_stood(chat: Open) -> None:
    """What was written in it is there to keep, and goes before the same of an older plan."""
    maya = chat(LIBRARY["safe.plan"])
    maya.give(Command("plan"))
    maya.say("I stop answering")
    maya.press("Stop")
    maya.give(Command("plan"))
    assert "Your answer before: “I stop answering”" in maya.last
    maya.press("Keep this")
    maya.say("a walk")
    maya.press("Done")
    while "Saved" not in maya.last:
        labels = [each.text for row in maya.messages[-1].buttons for each in row]
        maya.press(next(each for each in labels if each in ("Skip", "8", "In a week")))
    maya.give(Command("plan"))
    maya.press("Change")
    maya.say("I sleep badly")
    maya.press("Stop")
    maya.give(Command("plan"))
    maya.press("Change")
    assert "Your answer before: “I sleep badly”" in maya.last
    maya.press("Keep this")
    assert "• a walk" in maya.last


@pytest.mark.parametrize("typed", ["Listo", "lista", "Ya he terminado.", "all done"])
def test_a_list_ends_in_whoevers_words(chat: Open, typed: str) -> None:
    """[Listo] is “lista” for many who type it; it became one more entry."""
    maya = chat(LIBRARY["cbt.thought7"])
    maya.give(Press(for_menu("begin", "cbt.thought7")))
    maya.say("my boss was short with me", "shame", typed)
    assert "How strong" in maya.last
    assert "shame" in maya.last


@pytest.mark.parametrize("typed", ["set it aside", "leave it", "Déjalo a un lado.", "lo dejo"])
def test_what_waits_is_set_aside_in_whoevers_words(chat: Open, typed: str) -> None:
    """“Déjalo a un lado”, below [Dejarlo a un lado], became what had happened."""
    record = LIBRARY["cbt.thought7"]
    maya = chat(record, SENSES)
    maya.give(Press(for_menu("begin", record.id)))
    maya.pass_time(timedelta(minutes=1))
    maya.give(Press(for_menu("begin", SENSES.id)))
    assert "or set it aside" in maya.last
    maya.say(typed)
    assert "1/8" in maya.last


@pytest.mark.parametrize("typed", ["Go on", "seguimos", "sigo con eso", "continue"])
def test_what_waits_goes_on_in_whoevers_words(chat: Open, typed: str) -> None:
    """And the question is asked again, with nothing for an answer."""
    record = LIBRARY["cbt.thought7"]
    maya = chat(record, SENSES)
    maya.give(Press(for_menu("begin", record.id)))
    maya.pass_time(timedelta(minutes=1))
    maya.give(Press(for_menu("begin", SENSES.id)))
    maya.say(typed)
    assert "1/15" in maya.last


@pytest.mark.parametrize("typed", ["Done", "listo", "Lista."])
def test_a_question_of_words_needs_no_done(chat: Open, typed: str) -> None:
    """Meant for the list above it, “listo” stood in the safety plan as what helps to go on; where
    the exercise has no list, its text may ask for that very word."""
    plan = LIBRARY["safe.plan"]
    maya = chat(plan, SENSES)
    maya.give(Press(for_menu("begin", plan.id)))
    maya.say("I stop answering", "Done", "music", "Done")
    for _ in range(3):
        maya.press("Skip")
    assert "surroundings" in maya.last
    maya.say(typed)
    assert "There is no Done here" in maya.last
    maya.say("On Sunday, with my brother")
    assert "surroundings" not in maya.last
    maya.give(Command("stop"))
    maya.give(Press(for_menu("begin", SENSES.id)))
    maya.say("7", typed)
    assert "3/8" in maya.last
