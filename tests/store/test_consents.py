"""What was agreed to when, links that open once, the list of erased people: on both databases."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert
from sqlmodel import Session

from bot.store import consents, erasure, outbox, page_links, people, tables, tombstones
from bot.store.consents import Event
from bot.store.outbox import Kind, Letter, guards
from bot.store.people import Participant, Standing
from bot.store.vault import Vault
from bot.store.worker import Database
from tests.store.ahead import AHEAD, id_ahead

SCOPE = "therapist_reads"
SECOND = timedelta(seconds=1)


def said(granted: bool, at: datetime, version: int = 1) -> Event:  # a table's column
    return Event(SCOPE, granted, version, "ab" * 32, at)


@pytest.mark.parametrize(
    ("words", "since", "arrives"),
    [
        ([(True, -60, 1)], 1, True),
        ([(True, -60, 1), (False, -1, 1)], 1, False),
        ([(True, -60, 1), (False, -30, 1), (True, -1, 1)], 1, True),
        ([(False, -60, 1)], 1, False),
        ([], 1, False),
        ([(True, -60, 1)], 2, False),
        ([(True, -60, 1), (True, -1, 2)], 2, True),
    ],
)
def test_the_newest_word_before_a_message_is_claimed_decides(
    database: Database,
    vault: Vault,
    meet: Callable[[], Participant],
    now: datetime,
    words: list[tuple[bool, int, int]],
    since: int,
    arrives: bool,
) -> None:
    """Queued with a yes, taken back one second before it is sent: it is not sent."""
    about, to = meet(), meet()
    guard = f"{guards.consents(SCOPE, about.id, since)} {guards.member(about.id)}"

    def story(session: Session) -> list[str]:
        people.set_standing(session, about.id, Standing.MEMBER)
        letter = Letter("k", to.id, Kind.CHECKIN, "{}", now, guard=guard)
        outbox.enqueue(session, vault, letter, now - timedelta(minutes=1))
        for granted, seconds, version in words:
            at = now + seconds * SECOND
            consents.record(session, about.id, said(granted, at, version))
        got = outbox.claim(
            session, vault, owner="me", now=now, lease=timedelta(seconds=30), limit=9, busy=()
        )
        return [parcel.body for parcel in got]

    assert database.call(story) == (["{}"] if arrives else [])
    counts = database.call(outbox.counts)
    assert counts["cancelled"] == (0 if arrives else 1)


def test_every_word_is_kept(
    database: Database, meet: Callable[[], Participant], now: datetime
) -> None:
    """The newest counts, the earlier ones stay on record, even within one millisecond."""
    person = meet()

    def story(session: Session) -> list[bool]:
        for granted in (True, False, True, False):
            consents.record(session, person.id, said(granted, now))
        assert not consents.newest(session, person.id)[SCOPE].granted
        return [event.granted for event in consents.events(session, person.id)]

    assert database.call(story) == [True, False, True, False]


def test_a_no_after_the_clock_was_put_back(
    database: Database, meet: Callable[[], Participant], now: datetime
) -> None:
    """The yes was kept before a restart, by a clock that ran ahead, and has an id of then: the no
    of now sorted before it, and took nothing back."""
    person = meet()
    yes = {"id": id_ahead(), "participant_id": person.id, "scope": SCOPE, "granted": True}
    yes |= {"version": 1, "text_sha": "ab" * 32, "at": AHEAD}

    def story(session: Session) -> None:
        session.connection().execute(insert(tables.consent), yes)
        for granted in (False, True, False):
            consents.record(session, person.id, said(granted, now))
        assert consents.last_words(session, person.id)[SCOPE] == (False, 1)
        assert not guards.holds(session, guards.consents(SCOPE, person.id), now)
        kept = [event.granted for event in consents.events(session, person.id)]
        assert kept == [True, False, True, False]

    database.call(story)


def test_a_link_opens_once_and_for_ten_minutes(
    database: Database, meet: Callable[[], Participant], now: datetime
) -> None:
    """Looking spends nothing; after its use or its time there is nothing left to find."""
    person = meet()

    def story(session: Session) -> None:
        token = page_links.make(session, person.id, "export", now)
        assert len(token) == 43
        assert page_links.peek(session, token, now) == person.id
        assert page_links.peek(session, token, now + page_links.LIFE - SECOND) == person.id
        assert page_links.peek(session, token, now + page_links.LIFE) is None
        assert page_links.spend(session, token[:-1], now) is None
        assert page_links.spend(session, token, now) == (person.id, "export")
        assert page_links.spend(session, token, now) is None
        assert page_links.peek(session, token, now) is None
        late = page_links.make(session, person.id, "export", now)
        page_links.forget_over(session, now + timedelta(hours=1))
        assert page_links.spend(session, late, now) is None

    database.call(story)


def test_the_list_outlives_the_database(
    database: Database,
    vault: Vault,
    meet: Callable[[], Participant],
    now: datetime,
    tmp_path: Path,
) -> None:
    """Whoever stands on it later than they were taken in is erased; nobody else is, and once."""
    gone, stays, file = meet(), meet(), tmp_path / "list"

    def erased(session: Session) -> None:
        erasure.erase(session, vault, gone.id, now + SECOND)

    database.call(erased)
    tombstones.write_down(database.engine, file)
    tombstones.write_down(database.engine, file)
    assert file.read_text().count("+00:00") == 1
    assert file.stat().st_mode & 0o077 == 0
    with file.open("a") as out:
        out.write("0123abc")  # cut off by a crash

    def restored(session: Session) -> Participant:
        session.connection().execute(delete(tables.tombstone))
        return people.welcome(session, vault, 700_000_001, "en", "UTC", now)

    back = database.call(restored)
    assert database.call(lambda session: tombstones.forget_again(session, vault, file)) == 1
    assert database.call(lambda session: people.get(session, back.id)) is None
    assert database.call(lambda session: people.get(session, stays.id)) is not None
    again = database.call(
        lambda session: people.welcome(
            session, vault, 700_000_001, "en", "UTC", now + timedelta(days=1)
        )
    )
    assert database.call(lambda session: tombstones.forget_again(session, vault, file)) == 0
    assert database.call(lambda session: people.get(session, again.id)) is not None


def test_erased_by_a_clock_that_ran_ahead_they_can_come_back(
    database: Database,
    vault: Vault,
    meet: Callable[[], Participant],
    now: datetime,
    tmp_path: Path,
) -> None:
    """The clock was a year ahead when somebody deleted everything, and was put right since: at each
    start they were erased again, with all they had written."""
    gone, ahead, file = meet(), now + timedelta(days=365), tmp_path / "list"
    database.call(lambda session: erasure.erase(session, vault, gone.id, ahead))
    tombstones.write_down(database.engine, file)
    back = database.call(lambda s: people.welcome(s, vault, 700_000_001, "en", "UTC", now))
    assert database.call(lambda session: tombstones.forget_again(session, vault, file)) == 0
    assert database.call(lambda session: people.get(session, back.id)) is not None
