"""`python -m tests.bench.load between --chats 50 --seconds 8`: one bot by itself, for profiling."""

import argparse
import asyncio
import pstats
from pathlib import Path

from tests.bench.load.figures import HEAD, row
from tests.bench.load.measure import Load, of_between


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load", description=__doc__)
    parser.add_argument("bot", choices=("between",))
    parser.add_argument("--chats", type=int, nargs="+", default=[50])
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--pace", type=float, default=0.0, help="updates a second; 0: all at once")
    parser.add_argument("--delay", type=float, default=0.0, help="ms before Telegram answers")
    parser.add_argument("--profile", type=Path, help="runs the bot under cProfile, into this file")
    return parser.parse_args()


def _main() -> None:
    asked = _arguments()
    print(HEAD)
    for chats in asked.chats:
        load = Load(chats, asked.seconds, asked.pace, asked.delay / 1000)
        figures = asyncio.run(of_between(load, asked.profile))
        print(row(figures), flush=True)
        print(
            f"  the bench itself: {1000 * figures.own_cpu / figures.updates:.2f} CPU ms an update"
        )
    if asked.profile:
        pstats.Stats(str(asked.profile)).sort_stats("tottime").print_stats(40)


_main()
