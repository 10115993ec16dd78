"""Messages go out in order, once if they must, again if they may, and never by two hands."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update
from sqlmodel import Session, col, select

from bot.store import erasure, outbox, people, tables
from bot.store.outbox import Kind, Letter, Parcel, Policy
from bot.store.people import Participant
from bot.store.tables import OutboxRow, ParticipantRow
from bot.store.vault import Vault
from bot.store.worker import Database

Meet = Callable[[], Participant]
MINUTE = timedelta(minutes=1)


class Post:
    """The outbox of one test, with a clock that the test moves by hand."""

    def __init__(self, database: Database, vault: Vault, now: datetime) -> None:
        self.database = database
        self.vault = vault
        self.now = now
        self._count = 0

    def letter(self, person: Participant, kind: Kind = Kind.REPLY) -> Letter:
        """A letter that may go now."""
        self._count += 1
        return Letter(f"k{self._count}", person.id, kind, f"body {self._count}", self.now)

    def queue(self, *letters: Letter) -> None:
        """Queue these, in this order."""
        for letter in letters:
            enqueue = partial(outbox.enqueue, vault=self.vault, letter=letter, now=self.now)
            assert self.database.call(enqueue)

    def claim(
        self, owner: str = "me", limit: int = 32, busy: tuple[UUID, ...] = ()
    ) -> list[Parcel]:
        """What `owner` gets to send."""
        return self.database.call(
            lambda s: outbox.claim(s, self.vault, owner=owner, now=self.now, limit=limit, busy=busy)
        )

    def bodies(self, owner: str = "me", limit: int = 32) -> list[str]:
        """The same, by their words."""
        return [parcel.body for parcel in self.claim(owner, limit)]

    def sent(self, parcel: Parcel, owner: str = "me", message_id: int = 1) -> bool:
        """Telegram took it."""
        return self.database.call(lambda s: outbox.sent(s, parcel.id, owner, message_id, self.now))

    def row(self, key: str) -> OutboxRow:
        """The row as it is now."""
        query = select(OutboxRow).where(col(OutboxRow.key) == key)
        return self.database.call(lambda s: s.exec(query).one())

    def states(self) -> dict[str, str]:
        """Where every message stands."""
        rows = self.database.call(lambda s: s.exec(select(OutboxRow)).all())
        return {row.key: row.status for row in rows}


@pytest.fixture
def post(database: Database, vault: Vault, now: datetime) -> Post:
    """An empty outbox."""
    return Post(database, vault, now)


def test_round_trip(post: Post, meet: Meet) -> None:
    """What is claimed is what was queued, with the chat id opened for the sender."""
    person = meet()
    ends = post.now + MINUTE
    post.queue(replace(post.letter(person, Kind.CHECKIN), expires_at=ends))
    (parcel,) = post.claim()
    assert parcel == Parcel(
        id=parcel.id,
        person=person.id,
        chat_id=700_000_001,
        kind=Kind.CHECKIN,
        body="body 1",
        attempts=0,
        ambiguous=0,
        edits=None,
        expires_at=ends,
        created_at=post.now,
    )


def test_queued_once(post: Post, meet: Meet) -> None:
    """A second message under the same key does not exist."""
    letter = post.letter(meet())
    post.queue(letter)
    again = replace(letter, body="other")
    assert not post.database.call(lambda s: outbox.enqueue(s, post.vault, again, post.now))
    assert post.bodies() == ["body 1"]


def test_one_at_a_time(post: Post, meet: Meet) -> None:
    """A lane's next message waits until the one before it is settled; other lanes do not wait."""
    ann, ben = meet(), meet()
    post.queue(post.letter(ann), post.letter(ann), post.letter(ben))
    first, other = post.claim()
    assert (first.body, other.body) == ("body 1", "body 3")
    assert post.claim() == []
    post.sent(first)
    assert post.bodies() == ["body 2"]


def test_urgent_kinds_go_first_and_within_a_kind_what_came_first(post: Post, meet: Meet) -> None:
    """Urgent kinds go first, whoever they are for; within a kind, what came first."""
    kinds = [Kind.BULK, Kind.NUDGE, Kind.REPLY, Kind.ALERT, Kind.CHECKIN, Kind.REPLY, Kind.ALERT]
    post.queue(*(post.letter(meet(), kind) for kind in kinds))
    assert post.bodies(limit=3) == ["body 4", "body 7", "body 3"]
    assert post.bodies() == ["body 6", "body 5", "body 2", "body 1"]


