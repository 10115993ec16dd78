"""What is made when first needed is made once, whoever asks and however many at a time."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.wiring.once import Once


def test_many_at_a_time_get_the_same() -> None:
    """Eight ask while it is being made; it is made once, and all of them hold that one."""
    made: list[object] = []

    def make() -> object:
        time.sleep(0.05)
        made.append(object())
        return made[-1]

    once = Once(make)
    assert made == [], "made before anybody asked"
    with ThreadPoolExecutor(8) as threads:
        got = [each.result() for each in [threads.submit(once) for _ in range(8)]]
    assert len(made) == 1
    assert all(each is made[0] for each in got)


def test_a_failure_is_not_kept() -> None:
    """Whoever asks after a failure gets it made, instead of the failure again."""
    answers = iter([None, "rules"])

    def make() -> str:
        answer = next(answers)
        if answer is None:
            raise OSError("the disk is away")
        return answer

    once = Once(make)
    with pytest.raises(OSError, match="away"):
        once()
    assert once() == "rules"
