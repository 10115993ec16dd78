"""`make faults`: the long rehearsal. Prints what was counted; exit code 1 if anything is not as it
must be. What is rehearsed and how to read it stands in docs/decisions/faults.md."""

import argparse
import asyncio
import sys
import time
from collections.abc import Awaitable, Callable

from tests.faults import hunt, scenes, troubles
from tests.faults.counting import Tally
from tests.faults.postgres import Server, server
from tests.faults.rehearsal import Plan, rehearse

OUT_WITHIN = 20.0
"""Seconds that a container engine waits after SIGTERM."""


class Report:
    """Prints as it goes. Its state is what was wrong so far."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self._shown = time.monotonic()

    def progress(self, done: int, steps: int, tally: Tally) -> None:
        """Every ten seconds: how far it is."""
        if time.monotonic() - self._shown > 10:
            self._shown = time.monotonic()
            line = f"   … {done} of {steps} answers, {tally.kills} × kill -9"
            print(line, file=sys.stderr, flush=True)

    def tally(self, name: str, tally: Tally) -> None:
        """What a rehearsal counted."""
        slow = tally.slowest_stop > OUT_WITHIN
        found = [*tally.faults, *tally.notes, *(["slow to stop"] if slow else [])]
        print(
            f"\n{name}\n{tally}\n{'all as it must be':>30}"
            f" {'NO: ' + ', '.join(found) if found else 'yes'}",
            flush=True,
        )
        self.wrong += [f"{name}: {each}" for each in found]

    async def trouble(self, name: str, trouble: Callable[[], Awaitable[list[str]]]) -> None:
        """One line for a trouble of another kind."""
        begun = time.monotonic()
        try:
            found = await trouble()
        except TimeoutError:
            found = ["nothing moved any more"]
        said = ", ".join(found) or "as it must be"
        print(f"{name:>34}   {said} ({time.monotonic() - begun:.0f} s)", flush=True)
        self.wrong += [f"{name}: {each}" for each in found]

    def mutant(self, name: str, rehearsal: str, found: str) -> None:
        """One line for a mutant."""
        print(f"{name:>30}   {rehearsal}: {found}", flush=True)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("--conversations", type=int, default=5000, help="on SQLite; a fifth of"
                        " them on PostgreSQL")  # fmt: skip
    parser.add_argument("--kills", type=int, default=200, help="on SQLite; three quarters of them"
                        " on PostgreSQL, and as many pauses and cuts as fit")  # fmt: skip
    parser.add_argument("--on", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--only", choices=("all", "crowds", "troubles", "mutants"), default="all")
    parser.add_argument("--mutant", default="", help="only those with this in their name")
    parser.add_argument("--gone", type=float, default=60, help="seconds without PostgreSQL")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def plans(asked: argparse.Namespace) -> tuple[Plan, Plan]:
    """What happens on SQLite and on PostgreSQL."""
    many, kills, seed = asked.conversations, asked.kills, asked.seed
    more = max(2, many // 25)
    alone = Plan(many, kills, stops=max(1, kills // 20), called=more, couples=more, slow=True,
                 seed=seed)  # fmt: skip
    few, crew = max(20, many // 5), hunt.CREW
    more = max(2, few // 25)
    several = Plan(few, kills * 3 // 4, max(1, kills // 20), kills // 5, kills // 20, more, more,
                   crew, slow=True, seed=seed)  # fmt: skip
    return alone, several


async def _crowds(report: Report, asked: argparse.Namespace, kept: Server | None) -> None:
    alone, several = plans(asked)
    if asked.on != "postgresql":
        report.tally("SQLite, one process", await rehearse(alone, told=report.progress))
    if kept is not None:
        tally = await rehearse(several, database_url=kept.database(), told=report.progress)
        report.tally("PostgreSQL, four processes, three of them workers", tally)


async def _troubles(report: Report, asked: argparse.Namespace, kept: Server | None) -> None:
    print()
    await report.trouble("a full disk", troubles.disk_full)
    await report.trouble("a message that breaks us", troubles.poison)
    await report.trouble("a foreign webhook", scenes.foreign_webhook)
    await report.trouble("a second copy with our token", scenes.second_copy)
    await report.trouble("a pair that ends meanwhile", scenes.goodbye)
    if kept is not None:
        gone, poisoned = f"no database for {asked.gone:.0f} s", kept.database()
        await report.trouble(gone, lambda: troubles.database_gone(kept, asked.gone))
        await report.trouble("the same, over an inbox", lambda: troubles.poison(poisoned))


async def _all(asked: argparse.Namespace, kept: Server | None) -> list[str]:
    report = Report()
    if asked.only in ("all", "crowds"):
        await _crowds(report, asked, kept)
    if asked.only in ("all", "troubles"):
        await _troubles(report, asked, kept)
    if asked.only in ("all", "mutants"):
        print("\nMutants, and what found them:", flush=True)
        away = await hunt.hunt(kept, report.mutant, asked.mutant)
        report.wrong += ["mutants got away"] if away else []
    return report.wrong


def main() -> int:
    """The exit code."""
    asked = _asked()
    if asked.on == "sqlite":
        wrong = asyncio.run(_all(asked, None))
    else:
        with server() as kept:
            wrong = asyncio.run(_all(asked, kept))
    print("\n" + ("\n".join(wrong) or "All as it must be."))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
