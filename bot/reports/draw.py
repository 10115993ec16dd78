"""The drawing process: charts in, pictures out, until its input ends. See `drawing`."""

import signal
import sys

from bot.reports.chart import Chart, draw
from bot.reports.drawing import LENGTH


def main() -> None:
    """Answers every line until there is none."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the bot, which ends us itself
    for line in sys.stdin.buffer:
        picture = draw(Chart.model_validate_json(line))
        sys.stdout.buffer.write(LENGTH.pack(len(picture)) + picture)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
