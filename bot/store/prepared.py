"""Statements of the hot path: compiled once for each database, then run straight on its driver.

SQLAlchemy works out anew at every call what a statement's parameters and rows look like. For the
dozen small statements that every update needs, this was two fifths of its cost.
"""

from collections.abc import Callable, Iterable, Mapping
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

    def __init__(self, statement: Executable | Mapping[str, Executable]) -> None:
        """`statement` may be one for each database, by the name of its dialect."""
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
            statement = statement[dialect.name]
        assert isinstance(statement, ClauseElement)
        made = statement.compile(dialect=dialect, column_keys=list(names))
        assert isinstance(made, SQLCompiler)
        if made.insert_prefetch or made.update_prefetch:
            raise TypeError(f"a default that Python makes up cannot be prepared: {made}")
        order = made.positiontup if made.positional else list(made.binds)
        return _Compiled(
            made.string,
            tuple(_parameter(name, made.binds[name], dialect) for name in order or ()),
            made.positional,
            _Rows(statement, dialect),
        )


@dataclass(frozen=True, slots=True)
class _Parameter:
    """One place in the SQL: the value named `key`, or what the statement itself holds."""

    name: str
    key: str
    given: bool
    constant: Any
    convert: _Processor | None

    def of(self, values: Mapping[str, Any]) -> Any:
        if not self.given and self.key not in values:
            return self.constant
        value = values[self.key]
        return value if self.convert is None else self.convert(value)


def _parameter(name: str, bind: BindParameter[Any], dialect: Dialect) -> _Parameter:
    if bind.expanding or bind.literal_execute:
        raise TypeError(f"a list of values cannot be prepared: {bind.key}")
    convert = _own(bind.type, dialect).bind_processor(dialect)
    constant = None if bind.required else bind.effective_value
    if not bind.required and convert is not None:
        constant = convert(constant)
    return _Parameter(name, bind.key, bind.required, constant, convert)


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
    parameters: tuple[_Parameter, ...]
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
                return [each.of(values) for each in self.parameters]
            return {each.name: each.of(values) for each in self.parameters}
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
