"""People are found by their Telegram id and by nothing readable."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlmodel import Session, select

from bot.store import people
from bot.store.people import Participant, Standing
from bot.store.tables import ParticipantRow, PersonKeyRow
from bot.store.vault import Vault
from bot.store.worker import Database


def test_nobody_is_found_before_they_were_welcomed(
    database: Database, vault: Vault, now: datetime
) -> None:
    """Nobody is found before they were welcomed; afterwards they are, as they were welcomed."""
    assert database.call(lambda s: people.find(s, vault, 7)) is None
    made = database.call(lambda s: people.welcome(s, vault, 7, "es", "America/Bogota", now))
    assert made == Participant(
        made.id, "es", "America/Bogota", None, True, Standing.STRANGER, None, None, now
    )
    assert database.call(lambda s: people.find(s, vault, 7)) == made
    assert database.call(lambda s: people.find(s, vault, 8)) is None


def test_a_change_is_of_one_person_and_of_nobody_else(
    database: Database, vault: Vault, meet: Callable[[], Participant], now: datetime
) -> None:
    """What is known of a person changes for that person and for nobody else."""
    ann, ben = meet(), meet()

    later = now + timedelta(days=7)

    def change(session: Session) -> None:
        people.set_language(session, ann.id, "es")
        people.set_zone(session, ann.id, "Europe/Lisbon")
        people.set_country(session, ann.id, "PT")
        people.set_reachable(session, ann.id, False)
        people.set_standing(session, ann.id, Standing.MEMBER)
        people.set_onboarding(session, ann.id, "zone")
        people.set_paused(session, ann.id, later)

    database.call(change)
    changed = database.call(lambda s: people.find(s, vault, 700_000_001))
    assert changed == Participant(
        *(ann.id, "es", "Europe/Lisbon", "PT", False, Standing.MEMBER, "zone", later),
        ann.created_at,
    )
    assert database.call(lambda s: people.find(s, vault, 700_000_002)) == ben
    assert database.call(lambda s: people.get(s, ann.id)) == changed
    assert database.call(lambda s: people.get(s, UUID(int=0))) is None


def test_welcomed_twice_at_once(
    open_database: Callable[..., Database], vault: Vault, now: datetime
) -> None:
    """Two updates of a newcomer that race make one person with one key."""
    meeting = threading.Barrier(2)

    def unit(session: Session) -> Participant:
        assert people.find(session, vault, 7) is None
        with suppress(threading.BrokenBarrierError):  # on SQLite they take turns
            meeting.wait(0.3)
        return people.welcome(session, vault, 7, "en", "UTC", now)

    def second_try(session: Session) -> Participant:
        return people.find(session, vault, 7) or unit(session)

    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(open_database().call, second_try) for _ in range(2)]
        one, two = (future.result() for future in asked)
    assert one == two
    database = open_database()
    assert len(database.call(lambda s: s.exec(select(ParticipantRow)).all())) == 1
    assert [
        key.participant_id for key in database.call(lambda s: s.exec(select(PersonKeyRow)).all())
    ] == [one.id]


def test_welcomed_again(database: Database, vault: Vault, now: datetime) -> None:
    """Welcoming somebody who is there already changes nothing."""
    made = database.call(lambda s: people.welcome(s, vault, 7, "es", "UTC", now))
    later = datetime(2027, 1, 1, tzinfo=UTC)
    assert database.call(lambda s: people.welcome(s, vault, 7, "en", "Asia/Tokyo", later)) == made


def test_found_is_locked(
    open_database: Callable[..., Database], vault: Vault, meet: Callable[[], Participant]
) -> None:
    """Whoever else looks for a person waits until the first has committed."""
    meet()
    one, two = open_database(), open_database()
    found, order = threading.Event(), list[str]()

    def first(session: Session) -> None:
        people.find(session, vault, 700_000_001)
        found.set()
        threading.Event().wait(0.2)
        order.append("first")

    def second(session: Session) -> None:
        people.find(session, vault, 700_000_001)
        order.append("second")

    with ThreadPoolExecutor(2) as pool:
        pool.submit(one.call, first)
        found.wait()
        pool.submit(two.call, second).result()
    assert order == ["first", "second"]
