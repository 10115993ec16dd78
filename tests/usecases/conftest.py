"""A theatre, or a chat with exercises of its own, for each test."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.catalog.helplines import Helplines
from bot.catalog.load import Library
from bot.catalog.load_helplines import load_helplines
from bot.catalog.load_risk import load_risk
from bot.config import Settings
from bot.messages.words import Words
from bot.store.vault import Vault
from bot.store.worker import Database
from bot.usecases.kit import Kit
from tests.usecases.chat import Chat
from tests.usecases.theatre import ZONE, Theatre


@pytest.fixture(scope="session")
def shipped(vault: Vault) -> Kit:
    """The words, lines and phrases that Between comes with; no exercises."""
    settings = Settings()
    rules, problems = load_risk(settings.risk_dir, settings.cache)
    assert problems == ()
    lines: Helplines = load_helplines(settings.helplines_file, date(2026, 12, 1), settings.cache)[0]
    words = Words(settings.prompts_dir, settings.cache)
    return Kit(Library({}, ()), words, vault, lines, lambda: rules, ZONE, mail=True)


@pytest.fixture
def theatre(database: Database, shipped: Kit) -> Theatre:
    """A programme with Maya, Dr Rivera and Dr Mora."""
    return Theatre(database, shipped).build()


@pytest.fixture
def without_mail(database: Database, shipped: Kit) -> Theatre:
    """The same, with nobody on call and no mail server."""
    return Theatre(database, replace(shipped, mail=False)).build(on_call=False)


@pytest.fixture
def chat(database: Database, vault: Vault) -> Callable[..., Chat]:
    """Opens Maya's chat with these exercises."""
    return lambda *exercises: Chat(database, vault, exercises)
