"""The master key: 32 secret bytes in a file outside the data folder, never in the database.

The file is one line, `<version> <64 hex digits>`, so that it can be kept on paper. From version 2
on a third word stands on it: what keyed hashes are made with, which never changes. While one key
replaces another, the new one lies beside it with `.next` behind its name.
"""

import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import BetweenError

_LINE = re.compile(r"([1-9][0-9]{0,8}) ([0-9a-f]{64})(?: ([0-9a-f]{64}))?\n?")


@dataclass(frozen=True, slots=True)
class MasterKey:
    """The key that wraps everyone's keys; `version` grows when it is replaced.

    `successor` is the one that is taking its place, until every key is wrapped by that.
    """

    secret: bytes = field(repr=False)
    version: int = 1
    lookup: bytes | None = field(default=None, repr=False)
    successor: "MasterKey | None" = None

    def __post_init__(self) -> None:
        if len(self.secret) != 32:
            raise BetweenError("A master key has exactly 32 bytes.")

    @property
    def all(self) -> tuple["MasterKey", ...]:
        """This one and the one that takes its place."""
        return (self,) if self.successor is None else (self, self.successor)


def create_master_key(path: Path) -> MasterKey:
    """Make a new key file that only its owner may read; an existing file is never touched."""
    master = MasterKey(secrets.token_bytes(32))
    try:
        write_key(path, master)
    except FileExistsError:
        raise BetweenError(
            f"{path} exists already. A new key would make everything stored so far unreadable; "
            "move the old file away yourself if you mean it."
        ) from None
    except OSError as error:
        raise BetweenError(f"The master key {path} cannot be written: {error.strerror}.") from error
    return master


def write_key(path: Path, master: MasterKey) -> None:
    """A new file, on the disk when this returns. Raises FileExistsError, OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    lookup = "" if master.lookup is None else f" {master.lookup.hex()}"
    try:
        with os.fdopen(handle, "w") as file:
            file.write(f"{master.version} {master.secret.hex()}{lookup}\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)  # half a key would be taken for the key that is there
        raise


def next_to(path: Path) -> Path:
    """Where the key lies that is taking this one's place."""
    return path.with_name(f"{path.name}.next")


def load_master_key(path: Path) -> MasterKey:
    """Read the key file, and the one that is taking its place if there is one; refuse a file that
    is missing, damaged or readable by others."""
    master, later = _read(path), next_to(path)
    if not later.exists():
        return master
    return MasterKey(master.secret, master.version, master.lookup, successor=_read(later))


def _read(path: Path) -> MasterKey:
    try:
        mode, content = path.stat().st_mode, path.read_text("ascii")
    except FileNotFoundError:
        raise BetweenError(
            f"There is no master key at {path}. Put the key file back from your safe copy, or make "
            "one with `between init` if this is a new installation."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise BetweenError(f"The master key {path} cannot be read.") from error
    if mode & 0o077 and not _is_credential(path):
        raise BetweenError(f"Others may read the master key {path}. Run: chmod 600 {path}")
    found = _LINE.fullmatch(content)
    if found is None:
        raise BetweenError(
            f"{path} is not a master key: it must be one line, a version number and 64 hex digits "
            "(32 bytes). Put the key file back from your safe copy."
        )
    lookup = None if found[3] is None else bytes.fromhex(found[3])
    return MasterKey(bytes.fromhex(found[2]), int(found[1]), lookup)


def _is_credential(path: Path) -> bool:
    # systemd lets one service alone into this folder, and shows its files as readable by a group.
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    return folder is not None and Path(folder) == path.parent
