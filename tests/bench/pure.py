"""How long one step of a thought record takes in the engine alone."""

from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from bot.catalog.load import read_library
from bot.engine.advance import advance, start
from bot.engine.given import DONE, Given, Pressed, Said

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
ROUNDS = 2000


def bench() -> str:
    """Median microseconds of `advance` over every step of a seven-column thought record."""
    exercise = read_library(Path("exercises")).exercises["cbt.thought7"]
    words: list[str | None] = [
        "at home", "sad", None, "80", "she is angry", "it is my fault", None, "1", "90",
        "no answer", None, "she called", None, "I do not know yet", "60", "50", "40", "call her",
    ]  # fmt: skip
    times: list[float] = []
    for _ in range(ROUNDS):
        run = start(exercise, NOW).run
        for mark, said in enumerate(words, start=1):
            given: Given = Pressed(run.turn, DONE) if said is None else Said(said, mark)
            before = perf_counter()
            run = advance(exercise, run, given, NOW).run
            times.append(perf_counter() - before)
        assert run.status == "finished"
    return f"{median(times) * 1e6:.1f} µs a step (median of {len(times)})"
