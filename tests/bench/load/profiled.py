"""Runs `between …` under cProfile, all threads, from SIGUSR1 to the end; writes one file.

`python -m tests.bench.load.profiled FILE run`. Times in it are of the wall clock, and
the profiler slows small functions most: read it for where, not for how much.
"""

import cProfile
import pstats
import signal
import sys
import threading
from contextlib import suppress

from bot.cli.main import main


def _threads(profiles: list[cProfile.Profile]) -> None:
    """Every thread begun from now on has a profile of its own."""
    run = threading.Thread.run

    def profiled(self: threading.Thread) -> None:
        mine = cProfile.Profile()
        profiles.append(mine)
        with suppress(ValueError):  # from Python 3.12 on, the first profiler sees all threads
            mine.enable()
        try:
            run(self)
        finally:
            mine.disable()

    threading.Thread.run = profiled  # type: ignore[method-assign] # no other way to reach them


def _profile() -> None:
    file = sys.argv.pop(1)
    whole = cProfile.Profile()
    profiles = [whole]
    signal.signal(signal.SIGUSR1, lambda *_: whole.enable())
    _threads(profiles)
    try:
        main()
    finally:
        whole.disable()
        stats = pstats.Stats(whole)
        for other in profiles[1:]:
            with suppress(TypeError):  # a thread that did nothing
                stats.add(other)
        stats.dump_stats(file)


_profile()