def test_order_within_a_lane(post: Post, meet: Meet) -> None:
    """In one lane a reply does not overtake the nudge that was queued before it."""
    person = meet()
    post.queue(post.letter(person, Kind.NUDGE), post.letter(person, Kind.REPLY))
    (nudge,) = post.claim()
    assert nudge.body == "body 1"
    post.sent(nudge)
    assert post.bodies() == ["body 2"]


def test_alert_overtakes(post: Post, meet: Meet) -> None:
    """An alert passes what waits or is on its way, but not the alert before it."""
    person = meet()
    post.queue(
        post.letter(person, Kind.CHECKIN),
        post.letter(person, Kind.ALERT),
        post.letter(person, Kind.ALERT),
    )
    (alert,) = post.claim()
    assert alert.body == "body 2"
    (checkin,) = post.claim()
    assert checkin.body == "body 1"
    assert post.claim() == []
    post.sent(alert)
    assert post.bodies() == ["body 3"]


def test_lanes_that_cannot_be_served_now_are_passed_over(post: Post, meet: Meet) -> None:
    """Lanes the sender cannot serve now are passed over, alerts as well."""
    ann, ben = meet(), meet()
    post.queue(post.letter(ann, Kind.ALERT), post.letter(ben))
    assert [parcel.person for parcel in post.claim(busy=(ann.id,))] == [ben.id]
    assert [parcel.person for parcel in post.claim()] == [ann.id]


def test_not_yet(post: Post, meet: Meet) -> None:
    """A message waits for its time, and what is behind it in the lane waits, too."""
    person = meet()
    post.queue(replace(post.letter(person), not_before=post.now + MINUTE), post.letter(person))
    assert post.claim() == []
    post.now += MINUTE
    assert post.bodies() == ["body 1"]


@pytest.mark.parametrize("not_before", [0, 5])
def test_what_expired_is_not_sent_and_stops_nothing(
    post: Post, meet: Meet, not_before: int
) -> None:
    """What expired is not sent, even if its time had not come, and does not stop what follows."""
    person = meet()
    early = post.letter(person)
    post.queue(
        replace(early, expires_at=post.now + MINUTE, not_before=post.now + not_before * MINUTE),
        replace(post.letter(person), expires_at=post.now + MINUTE),
        post.letter(person),
    )
    post.now += MINUTE
    assert post.bodies() == ["body 3"]
    assert post.states() == {"k1": "expired", "k2": "expired", "k3": "sending"}


def test_many_expired(post: Post, meet: Meet) -> None:
    """A long row of expired messages is cleared in one go."""
    person = meet()
    dead = [replace(post.letter(person), expires_at=post.now) for _ in range(20)]
    post.queue(*dead, post.letter(person))
    assert post.bodies(limit=2) == ["body 21"]


@pytest.mark.parametrize("kind", list(Kind))
def test_unreachable_person(post: Post, meet: Meet, kind: Kind) -> None:
    """To somebody who blocked the bot nothing is sent, not even an alert."""
    ann, ben = meet(), meet()
    post.queue(post.letter(ann, kind), post.letter(ann, kind), post.letter(ben, kind))
    post.database.call(lambda s: people.set_reachable(s, ann.id, False))
    assert post.bodies() == ["body 3"]
    assert post.states() == {"k1": "cancelled", "k2": "cancelled", "k3": "sending"}


def test_blocked_while_sending(post: Post, meet: Meet) -> None:
    """When Telegram says they blocked us, their whole lane is called off and nobody else's."""
    ann, ben = meet(), meet()
    post.queue(post.letter(ann), post.letter(ann), post.letter(ben), post.letter(ben))
    post.claim(limit=1)
    post.database.call(lambda s: outbox.unreachable(s, ann.id, "403"))
    assert post.states() == {
        "k1": "cancelled",
        "k2": "cancelled",
        "k3": "pending",
        "k4": "pending",
    }
    found = post.database.call(lambda s: people.find(s, post.vault, 700_000_001))
    assert found is not None
    assert not found.reachable


def test_a_claimed_row_names_its_sender_and_until_when(post: Post, meet: Meet) -> None:
    """A claimed row names its sender and how long the sender may take."""
    post.queue(post.letter(meet()))
    post.claim("sender-7")
    row = post.row("k1")
    assert (row.status, row.owner) == ("sending", "sender-7")
    assert row.lease_until == post.now + timedelta(seconds=30)


def test_a_sent_message_is_settled_once(post: Post, meet: Meet) -> None:
    """A sent message is settled, with Telegram's number and the time; once."""
    post.queue(post.letter(meet()))
    (parcel,) = post.claim()
    post.now += MINUTE
    assert post.sent(parcel, message_id=2**40)
    row = post.row("k1")
    assert (row.status, row.message_id, row.sent_at) == ("sent", 2**40, post.now)
    assert not post.sent(parcel)


