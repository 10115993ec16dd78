"""Room for what is being written: in memory up to a bound, then in a file that has no name.

What goes through here is somebody's plain text. A file without a name is gone with the process
that opened it, and it is closed as soon as its bytes have been handed on.
"""

import gzip
import shutil
from tempfile import SpooledTemporaryFile
from typing import IO

BOUND = 8 * 1024 * 1024
"""Bytes that may lie in memory, for each file that is being written."""


def room() -> IO[bytes]:
    """A file to write to and to read again."""
    return SpooledTemporaryFile(max_size=BOUND)


class Packed:
    """Text on its way into an archive that takes one file after the other: packed, it is a tenth
    of its size, so a year of a whole programme stays within the bound."""

    def __init__(self) -> None:
        self._room = room()
        self._writing = gzip.GzipFile(fileobj=self._room, mode="wb", compresslevel=1)

    def write(self, text: str) -> None:
        """Adds text."""
        self._writing.write(text.encode())

    def hand_over(self, to: IO[bytes]) -> None:
        """Writes everything, unpacked, to where it goes; nothing stays here."""
        self._writing.close()
        self._room.seek(0)
        with gzip.GzipFile(fileobj=self._room, mode="rb") as reading:
            shutil.copyfileobj(reading, to)
        self._room.close()

    def close(self) -> None:
        """Forgets it."""
        self._writing.close()
        self._room.close()
