"""`python -m tests.bench.load between --chats 50 --seconds 8`: one bot by itself, for profiling."""

import argparse
import asyncio
import pstats
from contextlib import nullcontext
from pathlib import Path

from tests.bench.clock import postgresql
from tests.bench.load.bots import AIOGRAM, FILE, PTB, REDIS, Peer
from tests.bench.load.figures import HEAD, row
from tests.bench.load.measure import Load, of_between
from tests.bench.load.redis import missing
from tests.bench.load.side_by_side import run

LIBRARIES = {"ptb": PTB, "aiogram": AIOGRAM}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load", description=__doc__)
    parser.add_argument("bot", choices=("between", *LIBRARIES))
    parser.add_argument("--chats", type=int, nargs="+", default=[50])
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--pace", type=float, default=0.0, help="updates a second; 0: all at once")
    parser.add_argument("--delay", type=float, default=0.0, help="ms before Telegram answers")
    parser.add_argument("--profile", type=Path, help="runs Between under cProfile, into this file")
    parser.add_argument("--postgresql", action="store_true", help="Between's database")
    parser.add_argument("--concurrent", type=int, default=8, help="PTB's concurrent_updates")
    parser.add_argument("--store", choices=("", FILE, REDIS), default="", help="a peer's")
    parser.add_argument("--tidy", action="store_true", help="a peer takes old buttons away")
    return parser.parse_args()


def _main() -> None:
    asked = _arguments()
    if asked.store == REDIS and (why := missing()):
        raise SystemExit(why)
    print(HEAD)
    for chats in asked.chats:
        load = Load(chats, asked.seconds, asked.pace, asked.delay / 1000)
        if asked.bot == "between":
            with postgresql() if asked.postgresql else nullcontext("") as database_url:
                figures = asyncio.run(of_between(load, asked.profile, database_url))
        else:
            module = LIBRARIES[asked.bot]
            which = Peer(asked.bot, module, asked.concurrent, asked.store, asked.tidy)
            (figures,) = asyncio.run(run(which, load, [chats]))
        own = 1000 * figures.own_cpu / figures.updates
        print(row(figures), f"\n  the bench itself: {own:.2f} CPU ms an update", flush=True)
    if asked.profile:
        pstats.Stats(str(asked.profile)).sort_stats("tottime").print_stats(40)


_main()