def test_too_slow(post: Post, meet: Meet) -> None:
    """A sender whose parcel was taken over changes nothing, whatever it reports."""
    post.queue(post.letter(meet()))
    (parcel,) = post.claim("slow")
    post.now += MINUTE
    assert post.database.call(lambda s: outbox.recover(s, post.now)) == 1
    assert [again.id for again in post.claim("quick")] == [parcel.id]
    n, now = parcel.id, post.now
    assert not post.sent(parcel, "slow")
    assert not post.database.call(lambda s: outbox.later(s, n, "slow", now, "429"))
    assert not post.database.call(lambda s: outbox.failed(s, n, "slow", "400"))
    assert post.database.call(lambda s: outbox.unknown(s, n, "slow", now, "?")) == "sending"
    assert post.row("k1").owner == "quick"
    assert post.sent(parcel, "quick")


def test_what_was_certainly_not_sent_is_tried_again(post: Post, meet: Meet) -> None:
    """What certainly was not sent is tried again at the given time, as often as it takes."""
    post.queue(post.letter(meet(), Kind.BULK))
    for attempt in range(8):
        (parcel,) = post.claim()
        assert (parcel.attempts, parcel.ambiguous) == (attempt, 0)
        again = post.now + MINUTE
        patience = partial(outbox.later, parcel_id=parcel.id, owner="me", not_before=again)
        assert post.database.call(partial(patience, error="429"))
        assert post.claim() == []
        post.now = again
    row = post.row("k1")
    assert (row.status, row.error, row.owner, row.lease_until) == ("pending", "429", None, None)


def test_what_can_never_be_sent_is_settled_and_the_lane_goes_on(post: Post, meet: Meet) -> None:
    """What can never be sent is settled, and the lane goes on."""
    person = meet()
    post.queue(post.letter(person), post.letter(person))
    (parcel,) = post.claim()
    assert post.database.call(lambda s: outbox.failed(s, parcel.id, "me", "400"))
    assert post.row("k1").error == "400"
    assert post.bodies() == ["body 2"]
    assert post.states() == {"k1": "failed", "k2": "sending"}


POLICIES = [
    (Kind.ALERT, Policy.AT_LEAST_ONCE, 5),
    (Kind.REPLY, Policy.AT_LEAST_ONCE, 3),
    (Kind.CHECKIN, Policy.AT_LEAST_ONCE, 1),
    (Kind.NUDGE, Policy.AT_MOST_ONCE, 0),
    (Kind.BULK, Policy.AT_MOST_ONCE, 0),
]


@pytest.mark.parametrize(("kind", "policy", "resends"), POLICIES)
def test_of_unknown_fate_each_kind_is_resent_its_number_of_times(
    post: Post, meet: Meet, kind: Kind, policy: Policy, resends: int
) -> None:
    """When nobody knows whether it arrived, each kind is resent its number of times, then left."""
    post.queue(post.letter(meet(), kind))
    assert post.row("k1").policy == policy
    told: list[str] = []
    while parcels := post.claim():
        n, now = parcels[0].id, post.now
        assert parcels[0].ambiguous == len(told)
        told.append(_unknown(post, n, now))
        post.now += timedelta(hours=1)
    assert told == ["pending"] * resends + ["uncertain"]
    assert post.row("k1").status == "uncertain"


def _unknown(post: Post, parcel_id: int, now: datetime) -> str:
    return post.database.call(lambda s: outbox.unknown(s, parcel_id, "me", now, "timeout"))


def test_reports_about_somebody_erased_meanwhile(post: Post, meet: Meet) -> None:
    """A message whose person was erased while it was on the wire is nobody's trouble."""
    person = meet()
    post.queue(post.letter(person))
    (parcel,) = post.claim()
    post.database.call(lambda s: erasure.forget_words(s, person.id))
    number, now = parcel.id, post.now
    assert _unknown(post, number, now) == "cancelled"
    assert not post.database.call(lambda s: outbox.sent(s, number, "me", 7, now))
    assert not post.database.call(lambda s: outbox.later(s, number, "me", now, "?"))
    assert not post.database.call(lambda s: outbox.failed(s, number, "me", "?"))


