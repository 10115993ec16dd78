"""How soon an answer comes at 200 updates a second, which is more than 10,000 people send."""

import asyncio
import os

from tests.bench.load.figures import HEAD, row
from tests.bench.load.measure import Load
from tests.bench.load.side_by_side import run

PACE = int(os.environ.get("BENCH_PACE", "200"))
CHATS = 400


def bench() -> str:
    """Between by itself, evenly paced. p99 is the figure to look at."""
    (figures,) = asyncio.run(run(None, Load(CHATS, pace=PACE), [CHATS]))
    asked = f"{PACE} updates a second, evenly spread over {CHATS} open chats"
    return f"{asked}: p99 {figures.wait(0.99):.1f} ms\n{HEAD}\n{row(figures)}"
