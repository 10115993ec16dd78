"""Invitations let one person in, once, for three days; newcomers wait with a number."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlmodel import Session

from bot.store import groups, invites, newcomers, people, staff, strangers, tables
from bot.store.people import Participant, Standing
from bot.store.staff import Role
from bot.store.vault import MasterKey, Vault
from bot.store.worker import Database

HOUR = timedelta(hours=1)


def test_only_a_hash_is_kept(database: Database, vault: Vault, now: datetime) -> None:
    """128 bits that fit a link; the row holds neither the code nor anything to reckon it from."""
    code = database.call(lambda s: invites.invite(s, vault, now))
    assert len(code) == 22
    assert code.isascii()
    kept = database.call(lambda s: s.connection().execute(select(tables.invite)).one())
    assert code not in repr(kept)
    assert code.encode() not in bytes(kept.code_hash)
    another = Vault(MasterKey(bytes(32)))
    assert database.call(lambda s: invites.find(s, another, code)) is None


def test_it_works_once_and_for_three_days(
    database: Database, vault: Vault, meet: Callable[[], Participant], now: datetime
) -> None:
    """The last moment is before 72 hours are over; a second use is none."""
    ann, ben = meet(), meet()

    def use(session: Session, code: str, by: Participant, at: datetime) -> bool:
        found = invites.find(session, vault, code)
        assert found is not None
        return invites.use(session, found.id, by.id, at)

    one, two = (database.call(lambda s: invites.invite(s, vault, now)) for _ in range(2))
    late = now + invites.LIFE
    assert not database.call(lambda s: use(s, one, ann, late))
    assert database.call(lambda s: use(s, one, ann, late - timedelta(seconds=1)))
    assert not database.call(lambda s: use(s, one, ben, now))
    found = database.call(lambda s: invites.find(s, vault, one))
    assert found is not None
    assert found.used_by == ann.id
    assert not found.is_open(now)
    still = database.call(lambda s: invites.find(s, vault, two))
    assert still is not None
    assert still.is_open(late - timedelta(seconds=1))
    assert not still.is_open(late)


def test_two_at_once(
    open_database: Callable[..., Database],
    vault: Vault,
    meet: Callable[[], Participant],
    now: datetime,
) -> None:
    """Of two people who open the same link in the same moment, one comes in."""
    ann, ben = meet(), meet()
    code = open_database().call(lambda s: invites.invite(s, vault, now))
    together = threading.Barrier(2)

    def opens(person: Participant) -> bool:
        database = open_database()
        found = database.call(lambda s: invites.find(s, vault, code))
        assert found is not None
        together.wait()
        return database.call(lambda s: invites.use(s, found.id, person.id, now))

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(opens, (ann, ben))) == [False, True]


def test_wrong_tries_are_counted_by_the_hour(
    database: Database, meet: Callable[[], Participant], now: datetime
) -> None:
    """An hour begins with the first wrong try; afterwards counting begins anew; each alone."""
    ann, ben = meet(), meet()

    def fail(at: datetime) -> int:
        return database.call(lambda s: strangers.failed(s, ann.id, at, HOUR))

    assert [fail(now + timedelta(minutes=15 * step)) for step in range(4)] == [1, 2, 3, 4]
    for at, tried in ((now + timedelta(minutes=59), 4), (now + HOUR, 0)):
        asked = partial(strangers.tries, person=ann.id, now=at, hour=HOUR)
        assert database.call(asked) == tried
    assert fail(now + HOUR) == 1
    assert database.call(lambda s: strangers.tries(s, ben.id, now, HOUR)) == 0


def test_what_somebody_made_is_taken_back(database: Database, vault: Vault, now: datetime) -> None:
    """Whoever leaves the staff leaves no open invitation behind, their own included."""

    def unit(session: Session) -> list[bool]:
        group = groups.add_group(session, "Thursday-B", "UTC", now)
        one, two = (
            staff.add_staff(session, vault, name, Role.THERAPIST, now, groups=(group.id,))
            for name in ("Rivera", "Noor")
        )
        codes = [
            invites.invite(session, vault, now, group=group.id, made_by=one.id),
            invites.invite(session, vault, now, staff=one.id),
            invites.invite(session, vault, now, group=group.id, made_by=two.id),
            invites.invite(session, vault, now, group=group.id),
        ]
        invites.void(session, one.id)
        return [invites.find(session, vault, code) is not None for code in codes]

    assert database.call(unit) == [False, False, True, True]


def test_leaving_a_group_voids_the_invitations_into_it(
    database: Database, vault: Vault, now: datetime
) -> None:
    """Those this therapist made; into their other groups and a colleague's they stay open."""

    def unit(session: Session) -> list[bool]:
        one, two = (
            staff.add_staff(session, vault, name, Role.THERAPIST, now) for name in ("Mo", "Jo")
        )
        here, there = (groups.add_group(session, name, "UTC", now) for name in ("A", "B"))
        codes = [
            invites.invite(session, vault, now, group=group.id, made_by=by.id)
            for group, by in ((here, one), (there, one), (here, two))
        ]
        invites.void_into(session, one.id, here.id)
        return [invites.find(session, vault, code) is not None for code in codes]

    assert database.call(unit) == [False, True, True]


def test_each_newcomer_waits_with_a_sealed_number(
    database: Database, vault: Vault, meet: Callable[[], Participant], now: datetime
) -> None:
    """Each waits with a sealed number of their own, until they are confirmed or sent away."""
    ann, ben = meet(), meet()

    def arrive(session: Session) -> None:
        one, two = (groups.add_group(session, name, "UTC", now) for name in ("A", "B"))
        for person, group, code in ((ann, one, "0001"), (ben, two, "0002")):
            newcomers.arrive(session, vault, person.id, group.id, code, now)
            people.set_standing(session, person.id, Standing.PENDING)

    def waiting() -> list[str]:
        return [each.code for each in database.call(lambda s: newcomers.everybody(s, vault))]

    database.call(arrive)
    assert waiting() == ["0001", "0002"]
    first = database.call(lambda s: newcomers.everybody(s, vault))[0]
    only = database.call(lambda s: newcomers.of_groups(s, vault, [first.group]))
    assert [each.person for each in only] == [ann.id]
    kept = database.call(lambda s: s.connection().execute(select(tables.member.c.sealed_code)))
    assert all(b"0001" not in row for row in kept.scalars())
    assert [database.call(lambda s: newcomers.missed(s, ann.id)) for _ in range(2)] == [1, 2]
    database.call(lambda s: newcomers.renew(s, vault, ann.id, "0003"))
    assert waiting() == ["0003", "0002"]
    assert database.call(lambda s: newcomers.missed(s, ann.id)) == 1
    database.call(lambda s: newcomers.turn_away(s, ben.id))
    assert waiting() == ["0003"]
    assert database.call(lambda s: newcomers.code_of(s, vault, ben.id)) is None