def test_unknown_waits(post: Post, meet: Meet) -> None:
    """Resending waits a little longer each time, so that a short outage is outlived."""
    post.queue(post.letter(meet()))
    waits = []
    for _ in range(3):
        (parcel,) = post.claim()
        _unknown(post, parcel.id, post.now)
        again = post.row("k1").not_before
        waits.append((again - post.now).total_seconds())
        post.now = again
    assert waits == [2, 8, 32]


@pytest.mark.parametrize(("kind", "policy", "resends"), POLICIES)
def test_what_a_dead_sender_left_is_of_unknown_fate(
    post: Post, meet: Meet, kind: Kind, policy: Policy, resends: int
) -> None:
    """What a dead sender left behind is unknown, too: resent if its kind allows it, else left."""
    post.queue(post.letter(meet(), kind))
    post.claim("dead")
    post.now += MINUTE
    assert post.database.call(lambda s: outbox.recover(s, post.now)) == 1
    assert post.row("k1").status == ("pending" if resends else "uncertain")
    assert len(post.claim()) == (1 if resends else 0)


def test_recover_leaves_the_living(post: Post, meet: Meet, database_kind: str) -> None:
    """A lease that runs is respected where there may be others: on PostgreSQL, or when asked."""
    post.queue(post.letter(meet()), post.letter(meet()))
    post.claim("alive", limit=1)
    post.claim("dead", limit=1)
    alive = {"alive"}.__contains__
    assert post.database.call(lambda s: outbox.recover(s, post.now, owner_alive=alive)) == 1
    assert post.states() == {"k1": "sending", "k2": "pending"}
    started = post.database.call(lambda s: outbox.recover(s, post.now))
    assert started == (1 if database_kind == "sqlite" else 0)


def test_a_redraw_edits_the_latest_question_of_its_run(post: Post, meet: Meet) -> None:
    """A message that redraws edits the latest sent one that asked the same run, if there is one."""
    person, run, other = meet(), UUID(int=5), UUID(int=6)
    plain = replace(post.letter(person), asks_run=run, asks_turn=1)
    elsewhere = replace(post.letter(person), asks_run=other, asks_turn=1)
    again = replace(post.letter(person), asks_run=run, asks_turn=2, redraws=True)
    never = replace(post.letter(person), asks_run=UUID(int=7), asks_turn=1, redraws=True)
    post.queue(plain, elsewhere, again, never)
    found = []
    for message_id in (41, 42, 41, 44):
        (parcel,) = post.claim()
        found.append(parcel.edits)
        post.sent(parcel, message_id=message_id)
    assert found == [None, None, 41, None]


def test_overtaken_redraws(post: Post, meet: Meet) -> None:
    """Redraws that still wait can be called off for one run; nothing else is."""
    person, run = meet(), UUID(int=5)
    asked = replace(post.letter(person), asks_run=run)
    redraw = replace(post.letter(person), asks_run=run, redraws=True)
    other = replace(post.letter(person), asks_run=UUID(int=6), redraws=True)
    post.queue(asked, redraw, other)
    post.database.call(lambda s: outbox.drop_redraws(s, run))
    assert post.states() == {"k1": "pending", "k2": "cancelled", "k3": "pending"}


def test_unreadable_does_not_stop_others(post: Post, meet: Meet) -> None:
    """A message whose key was destroyed is called off, a damaged one fails, the rest goes out."""
    gone, damaged, well = meet(), meet(), meet()
    post.queue(*(post.letter(person) for person in (gone, damaged, well)))

    def damage(session: Session) -> None:
        post.vault.destroy_key(session, gone.id)
        query = select(ParticipantRow).where(col(ParticipantRow.id) == damaged.id)
        session.exec(query).one().sealed_address = b"\x01 something else entirely, long enough"

    post.database.call(damage)
    assert post.bodies() == ["body 3"]
    assert post.states() == {"k1": "cancelled", "k2": "failed", "k3": "sending"}


def test_body_sealed_to_its_key(post: Post, meet: Meet) -> None:
    """A body copied into another row of the same person does not go out."""
    person = meet()
    post.queue(post.letter(person), post.letter(person))

    def swap(session: Session) -> None:
        one, two = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
        one.sealed_body = two.sealed_body

    post.database.call(swap)
    assert post.bodies() == ["body 2"]
    assert post.row("k1").error == "seal broken"


