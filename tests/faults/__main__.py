"""`make faults`: the long rehearsal on SQLite; prints the counts, exit code 1 if not clean."""

import argparse
import sys

from tests.faults import harness, nudging

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--conversations", type=int, default=1000)
parser.add_argument("--kills", type=int, default=60)
parser.add_argument("--couples", type=int, default=334, help="each sends six phrases")
chosen = parser.parse_args()
answers = harness.main(chosen.conversations, chosen.kills)
print(answers)
phrases = nudging.main(chosen.couples, chosen.kills)
print(phrases)
sys.exit(0 if answers.is_clean and phrases.is_clean else 1)
