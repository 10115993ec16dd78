"""Somebody asks for a partner: "your team knows" is said, so the team is shown it."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.store.worker import Database
from bot.usecases.kit import Kit
from bot.usecases.office import today as todays
from bot.usecases.office.pairs import pairings
from bot.usecases.office.reader import reader_of
from bot.usecases.office.today import WISHED, Kind
from tests.usecases.clockwork import LEO, MAYA, RIVERA
from tests.usecases.couple import Couple, couple


@pytest.fixture
def works(database: Database, shipped: Kit) -> Couple:
    """Monday noon; nobody is paired, and Leo would rather have no partner."""
    works = couple(database, shipped)
    works.types(LEO, "/partner")
    works.presses(LEO, "Prefiero no tener")
    return works


def on_the_pages(works: Couple) -> tuple[tuple[str, ...], list[int]]:
    """Who is named among the pairs, and how many Today counts."""
    rivera = works.id_of(RIVERA)

    def look(session: Session) -> tuple[tuple[str, ...], list[int]]:
        reader = reader_of(session, works.kit, rivera)
        assert reader is not None
        (group,) = pairings(session, works.kit, reader, works.now).groups
        found = todays.today(session, works.kit, reader, works.now)
        return group.asking, [each.many for each in found.items if each.kind is Kind.WISHES]

    return works.database.call(look)


def in_the_chat(works: Couple) -> str:
    """What Dr Rivera reads below *Pairs*."""
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Pairs")
    return works.to(RIVERA)[-1].text


def test_who_asks_for_a_partner_is_named_to_the_team(works: Couple) -> None:
    """In the chat, among the pairs on the pages and on Today, until they say otherwise."""
    assert on_the_pages(works) == ((), [])
    assert "Would like a partner" not in in_the_chat(works)
    works.types(MAYA, "/partner")
    works.presses(MAYA, "Yes, I’d like a partner")
    assert "Your team knows now" in works.to(MAYA)[-1].text
    assert on_the_pages(works) == (("Heron",), [1])
    assert "Would like a partner and have none: Heron." in in_the_chat(works)
    works.types(MAYA, "/partner")
    works.presses(MAYA, "No partner for me")
    assert on_the_pages(works) == ((), [])


def test_a_wish_nobody_can_meet_does_not_stand_on_today_for_ever(works: Couple) -> None:
    """After two weeks it stands among the pairs alone."""
    works.types(MAYA, "/partner")
    works.presses(MAYA, "Yes, I’d like a partner")
    works.now += WISHED + timedelta(minutes=1)
    assert on_the_pages(works) == (("Heron",), [])


def test_whoever_ends_a_pair_for_another_is_named_too(database: Database, shipped: Kit) -> None:
    """“Your team hears” is kept; whoever was left without a word about it is not named."""
    works = couple(database, shipped).pair_up()
    works.types(MAYA, "/partner")
    works.presses(MAYA, "End")
    works.presses(MAYA, "End it, I’d like somebody else")
    assert "Your team hears that you would like somebody else" in works.to(MAYA)[-1].text
    assert on_the_pages(works) == (("Heron",), [1])
