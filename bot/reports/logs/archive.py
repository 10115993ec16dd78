"""One archive that leaves: the files of an export, and always the notice beside them."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO

from bot.reports.logs.spool import room

NOTICE = "NOTICE.txt"
NAME = "between"
"""The name of the file says nothing about what is inside."""


class Archive:
    """A ZIP that grows file by file; `notice` is its first."""

    def __init__(self, made_at: datetime, notice: str) -> None:
        self.made_at = made_at
        self._room = room()
        self._zip = zipfile.ZipFile(self._room, "w", zipfile.ZIP_DEFLATED)
        with self.file(NOTICE) as to:
            to.write(notice.encode())

    @contextmanager
    def file(self, name: str) -> Iterator[IO[bytes]]:
        """A file of it to write to; one at a time."""
        info = zipfile.ZipInfo(name, self.made_at.astimezone(UTC).timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        with self._zip.open(info, "w", force_zip64=True) as to:
            yield to

    def finished(self) -> IO[bytes]:
        """The whole, from its beginning; whoever takes it closes it."""
        self._zip.close()
        self._room.seek(0)
        return self._room

    def close(self) -> None:
        """Gives it up: nothing of it stays."""
        self._room.close()
