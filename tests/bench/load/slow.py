"""The same conversations as in real life: Telegram is 40 ms away, a sync of the disk takes 3 ms."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.load.bots import BEST, PTB, REDIS, Peer
from tests.bench.load.bots import PEERS as ALL
from tests.bench.load.measure import Load
from tests.bench.load.side_by_side import MANY, table
from tests.bench.load.slow_disk import slow_disk

DELAY = 0.040
SYNC_MS = 3.0
AIM = "Between: at least 795 updates/s on two quiet cores, aim 1,200"
WIDE = Peer("PTB, concurrent_updates=256", PTB, concurrent=256)
"""What waits for the line takes no CPU, so here more at a time is better for it."""
PEERS = (BEST, WIDE, *(each for each in ALL if each.name != BEST.name and each.store != REDIS))


def bench() -> str:
    """The table, with a word on the disk."""
    with TemporaryDirectory(prefix="between-bench-") as folder:
        more = slow_disk(Path(folder), SYNC_MS)
        disk = (
            f"a sync takes {SYNC_MS:.0f} ms at least (fsync and fdatasync are wrapped in C)"
            if more
            else "the disk as it is: no C compiler here to make it slower"
        )
        found = table(Load(delay=DELAY), (MANY,), PEERS, more)
    return f"every answer of Telegram takes {DELAY * 1000:.0f} ms; {disk}; {AIM}{found}"
