"""`make bench`: prints figures with the date and the machine; nothing here can fail a test."""

import os
import platform
import sys
from collections.abc import Callable

from tests.bench import (
    clock,
    content,
    documents,
    first_answer,
    fit_letters,
    flood,
    pages,
    pure,
    risk,
    start_up,
)
from tests.bench.load import growth, midway, paced, side_by_side, slow, upgrade, wave

BENCHES: dict[str, Callable[[], str]] = {
    "advance": pure.bench,
    "content": content.bench,
    "start-up": start_up.bench,
    "first answer": first_answer.bench,
    "flood": flood.bench,
    "risk": risk.bench,
    "letters": fit_letters.bench,
    "clock": clock.bench,
    "documents": documents.bench,
    "pages": pages.bench,
    "load": side_by_side.bench,
    "load, slow": slow.bench,
    "load, paced": paced.bench,
    "load, midway": midway.bench,
    "load, growth": growth.bench,
    "load, wave": wave.bench,
    "upgrade": upgrade.bench,
}

print(
    f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python "
    f"{platform.python_version()}"
)
for name, bench in BENCHES.items():
    if len(sys.argv) == 1 or name in sys.argv[1:]:
        print(f"{name:>14}  {bench()}", flush=True)
