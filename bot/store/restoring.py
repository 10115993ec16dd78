"""A backup takes the place of the database: looked through, brought up to date and cleaned of
whoever was erased since, before anything can start on it. The old database is kept aside."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, NullPool, create_engine, delete, inspect, make_url, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.store import backup, pg_tools, tables, tombstones
from bot.store.database import migrate, open_engine
from bot.store.erasure import empty_log
from bot.store.outbox import Policy, State
from bot.store.vault import Vault
from bot.store.worker import Database

Told = Callable[[str, int, int], None]
"""Hears which part of the work goes on, how much of it is done, and of how much."""

_o = tables.outbox
# Whether these went out after the backup was made, nobody knows: once at most means not again.
_UNSURE = (
    update(_o)
    .where(_o.c.policy == Policy.AT_MOST_ONCE.value, text(tables.LIVE))
    .values(status=State.UNCERTAIN.value, error="restored", lease_until=None)
)
# What was signed out or used up since must not open anything again.
_DOORS = tuple(delete(each) for each in (tables.staff_session, tables.sign_in, tables.page_link))


def restore(url: str, file: Path, vault: Vault, listed: Path, now: datetime, told: Told) -> str:
    """Puts a backup in the place of the database; where the old one is now, or "" if there was
    none. `listed` is the list of who was erased. Nobody else may use the database (`alone`)."""
    _write_down(url, listed)
    if make_url(url).get_backend_name() == "sqlite":
        return _restore_file(Path(str(make_url(url).database)), file, vault, listed, now, told)
    return _restore_schema(url, file, vault, listed, now, told)


def _restore_file(
    place: Path, file: Path, vault: Vault, listed: Path, now: datetime, told: Told
) -> str:
    fresh = place.with_name(f"{place.name}.restoring")
    backup.check(file)  # before SQLite itself opens it: a broken one must not be touched
    backup.copy_file(file, fresh, lambda done, of: told("Copying", done, of))
    try:
        _make_ready(f"sqlite:///{fresh.resolve()}", vault, listed, told)
        told("Looking it through", 0, 0)
        with closing(sqlite3.connect(fresh, isolation_level=None)) as database:
            database.execute("PRAGMA journal_mode=DELETE")
        backup.check(fresh)
    except BaseException:
        for ending in ("", "-wal", "-shm"):  # whoever was erased since is in there
            fresh.with_name(fresh.name + ending).unlink(missing_ok=True)
        raise
    return _swap(place, fresh, now)


def _swap(place: Path, fresh: Path, now: datetime) -> str:
    """At no moment is there no database: an empty one would be taken for a new installation."""
    if not place.exists():
        fresh.rename(place)
        return ""
    aside = _free_name(place, now)
    _close_journal(place)
    for ending in ("-wal", "-shm"):  # of a database that could not be opened any more
        journal = place.with_name(place.name + ending)
        if journal.exists():
            journal.rename(aside.with_name(aside.name + ending))
    with suppress(FileExistsError):  # it is this database, and we were killed right after it
        os.link(place, aside)
    fresh.replace(place)
    return str(aside)


def _free_name(place: Path, now: datetime) -> Path:
    """Where the database is kept aside; two restores may fall into one second."""
    first = place.with_name(f"{place.name}.before-{now:%Y%m%dT%H%M%SZ}")
    aside, number = first, 1
    while aside.exists() and not aside.samefile(place):
        number += 1
        aside = first.with_name(f"{first.name}-{number}")
    return aside


def _close_journal(place: Path) -> None:
    engine = open_engine(f"sqlite:///{place.resolve()}")
    try:
        empty_log(engine)
    except (SQLAlchemyError, sqlite3.Error):
        return  # it is broken, which may be why a backup is put in its place
    finally:
        engine.dispose()


def _restore_schema(
    url: str, file: Path, vault: Vault, listed: Path, now: datetime, told: Told
) -> str:
    told("Looking it through", 0, 0)
    pg_tools.read_through(url, file)
    aside = f"before_{now:%Y%m%d_%H%M%S}"
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    there = inspect(engine).has_table("alembic_version")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            f"ALTER SCHEMA public RENAME TO {aside}" if there else "DROP SCHEMA public CASCADE"
        )
        connection.exec_driver_sql("CREATE SCHEMA public")
    try:
        pg_tools.put_back(url, file, lambda done, of: told("Restoring", done, of))
        _make_ready(url, vault, listed, told)
    except BaseException:
        if there:
            with engine.begin() as connection:
                connection.exec_driver_sql("DROP SCHEMA public CASCADE")
                connection.exec_driver_sql(f"ALTER SCHEMA {aside} RENAME TO public")
        raise
    return f"the schema {aside}" if there else ""


def _make_ready(url: str, vault: Vault, listed: Path, told: Told) -> None:
    migrate(url, lambda done, of: told("Upgrading", done, of))
    told("Forgetting whoever was erased since", 0, 0)
    engine = open_engine(url)
    try:
        Database(engine).call(lambda session: _clean(session, vault, listed))
        tombstones.write_down(engine, listed)
        empty_log(engine)
    finally:
        engine.dispose()


def _clean(session: Session, vault: Vault, listed: Path) -> None:
    vault.check(session)
    tombstones.forget_again(session, vault, listed)
    for statement in (_UNSURE, *_DOORS):
        session.connection().execute(statement)


def _write_down(url: str, listed: Path) -> None:
    """Whoever was erased here, or was told that they are, goes on the list first, as far as this
    database can be read."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(str(parsed.database)).exists():
        return
    engine: Engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    try:
        tombstones.write_down(engine, listed, leaving=True)
    except SQLAlchemyError:
        return  # broken, or empty: the list is as good as it can be
    finally:
        engine.dispose()
