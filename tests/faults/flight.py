"""What the database says while others work on it: what is in flight, what waits, who is there."""

import random
from collections import Counter

from sqlalchemy import NullPool, create_engine, func, select, text

from bot.store import tables
from tests.faults.nudging import states

_t = tables.outbox
_OTHERS = text(
    "SELECT pid, application_name FROM pg_stat_activity WHERE datname = current_database()"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY pid"
)


class Flight:
    """A look from outside, on connections of its own."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url, poolclass=NullPool)

    def of(self, pid: int | None) -> set[int]:
        """The messages this process was sending when last heard of; None: any process."""
        query = select(_t.c.id).where(_t.c.status == "sending")
        if pid is not None:
            query = query.where(_t.c.owner.like(f"%.{pid}.%"))
        with self._engine.connect() as connection:
            return set(connection.execute(query).scalars())

    def waits(self) -> int:
        """How many messages are not settled yet, and updates not handled."""
        sending = select(func.count()).where(_t.c.status.in_(["pending", "sending"]))
        received = select(func.count()).select_from(tables.inbox)
        with self._engine.connect() as connection:
            return sum(int(connection.execute(each).scalar_one()) for each in (sending, received))

    def phrases(self) -> Counter[str]:
        """How many phrases between partners stand where."""
        return states(self._engine)

    def cut(self, dice: random.Random) -> bool:
        """PostgreSQL ends somebody else's session; whether it was one that offices hang on."""
        with self._engine.connect() as connection:
            sessions = connection.execute(_OTHERS).all()
            if not sessions:
                return False
            victim = dice.choice(sessions)
            connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": victim.pid})
            connection.rollback()
        return str(victim.application_name).startswith("between ")

    def close(self) -> None:
        """Nothing is left open."""
        self._engine.dispose()
