"""Models and migrations agree, and every step goes up and down."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from bot.store.database import is_current, migrate, migrations, open_engine
from bot.store.migrations import HEAD
from bot.store.tables import metadata
from tests.store.rows import counted, fill

MIGRATE = "import sys; from bot.store.database import migrate; migrate(sys.argv[1])"


@pytest.fixture
def engine(blank_url: str) -> Iterator[Engine]:
    """Looks at the database the migrations run on."""
    engine = open_engine(blank_url)
    yield engine
    engine.dispose()


def _differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def test_models_and_migrations_agree(blank_url: str, engine: Engine) -> None:
    """After all migrations the database is what the models describe."""
    migrate(blank_url)
    assert _differences(engine) == []


def test_difference_is_seen(blank_url: str, engine: Engine) -> None:
    """The comparison above can fail: a dropped index is noticed."""
    migrate(blank_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX uq_run_waiting")
    assert len(_differences(engine)) == 1


def test_partial_indexes_are_partial(blank_url: str, engine: Engine) -> None:
    """Where a model has a condition on an index, the database has one: nothing else compares it."""
    migrate(blank_url)
    kind, seen = engine.dialect.name, inspect(engine)
    meant = {
        (str(table.name), str(index.name))
        for table in metadata.tables.values()
        for index in table.indexes
        if index.dialect_options["sqlite"]["where"] is not None
    }
    there = {
        (table, str(index["name"]))
        for table in metadata.tables
        for index in seen.get_indexes(table)
        if index.get("dialect_options", {}).get(f"{kind}_where") is not None
    }
    assert meant
    assert there == meant


def test_each_migration_goes_up_down_and_up_again(blank_url: str, engine: Engine) -> None:
    """Each migration goes up, down and up again; the way down ends with no table of ours."""
    config = migrations(blank_url)
    steps = list(ScriptDirectory.from_config(config).walk_revisions())[::-1]
    for step in steps:
        command.upgrade(config, step.revision)
        command.downgrade(config, "-1")
        command.upgrade(config, step.revision)
    assert is_current(blank_url)
    command.downgrade(config, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]


@pytest.mark.long
@pytest.mark.parametrize("revision", [f"{number:04d}" for number in range(1, int(HEAD))])
def test_every_version_with_rows_in_all_its_tables_becomes_this_one(
    blank_url: str, engine: Engine, revision: str
) -> None:
    """Columns that must not be empty, keys and indexes meet rows that were there before: none of
    them is lost, on either database."""
    command.upgrade(migrations(blank_url), revision)
    before = fill(engine)
    assert all(before.values())
    migrate(blank_url)
    assert is_current(blank_url)
    after = counted(engine)
    assert {name: after[name] for name in before} == before


def test_a_new_database_is_not_current_until_it_is_migrated(blank_url: str) -> None:
    """A new database is not current until it is migrated; migrating twice changes nothing."""
    assert not is_current(blank_url)
    migrate(blank_url)
    migrate(blank_url)
    assert is_current(blank_url)


def test_two_at_once(blank_url: str, engine: Engine) -> None:
    """Two processes that migrate at the same time do not get in each other's way."""
    programme = [sys.executable, "-c", MIGRATE, blank_url]
    processes = [subprocess.Popen(programme) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    assert _differences(engine) == []


def test_the_head_we_ask_for_is_the_newest_revision() -> None:
    """`is_current` compares with a constant, which must be what Alembic finds."""
    found = ScriptDirectory.from_config(migrations("sqlite://")).get_heads()
    assert found == [HEAD]
