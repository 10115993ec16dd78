"""Engines that go from test to test, as SQLAlchemy makes its SQL once for each engine."""

from functools import partial
from typing import Any

from sqlalchemy import Engine, event, make_url

from bot.store.database import open_engine


class Engines:
    """Lends engines, each time to the database of that test. With a new one for every test, a
    third of a test's time went into making the same SQL again."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], Engine] = {}
        self._goes: dict[Engine, tuple[list[Any], dict[str, Any]]] = {}

    def lend(self, url: str, number: int) -> Engine:
        """The `number`th engine of a test, without a connection."""
        where = make_url(url)
        key = where.get_backend_name(), number
        if key not in self._kept:
            self._kept[key] = open_engine(url)
            event.listen(self._kept[key], "do_connect", partial(self._connect, self._kept[key]))
        engine = self._kept[key]
        cargs, cparams = engine.dialect.create_connect_args(where)
        self._goes[engine] = list(cargs), dict(cparams)
        return engine

    def _connect(
        self, engine: Engine, _: object, __: object, cargs: list[Any], cparams: dict[str, Any]
    ) -> None:
        cargs[:], params = self._goes[engine]
        cparams.update(params)
