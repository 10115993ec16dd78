"""INSERT … ON CONFLICT for both databases: built once, chosen by the connection's dialect."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, CursorResult, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite


class Upsert:
    """One insert that knows what to do when the row is already there.

    Without `replace` the older row stays as it is; with it, those columns take the new values.
    """

    def __init__(self, table: Table, *unique: str, replace: tuple[str, ...] = ()) -> None:
        self._statements: Mapping[str, Insert] = {
            "sqlite": _on_conflict(sqlite.insert(table), unique, replace),
            "postgresql": _on_conflict(
                # psycopg forgets the number of rows with the cursor, so SQLAlchemy must keep it.
                postgresql.insert(table).execution_options(preserve_rowcount=True),
                unique,
                replace,
            ),
        }

    def execute(self, connection: Connection, row: Mapping[str, Any]) -> bool:
        """Write the row; False if it was there and stayed as it was."""
        result: CursorResult[Any] = connection.execute(
            self._statements[connection.dialect.name], row
        )
        return result.rowcount == 1


def _on_conflict(
    insert: sqlite.Insert | postgresql.Insert, unique: tuple[str, ...], replace: tuple[str, ...]
) -> Insert:
    # inline: nobody asks for the generated id, and a conflict gives none back.
    insert = insert.inline()
    if not replace:
        return insert.on_conflict_do_nothing(index_elements=unique)
    return insert.on_conflict_do_update(
        index_elements=unique, set_={name: insert.excluded[name] for name in replace}
    )
