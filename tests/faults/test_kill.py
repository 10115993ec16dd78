"""The short rehearsal: kill -9 at any moment costs nobody an answer."""

from pathlib import Path

from tests.faults.harness import rehearse
from tests.faults.nudging import relay


async def test_no_acknowledged_answer_is_lost_when_the_bot_is_killed(tmp_path: Path) -> None:
    """200 conversations of five answers, 25 × kill -9: nothing lost, changed or out of order."""
    tally = await rehearse(tmp_path, conversations=200, kills=25)
    assert tally.is_clean, f"\n{tally}\n{tally.notes}"
    assert tally.kills == 25


async def test_no_phrase_arrives_twice_when_the_bot_is_killed(tmp_path: Path) -> None:
    """120 phrases between partners, 6 × kill -9: at most once, every uncertain one counted."""
    tally = await relay(tmp_path, couples=20, kills=6)
    assert tally.is_clean, f"\n{tally}\n{tally.notes}"
    assert tally.sent == 120
    assert tally.kills == 6
