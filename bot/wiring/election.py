"""How this process stands for its offices: not at all on SQLite, by election on PostgreSQL."""

from collections.abc import Callable

from bot.config import Settings
from bot.store.offices import Alone, Offices
from bot.wiring.roles import Roles


def stand_for(settings: Settings, roles: Roles, heard: Callable[[str], None], name: str) -> Offices:
    """`heard` gets what other processes call out; `name` is how they know this one."""
    if settings.is_sqlite:
        return Alone()
    # Imported here: psycopg costs every start on SQLite a tenth of a second.
    from bot.store.election import Election

    return Election(settings.url, roles.offices(settings), heard, name=name)
