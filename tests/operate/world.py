"""A small world to back up and bring back: two people, what they said, and a master key."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session

from bot.store import erasure, people, tables, tombstones
from bot.store.database import open_engine
from bot.store.master_key import create_master_key, load_master_key
from bot.store.vault import Vault
from bot.store.worker import Database

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANN, BEN = 700_000_001, 700_000_002
T = TypeVar("T")


@dataclass(frozen=True)
class World:
    """Where everything lies."""

    url: str
    key: Path
    listed: Path

    @property
    def vault(self) -> Vault:
        """With the keys that lie there now."""
        return Vault(load_master_key(self.key))

    def do(self, unit: Callable[[Session], T]) -> T:
        """One transaction, on an engine of its own."""
        engine = open_engine(self.url)
        try:
            return Database(engine).call(unit)
        finally:
            engine.dispose()

    def welcome(self, number: int) -> UUID:
        """Somebody new, with a sealed address."""
        vault = self.vault
        return self.do(lambda s: people.welcome(s, vault, number, "en", "UTC", NOW).id)

    def id_of(self, number: int) -> UUID:
        """Somebody who is there."""
        vault = self.vault
        found = self.do(lambda session: people.find(session, vault, number))
        assert found is not None
        return found.id

    def knows(self, number: int) -> bool:
        """Whether somebody is found, and their sealed address opens."""
        vault = self.vault

        def unit(session: Session) -> bool:
            found = people.find(session, vault, number)
            return found is not None and number == _address(session, vault, found.id)

        return self.do(unit)

    def erase(self, number: int, at: datetime = NOW + timedelta(days=1)) -> None:
        """What /delete_me does in the end."""
        vault = self.vault

        def unit(session: Session) -> bool:
            found = people.find(session, vault, number)
            return found is not None and erasure.erase(session, vault, found.id, at)

        assert self.do(unit)
        engine = open_engine(self.url)
        tombstones.write_down(engine, self.listed)
        engine.dispose()


def _address(session: Session, vault: Vault, person: UUID) -> int:

    sealed = session.connection().execute(
        select(tables.participant.c.sealed_address).where(tables.participant.c.id == person)
    )
    return int(vault.open(session, person, people.address_of(person), sealed.scalar_one()))


def make_world(url: str, folder: Path) -> World:
    """A key in a folder of its own, and Ann and Ben."""
    (folder / "keys").mkdir(mode=0o700)
    world = World(url, folder / "keys" / "master.key", folder / "elsewhere" / "tombstones")
    create_master_key(world.key)
    for number in (ANN, BEN):
        world.welcome(number)
    return world
