"""Statements of the hot path: compiled once for each database, then run straight on its driver.

SQLAlchemy works out anew at every call what a statement's parameters and rows look like. For the
dozen small statements that every update needs, this was two fifths of its cost.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.sql.expression import ClauseElement
from sqlalchemy.types import TypeEngine

_Processor = Callable[[Any], Any]


class Prepared:
    """One statement; its parameters are given by name, its rows come as named tuples.

    What a list of values stands for (an expanding parameter) is only known at each call, and what
    Python has to make up (a column's default) is not made up here: such statements are refused
    with `TypeError` the first time they are run. Errors are SQLAlchemy's, as everywhere.
    """

    def __init__(self, statement: Executable | Mapping[str, Callable[[], Executable]]) -> None:
        """`statement` may be made for each database, by the name of its dialect."""
        self._statement = statement
        self._compiled: dict[tuple[str, tuple[str, ...]], _Compiled] = {}

    def all(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """Every row."""
        rows, _ = self._run(connection, values)
        return rows

    def first(self, connection: Connection, values: Mapping[str, Any]) -> Any | None:
        """The first row, None where there is none."""
        rows, _ = self._run(connection, values)
        return rows[0] if rows else None

    def scalar(self, connection: Connection, values: Mapping[str, Any]) -> Any | None:
        """The first column of the first row, None where there is none."""
        rows, _ = self._run(connection, values)
        return rows[0][0] if rows else None

    def run(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """How many rows it wrote."""
        _, count = self._run(connection, values)
        return count

    def _run(self, connection: Connection, values: Mapping[str, Any]) -> tuple[list[Any], int]:
        key = (connection.dialect.name, tuple(values))
        compiled = self._compiled.get(key)
        if compiled is None:
            compiled = self._compiled[key] = self._compile(connection.dialect, key[1])
        return compiled.run(connection, values)

    def _compile(self, dialect: Dialect, names: tuple[str, ...]) -> "_Compiled":
        statement = self._statement
        if isinstance(statement, Mapping):
            statement = statement[dialect.name]()
        assert isinstance(statement, ClauseElement)
        made = statement.compile(dialect=dialect, column_keys=list(names))
        assert isinstance(made, SQLCompiler)
        if made.insert_prefetch or made.update_prefetch:
            raise TypeError(f"a default that Python makes up cannot be prepared: {made}")
        order = (made.positiontup if made.positional else list(made.binds)) or []
        return _Compiled(
            made.string,
            _Parameters([(name, made.binds[name]) for name in order], names, dialect),
            made.positional,
            _Rows(statement, dialect),
        )


class _Parameters:
    """From values by name to what the driver takes, in the order of the SQL."""

    def __init__(
        self,
        binds: Sequence[tuple[str, BindParameter[Any]]],
        given: Collection[str],
        dialect: Dialect,
    ) -> None:
        self._names = [name for name, _ in binds]
        self._keys = [bind.key for _, bind in binds]
        self._own: dict[str, Any] = {}
        self._convert: list[tuple[int, _Processor]] = []
        for at, (_, bind) in enumerate(binds):
            if bind.expanding or bind.literal_execute:
                raise TypeError(f"a list of values cannot be prepared: {bind.key}")
            convert = _own(bind.type, dialect).bind_processor(dialect)
            if not bind.required and bind.key not in given:
                self._own[bind.key] = bind.effective_value
            if convert is not None:
                self._convert.append((at, convert))

    def in_order(self, values: Mapping[str, Any]) -> list[Any]:
        """One for each place in the SQL."""
        if self._own:
            values = {**self._own, **values}
        found = [values[key] for key in self._keys]
        for at, convert in self._convert:
            found[at] = convert(found[at])
        return found

    def by_name(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The same for drivers that take names."""
        return dict(zip(self._names, self.in_order(values), strict=True))


class _Rows:
    """From the driver's rows to named tuples of what our columns hold."""

    def __init__(self, statement: Any, dialect: Dialect) -> None:
        columns = list(getattr(statement, "exported_columns", ()))
        names = [_name(each.key, at) for at, each in enumerate(columns)]
        makes = NamedTuple("Row", [(name, Any) for name in names])  # type: ignore[misc]
        self._make: Callable[[Iterable[Any]], Any] = makes._make
        found = [_own(each.type, dialect).result_processor(dialect, None) for each in columns]
        self._convert: Final = [(at, convert) for at, convert in enumerate(found) if convert]

    def __call__(self, rows: list[Any]) -> list[Any]:
        if not self._convert:
            return [self._make(row) for row in rows]
        return [self._make(self._converted(list(row))) for row in rows]

    def _converted(self, row: list[Any]) -> list[Any]:
        for at, convert in self._convert:
            row[at] = convert(row[at])
        return row


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    parameters: _Parameters
    positional: bool
    rows: _Rows

    def run(self, connection: Connection, values: Mapping[str, Any]) -> tuple[list[Any], int]:
        driver: Any = connection.connection.driver_connection
        given = self._given(values)
        try:
            cursor = driver.execute(self.sql, given)
            rows = cursor.fetchall() if cursor.description is not None else []
            count = cursor.rowcount
            cursor.close()
        except connection.dialect.loaded_dbapi.Error as error:
            raise _told(connection, self.sql, error) from error
        return self.rows(rows) if rows else [], count

    def _given(self, values: Mapping[str, Any]) -> Any:
        try:
            if self.positional:
                return self.parameters.in_order(values)
            return self.parameters.by_name(values)
        except (TypeError, ValueError, KeyError) as error:  # a value that no column of ours holds
            raise StatementError(str(error), self.sql, None, error, hide_parameters=True) from error


def _name(key: str | None, at: int) -> str:
    """What a column is called in its row; a nameless one by its place."""
    return key if key and key.isidentifier() else f"at_{at}"


def _own(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    """The type as this database keeps it."""
    return kind.dialect_impl(dialect)


def _told(connection: Connection, sql: str, error: Exception) -> BaseException:
    """What SQLAlchemy would have raised; the words in the parameters are not in it."""
    dialect = connection.dialect
    driver: Any = connection.connection.driver_connection
    gone = dialect.is_disconnect(error, driver, None)  # type: ignore[arg-type] # the DBAPI's own
    if gone:
        connection.invalidate(error)
    return DBAPIError.instance(
        *(sql, None, error, dialect.loaded_dbapi.Error),
        hide_parameters=True,
        connection_invalidated=gone,
        dialect=dialect,
    )
