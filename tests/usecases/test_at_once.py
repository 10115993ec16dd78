"""Two phones, two therapists, two processes in the same moment: one of them, and never half."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from threading import Barrier, Event
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlmodel import Session

from bot.messages.message import Button, Message
from bot.store import (
    alerts,
    groups,
    invites,
    members,
    newcomers,
    people,
    schedules,
    shown_buttons,
    staff,
    tables,
)
from bot.store.alert_items import Item
from bot.store.groups import SessionTime
from bot.store.outbox import Kind
from bot.store.people import Standing
from bot.store.worker import Database
from bot.usecases import alert as alarms
from bot.usecases import assign, group_settings, ring, set_up
from bot.usecases.alert import HandedOn
from bot.usecases.incoming import Command, Incoming, Press, Sender, What, Words
from bot.usecases.kit import Kit
from bot.usecases.office.acting import scene_of
from bot.usecases.receive import receive
from bot.usecases.scene import Scene
from bot.usecases.set_up import Known
from tests.usecases.clinic import Clinic
from tests.usecases.clockwork import LEO, MADRID, MAYA, RIVERA

COLLEAGUE, FIRST, MANY = 1009, 5_000, 8
MEANWHILE = 0.3
"""Seconds in which another process comes as far as it can."""
DANGER = "I want to kill myself tonight"
Deed = tuple[int, What]


@dataclass
class Rush:
    """A clinic with several processes before its database."""

    clinic: Clinic
    doors: Sequence[Database]

    @property
    def group(self) -> UUID:
        """Dr Rivera's group."""
        therapist = self.clinic.id_of(RIVERA)
        (group,) = self.clinic.database.call(lambda s: staff.groups_of(s, therapist))
        return group

    def at_once(self, *deeds: Deed) -> None:
        """All of these reach the bot in the same moment, each by another process."""
        self._together([partial(self._reaches, at, *deed) for at, deed in enumerate(deeds)])

    def _reaches(self, at: int, who: int, what: What) -> None:
        self.doors[at % len(self.doors)].call(self.reaches(who, what))

    def rings_while(self, *deeds: Deed) -> None:
        """What is due rings, by another process, while this reaches the bot."""
        clinic = self.clinic
        due = clinic.database.call(lambda session: ring.look(session, clinic.now)).ripe
        rung = [partial(ring.ring, due=each, now=clinic.now, kit=clinic.kit) for each in due]
        ringing = [partial(self.doors[-1].call, each) for each in rung]
        reaching = [partial(self._reaches, at, *deed) for at, deed in enumerate(deeds)]
        self._together([*ringing, *reaching])

    def overlapping(
        self, first: Callable[[Session], object], second: Callable[[Session], object]
    ) -> None:
        """Another process begins the second when the first has written and not committed."""
        written = Event()

        def holds(session: Session) -> None:
            first(session)
            written.set()
            Event().wait(MEANWHILE)

        with ThreadPoolExecutor(1) as pool:
            held = pool.submit(self.doors[0].call, holds)
            written.wait()
            self.doors[1].call(second)
            held.result()

    def reaches(self, who: int, what: What) -> Callable[[Session], object]:
        """What the bot does with this, as a unit of work."""
        clinic = self.clinic
        incoming = Incoming(42, next(clinic.updates), Sender(who, "en"), what)
        return lambda session: receive(session, incoming, clinic.now, clinic.kit)

    def _together(self, all_of: Sequence[Callable[[], object]]) -> None:
        gate = Barrier(len(all_of))

        def go(one: Callable[[], object]) -> None:
            gate.wait()
            one()

        with ThreadPoolExecutor(len(all_of)) as pool:
            list(pool.map(go, all_of))

    def invited(self) -> str:
        """The code of an invitation into the group."""
        vault, now, group = self.clinic.kit.vault, self.clinic.now, self.group
        return self.clinic.database.call(lambda s: invites.invite(s, vault, now, group=group))

    def standings(self) -> list[Standing | None]:
        """What each of the many is by now."""

        def read(session: Session) -> list[Standing | None]:
            vault = self.clinic.kit.vault
            found = (people.find(session, vault, FIRST + at) for at in range(MANY))
            return [each.standing if each is not None else None for each in found]

        return self.clinic.database.call(read)

    def numbers(self) -> list[str]:
        """What those who wait have on their phones."""
        vault = self.clinic.kit.vault
        waiting = self.clinic.database.call(lambda s: newcomers.everybody(s, vault))
        return [each.code for each in waiting]

    def count(self, table: str) -> int:
        """How many rows there are."""
        query = select(func.count()).select_from(tables.metadata.tables[table])
        return self.clinic.database.call(lambda s: int(s.connection().execute(query).scalar_one()))


