"""Being the only one at a database: for what must not happen while a bot works on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import NullPool, create_engine, make_url, text

from bot.errors import BetweenError
from bot.store.database import DataLock

_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


@contextmanager
def alone(url: str, folder: Path) -> Iterator[None]:
    """Nobody else uses the database; BetweenError in plain words where somebody does.

    On SQLite nobody can begin to meanwhile. On PostgreSQL that is up to whoever runs Between.
    """
    if make_url(url).get_backend_name() == "sqlite":
        with DataLock(folder):
            yield
        return
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    with engine.connect() as connection:
        others = connection.execute(_OTHERS).scalar_one()
    engine.dispose()
    if others:
        raise BetweenError(
            f"{others} other connections use this database. Stop every Between (and every psql)"
            " first."
        )
    yield
