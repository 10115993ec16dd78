"""The tables as CSV: RFC 4180, UTF-8 with its mark so that spreadsheets read it, no formulas."""

import csv
from typing import Self

from bot.reports.logs.archive import Archive
from bot.reports.logs.cells import MARK, for_csv
from bot.reports.logs.facts import Log
from bot.reports.logs.spool import Packed
from bot.reports.logs.tables import TABLES, WHOSE, full


class CsvTables:
    """Takes the logs of one person after the other; all tables grow at once."""

    def __init__(self) -> None:
        self._files = {name: Packed() for name in TABLES}
        self._writers = {name: csv.writer(file) for name, file in self._files.items()}
        for name, table in TABLES.items():
            self._files[name].write(MARK)
            self._writers[name].writerow((*WHOSE, *table.columns))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files.values():
            file.close()

    def add(self, log: Log) -> None:
        """Writes everything of one person."""
        for name, table in TABLES.items():
            rows = ((for_csv(cell) for cell in full(log, row)) for row in table.rows(log))
            self._writers[name].writerows(rows)

    def into(self, archive: Archive) -> None:
        """Hands the tables over, a file for each."""
        for name, file in self._files.items():
            with archive.file(f"{name}.csv") as to:
                file.hand_over(to)