@pytest.fixture
def rush(open_database: Callable[..., Database], shipped: Kit) -> Rush:
    """Dr Rivera's group, four processes."""
    doors = [open_database(threads=2) for _ in range(4)]
    rush = Rush(Clinic(doors[0], shipped).open(), doors)
    rush.clinic.run(partial(_colleague, rush=rush, group=rush.group))
    return rush


def _colleague(session: Session, rush: Rush, group: UUID) -> None:
    known = Known(COLLEAGUE, "en", MADRID, "")
    set_up.employ(session, rush.clinic.kit, group, "Dr Sato", known, rush.clinic.now)


def test_one_code_lets_one_in(rush: Rush) -> None:
    """Forwarded to eight, opened by all of them at once."""
    what = Command("start", rush.invited())
    rush.at_once(*((FIRST + at, what) for at in range(MANY)))
    found = rush.standings()
    assert found.count(Standing.PENDING) == 1
    assert found.count(Standing.STRANGER) == MANY - 1


def test_somebody_new_is_one_person(rush: Rush) -> None:
    """Eight first words in one moment: one row, one key."""
    rush.at_once(*((FIRST, Words(f"hello {at}", at + 1)) for at in range(MANY)))
    assert rush.standings() == [Standing.STRANGER, *[None] * (MANY - 1)]
    assert rush.count("participant") == rush.count("person_key")


def test_two_therapists_confirm_once(rush: Rush) -> None:
    """Both were told the number, and one phone begins the first steps once."""
    rush.clinic.does(FIRST, Command("start", rush.invited()))
    (number,) = rush.numbers()
    rush.at_once((RIVERA, Words(number, 1)), (COLLEAGUE, Words(number, 2)))
    assert rush.standings()[0] is Standing.MEMBER
    rush.clinic.deliver()
    told = [each.text for each in rush.clinic.to(FIRST)]
    assert sum("I am an automatic helper" in each for each in told) == 1


def test_a_number_two_phones_show_lets_nobody_in(rush: Rush) -> None:
    """Two who came in the same moment: nobody can say who read it out, so both get another."""
    clinic, vault = rush.clinic, rush.clinic.kit.vault
    for at in range(2):
        clinic.does(FIRST + at, Command("start", rush.invited()))
        person = clinic.id_of(FIRST + at)
        clinic.run(partial(newcomers.renew, vault=vault, person=person, code="4711"))
    clinic.types(RIVERA, "4711")
    assert rush.standings()[:2] == [Standing.PENDING] * 2
    assert "4711" not in rush.numbers()
    assert len(set(rush.numbers())) == 2
    clinic.types(RIVERA, rush.numbers()[1])
    assert sorted(map(str, rush.standings()[:2])) == ["member", "pending"]


def test_nothing_said_while_everything_is_deleted_stays(rush: Rush) -> None:
    """Words of danger before, in the same moment, and while the key is being destroyed: no alert
    promises what is gone, and no key or word outlives the person."""
    clinic, danger = rush.clinic, Words(DANGER, 5)
    clinic.does(FIRST, Command("start", rush.invited()))
    clinic.types(RIVERA, rush.numbers()[0])
    before = rush.count("person_key")
    said: list[Deed] = [(FIRST, danger)] * 3
    asked = int(clinic.now.timestamp()) // 60
    rush.at_once(*said, (FIRST, Press(f"m.leave.yes.{asked}")), *said)
    clinic.now += timedelta(minutes=1)
    rush.rings_while(*said)
    clinic.live(timedelta(days=2))
    assert rush.standings()[0] is None
    assert rush.count("alert") == 0
    assert rush.count("person_key") == rush.count("participant") == before - 1


def test_words_that_come_while_an_alert_is_handed_on_stay_in_it(rush: Rush) -> None:
    """Dr Rivera has gone, and what only she was told of begins its way anew: with what Maya wrote
    in that moment, too."""
    clinic, goodbye = rush.clinic, "I have the pills here, goodbye"
    clinic.does(MAYA, Words(DANGER, 5))
    clinic.deliver()
    person, rivera = clinic.id_of(MAYA), clinic.id_of(RIVERA)

    def goes(session: Session) -> None:
        staff.remove(session, rivera)
        alarms.let_go(session, clinic.kit, rivera, clinic.now)

    rush.overlapping(rush.reaches(MAYA, Words(goodbye, 6)), goes)

    def kept(session: Session) -> tuple[Item, ...]:
        alert = alerts.newest_of(session, person)
        assert alert is not None
        return alerts.detail_of(session, clinic.kit.vault, alert).items

    assert [each.text for each in clinic.database.call(kept)] == [
        DANGER,
        "I have the pills here, goodbye",
    ]


