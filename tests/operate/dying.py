"""A process of its own that kills itself with SIGKILL before the n-th of its steps."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from bot.store import rotation
from bot.store.database import migrate, open_engine

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["bot.store.rotation", "bot.store.database", "alembic.command"])


class _Fuse:
    """Burns down by one at each step; nothing is flushed and no handler runs at its end."""

    def __init__(self, length: int) -> None:
        self._left = length

    def burn(self, *_: object) -> None:
        self._left -= 1
        if self._left < 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _rotate(url: str, key: Path, steps: int) -> None:
    fuse = _Fuse(steps)
    rotation.SLICE = 5

    def hook(event: str, about: tuple[object, ...]) -> None:
        near = event == "open" and str(key.parent) in str(about[0])
        if near or event in ("os.rename", "os.link"):
            fuse.burn()

    sys.addaudithook(hook)
    rotation.rotate(open_engine(url), key, fuse.burn)


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


def migrate_and_die(url: str, steps: int) -> bool:
    """The same for an upgrade of the tables; a step is a migration."""
    return _run(_migrate, url, Path(), steps)
