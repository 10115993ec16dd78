"""That whoever was erased stays so: on the list, out of the journal, and after a restore."""

import sqlite3
from functools import partial
from pathlib import Path

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.store.erasure import empty_log
from bot.store.tombstones import forget_again, write_down
from bot.store.vault import Vault
from bot.store.worker import Database

_log = structlog.get_logger(__name__)


class Forgetting:
    """What a house does about erasures: once before anything else, then after each."""

    def __init__(self, database: Database, engine: Engine, vault: Vault, tombstones: Path) -> None:
        self._database = database
        self._engine = engine
        self._vault = vault
        self._tombstones = tombstones

    def again(self) -> int:
        """Before anything else: our keys fit, and whoever was erased stays so, even in a restored
        backup."""
        self._database.call(self._vault.check)
        again = partial(forget_again, vault=self._vault, file=self._tombstones)
        many: int = self._database.call(again)
        if many:
            _log.warning("forgotten_again", people=many)
        self.settle()
        return many

    def settle(self) -> bool:
        """After somebody was erased: they go on the list, and out of the journal. False: again."""
        try:
            write_down(self._engine, self._tombstones)
        except (OSError, SQLAlchemyError) as error:  # said at every beat until it is mended
            _log.error("tombstones_not_written", error=type(error).__name__)
            return False
        try:
            return empty_log(self._engine)
        except sqlite3.Error as error:  # a full disk must not end the clock, and the bot with it
            _log.error("journal_not_emptied", error=type(error).__name__)
            return False
