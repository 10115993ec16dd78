"""Somebody who is to be forgotten, a newcomer or one who finished, and wrote of danger of late."""

from dataclasses import replace
from functools import partial

from sqlalchemy import func, select
from sqlmodel import Session

from bot.messages.callback import for_menu, short_id
from bot.store import alerts, groups, invites, people, tables
from bot.usecases.discharge import discharge
from bot.usecases.incoming import Command, Press
from bot.usecases.scene import Scene
from tests.usecases.alarming import CRISIS
from tests.usecases.theatre import MAYA, RIVERA, Theatre

ANA = 1042


def comes_in(theatre: Theatre) -> None:
    """Ana opens an invitation and waits for her number to be read out."""
    invited = partial(invites.invite, vault=theatre.kit.vault, now=theatre.now)
    theatre.does(ANA, Command("start", theatre.run(lambda s: invited(s, group=theatre.group))))
    theatre.does(ANA, CRISIS)


def is_known(theatre: Theatre) -> bool:
    """Whether there is still a row of Ana's."""
    return bool(theatre.run(lambda s: people.find(s, theatre.kit.vault, ANA)))


def is_open(theatre: Theatre) -> bool:
    """Whether what she wrote still waits for somebody."""
    return bool(theatre.run(alerts.all_open))


def turns_away(theatre: Theatre) -> None:
    """Dr Rivera does not know her."""

    def named(session: Session) -> str:
        person = people.find(session, theatre.kit.vault, ANA)
        assert person is not None
        return short_id(person.id)

    theatre.does(RIVERA, Press(for_menu("turned_away", theatre.run(named))))


def test_an_open_item_is_not_forgotten_with_whom_it_is_about(theatre: Theatre) -> None:
    """Turned away, she would be gone within the hour, and what she wrote with her, untold; once
    Dr Rivera has seen to it, she is forgotten."""
    comes_in(theatre)
    turns_away(theatre)
    theatre.passes(hours=3)
    assert is_open(theatre)
    assert is_known(theatre)
    theatre.taps(RIVERA, "I take it")
    theatre.taps(RIVERA, "Close")
    theatre.does(RIVERA, "A wrong number; the crisis line has her")
    assert not is_open(theatre)
    theatre.passes(days=2)
    assert not is_known(theatre)
    query = select(func.count()).select_from(tables.alert)
    assert theatre.run(lambda s: s.connection().execute(query).scalar_one()) == 0


def test_neither_is_it_after_a_fortnight_without_a_number(theatre: Theatre) -> None:
    """Nobody confirmed her, and nobody closed it."""
    comes_in(theatre)
    theatre.passes(days=15)
    assert is_open(theatre)
    assert is_known(theatre)


def test_nor_is_it_on_the_day_after_discharge_when_everything_goes(theatre: Theatre) -> None:
    """Maya finished long ago; the item is seen to two days later, and then all of hers goes."""
    theatre.run(partial(_finishes, theatre=theatre))
    theatre.passes(days=29, hours=23)
    theatre.does(MAYA, CRISIS)
    theatre.passes(days=2)
    assert is_open(theatre)
    theatre.taps(RIVERA, "I take it")
    theatre.taps(RIVERA, "Close")
    theatre.does(RIVERA, "Called her, she is with her sister")
    theatre.passes(days=2)
    assert theatre.run(lambda s: people.find(s, theatre.kit.vault, MAYA)) is None


def _finishes(session: Session, theatre: Theatre) -> None:
    programme = groups.programme(session)
    assert programme is not None
    groups.set_programme(session, replace(programme, retention_days=30), theatre.now)
    rivera = people.find(session, theatre.kit.vault, RIVERA)
    assert rivera is not None
    assert discharge(Scene(session, theatre.kit, rivera, theatre.now, "ends"), theatre.maya)
