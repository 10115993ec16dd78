"""`make faults`: the long rehearsal on SQLite; prints the counts, exit code 1 if not clean."""

import argparse
import sys

from tests.faults.harness import main

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--conversations", type=int, default=1000)
parser.add_argument("--kills", type=int, default=60)
chosen = parser.parse_args()
tally = main(chosen.conversations, chosen.kills)
print(tally)
sys.exit(0 if tally.is_clean else 1)
