"""How long the documents and the picture in the chat take, and what they cost in memory."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import process_time

from bot.reports.chart import Bar, Chart, Pair
from bot.reports.drawn_chart import draw
from bot.reports.figures import Series
from bot.reports.pdf import Brief, Brought, Curve, Seen, Stamp, brief

NOW = datetime(2026, 11, 26, 15, tzinfo=UTC)
TIMES = 15


def bench() -> str:
    """First and median milliseconds of CPU of a brief of twelve members and of the picture, each
    in a process of its own, with what that process took at most."""
    return "; ".join(
        subprocess.run(
            [sys.executable, "-m", "tests.bench.documents", kind],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for kind in ("brief", "picture")
    )


def _brief() -> None:
    from bot.config import Settings
    from bot.messages.words import Words

    words = Words(Settings().prompts_dir).short("en")["office_pdf"]
    start = date(2026, 11, 12)
    points = tuple((start + timedelta(days=at), 30.0 + at * 2) for at in range(14))
    curve = Curve("Mood", "0–100", "Up.", (Series("mood", points),), (), start, NOW.date())
    members = tuple(Seen(f"Member {at}", at, NOW, -at, at % 3) for at in range(12))
    questions = tuple(Brought("How do I tell my boss that I am in a group?") for _ in range(5))
    stamp = Stamp("Riverside IOP", "Dr Rivera", NOW, "America/New_York", "us-letter")
    facts = Brief(
        stamp, "Thursday-B", NOW, start, members, "Opposite action", (8, 12), (7, 12), curve,
        (("Tapped most", (("saying no", 3),)),), answers=questions,
    )  # fmt: skip
    _tell("brief", lambda: brief(facts, words, "en"))


def _picture() -> None:
    pairs = tuple(
        Pair(at=NOW, label=f"{at} Nov", before=80 - at, after=40 - at) for at in range(14)
    )
    bars = tuple(Bar(label=f"{at} Nov", count=at) for at in range(8))
    chart = Chart(
        title="How strong it felt", y_label="strength, 0 to 100", before="before", after="after",
        pairs=pairs, bars_title="Exercises each week", bars_label="number", bars=bars,
    )  # fmt: skip
    _tell("picture", lambda: draw(chart))


def _tell(name: str, make: object) -> None:
    assert callable(make)
    before = _resident()
    times = []
    for _ in range(TIMES):
        started = process_time()
        made = make()
        times.append((process_time() - started) * 1000)
    more = (_resident() - before) / 1024
    print(
        f"{name} {times[0]:.0f} ms of CPU at first, then {median(times[1:]):.0f}, "
        f"{len(made) // 1024} kB, {more:.0f} MB of memory"
    )


def _resident() -> int:
    """The most this process has had in memory, in kB; 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


if __name__ == "__main__":
    {"brief": _brief, "picture": _picture}[sys.argv[1]]()
