"""Pairs are kept as the rules say: nobody in two, nothing about who ended it, guards that hold."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select
from sqlmodel import Session

from bot.care.pairing import Accept, Approve, End, Leave, Mute, Report, Rest, State, Stay, Step
from bot.store import (
    erasure,
    groups,
    members,
    nudges,
    pair_blocks,
    pair_shares,
    pair_wishes,
    pairs,
    people,
    promises,
    tables,
)
from bot.store.outbox import guards
from bot.store.pair_shares import Kind, Share
from bot.store.pair_wishes import Wants, Wish
from bot.store.pairs import StoredPair
from bot.store.people import Participant, Standing
from bot.store.promises import End as Ended
from bot.store.vault import Vault
from bot.store.worker import Database
from tests.store.ahead import AHEAD, id_ahead

Meet = Callable[[], Participant]
TODAY = date(2026, 3, 2)


class Couple:
    """Heron and Wren in one group, and everything that is done to their pair."""

    def __init__(self, database: Database, vault: Vault, meet: Meet, now: datetime) -> None:
        self.database, self.vault, self.now = database, vault, now
        self.heron, self.wren, self.third = meet().id, meet().id, meet().id
        self.group = database.call(self._join)
        found = self.propose()
        assert found is not None
        self.id = found.id

    def _join(self, session: Session) -> UUID:
        group = groups.add_group(session, "Thursday-B", "Europe/Madrid", self.now)
        for person, alias in ((self.heron, "Heron"), (self.wren, "Wren"), (self.third, "Owl")):
            people.set_standing(session, person, Standing.MEMBER)
            members.join(session, person, group.id, self.now)
            members.set_alias(session, self.vault, person, alias)
            members.set_quiet(session, person, ("22:00", "07:00"))
        return group.id

    def propose(self) -> StoredPair | None:
        """Another pair of the two."""
        two = (self.wren, self.heron)
        found: StoredPair | None = self.call(
            lambda s: pairs.propose(s, self.group, two, ("hours",), self.now)
        )
        return found

    def call(self, work: Callable[[Session], Any]) -> Any:
        """Something in a transaction."""
        return self.database.call(work)

    def take(self, *steps: Step) -> StoredPair:
        """Steps, one after the other; the pair as it is then."""
        for step in steps:
            self.call(partial(pairs.take, pair_id=self.id, step=step, now=self.now))
        found: StoredPair | None = self.call(lambda s: pairs.get(s, self.id))
        assert found is not None
        return found

    def active(self) -> StoredPair:
        """Both said yes."""
        return self.take(Approve(), Accept(self.heron), Accept(self.wren))

    def holds(self, guard: str, later: timedelta = timedelta(0)) -> bool:
        """Whether a message with this guard would go out."""
        return bool(self.call(lambda s: guards.holds(s, guard, self.now + later)))


@pytest.fixture
def couple(database: Database, vault: Vault, meet: Meet, now: datetime) -> Couple:
    """A proposed pair."""
    return Couple(database, vault, meet, now)


def test_from_proposed_to_active(couple: Couple) -> None:
    """One yes is not enough; once both have said yes it is active. The partner is an alias."""
    assert couple.take(Approve(), Accept(couple.heron)).state is State.APPROVED
    assert couple.take(Accept(couple.wren)).state is State.ACTIVE
    assert couple.call(lambda s: members.alias_of(s, couple.vault, couple.wren)) == "Wren"


def test_nobody_is_in_two_pairs(couple: Couple) -> None:
    """The database refuses a second live pair; after the end there may be another."""
    two = (couple.wren, couple.third)
    again = lambda s: pairs.propose(s, couple.group, two, (), couple.now)  # noqa: E731 # twice
    assert couple.propose() is None
    assert couple.call(again) is None
    couple.take(End(couple.heron))
    assert couple.call(again) is not None


def test_nothing_says_who_ended_it(couple: Couple) -> None:
    """Whoever ends it, the rows are the same."""

    def rows(session: Session) -> list[tuple[object, ...]]:
        found = session.connection().execute(select(tables.pair_side)).mappings().all()
        known = ("pair_id", "participant_id", "partner_id", "accepted_at")
        return [tuple(v for k, v in row.items() if k not in known) for row in found]

    couple.active()
    couple.take(End(couple.heron))
    one, other = couple.call(rows)
    assert one == other


@pytest.mark.parametrize(
    ("step", "to_heron", "to_wren"),
    [
        (lambda c: Mute(c.heron), False, True),
        (lambda c: Rest(c.heron), False, False),
        (lambda c: Report(c.heron), False, False),
        (lambda c: End(c.heron), False, False),
        (lambda c: Leave(c.heron), False, False),
    ],
)
def test_what_may_pass(
    couple: Couple, step: Callable[[Couple], Step], *, to_heron: bool, to_wren: bool
) -> None:
    """A mute holds for one direction; everything else stops both at once."""
    couple.active()
    ways = [guards.passes(couple.id, each) for each in (couple.heron, couple.wren)]
    assert [couple.holds(way) for way in ways] == [True, True]
    couple.take(step(couple))
    assert [couple.holds(way) for way in ways] == [to_heron, to_wren]


def test_pause_of_everything_stops_both_directions(couple: Couple) -> None:
    """Whoever pauses all messages neither gets nor sends any to the partner."""
    couple.active()
    until = couple.now + timedelta(days=1)
    couple.call(lambda s: people.set_paused(s, couple.heron, until))
    for each in (couple.heron, couple.wren):
        assert not couple.holds(guards.passes(couple.id, each))
        assert couple.holds(guards.passes(couple.id, each), timedelta(days=2))


def test_quiet_hours(couple: Couple) -> None:
    """Ten in the morning in Madrid is loud, eleven at night is not."""
    assert couple.holds(guards.loud(couple.heron))
    assert not couple.holds(guards.loud(couple.heron), timedelta(hours=13))


def test_going_on_after_the_programme(couple: Couple) -> None:
    """A discharge ends the pair, unless both have said that they want to stay."""
    couple.active()
    couple.take(Stay(couple.heron), Stay(couple.wren))
    assert couple.take(Leave(couple.heron)).state is State.ACTIVE
    couple.call(lambda s: people.set_standing(s, couple.heron, Standing.DISCHARGED))
    assert couple.holds(guards.passes(couple.id, couple.wren))
    assert couple.take(Stay(couple.wren, on=False)).state is State.ENDED


def test_each_share_is_its_own(couple: Couple) -> None:
    """One direction, one kind: the newest word counts, and names its recipient."""

    def say(session: Session, *, granted: bool) -> None:
        words = (Kind.CHECKIN.value, granted, 1, "ab", couple.now)
        share = Share(couple.id, couple.heron, couple.wren, *words)
        pair_shares.record(session, share)

    guard = guards.shared(couple.id, couple.heron, "checkin")
    assert not couple.holds(guard)
    couple.call(lambda s: say(s, granted=True))
    assert couple.holds(guard)
    assert not couple.holds(guards.shared(couple.id, couple.wren, "checkin"))
    assert not couple.holds(guards.shared(couple.id, couple.heron, "promise"))
    couple.call(lambda s: say(s, granted=False))
    assert not couple.holds(guard)


def test_a_share_taken_back_after_the_clock_was_put_back(couple: Couple) -> None:
    """The yes has an id of the future: by that, the no after it was the older word."""
    whose = {"pair_id": couple.id, "participant_id": couple.heron, "recipient_id": couple.wren}
    words = {"kind": "checkin", "granted": True, "version": 1, "text_sha": "ab", "at": AHEAD}
    yes = insert(tables.pair_share).values(id=id_ahead(), **whose, **words)
    couple.call(lambda s: s.connection().execute(yes))
    guard = guards.shared(couple.id, couple.heron, "checkin")
    assert couple.holds(guard)
    no = Share(couple.id, couple.heron, couple.wren, "checkin", False, 1, "ab", couple.now)
    couple.call(lambda s: pair_shares.record(s, no))
    assert not couple.holds(guard)
    assert not couple.call(lambda s: pair_shares.granted(s, couple.id, couple.heron))


def test_a_promise_is_sealed_and_answered_once(couple: Couple) -> None:
    """Its words come back to whoever made it; the second answer changes nothing."""

    def make(session: Session) -> promises.Promise:
        return promises.make(
            *(session, couple.vault, couple.heron, couple.id, "call my sister", TODAY, couple.now)
        )

    made = couple.database.call(make)
    rows = couple.call(
        lambda s: s.connection().execute(select(tables.partner_promise.c.sealed_text)).scalar()
    )
    assert b"sister" not in rows
    assert couple.call(lambda s: promises.answer(s, made.id, Ended.DONE, couple.now))
    assert not couple.call(lambda s: promises.answer(s, made.id, Ended.DROPPED, couple.now))
    found = couple.database.call(lambda s: promises.get(s, couple.vault, made.id))
    assert found is not None
    assert (found.text, found.state) == ("call my sister", Ended.DONE)


def test_three_a_day_in_each_direction(couple: Couple) -> None:
    """The fourth does not go; the next day, and the other direction, are counted apart."""
    there, back = (couple.heron, couple.wren), (couple.wren, couple.heron)

    def send(session: Session, two: tuple[UUID, UUID], day: date) -> object:
        return nudges.add(
            *(session, couple.vault, couple.id, two, day, couple.now),
            phrase="hello",
        )

    sent = [couple.call(lambda s: send(s, there, TODAY)) for _ in range(5)]
    assert [each is not None for each in sent] == [True, True, True, False, False]
    assert couple.call(lambda s: send(s, back, TODAY)) is not None
    assert couple.call(lambda s: send(s, there, TODAY + timedelta(days=1))) is not None


def test_a_note_is_the_receivers(couple: Couple) -> None:
    """It opens with the receiver's key, and is gone once it is forgotten."""

    def send(session: Session) -> nudges.Nudge | None:
        two = (couple.heron, couple.wren)
        return nudges.add(
            *(session, couple.vault, couple.id, two, TODAY, couple.now), note="thinking of you"
        )

    note = couple.database.call(send)
    assert note is not None
    read = lambda s: nudges.note_of(s, couple.vault, note, couple.wren)  # noqa: E731 # named
    assert couple.call(read) == "thinking of you"
    couple.call(lambda s: nudges.forget_note(s, note.id))
    found = couple.database.call(lambda s: nudges.get(s, note.id))
    assert found is not None
    assert found.sealed_note is None


