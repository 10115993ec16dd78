"""The drawing process: charts and codes in, pictures out, until its input ends. See `drawing`."""

import json
import signal
import sys

from bot.reports import qr
from bot.reports.chart import Chart
from bot.reports.drawing import LENGTH
from bot.reports.drawn_chart import draw


def main() -> None:
    """Answers every line until there is none."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the bot, which ends us itself
    for line in sys.stdin.buffer:
        picture = _drawn(line)
        sys.stdout.buffer.write(LENGTH.pack(len(picture)) + picture)
        sys.stdout.buffer.flush()


def _drawn(line: bytes) -> bytes:
    asked = json.loads(line)
    return qr.draw(asked["qr"]) if "qr" in asked else draw(Chart.model_validate(asked))


if __name__ == "__main__":
    main()
