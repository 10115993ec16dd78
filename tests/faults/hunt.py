"""Each mutant is put through the rehearsal that has to catch it; whoever gets away is printed."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from tests.faults import scenes
from tests.faults.mutants import MUTANTS, Mutant, mutated
from tests.faults.places import ROOT
from tests.faults.postgres import Server
from tests.faults.rehearsal import Plan, rehearse

CREW = ("poll,clock,sender", "poll,clock,sender,worker", "worker", "worker")
"""Two that stand for the offices, three that work: what several machines would run."""
SEEDS = (1, 2, 3, 4, 5, 6)
"""So many times a mutant that depends on chance is looked for."""
_SMALL = Plan(conversations=60, kills=12, called=2, couples=8, patience=45)
PLANS = {
    "sqlite": _SMALL,
    "checkins": Plan(conversations=4, kills=0, called=10, fair=True, patience=45),
    "phrases": Plan(conversations=30, kills=8, couples=20, patience=45),
    "postgresql": replace(_SMALL, kills=4, pauses=4, cuts=2, roles=CREW),
}
SCENES: dict[str, Callable[[Path], Awaitable[list[str]]]] = {
    "goodbye": scenes.goodbye,
    "rival": scenes.foreign_webhook,
    "two writers": scenes.two_writers,
}
Rehearsal = Callable[[Path, int], Awaitable[list[str]]]


def rehearsals(server: Server | None) -> dict[str, Rehearsal]:
    """All by name: each takes where the bot lies and a seed, and says what it found wrong."""
    return {
        **{
            name: _planned(plan, server)
            for name, plan in PLANS.items()
            if server is not None or len(plan.roles) == 1
        },
        **{name: _played(scene) for name, scene in SCENES.items()},
    }


def _planned(plan: Plan, server: Server | None) -> Rehearsal:
    async def run(root: Path, seed: int) -> list[str]:
        url = server.database() if server is not None and len(plan.roles) > 1 else ""
        tally = await rehearse(replace(plan, seed=seed), database_url=url, root=root)
        return tally.faults

    return run


def _played(scene: Callable[[Path], Awaitable[list[str]]]) -> Rehearsal:
    async def run(root: Path, _: int) -> list[str]:
        try:
            return await scene(root)
        except TimeoutError:
            return ["nothing moved any more"]

    return run


async def hunt(server: Server | None, told: Callable[[str, str, str], None], only: str = "") -> int:
    """Puts every mutant through its rehearsal, and the bot as it is through each of them first:
    one that finds fault with everybody catches nobody. How many got away, or were wronged."""
    known, wrong = rehearsals(server), 0
    wanted = [each for each in MUTANTS if only in each.name and each.rehearsal in known]
    for name in dict.fromkeys(each.rehearsal for each in wanted):
        found = await known[name](ROOT, SEEDS[0])
        wrong += bool(found)
        told("(the bot as it is)", name, ", ".join(found) or "nothing found, as it must be")
    for mutant in wanted:
        found = await _caught(mutant, known[mutant.rehearsal])
        wrong += not found
        told(mutant.name, mutant.rehearsal, ", ".join(found) or "GOT AWAY")
    return wrong


async def _caught(mutant: Mutant, rehearsal: Rehearsal) -> list[str]:
    with mutated(mutant.changes) as root:
        for seed in SEEDS:
            found = await rehearsal(root, seed)
            if found:
                return found
    return []
