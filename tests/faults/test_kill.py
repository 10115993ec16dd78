"""The short rehearsal: kill -9 at any moment, and faults of Telegram's besides, cost nobody an
answer."""

import asyncio

import pytest

from tests.faults.counting import Tally
from tests.faults.rehearsal import Plan, rehearse

PLAN = Plan(conversations=200, kills=25, stops=1, called=10, couples=20)


@pytest.fixture(scope="module")
def tally() -> Tally:
    """200 conversations of five answers, ten check-ins, 120 phrases, 25 × kill -9, 1 × SIGTERM."""
    return asyncio.run(rehearse(PLAN))


def test_no_acknowledged_answer_is_lost_when_the_bot_is_killed(tally: Tally) -> None:
    """Nothing lost, changed, invented or out of order, no check-in twice, and messages come twice
    only where nobody could know; everybody answers all that they are asked."""
    assert tally.is_clean, f"{tally.faults} {tally.notes}\n{tally}"
    assert tally.kills == 25
    # A check-in goes twice at most; if both times the bot is killed meanwhile, nobody is asked.
    assert tally.acknowledged == 1010 - tally.unasked


def test_no_phrase_arrives_twice_when_the_bot_is_killed(tally: Tally) -> None:
    """Partners' phrases go at most once, and every uncertain one is counted."""
    assert not any(tally.nudges.zero.values()), f"\n{tally}"
    assert tally.nudges.sent == 120


def test_asked_to_stop_the_bot_ends_by_itself(tally: Tally) -> None:
    """SIGTERM in the middle of it all: exit code 0, and what was lost is counted above."""
    assert (tally.stops, tally.ended_badly) == (1, 0)
