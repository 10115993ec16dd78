"""A process of its own that kills itself with SIGKILL before the n-th of its steps."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.store import rotation
from bot.store.database import migrate, open_engine
from bot.store.master_key import load_master_key
from bot.store.restoring import restore
from bot.store.vault import Vault

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["bot.store.rotation", "bot.store.restoring", "alembic.command"])


class _Fuse:
    """Burns down by one at each step; nothing is flushed and no handler runs at its end."""

    def __init__(self, length: int) -> None:
        self._left = length

    def burn(self, *_: object) -> None:
        self._left -= 1
        if self._left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, folder: Path) -> None:
        """Whatever is asked of this folder is a step."""

        def hook(event: str, about: tuple[object, ...]) -> None:
            if event in _TOUCHES and str(folder) in str(about[0]):
                self.burn()

        sys.addaudithook(hook)


_TOUCHES = ("open", "os.rename", "os.link", "os.remove", "sqlite3.connect")


def _rotate(url: str, key: Path, steps: int) -> None:
    fuse = _Fuse(steps)
    rotation.SLICE = 5
    fuse.watch(key.parent)
    rotation.rotate(open_engine(url), key, fuse.burn)


def _restore(url: str, folder: Path, steps: int) -> None:
    vault = Vault(load_master_key(folder / "keys" / "master.key"))
    fuse = _Fuse(steps)
    fuse.watch(folder)
    listed = folder / "elsewhere" / "tombstones"
    restore(url, folder / "copy", vault, listed, datetime.now(UTC), fuse.burn)  # noqa: TID251 # a process as it runs


def _migrate(url: str, _: Path, steps: int) -> None:
    migrate(url, _Fuse(steps).burn)


def _run(work: Callable[[str, Path, int], None], url: str, key: Path, steps: int) -> bool:
    process = _processes.Process(target=work, args=(url, key, steps))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def rotate_and_die(url: str, key: Path, steps: int) -> bool:
    """Rotates in slices of five. A step is a slice, or anything asked of the key's folder.
    Whether it was killed; False once that many steps were enough to end."""
    return _run(_rotate, url, key, steps)


def restore_and_die(url: str, folder: Path, steps: int) -> bool:
    """The same for putting the backup `copy` back; a step is anything asked of this folder."""
    return _run(_restore, url, folder, steps)


def migrate_and_die(url: str, steps: int) -> bool:
    """The same for an upgrade of the tables; a step is a migration."""
    return _run(_migrate, url, Path(), steps)
