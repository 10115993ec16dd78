"""A message that broke something of ours is not lost on whoever must hear of danger."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlmodel import Session

from bot.care.risk import Rules
from bot.store import alerts
from bot.usecases.apologise import apologise
from bot.usecases.incoming import Attachment, Incoming, Press, Sender, What, Words
from tests.usecases.theatre import MAYA, RIVERA, Theatre

DANGER = "I am going to kill myself tonight"


def breaks(theatre: Theatre, what: What) -> None:
    """What Maya sent could not be handled, and she is told."""
    incoming = Incoming(42, next(theatre.updates), Sender(MAYA, "en"), what)
    theatre.run(lambda session: apologise(session, incoming, theatre.now, theatre.kit))


def is_known(theatre: Theatre) -> bool:
    """Whether the team has an item of hers."""

    def read(session: Session) -> bool:
        return alerts.newest_of(session, theatre.maya) is not None

    return bool(theatre.run(read))


def buttons(theatre: Theatre) -> list[str]:
    """Those below the last thing she was told."""
    rows = theatre.bodies(MAYA)[-1].get("buttons", ())
    return [button["text"] for row in rows for button in row]


@pytest.mark.parametrize("what", [Words(DANGER, 7), Attachment("photo", DANGER)])
def test_words_of_danger_reach_the_team_all_the_same(theatre: Theatre, what: What) -> None:
    """Maya gets the card and Dr Rivera the alert; nothing pushes the numbers out of sight."""
    breaks(theatre, what)
    assert "I’m really glad you told me" in theatre.heard(MAYA)[-1]
    assert is_known(theatre)
    assert theatre.heard(RIVERA)
    assert "not saved" not in " ".join(theatre.heard(MAYA))


@pytest.mark.parametrize("what", [Words("the lamp, my shoes", 7), Press("m.menu.")])
def test_whatever_else_broke_is_apologised_for(theatre: Theatre, what: What) -> None:
    """It was not saved, and help is one tap away."""
    breaks(theatre, what)
    assert "your last message was not saved" in theatre.heard(MAYA)[-1]
    assert buttons(theatre) == ["🛟 Help me now"]
    assert not is_known(theatre)


def test_words_that_cannot_even_be_read_are_owned_up_to(theatre: Theatre) -> None:
    """Where the reading for danger breaks as well, nobody may believe that somebody knows."""

    def broken() -> Rules:
        raise LookupError

    whole: Callable[[], Rules] = theatre.kit.screening
    theatre.kit = replace(theatre.kit, screening=broken)
    breaks(theatre, Words(DANGER, 7))
    assert "nobody was told of it" in theatre.heard(MAYA)[-1]
    assert buttons(theatre) == ["🛟 Help me now"]
    theatre.kit = replace(theatre.kit, screening=whole)
    breaks(theatre, Words(DANGER, 8))
    assert is_known(theatre)
