"""INSERT … ON CONFLICT for both databases: built once, chosen by the connection's dialect."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Insert, Table

from bot.store.prepared import Prepared

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


class Upsert:
    """One insert that knows what to do when the row is already there.

    Without `replace` the older row stays as it is; with it, those columns take the new values.
    """

    def __init__(self, table: Table, *unique: str, replace: tuple[str, ...] = ()) -> None:
        self._statement = Prepared(
            {
                "sqlite": partial(_for_sqlite, table, unique, replace),
                "postgresql": partial(_for_postgresql, table, unique, replace),
            }
        )

    def execute(self, connection: Connection, row: Mapping[str, Any]) -> bool:
        """Write the row; False if it was there and stayed as it was."""
        return self._statement.run(connection, row) == 1


# Each database's words are only imported where it is in use: one of them costs 40 ms of a start.
def _for_sqlite(table: Table, unique: tuple[str, ...], replace: tuple[str, ...]) -> Insert:
    from sqlalchemy.dialects import sqlite

    return _on_conflict(sqlite.insert(table), unique, replace)


def _for_postgresql(table: Table, unique: tuple[str, ...], replace: tuple[str, ...]) -> Insert:
    from sqlalchemy.dialects import postgresql

    return _on_conflict(postgresql.insert(table), unique, replace)


def _on_conflict(
    insert: "sqlite.Insert | postgresql.Insert", unique: tuple[str, ...], replace: tuple[str, ...]
) -> Insert:
    # inline: nobody asks for the generated id, and a conflict gives none back.
    insert = insert.inline()
    if not replace:
        return insert.on_conflict_do_nothing(index_elements=unique)
    return insert.on_conflict_do_update(
        index_elements=unique, set_={name: insert.excluded[name] for name in replace}
    )