def test_what_was_said_of_a_partner_is_what_is_read(couple: Couple) -> None:
    """What was said is what is read; whoever said nothing may be proposed."""
    wish = Wish(wants=Wants.YES, gender="woman", with_gender="woman", interests=("walking",))
    read = lambda s: pair_wishes.get(s, couple.vault, couple.heron)  # noqa: E731 # twice
    assert couple.call(read) == Wish()
    couple.call(lambda s: pair_wishes.keep(s, couple.vault, couple.heron, wish, couple.now))
    assert couple.call(read) == wish


def test_erasing_one_takes_the_pair(couple: Couple) -> None:
    """Heron is erased: no pair, nothing passes, a promise of Wren's own stays."""
    couple.active()
    guard = guards.passes(couple.id, couple.wren)
    made = couple.database.call(
        lambda s: promises.make(s, couple.vault, couple.wren, couple.id, "walk", TODAY, couple.now)
    )
    assert couple.call(lambda s: pairs.hold(s, couple.id))
    couple.call(lambda s: erasure.forget_words(s, couple.heron))
    assert not couple.call(lambda s: pairs.hold(s, couple.id))
    assert couple.call(lambda s: pairs.live_of(s, couple.wren)) is None
    assert not couple.holds(guard)
    kept = couple.database.call(lambda s: promises.get(s, couple.vault, made.id))
    assert kept is not None
    assert (kept.text, kept.pair) == ("walk", None)


