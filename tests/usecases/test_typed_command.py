"""Commands typed by the names they have in people's heads, in their own language."""

from collections.abc import Callable

import pytest

from bot.catalog.load import read_library
from bot.messages.callback import for_menu
from bot.usecases.incoming import Command, Press, What, Words
from tests.usecases.chat import SETTINGS, Chat, shipped

RECORD = read_library(SETTINGS.exercises_dir, SETTINGS.cache).exercises["cbt.thought7"]
Open = Callable[..., Chat]


@pytest.mark.parametrize(
    ("typed", "reads"),
    [
        (Command("ayuda"), "Nobody watches this chat"),
        (Words("/ayúdame", 1), "Nobody watches this chat"),
        (Command("quien"), "Nobody has opened"),
        (Words("/quién", 1), "Nobody has opened"),
        (Words("/menú ", 1), "You stopped at"),
        (Command("ajustes"), "Your settings"),
        (Words("/configuración", 1), "Your settings"),
        (Command("borrar"), "Shall I delete everything"),
        (Command("pausa"), "Paused"),
        (Command("cancelar"), "Stopped."),
        (Command("sos"), "Nobody watches this chat"),
    ],
)
def test_a_command_may_go_by_another_name(chat: Open, typed: What, reads: str) -> None:
    """“/ayuda” brought the menu, and “/quién” was kept as what had happened: Telegram takes a
    command with an accent for words."""
    maya = chat(RECORD)
    maya.give(Press(for_menu("begin", RECORD.id)))
    maya.give(typed)
    assert any(reads in message.text for message in maya.messages[-3:])
    assert "2/" not in maya.last


def test_no_other_name_is_that_of_another_command() -> None:
    """Else the one would open the other, and some names stand for two."""
    words = shipped()[0]
    named = {
        each: words.listed(f"typed_commands.{each}") for each in words.short("en")["typed_commands"]
    }
    every = [name for names in named.values() for name in names]
    assert len(every) == len(set(every))
    assert not [
        (to, name) for to, names in named.items() for name in names if name in named and name != to
    ]
