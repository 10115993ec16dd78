"""What may stand on the group board, the figure over the group, silence, and phases: as tables."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.care.board import Unfit, parts, tidied, unfit
from bot.care.cadence import Outage
from bot.care.group_ring import GroupRing, group_ring, window
from bot.care.phase import Phase, phase_of
from bot.care.silence import is_quiet, silence

NAMES = ("Heron", "Colibrí", "Grey Fox", *parts("Dr Rivera"))


@pytest.mark.parametrize(
    "line",
    [
        "I put my phone away and walk around the block until it passes.",
        "After 20 minutes it was over. I counted 5 blue cars, then 10 red ones.",
        "Salí a caminar, llamé a mi hermana y en 15 minutos había pasado.",
        "Cold water on my face at 3 a.m.; then tea.",
        "I told myself: not now, later... and later it was gone!",
        "Foxes and birds in the park. No. Really.",
        "I left. It passed. Me and my dog, we walked. Us two.",
        "I left.It passed.Me too",
        "A grey morning, and the doctor was kind. De verdad. Es así.",
    ],
)
def test_what_helped_may_stand_there(line: str) -> None:
    """Plain experience passes, with its times and numbers of minutes."""
    assert unfit(tidied(line), NAMES) is None


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", Unfit.EMPTY),
        ("🙂 !!! 12", Unfit.EMPTY),
        ("x" * 301, Unfit.LONG),
        ("see https://somewhere", Unfit.LINK),
        ("see www.somewhere", Unfit.LINK),
        ("see sober-club.org for more", Unfit.LINK),
        ("see sober-club (dot) org", Unfit.LINK),
        ("see sober-club . org", Unfit.LINK),
        ("find me on linktr.ee/wren or wren.me", Unfit.LINK),
        ("ｗｗｗ．somewhere．org", Unfit.LINK),
        ("t . me / mygroup", Unfit.LINK),
        ("write to @wren77", Unfit.HANDLE),
        ("wren (at) mail", Unfit.HANDLE),
        ("wren@mail", Unfit.HANDLE),
        ("call 600123456", Unfit.NUMBER),
        ("call 600 12-34.56", Unfit.NUMBER),
        ("call +1 (555) 010-0123", Unfit.NUMBER),
        ("６００１２３４５６", Unfit.EMPTY),
        ("Heron called me", Unfit.NAME),
        ("thanks to HERON's call", Unfit.NAME),
        ("colibri me llamó", Unfit.NAME),
        ("the grey fox and I", Unfit.NAME),
        ("Rivera says breathe", Unfit.NAME),
        ("He\u200bron called me", Unfit.NAME),
        ("Неrоn called me", Unfit.NAME),  # with Cyrillic letters
    ],
)
def test_what_leads_to_somebody_may_not(line: str, why: Unfit) -> None:
    """Links, handles, long numbers and known names, also when they are disguised."""
    assert unfit(tidied(line), NAMES) is why


def test_signs_nobody_sees_are_gone() -> None:
    """Directions of text, line breaks and blanks cannot make a line look like another."""
    assert tidied("  one\u202e two\n\nthree\u200b ") == "one two three"


PEOPLE = [UUID(int=number) for number in range(8)]


@pytest.mark.parametrize(
    ("counted", "practised", "ring"),
    [
        (8, 6, GroupRing(6, 8)),
        (5, 5, GroupRing(5, 5)),
        (5, 0, GroupRing(0, 5)),
        (4, 4, None),
        (0, 0, None),
    ],
)
def test_the_ring_is_never_about_fewer_than_five(
    counted: int, practised: int, ring: GroupRing | None
) -> None:
    """Counted are those who agreed; whoever practised without agreeing is in neither number."""
    assert group_ring(set(PEOPLE[:counted]), set(PEOPLE[:practised])) == ring
    assert group_ring(set(PEOPLE[:5]), set(PEOPLE)) == GroupRing(5, 5)


def test_the_ring_ends_at_midnight() -> None:
    """Nobody sees the number grow while one person is busy; clock changes move no day."""
    now = datetime(2026, 3, 30, 10, 0, tzinfo=UTC)  # Madrid went to summer time the day before
    start, end = window("Europe/Madrid", now)
    assert end == datetime(2026, 3, 29, 22, 0, tzinfo=UTC)
    assert start == datetime(2026, 3, 22, 23, 0, tzinfo=UTC)


MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def down(first: float, last: float) -> Outage:
    """We were down from that day to this one, counted from Monday."""
    return Outage(MONDAY + first * DAY, MONDAY + last * DAY)


@pytest.mark.parametrize(
    ("outages", "days"),
    [
        ((), 7.0),
        ((down(1, 3),), 5.0),
        ((down(1, 3), down(2, 4)), 4.0),
        ((down(-2, 1),), 6.0),
        ((down(6, 9),), 6.0),
        ((down(-1, 8),), 0.0),
        ((down(-3, -1),), 7.0),
    ],
)
def test_our_downtime_is_nobodys_silence(outages: tuple[Outage, ...], days: float) -> None:
    """Each hour in which we were down is left out once, however outages overlap."""
    assert silence(MONDAY, MONDAY + 7 * DAY, outages) == timedelta(days=days)
    assert is_quiet(7, MONDAY, MONDAY + 7 * DAY, outages) is (days >= 7)
    assert not is_quiet(0, MONDAY, MONDAY + 70 * DAY, outages)


@pytest.mark.parametrize(
    ("standing", "step", "arriving", "phase"),
    [
        ("pending", None, False, Phase.INTAKE),
        ("member", None, True, Phase.INTAKE),
        ("member", None, False, Phase.ACTIVE),
        ("member", "step_down", False, Phase.STEP_DOWN),
        ("member", "alumni", False, Phase.ACTIVE),
        ("discharged", None, False, Phase.DISCHARGED),
        ("discharged", "step_down", False, Phase.DISCHARGED),
        ("discharged", "alumni", False, Phase.ALUMNI),
    ],
)
def test_where_somebody_is(standing: str, step: str | None, arriving: bool, phase: Phase) -> None:
    """The phase follows from what they are to the programme, and from one step within it."""
    assert phase_of(standing, step, arriving=arriving) is phase
