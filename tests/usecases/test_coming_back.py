"""Somebody finished and opens an invitation into another group: whose they are until confirmed."""

from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import Session

from bot.messages.callback import for_menu, short_id
from bot.store import groups, invites, members, newcomers, people
from bot.store.people import Standing
from bot.store.worker import Database
from bot.usecases.discharge import discharge
from bot.usecases.incoming import Command, Press
from bot.usecases.kit import Kit
from bot.usecases.office.reader import NotYoursError, member_of
from bot.usecases.pending import PATIENCE
from bot.usecases.scene import Scene
from tests.usecases.clinic import MORA, Clinic
from tests.usecases.clockwork import MAYA, RIVERA


@pytest.fixture
def clinic(database: Database, shipped: Kit) -> Clinic:
    """Maya finished with Dr Rivera, and opens an invitation into Dr Mora's group."""
    clinic = Clinic(database, shipped).open()
    code = clinic.database.call(partial(_finishes, clinic=clinic))
    clinic.does(MAYA, Command("start", code))
    return clinic


def _finishes(session: Session, clinic: Clinic) -> str:
    rivera = Scene(session, clinic.kit, clinic.person(session, RIVERA), clinic.now, "ends")
    assert discharge(rivera, clinic.id_in(session))
    (other,) = (each.id for each in groups.groups(session) if each.name == "Friday-A")
    return invites.invite(session, clinic.kit.vault, clinic.now, group=other)


def may_look(clinic: Clinic, who: int) -> bool:
    """Whether Maya is theirs to see on the pages."""

    def work(session: Session) -> bool:
        try:
            member_of(session, clinic.kit, clinic.reader(session, who), clinic.id_in(session))
        except NotYoursError:
            return False
        return True

    return clinic.database.call(work)


def standing(clinic: Clinic) -> Standing:
    """What Maya is to the programme."""
    return clinic.database.call(lambda session: clinic.person(session, MAYA).standing)


def test_whoever_sends_somebody_away_sees_nothing_of_them(clinic: Clinic) -> None:
    """Dr Mora does not know her; Maya is Dr Rivera's again, as she was."""
    assert (may_look(clinic, RIVERA), may_look(clinic, MORA)) == (False, True)
    clinic.does(MORA, Press(for_menu("turned_away", short_id(clinic.id_of(MAYA)))))
    assert standing(clinic) is Standing.DISCHARGED
    assert (may_look(clinic, RIVERA), may_look(clinic, MORA)) == (True, False)


def test_whom_nobody_confirms_goes_back_by_herself(clinic: Clinic) -> None:
    """After two weeks, and she is told; a second invitation meanwhile changes nothing of it."""
    clinic.live(timedelta(days=3))
    again = clinic.database.call(partial(_invited, clinic=clinic))
    clinic.does(MAYA, Command("start", again))
    clinic.live(PATIENCE)
    assert standing(clinic) is Standing.DISCHARGED
    assert may_look(clinic, RIVERA)
    assert "could not let you in" in clinic.to(MAYA)[-1].text


def _invited(session: Session, clinic: Clinic) -> str:
    mine = members.get(session, clinic.kit.vault, clinic.id_in(session))
    assert mine is not None
    return invites.invite(session, clinic.kit.vault, clinic.now, group=mine.group)


def test_whoever_is_confirmed_stays(clinic: Clinic) -> None:
    """Dr Mora types her number; two weeks later she is still there."""
    (waits,) = clinic.database.call(lambda s: newcomers.everybody(s, clinic.kit.vault))
    clinic.types(MORA, waits.code)
    clinic.live(PATIENCE + timedelta(days=1))
    assert standing(clinic) is Standing.MEMBER
    assert (may_look(clinic, RIVERA), may_look(clinic, MORA)) == (False, True)


def test_the_day_everything_goes_waits_for_who_waits(clinic: Clinic) -> None:
    """It fell into her two weeks, and was lost: of whom nobody let in all would have stayed."""
    programme = clinic.database.call(groups.programme)
    assert programme is not None
    clinic.run(lambda s: people.set_standing(s, clinic.id_in(s), Standing.DISCHARGED))
    clinic.live(timedelta(days=programme.retention_days) - timedelta(days=3))
    clinic.run(lambda s: people.set_standing(s, clinic.id_in(s), Standing.PENDING))
    clinic.live(timedelta(days=7))
    assert standing(clinic) is Standing.PENDING
    clinic.run(lambda s: people.set_standing(s, clinic.id_in(s), Standing.DISCHARGED))
    clinic.live(timedelta(days=2))
    assert clinic.database.call(lambda s: people.find(s, clinic.kit.vault, MAYA)) is None
