"""One person sends far too much at once: help and the screen work on, the rest is refused once."""

import pytest

from bot.store import alerts
from bot.store.worker import Database
from bot.usecases.incoming import Flood, Incoming, Sender, Words
from bot.usecases.kit import Kit
from bot.usecases.receive import receive
from tests.usecases.clockwork import MAYA, Clockwork


@pytest.fixture
def works(database: Database, shipped: Kit) -> Clockwork:
    """Maya, Leo and Dr Rivera."""
    return Clockwork(database, shipped).build()


def _sends(works: Clockwork, text: str, flood: Flood) -> list[str]:
    before, number = len(works.to(MAYA)), next(works.updates)
    incoming = Incoming(42, number, Sender(MAYA, "en"), Words(text, number), flood)
    works.database.call(lambda session: receive(session, incoming, works.now, works.kit))
    works.deliver()
    return [each.text for each in works.to(MAYA)[before:]]


def test_it_is_said_once(works: Clockwork) -> None:
    """One sentence at the beginning, then silence; it names what still works."""
    (said,) = _sends(works, "hello", Flood.BEGINS)
    assert "Help me now works as always" in said
    assert _sends(works, "hello again", Flood.GOES_ON) == []


def test_a_cry_for_help_is_heard(works: Clockwork) -> None:
    """In the middle of it, words of danger bring the card and the alert."""
    _sends(works, "hello", Flood.BEGINS)
    assert _sends(works, "I want to kill myself tonight", Flood.GOES_ON)
    opened: list[object] = []
    works.run(lambda session: opened.extend(alerts.all_open(session)))
    assert len(opened) == 1


@pytest.mark.parametrize("key", ["🛟 Help me now", "🛟 Ayuda ahora"])
def test_help_me_now_works(works: Clockwork, key: str) -> None:
    """The key below the text field answers as ever, in either language."""
    assert _sends(works, key, Flood.GOES_ON)


def test_a_stranger_has_had_their_answer(works: Clockwork) -> None:
    """Nothing more is said to somebody who is not one of ours."""
    number = next(works.updates)
    incoming = Incoming(42, number, Sender(4711, "en"), Words("hello", number), Flood.BEGINS)
    works.database.call(lambda session: receive(session, incoming, works.now, works.kit))
    works.deliver()
    assert works.to(4711) == []
