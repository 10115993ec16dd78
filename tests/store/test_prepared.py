"""What runs straight on the driver gives, writes and raises what SQLAlchemy would have."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from uuid import uuid4

import pytest
from sqlalchemy import bindparam, delete, func, insert, literal, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError, StatementError
from sqlmodel import Session

from bot.store import tables
from bot.store.people import Participant
from bot.store.prepared import Prepared
from bot.store.runs import StoredRun
from bot.store.worker import Database

_RUN = tables.run
_DUE = tables.due
MOMENT = datetime(2026, 7, 1, 7, 30, 0, 123_456, tzinfo=UTC)
Begin = Callable[[Participant], StoredRun]


def _due(person: Participant, key: str) -> dict[str, object]:
    return {
        "id": uuid4(),
        "participant_id": person.id,
        "kind": "step",
        "key": key,
        "subject": None,
        "turn": 7,
        "at": MOMENT,
    }


def _all(asked: Prepared, values: Mapping[str, object], session: Session) -> list[object]:
    return asked.all(session.connection(), values)


def test_rows_hold_what_sqlalchemys_do(
    database: Database, meet: Callable[[], Participant], begin: Begin
) -> None:
    """Ids, moments, dates, bytes, numbers, texts and nothing come back as from SQLAlchemy."""
    person = meet()
    begin(person)

    def both(session: Session) -> None:
        connection = session.connection()
        connection.execute(insert(_DUE), _due(person, "a key"))
        connection.execute(update(_RUN).values(about=date(2026, 7, 1)))
        for table in (_RUN, _DUE, tables.participant):
            statement = select(table)
            plain = connection.execute(statement).all()
            assert plain
            assert [tuple(row) for row in Prepared(statement).all(connection, {})] == [
                tuple(row) for row in plain
            ]
            first = Prepared(statement).first(connection, {})
            assert first is not None
            assert first._fields == plain[0]._fields

    database.call(both)


def test_parameters_are_named(database: Database, meet: Callable[[], Participant]) -> None:
    """In any order, beside what the statement holds itself, in whatever is done with rows."""
    person = meet()
    t = _DUE
    wanted = Prepared(
        select(t.c.turn, t.c.at)
        .where(t.c.kind == "step", t.c.key == bindparam("of"), t.c.turn < bindparam("below"))
        .limit(bindparam("many"))
    )
    put = Prepared(insert(t).inline())
    move = Prepared(
        update(t)
        .where(t.c.key == bindparam("of"))
        .values(turn=8, at=bindparam("to", type_=t.c.at.type))
    )
    take = Prepared(delete(t).where(t.c.key == bindparam("of")).returning(t.c.turn, t.c.at))
    later = MOMENT.replace(hour=9)

    def story(session: Session) -> None:
        connection = session.connection()
        assert put.run(connection, _due(person, "one")) == 1
        assert put.run(connection, _due(person, "two")) == 1
        assert wanted.all(connection, {"many": 5, "of": "one", "below": 8}) == [(7, MOMENT)]
        assert wanted.first(connection, {"below": 7, "of": "one", "many": 5}) is None
        assert move.run(connection, {"to": later, "of": "one"}) == 1
        assert move.run(connection, {"to": later, "of": "nobody's"}) == 0
        assert take.first(connection, {"of": "one"}) == (8, later)
        assert take.first(connection, {"of": "one"}) is None
        assert Prepared(select(func.count()).select_from(t)).scalar(connection, {}) == 1

    database.call(story)


def test_what_is_there_already_is_sqlalchemys_error(
    database: Database, meet: Callable[[], Participant]
) -> None:
    """Without the values, which may be somebody's words; the other units of a commit stand."""
    person = meet()
    put = Prepared(insert(_DUE).inline())
    database.call(lambda session: put.run(session.connection(), _due(person, "once")))
    with pytest.raises(IntegrityError) as caught:
        database.call(lambda session: put.run(session.connection(), _due(person, "once")))
    assert "'once'" not in str(caught.value)
    assert person.id.hex not in str(caught.value)
    assert not caught.value.connection_invalidated


def test_what_the_database_does_not_know(database: Database) -> None:
    """A table that is not there is told as everywhere else."""
    lost = Prepared(text("SELECT nothing FROM nowhere"))
    with pytest.raises((OperationalError, ProgrammingError), match="nowhere"):
        database.call(lambda session: lost.all(session.connection(), {}))


def test_a_value_that_no_column_holds(database: Database) -> None:
    """A time without a zone, and a value that was forgotten, are refused."""
    asked = Prepared(select(_DUE.c.id).where(_DUE.c.at < bindparam("now", type_=_DUE.c.at.type)))
    naive = datetime(2026, 7, 1, 9, 30)  # noqa: DTZ001  the very thing that is refused
    for values in ({"now": naive}, {"then": MOMENT}):
        ask = partial(_all, asked, values)
        with pytest.raises(StatementError) as caught:
            database.call(ask)
        assert "2026" not in str(caught.value)


def test_what_cannot_be_prepared(database: Database) -> None:
    """A list of values has another length at each call."""
    several = Prepared(select(_DUE.c.id).where(_DUE.c.key.in_(bindparam("keys", expanding=True))))
    with pytest.raises(TypeError, match="list of values"):
        database.call(lambda session: several.all(session.connection(), {"keys": ["a"]}))


def test_a_lost_connection(database: Database) -> None:
    """Is known as one, so that the unit of work is tried again."""
    if database.engine.dialect.name == "sqlite":
        pytest.skip("a file has no connection to lose")
    end = Prepared(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    tries: list[int] = []

    def once_lost(session: Session) -> str:
        tries.append(1)
        if len(tries) == 1:
            end.all(session.connection(), {})
        return str(Prepared(select(literal("here"))).scalar(session.connection(), {}))

    assert database.call(once_lost) == "here"
    assert len(tries) == 2