def test_an_alert_that_somebody_takes_while_it_is_handed_on_is_theirs(rush: Rush) -> None:
    """Dr Sato takes it in the moment in which Dr Rivera goes: nobody else is told, and her name
    stays on it."""
    clinic = rush.clinic
    clinic.does(MAYA, Words(DANGER, 5))
    clinic.deliver()
    rivera, sato = clinic.id_of(RIVERA), clinic.id_of(COLLEAGUE)

    def takes(session: Session) -> None:
        scene = scene_of(session, clinic.kit, clinic.reader(session, COLLEAGUE), clinic.now)
        alert = alerts.newest_of(session, clinic.id_in(session))
        assert alert is not None
        alarms.take(scene, alert)

    def goes(session: Session) -> None:
        staff.remove(session, rivera)
        assert alarms.let_go(session, clinic.kit, rivera, clinic.now) == HandedOn()

    rush.overlapping(takes, goes)
    (alert,) = clinic.database.call(alerts.all_open)
    assert alert.taken_by == sato


def _assigns(rush: Rush) -> Callable[[Session], object]:
    """Dr Rivera gives the group an exercise."""
    clinic, group_id = rush.clinic, rush.group

    def work(session: Session) -> None:
        scene = scene_of(session, clinic.kit, clinic.reader(session, RIVERA), clinic.now)
        group = groups.group(session, group_id)
        exercise = clinic.kit.library.find("breath.paced")
        assert group is not None
        assert exercise is not None
        assign.assign(scene, group, None, exercise)

    return work


def _meets_elsewhen(rush: Rush) -> Callable[[Session], object]:
    """The group meets at another time."""
    clinic, group_id = rush.clinic, rush.group

    def work(session: Session) -> None:
        group = groups.group(session, group_id)
        assert group is not None
        times = [SessionTime(2, "10:00", 90)]
        group_settings.set_calendar(session, clinic.kit, group, times, MADRID, clinic.now)

    return work


@pytest.mark.parametrize("changes", [_assigns, _meets_elsewhen])
def test_whoever_travels_while_their_group_gets_something_lives_by_their_new_clock(
    rush: Rush, changes: Callable[[Rush], Callable[[Session], object]]
) -> None:
    """What the therapist plans for everybody does not put back the clock that Leo has just
    left."""
    clinic, leo = rush.clinic, rush.clinic.id_of(LEO)
    clinic.run(lambda session: members.set_checkins(session, leo, ("08:00", "20:00")))
    clinic.database.call(_assigns(rush))
    rush.overlapping(rush.reaches(LEO, Command("timezone", "Asia/Kathmandu")), changes(rush))
    planned = clinic.database.call(lambda session: schedules.of_person(session, leo))
    assert {each.name for each in planned} > {"reminder", "session.before"}
    assert {each.plan.zone for each in planned} == {"Asia/Kathmandu"}


@pytest.mark.parametrize("known", [False, True])
def test_a_phrase_comes_while_a_page_opens(rush: Rush, known: bool) -> None:
    """Both have buttons, and what is typed may be any of them: whoever was slower wrote over those
    of the other, whether or not others were kept there before."""
    clinic = rush.clinic
    maya = clinic.id_of(MAYA)
    soon = clinic.now + timedelta(days=1)
    clinic.database.call(lambda session: shown_buttons.forget(session, soon))
    if known:
        clinic.does(MAYA, Command("menu"))

    def phrase(session: Session) -> None:
        leo, to = clinic.person(session, LEO), people.look(session, maya)
        assert to is not None
        thanks = Button(text="Thanks for asking", data="m.menu")
        message = Message(text="Thinking of you.", buttons=((thanks,),))
        theirs = Scene(session, clinic.kit, leo, clinic.now, "phrase").beside(to)
        theirs.post(message, kind=Kind.NUDGE)

    before, vault = len(clinic.to(MAYA)), clinic.kit.vault
    rush.overlapping(rush.reaches(MAYA, Command("privacy")), phrase)
    clinic.deliver()
    new = [row for each in clinic.to(MAYA)[before:] for row in each.message.buttons]
    shown = clinic.database.call(lambda s: shown_buttons.of_person(s, vault, maya))
    assert shown is not None
    assert len(new) > 1
    assert {each.text for row in new for each in row} <= {each.label for each in shown.buttons}
