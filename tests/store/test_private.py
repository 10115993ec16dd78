"""Words that somebody wrote are in memory for as long as they are at work, and not a moment longer.

Pydantic keeps short strings that it reads from JSON and gives the same one out again; so words that
are the same object when read twice were kept in between.
"""

import pkgutil
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from types import ModuleType

import pytest
from pydantic import BaseModel
from pydantic_core import from_json
from sqlmodel import SQLModel

import bot.engine
import bot.messages
import bot.store
from bot.store import recent, runs, shown_buttons
from bot.store.people import Participant
from bot.store.recent import Said
from bot.store.runs import StoredRun
from bot.store.shown_buttons import ShownButton
from bot.store.vault import Vault
from bot.store.worker import Database

WORDS = "nobody was to read this"


def _modules(room: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
        if ".migrations" not in found.name:
            yield import_module(found.name)


MODELS = [
    model
    for room in (bot.engine, bot.messages, bot.store)
    for module in _modules(room)
    for model in vars(module).values()
    if isinstance(model, type) and issubclass(model, BaseModel)
    if model.__module__ == module.__name__ and not issubclass(model, SQLModel)
]


def test_pydantic_keeps_what_it_reads() -> None:
    """Unless told otherwise it gives out the same string again: else nothing here would prove."""
    assert from_json(f'"{WORDS}"') is from_json(f'"{WORDS}"')
    assert len(MODELS) > 20


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model(model: type[BaseModel]) -> None:
    """What is read back in the store, the engine and the messages keeps names of fields only."""
    assert model.model_config.get("cache_strings") == "keys"


def test_an_answer_that_is_read_twice_is_made_twice(
    database: Database,
    vault: Vault,
    meet: Callable[[], Participant],
    begin: Callable[[Participant], StoredRun],
    now: datetime,
) -> None:
    """An answer that is read twice is made twice."""
    stored = begin(meet())
    database.call(lambda s: runs.save_answer(s, vault, stored, "situation", WORDS, now))
    first, second = (database.call(lambda s: runs.answers(s, vault, stored.id)) for _ in "12")
    assert first["situation"] == second["situation"] == WORDS
    assert first["situation"] is not second["situation"]


def test_the_minute_before(
    database: Database, vault: Vault, meet: Callable[[], Participant], now: datetime
) -> None:
    """So is what was said within the last minute."""
    person = meet().id
    said = [Said(at=now, mark=1, text=WORDS)]
    database.call(lambda s: recent.keep(s, vault, person, said, now))
    first, second = (
        database.call(lambda s: recent.within_a_minute(s, vault, person, now)) for _ in "12"
    )
    assert first == second == said
    assert first[0].text is not second[0].text


def test_buttons_that_were_shown_are_made_anew_each_time(
    database: Database, vault: Vault, meet: Callable[[], Participant], now: datetime
) -> None:
    """So are the buttons that were shown: a list's items can be among them."""
    person = meet().id
    shown = [ShownButton(label=WORDS, data="x", key="k", at=now)]
    database.call(lambda s: shown_buttons.keep(s, vault, person, shown, now))
    first, second = (
        database.call(lambda s: shown_buttons.of_person(s, vault, person)) for _ in "12"
    )
    assert first is not None
    assert second is not None
    assert first.buttons[0].label == second.buttons[0].label == WORDS
    assert first.buttons[0].label is not second.buttons[0].label
