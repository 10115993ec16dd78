"""The master key: 32 secret bytes in a file outside the data folder, never in the database.

The file is one line, `<version> <64 hex digits>`, so that it can be kept on paper.
"""

import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import BetweenError

_LINE = re.compile(r"([1-9][0-9]{0,8}) ([0-9a-f]{64})\n?")


@dataclass(frozen=True, slots=True)
class MasterKey:
    """The key that wraps everyone's keys; `version` grows when it is replaced."""

    secret: bytes = field(repr=False)
    version: int = 1

    def __post_init__(self) -> None:
        if len(self.secret) != 32:
            raise BetweenError("A master key has exactly 32 bytes.")


def create_master_key(path: Path) -> MasterKey:
    """Make a new key file that only its owner may read; an existing file is never touched."""
    master = MasterKey(secrets.token_bytes(32))
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BetweenError(
            f"{path} exists already. A new key would make everything stored so far unreadable; "
            "move the old file away yourself if you mean it."
        ) from None
    except OSError as error:
        raise BetweenError(f"The master key {path} cannot be written: {error.strerror}.") from error
    with os.fdopen(handle, "w") as file:
        file.write(f"{master.version} {master.secret.hex()}\n")
        file.flush()
        os.fsync(file.fileno())
    return master


def load_master_key(path: Path) -> MasterKey:
    """Read the key file; refuse one that is missing, damaged or readable by others."""
    try:
        mode, content = path.stat().st_mode, path.read_text("ascii")
    except FileNotFoundError:
        raise BetweenError(
            f"There is no master key at {path}. Put the key file back from your safe copy, or make "
            "one with `between init` if this is a new installation."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise BetweenError(f"The master key {path} cannot be read.") from error
    if mode & 0o077:
        raise BetweenError(f"Others may read the master key {path}. Run: chmod 600 {path}")
    found = _LINE.fullmatch(content)
    if found is None:
        raise BetweenError(
            f"{path} is not a master key: it must be one line, a version number and 64 hex digits "
            "(32 bytes). Put the key file back from your safe copy."
        )
    return MasterKey(bytes.fromhex(found[2]), int(found[1]))
