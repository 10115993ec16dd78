"""The tables as one JSON document, person by person, so that no more than one is in memory."""

import json
from datetime import datetime
from typing import IO, Any

from bot.reports.logs.cells import plain
from bot.reports.logs.facts import Log
from bot.reports.logs.tables import TABLES, WHOSE


class JsonLogs:
    """Writes `{"made_at": …, "notice": …, "people": [{"person": …, "entries": […], …}]}`."""

    def __init__(self, to: IO[bytes], made_at: datetime, notice: str) -> None:
        self._to = to
        self._any = False
        head = {"format": "between.logs", "version": 1, "made_at": plain(made_at), "notice": notice}
        self._write(_written(head)[:-1] + ', "people": [')

    def add(self, log: Log) -> None:
        """Writes everything of one person."""
        self._write((",\n" if self._any else "\n") + _written(as_tree(log)))
        self._any = True

    def close(self) -> None:
        """Ends the document."""
        self._write("\n]}\n")

    def _write(self, text: str) -> None:
        self._to.write(text.encode())


def as_tree(log: Log) -> dict[str, Any]:
    """One person: what `people` has, then each table as a list of rows with named columns."""
    (about,) = TABLES["people"].rows(log)
    tree: dict[str, Any] = dict(zip(WHOSE, (log.whose.key, log.whose.alias), strict=True))
    tree |= {name: plain(cell) for name, cell in zip(TABLES["people"].columns, about, strict=True)}
    for name, table in TABLES.items():
        if name != "people":
            tree[name] = [
                {column: plain(cell) for column, cell in zip(table.columns, row, strict=True)}
                for row in table.rows(log)
            ]
    return tree


def _written(tree: dict[str, Any]) -> str:
    return json.dumps(tree, ensure_ascii=False)
