"""How this process stands for its offices: not at all on SQLite, by election on PostgreSQL."""

import os
import secrets
import socket
from collections.abc import Callable

from bot.config import Settings
from bot.store.offices import Alone, Offices
from bot.telegram.sender import Alive
from bot.wiring.roles import Roles


def stand_for(settings: Settings, roles: Roles, heard: Callable[[str], None], name: str) -> Offices:
    """`heard` gets what other processes call out; `name` is how they know this one."""
    if settings.is_sqlite:
        return Alone()
    # Imported here: psycopg costs every start on SQLite a tenth of a second.
    from bot.store.election import Election

    return Election(settings.url, roles.offices(settings), heard, name=name)


def who_is_there(settings: Settings) -> Alive | None:
    """Which processes live, as far as the database can know; None where there is only one."""
    if settings.is_sqlite:
        return None
    from bot.store.election import there

    return there


def name_of_process() -> str:
    """A name no other process has, not even this one started anew with the same number."""
    return f"{socket.gethostname()[:30]}.{os.getpid()}.{secrets.token_hex(3)}"