def test_words_are_kept_as_long_as_they_wait(post: Post, meet: Meet) -> None:
    """Sent, expired, called off, failed, given up: nothing is left to read; what waits, or is on
    its way, keeps its words."""
    ann, ben, cat, dan, eve = meet(), meet(), meet(), meet(), meet()
    post.queue(post.letter(ann), replace(post.letter(ben), expires_at=post.now))
    post.queue(post.letter(cat), post.letter(dan, kind=Kind.NUDGE), post.letter(eve))
    post.database.call(lambda s: outbox.call_off(s, "k3"))
    first, last, nudge = post.claim()
    post.sent(first)
    post.database.call(lambda s: outbox.unknown(s, nudge.id, "me", post.now, "timeout"))
    post.queue(post.letter(ann), post.letter(ben))
    post.database.call(lambda s: outbox.unreachable(s, ben.id, "blocked"))
    states = post.states()
    assert states == {
        "k1": "sent", "k2": "expired", "k3": "cancelled", "k4": "uncertain", "k5": "sending",
        "k6": "pending", "k7": "cancelled",
    }  # fmt: skip
    kept = {key for key in states if post.row(key).sealed_body is not None}
    assert kept == {"k5", "k6"}
    post.database.call(lambda s: outbox.failed(s, last.id, "me", "bad"))
    assert post.row("k5").sealed_body is None


def test_words_that_an_earlier_version_kept_are_forgotten(post: Post, meet: Meet) -> None:
    """It blanked them a day after sending; what waits keeps its words."""
    post.queue(post.letter(meet()), post.letter(meet()))

    def as_before(session: Session) -> None:
        t = tables.outbox
        session.connection().execute(update(t).where(t.c.key == "k1").values(status="sent"))

    post.database.call(as_before)
    assert post.database.call(outbox.blank_bodies) == 1
    assert post.row("k1").sealed_body is None
    assert post.row("k2").sealed_body is not None


def test_every_state_is_counted_the_empty_ones_too(post: Post, meet: Meet) -> None:
    """Every state is counted, those with nothing in them as well."""
    post.queue(post.letter(meet()), post.letter(meet()), post.letter(meet()))
    (parcel,) = post.claim(limit=1)
    post.sent(parcel)
    post.claim(limit=1)
    assert post.database.call(outbox.counts) == {
        "pending": 1,
        "sending": 1,
        "sent": 1,
        "failed": 0,
        "uncertain": 0,
        "expired": 0,
        "cancelled": 0,
    }


def test_several_senders(
    open_database: Callable[..., Database], post: Post, meet: Meet, vault: Vault
) -> None:
    """Three senders at once send every message exactly once, and each lane in order."""
    folk = [meet() for _ in range(6)]
    post.queue(*(post.letter(person) for _ in range(10) for person in folk))
    log: list[tuple[UUID, int]] = []
    lock = threading.Lock()
    left = threading.Semaphore(60)

    def work(owner: str) -> None:
        database = open_database()
        while left.acquire(blocking=False):
            left.release()
            parcels = database.call(
                lambda s: outbox.claim(s, vault, owner=owner, now=post.now, limit=2)
            )
            for parcel in parcels:
                with lock:
                    log.append((parcel.person, parcel.id))
                assert database.call(_report(parcel.id, owner, post.now))
                left.acquire()

    with ThreadPoolExecutor(3) as pool:
        for future in [pool.submit(work, f"sender-{n}") for n in range(3)]:
            future.result(timeout=60)
    assert len(log) == len(set(log)) == 60
    for person in folk:
        lane = [number for who, number in log if who == person.id]
        assert lane == sorted(lane)


def _report(parcel_id: int, owner: str, now: datetime) -> Callable[[Session], bool]:
    return lambda session: outbox.sent(session, parcel_id, owner, None, now)


def test_the_last_message_of_a_run_need_not_ask_anything(post: Post, meet: Meet) -> None:
    """Its question is where it was asked; what stands below it is the message it ended with."""
    maya, run = meet(), uuid4()
    asks = replace(post.letter(maya), asks_run=run, asks_turn=1)
    ends = replace(post.letter(maya), asks_run=run)
    for number, letter in enumerate((asks, ends), start=7):
        post.queue(letter)
        (parcel,) = post.claim()
        post.sent(parcel, message_id=number)
    assert post.database.call(lambda s: outbox.asked_in(s, run)) == 7
    assert post.database.call(lambda s: outbox.shown_in(s, run)) == 8


def test_only_what_still_waits_can_be_called_off(post: Post, meet: Meet) -> None:
    """Once; what a sender has claimed goes out."""
    maya = meet()
    waits, goes = post.letter(maya), post.letter(maya)
    post.queue(goes)
    (parcel,) = post.claim()
    post.queue(waits)
    for key, called_off in ((waits.key, True), (waits.key, False), (goes.key, False)):
        assert post.database.call(partial(outbox.call_off, key=key)) is called_off
    assert post.sent(parcel)
    assert post.bodies() == []
