"""What is brought in at once is read back as if it had been written step by step."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from bot.care.cadence import FixedTime, Outcome, Schedule, Why
from bot.engine.run import Run, Status, Value
from bot.store import occurrences, past_runs, runs, schedules
from bot.store.ids import new_id
from bot.store.occurrences import Occurrence
from bot.store.people import Participant
from bot.store.runs import Answer, Ended, StoredRun
from bot.store.schedules import Stored
from bot.store.vault import Vault
from bot.store.worker import Database

Meet = Callable[[], Participant]
GIVEN: dict[str, Value] = {"situation": "on the bus", "moods": ("sad",), "strength": {"sad": 70}}


def an_end(person: UUID, revision: str, begun: datetime) -> Ended:
    """A finished run with its answers."""
    run = Run(
        exercise="cbt.thought7",
        cursor="done",
        turn=4,
        asked_at=begun,
        answers=GIVEN,
        status=Status.FINISHED,
        about=date(2026, 3, 1),
    )
    over = begun + timedelta(minutes=9)
    stored = StoredRun(new_id(begun), person, revision, run, begun, over)
    answers = tuple(
        Answer(step, value, begun + timedelta(minutes=at))
        for at, (step, value) in enumerate(GIVEN.items(), start=1)
    )
    return Ended(stored, answers)


def test_each_run_brought_in_stands_in_the_history(
    database: Database, vault: Vault, meet: Meet, revision: str, now: datetime
) -> None:
    """Each run stands in the history with its times, its answers under their steps; none open."""
    one, other = meet(), meet()
    ended = [
        an_end(one.id, revision, now),
        an_end(one.id, revision, now + timedelta(hours=2)),
        an_end(other.id, revision, now),
    ]

    def look(session: Session) -> None:
        runs.bring_in(session, vault, ended)
        assert past_runs.history(session, vault, one.id) == [ended[1].stored, ended[0].stored]
        assert past_runs.history(session, vault, other.id) == [ended[2].stored]
        assert runs.answers(session, vault, ended[0].stored.id) == GIVEN
        assert runs.open_run(session, vault, one.id) is None
        assert past_runs.filled_days(session, one.id, "cbt.thought7", date(2026, 2, 1)) == {
            date(2026, 3, 1)
        }

    database.call(look)


def test_nothing_to_bring_in_is_no_error(database: Database, vault: Vault, meet: Meet) -> None:
    """Nothing to bring in is no error."""
    person = meet()
    database.call(lambda session: runs.bring_in(session, vault, []))
    database.call(lambda session: occurrences.bring_in(session, person.id, []))


def test_dates_come_back_as_they_were(database: Database, meet: Meet, now: datetime) -> None:
    """Dates come back as they were: answered, sent only, and missed because we were down."""
    person = meet()
    plan = Schedule(
        id=new_id(now),
        participant=person.id,
        anchor=FixedTime.model_validate({"at": "08:00"}),
        zone="Europe/Madrid",
        since=now,
    )
    past = [
        Occurrence(
            *(plan.id, date(2026, 3, 2), Outcome.SENT, None, now, now, "check.core"),
            run=new_id(now),
            answered_at=now + timedelta(minutes=5),
        ),
        Occurrence(plan.id, date(2026, 3, 3), Outcome.SENT, None, now + timedelta(days=1)),
        Occurrence(
            *(plan.id, date(2026, 3, 4), Outcome.MISSED_SYSTEM, Why.WE_WERE_DOWN),
            now + timedelta(days=2),
        ),
    ]

    def look(session: Session) -> None:
        schedules.add(session, Stored(plan.id, person.id, "checkin", "checkin.0", None, plan), now)
        occurrences.bring_in(session, person.id, past)
        assert occurrences.from_date(session, person.id, date(2026, 3, 1)) == past
        assert not occurrences.record(session, person.id, plan.id, past[0].day, now)

    database.call(look)
