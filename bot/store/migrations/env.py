"""How Alembic reaches the database: by a connection of its own, without the bot's pragmas.

Batch migrations copy a table and drop the old one; with SQLite's foreign keys switched on, the
drop would delete every row that refers to it.
"""

from collections.abc import Callable, Collection
from typing import Any

from alembic import context
from sqlalchemy import Connection, NullPool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection

from bot.store.migrations import revisions
from bot.store.tables import metadata

_ONE_AT_A_TIME = 0x6265747765656E  # the advisory lock of migrations: "between"


def _leave_transactions_to_us(connection: DBAPIConnection, _: Any) -> None:
    connection.isolation_level = None


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _steps() -> Callable[..., None]:
    """Tells after each step how many of those to take are done."""
    told: Callable[[int, int], None] = context.config.attributes.get("told", lambda *_: None)
    done = 0

    def taken(*, heads: Collection[str], **_: Any) -> None:
        nonlocal done
        done += 1
        told(done, done + sum(each > max(heads, default="") for each in revisions()))

    return taken


def _migrate() -> None:
    engine = create_engine(
        context.config.attributes["url"], poolclass=NullPool, hide_parameters=True
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _leave_transactions_to_us)
        event.listen(engine, "begin", _begin_immediate)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=True,
            transactional_ddl=True,  # all of an upgrade or nothing of it, on SQLite too
            on_version_apply=_steps(),
        )
        with context.begin_transaction():
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})")
            context.run_migrations()


_migrate()
