"""What all tables share: named constraints, and partial indexes for both databases."""

from typing import ClassVar

from sqlalchemy import Index, MetaData, text
from sqlmodel import SQLModel


class Row(SQLModel):
    """The base of every table. Constraints get names, because batch migrations need them."""

    model_config = {"defer_build": True}  # rows are never validated: their checks need not be built
    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over the rows that meet a condition, on SQLite and PostgreSQL.

    The migrations make it on both. Here only SQLite is told the condition: PostgreSQL's dialect
    would be imported for it, some 4 MB, where there is no PostgreSQL.
    """
    return Index(name, *columns, unique=unique, sqlite_where=text(where))
