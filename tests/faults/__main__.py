"""`make faults`: the long rehearsal; prints the counts, exit code 1 if one is not as it must be."""

import argparse
import asyncio
import sys

from tests.faults.counting import Tally
from tests.faults.rehearsal import Plan, rehearse


def _told(done: int, steps: int, tally: Tally) -> None:
    print(f"\r{done} of {steps} answers, {tally.kills} × kill -9 ", end="", file=sys.stderr)


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--conversations", type=int, default=5000)
parser.add_argument("--kills", type=int, default=200)
chosen = parser.parse_args()
many = chosen.conversations
plan = Plan(many, chosen.kills, called=many // 20, couples=many // 20, slow=True)
tally = asyncio.run(rehearse(plan, told=_told))
print(f"\n{tally}")
sys.exit(not tally.is_clean)