def test_both_directions_of_a_block_are_found_once(couple: Couple) -> None:
    """Both directions of a block are found, once."""
    for _ in range(2):
        couple.call(lambda s: pair_blocks.block(s, couple.heron, couple.wren, couple.now))
    found = couple.call(lambda s: pair_blocks.blocked(s, [couple.wren, couple.third]))
    assert found == {frozenset({couple.heron, couple.wren})}


def test_looking_back_counts_once(couple: Couple) -> None:
    """Two devices, one Sunday."""
    sunday = date(2026, 3, 8)
    look = lambda s: pairs.look_back(s, couple.id, couple.heron, sunday)  # noqa: E731 # twice
    assert [couple.call(look), couple.call(look)] == [True, False]


def test_both_take_a_step_at_the_same_moment(
    couple: Couple, open_database: Callable[..., Database]
) -> None:
    """Each holds the pair and then mutes the other: nobody waits for ever, and both mutes count."""
    couple.active()
    # SQLite lets one in at a time, so there nobody can wait for the other one in the middle.
    alone = couple.database.engine.dialect.name == "sqlite"
    meet = threading.Barrier(1 if alone else 2, timeout=20)

    def mute(person: UUID) -> None:
        def work(session: Session) -> None:
            assert pairs.hold(session, couple.id)
            meet.wait()
            pairs.take(session, couple.id, Mute(person), couple.now)

        open_database().call(work)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(mute, each) for each in (couple.heron, couple.wren)]:
            done.result(timeout=30)
    found = couple.take()
    assert found.pair.first.muted
    assert found.pair.second.muted
