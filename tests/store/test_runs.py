"""Runs and answers come back as they were written, one open run for each person."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from bot.engine.run import Draft, Item, Run, Status, Value
from bot.store import past_runs, runs
from bot.store.people import Participant
from bot.store.runs import StoredRun
from bot.store.tables import RunRow
from bot.store.vault import Vault
from bot.store.worker import Database

Meet = Callable[[], Participant]
Begin = Callable[[Participant], StoredRun]

VALUES: list[Value] = [
    "words, “quotes” and \U0001f331",
    "7",
    7,
    "",
    None,
    (),
    ("one", "two"),
    {"fear": 70, "shame": 0},
    {},
]


def _change(
    database: Database, vault: Vault, stored: StoredRun, at: datetime, status: Status
) -> StoredRun:
    run = stored.run.model_copy(update={"status": status})
    return database.call(lambda s: runs.save_run(s, vault, stored, run, at))


def test_round_trip(
    database: Database, vault: Vault, meet: Meet, begin: Begin, now: datetime
) -> None:
    """A run is found open and by its id, with everything that was in it."""
    person = meet()
    assert database.call(lambda s: runs.open_run(s, vault, person.id)) is None
    stored = begin(person)
    later = now + timedelta(minutes=3)
    run = Run(
        exercise="cbt.thought7",
        cursor="thoughts",
        turn=4,
        draft=Draft(items=(Item(text="nobody", mark=9),), ratings={"fear": 70}),
        answers={"situation": "on the bus", "feelings": ("fear",), "mood": None},
        trail=("situation", "feelings"),
        asked_at=later,
        due_at=later + timedelta(hours=1),
        held="a late word",
    )
    saved = database.call(lambda s: runs.save_run(s, vault, stored, run, later))
    assert saved == StoredRun(stored.id, person.id, stored.revision, run, now, later)
    assert database.call(lambda s: runs.open_run(s, vault, person.id)) == saved
    assert database.call(lambda s: runs.get_run(s, vault, stored.id)) == saved
    assert database.call(lambda s: runs.get_run(s, vault, person.id)) is None


def test_one_waiting_run(
    database: Database, vault: Vault, meet: Meet, begin: Begin, now: datetime
) -> None:
    """The database refuses a second waiting run of the same person, begun or taken up again."""
    ann, ben = meet(), meet()
    first = begin(ann)
    begin(ben)
    with pytest.raises(IntegrityError):
        begin(ann)
    aside = _change(database, vault, first, now, Status.PAUSED)
    second = begin(ann)
    with pytest.raises(IntegrityError):
        _change(database, vault, aside, now, Status.WAITING)
    _change(database, vault, second, now, Status.STOPPED)
    assert _change(database, vault, aside, now, Status.WAITING).run.status is Status.WAITING


def test_open_runs(
    database: Database, vault: Vault, meet: Meet, begin: Begin, now: datetime
) -> None:
    """The waiting run comes first, then the latest set aside; those that ended do not come."""
    ann, ben = meet(), meet()
    begin(ben)
    made = [
        _change(database, vault, begin(ann), now + timedelta(minutes=minute), status).id
        for minute, status in enumerate(
            [Status.PAUSED, Status.PAUSED, Status.FINISHED, Status.STOPPED]
        )
    ]

    def open_ones(limit: int) -> list[UUID]:
        found = database.call(lambda s: runs.open_runs(s, vault, ann.id, limit))
        return [stored.id for stored in found]

    assert open_ones(9) == [made[1], made[0]]
    waiting = begin(ann).id
    assert open_ones(9) == [waiting, made[1], made[0]]
    assert open_ones(1) == [waiting]
    found = database.call(lambda s: runs.open_run(s, vault, ann.id))
    assert found is not None
    assert found.id == waiting


@pytest.mark.parametrize(
    ("status", "is_open"),
    [("waiting", True), ("paused", True), ("finished", False), ("stopped", False)],
)
def test_finished_at(
    database: Database,
    vault: Vault,
    meet: Meet,
    begin: Begin,
    now: datetime,
    status: str,
    is_open: bool,
) -> None:
    """A run has an end exactly when it cannot go on any more."""
    person = meet()
    stored = begin(person)
    _change(database, vault, stored, now + timedelta(minutes=1), Status(status))
    row = database.call(lambda s: s.exec(select(RunRow)).one())
    assert row.status == status
    assert row.finished_at == (None if is_open else now + timedelta(minutes=1))
    found = database.call(lambda s: runs.open_run(s, vault, person.id))
    assert (found is not None) == is_open


def test_saving_a_run_that_was_deleted_is_an_error(
    database: Database, vault: Vault, meet: Meet, begin: Begin, now: datetime
) -> None:
    """Saving a run that was deleted meanwhile is an error, not a silence."""
    stored = begin(meet())
    database.call(lambda s: s.delete(s.exec(select(RunRow)).one()))
    with pytest.raises(LookupError, match="gone"):
        _change(database, vault, stored, now, Status.FINISHED)


@pytest.mark.parametrize("value", VALUES)
def test_every_kind_of_answer_comes_back_as_what_it_was(
    database: Database, vault: Vault, meet: Meet, begin: Begin, now: datetime, value: Value
) -> None:
    """Every kind of answer comes back as what it was; "7" is not 7."""
    stored = begin(meet())
    database.call(lambda s: runs.save_answer(s, vault, stored, "mood", value, now))
    found = database.call(lambda s: runs.answers(s, vault, stored.id))
    assert found == {"mood": value}
    assert type(found["mood"]) is type(value)


def test_answers_keep_their_order_and_dropped_ones_are_gone(
    database: Database, vault: Vault, meet: Meet, begin: Begin, now: datetime
) -> None:
    """Answers keep their order, a new one takes the old one's place, dropped ones are gone."""
    stored = begin(meet())

    def unit(session: Session) -> None:
        for minute, step in enumerate(("c", "a", "b", "d")):
            when = now + timedelta(minutes=minute)
            runs.save_answer(session, vault, stored, step, minute, when)
        runs.save_answer(session, vault, stored, "c", "again", now + timedelta(hours=1))
        runs.drop_answers(session, stored.id, ("b", "never"))
        runs.drop_answers(session, stored.id, ())

    database.call(unit)
    found = database.call(lambda s: runs.answers(s, vault, stored.id))
    assert list(found.items()) == [("a", 1), ("d", 3), ("c", "again")]


def test_history_is_what_this_person_finished_newest_first(
    database: Database, vault: Vault, meet: Meet, begin: Begin, now: datetime
) -> None:
    """History is what this person finished, newest first, and may be narrowed down."""
    ann, ben = meet(), meet()
    day = [now + timedelta(days=n) for n in range(6)]
    finished = [_change(database, vault, begin(ann), day[n], Status.FINISHED).id for n in range(4)]
    _change(database, vault, begin(ann), day[4], Status.STOPPED)
    begin(ann)
    _change(database, vault, begin(ben), day[1], Status.FINISHED)

    def past(**narrowed: object) -> list[int]:
        found = database.call(lambda s: past_runs.history(s, vault, ann.id, **narrowed))  # type: ignore[arg-type]  # one lambda for all filters
        return [finished.index(stored.id) for stored in found]

    assert past() == [3, 2, 1, 0]
    assert past(limit=2) == [3, 2]
    assert past(before=day[2]) == [1, 0]
    assert past(since=day[2]) == [3, 2]
    assert past(since=day[1], before=day[3]) == [2, 1]
    assert past(exercise="cbt.thought7", limit=1) == [3]
    assert past(exercise="cbt.other") == []
