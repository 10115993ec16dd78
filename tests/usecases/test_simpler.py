"""Easier words for whoever wants them: chosen in /settings, kept from the next exercise on."""

from collections.abc import Callable

from bot.messages.callback import for_menu
from bot.usecases.incoming import Command, Press
from tests.engine.playing import exercise_of
from tests.usecases.chat import Chat

TWO_REGISTERS = exercise_of(
    """
- {id: hello, type: say, text: {en: Let us commence., es: Comencemos.},
   plain: {en: Let us start., es: Vamos a empezar.}}
- {id: fact, type: ask_text, text: {en: What did you observe?, es: ¿Qué observaste?},
   plain: {en: What did you see?, es: ¿Qué viste?}}
- {id: end, type: finish, text: {en: Concluded., es: Concluido.}, plain: {en: Done., es: Listo.}}
""",
    "id: test.two\ntitle: {en: Two ways, es: Dos maneras}",
)


def _begun(chat: Chat) -> str:
    chat.give(Press(for_menu("begin", "test.two")))
    return chat.last


def test_usual_words_without_a_choice(chat: Callable[..., Chat]) -> None:
    """Nobody is given other words than they asked for."""
    assert "Let us commence.\n\n<b>fact</b>\n\nWhat did you observe?" in _begun(chat(TWO_REGISTERS))


def test_simpler_words_from_the_next_exercise_on(chat: Callable[..., Chat]) -> None:
    """The switch says how it stands; what is open goes on as it began, what begins is simpler."""
    maya = chat(TWO_REGISTERS)
    _begun(maya)
    maya.give(Command("settings"))
    assert "Words in exercises: as usual" in maya.last
    maya.press("Simpler words")
    assert "Words in exercises: simpler" in maya.last
    maya.say("A lamp.")
    assert "Concluded." in maya.last
    assert "Let us start.\n\n<b>fact</b>\n\nWhat did you see?" in _begun(maya)
    maya.say("A lamp.")
    assert "Done." in maya.last


def test_back_to_the_usual_words(chat: Callable[..., Chat]) -> None:
    """An old button pressed again changes nothing; the other one brings the usual words back."""
    maya = chat(TWO_REGISTERS)
    maya.give(Command("settings"))
    maya.press("Simpler words")
    maya.press("Simpler words")
    assert "Words in exercises: simpler" in maya.last
    maya.press("Usual words")
    assert "Words in exercises: as usual" in maya.last
    assert "What did you observe?" in _begun(maya)
