"""Rows for a database of any version: two in each table, made up by its schema alone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Engine, MetaData, Table, func, select, types

EACH = 2


def fill(engine: Engine) -> dict[str, int]:
    """Puts rows into every table there is; how many stand in each afterwards."""
    schema, numbers = MetaData(), count(1)
    schema.reflect(engine)
    made: dict[str, list[dict[str, Any]]] = {}
    with engine.begin() as connection:
        for table in _ours(schema):
            made[table.name] = [_row(table, at, made, numbers) for at in range(EACH)]
            connection.execute(table.insert(), made[table.name])
    return counted(engine)


def counted(engine: Engine) -> dict[str, int]:
    """How many rows stand in each table."""
    schema = MetaData()
    schema.reflect(engine)
    with engine.connect() as connection:
        return {table.name: _many(connection, table) for table in _ours(schema)}


def _many(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _ours(schema: MetaData) -> list[Table]:
    return [each for each in schema.sorted_tables if each.name != "alembic_version"]


def _row(
    table: Table, at: int, made: dict[str, list[dict[str, Any]]], numbers: Iterator[int]
) -> dict[str, Any]:
    return {each.name: _value(each, at, made, next(numbers)) for each in table.columns}


def _value(
    column: Column[Any], at: int, made: dict[str, list[dict[str, Any]]], number: int
) -> object:
    for key in column.foreign_keys:
        return made[key.column.table.name][at][key.column.name]
    match column.type:
        case types.Boolean():
            return bool(at)
        case types.DateTime():
            return datetime(2026, 3, 1 + at, 9, tzinfo=UTC)
        case types.Date():
            return date(2026, 3, 1 + at)
        case types.Uuid():
            return UUID(int=number)
        case types.LargeBinary():
            return number.to_bytes(32)
        case types.Numeric() | types.Float():
            return number
        case types.Integer():
            return at + 1
        case types.String(length=32):  # an id, as SQLite keeps it
            return UUID(int=number).hex
    return "{}" if column.name == "plan" else f"x{number}"
