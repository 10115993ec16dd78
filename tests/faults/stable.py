"""Where the bot's processes come from: all that `between run` imports is imported once, and each
process is forked from here. It is a process of its own with a number of its own, so that it can be
killed like any other; only its start costs tenths of a second instead of seconds.

Run as a program. A line of JSON in is an order, a line of JSON out says what happened:
`{"roles": "", "environment": {…}, "log": ""}` -> `{"born": 123}` and, one day, `{"gone": 123,
"code": -9}`. When the orders end, all that live are killed.
"""

import ctypes
import gc
import json
import os
import selectors
import signal
import sys
from typing import Any

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux: nothing of ours outlives the rehearsal, however that ends."""


def main() -> None:
    """Serves until the orders end."""
    _import()
    looking = selectors.DefaultSelector()
    looking.register(0, selectors.EVENT_READ)
    living: dict[int, int] = {}
    waiting = b""
    print(json.dumps({"ready": os.getpid()}), flush=True)
    while True:
        for key, _ in looking.select():
            if key.data is not None:
                _bury(looking, living, key.data)
                continue
            read = os.read(0, 65536)
            if not read:
                for pid in living:
                    os.kill(pid, signal.SIGKILL)
                return
            *orders, waiting = (waiting + read).split(b"\n")
            for order in orders:
                _bear(looking, living, json.loads(order))


def _import() -> None:
    import bot.cli.main
    import bot.cli.run
    import bot.store.election
    import bot.wiring  # noqa: F401

    gc.freeze()


def _bear(looking: selectors.BaseSelector, living: dict[int, int], order: dict[str, Any]) -> None:
    pid = os.fork()
    if pid == 0:
        _live(order)
    living[pid] = os.pidfd_open(pid)
    looking.register(living[pid], selectors.EVENT_READ, pid)
    print(json.dumps({"born": pid}), flush=True)


def _bury(looking: selectors.BaseSelector, living: dict[int, int], pid: int) -> None:
    _, status = os.waitpid(pid, 0)
    handle = living.pop(pid)
    looking.unregister(handle)
    os.close(handle)
    print(json.dumps({"gone": pid, "code": os.waitstatus_to_exitcode(status)}), flush=True)


def _live(order: dict[str, Any]) -> None:
    """From here on this is `between run`, and nothing else."""
    code = 1
    try:
        os.setsid()
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        nothing = os.open(os.devnull, os.O_RDWR)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        out = os.open(order["log"], flags, 0o600) if order["log"] else nothing
        for number, handle in enumerate((nothing, out, out)):
            os.dup2(handle, number)
        os.environ.clear()
        os.environ.update(order["environment"])
        sys.argv = ["between", "run"]
        if order["roles"]:
            sys.argv += ["--role", order["roles"]]
        from bot.cli.main import main as between

        between()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
