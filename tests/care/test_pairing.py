"""Who is proposed to whom, what a partner sees of a day, which notes pass: tables."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.pairing import (
    SAME,
    Age,
    Candidate,
    Leave,
    Pair,
    Reason,
    Side,
    State,
    Stay,
    after,
    fits,
    propose,
)
from bot.care.pairing.notes import Unfit, unfit
from bot.care.pairing.ticks import has_become_quieter, may_tell, ticks

GROUP, OTHER = UUID(int=100), UUID(int=200)
A, B, C, D = (UUID(int=number) for number in range(1, 5))
MADRID = ZoneInfo("Europe/Madrid")
EVENING = datetime(2026, 3, 2, 21, 30, tzinfo=MADRID)


def somebody(person: UUID, **facts: object) -> Candidate:
    """A candidate of the group who checks in at eight and speaks English."""
    usual = {"group": GROUP, "hours": (8 * 60,), "language": "en"}
    return Candidate(person, **{**usual, **facts})  # type: ignore[arg-type] # facts of a table


@pytest.mark.parametrize(
    ("one", "other", "fit"),
    [
        ({}, {}, True),
        ({}, {"group": OTHER}, False),
        ({}, {"age": Age.MINOR}, False),
        ({"age": Age.MINOR}, {"age": Age.MINOR}, True),
        ({"age": Age.UNKNOWN}, {"age": Age.UNKNOWN}, False),
        ({"age": Age.UNKNOWN}, {}, False),
        ({"with_gender": "woman"}, {"gender": "woman"}, True),
        ({"with_gender": "woman"}, {"gender": "man"}, False),
        ({"with_gender": "woman"}, {}, False),
        ({"with_gender": SAME, "gender": "man"}, {"gender": "man"}, True),
        ({"with_gender": SAME, "gender": "man"}, {"gender": "woman"}, False),
        ({"with_gender": SAME}, {"gender": "man"}, False),
    ],
)
def test_what_speaks_against_two(
    one: dict[str, object], other: dict[str, object], *, fit: bool
) -> None:
    """Another group, a minor and an adult, or a wish about gender; whoever is asked first."""
    first, second = somebody(A, **one), somebody(B, **other)
    assert fits(first, second) is fit
    assert fits(second, first) is fit


def test_the_reasons_are_counted() -> None:
    """Two common hours, one interest, one goal, the language; an hour apart is still common."""
    told = {"interests": frozenset({"walking", "music"}), "goals": frozenset({"say_no"})}
    one = somebody(A, hours=(8 * 60, 20 * 60), **told)
    other = somebody(B, hours=(9 * 60, 20 * 60 + 30), **{**told, "interests": {"music"}})
    (proposal,) = propose([one, other], ())
    assert proposal.codes == ("hours.2", "interests.1", "goals.1", "language.1")


def test_midnight_is_no_wall() -> None:
    """Ten to twelve and ten past twelve are common hours."""
    one, other = somebody(A, hours=(23 * 60 + 50,)), somebody(B, hours=(10,))
    assert (Reason.HOURS, 1) in propose([one, other], ())[0].reasons


def test_nobody_without_a_reason_and_nobody_twice() -> None:
    """Three people give one pair; two who share nothing give none."""
    assert len(propose([somebody(A), somebody(B), somebody(C)], ())) == 1
    strangers = [somebody(A, hours=()), somebody(B, hours=(), language="es")]
    assert propose(strangers, ()) == ()


def test_who_asked_comes_first_and_never_means_never() -> None:
    """Somebody who asked is paired before who fits better; a block holds."""
    close = {"interests": frozenset({"music", "walking"})}
    four = [somebody(A, **close), somebody(B, **close), somebody(C, asked=True)]
    assert C in propose(four, ())[0].two
    never = [frozenset({A, C}), frozenset({B, C})]
    assert propose(four, never)[0].two == (A, B)


@pytest.mark.parametrize(
    ("stays", "state"),
    [((), State.ENDED), ((A,), State.ENDED), ((B,), State.ENDED), ((A, B), State.ACTIVE)],
)
def test_after_the_programme_only_with_two_yeses(stays: tuple[UUID, ...], state: State) -> None:
    """A is discharged; one yes alone keeps nothing."""
    pair = Pair(Side(A, accepted=True), Side(B, accepted=True), State.ACTIVE)
    for person in stays:
        pair = after(pair, Stay(person))
    assert after(pair, Leave(A)).state is state


CANDIDATES = st.builds(
    Candidate,
    st.sampled_from([UUID(int=number) for number in range(1, 9)]),
    st.sampled_from([GROUP, OTHER]),
    st.lists(st.sampled_from([480, 510, 1200]), max_size=2, unique=True).map(tuple),
    st.sampled_from(["en", "es"]),
    st.sampled_from(Age),
    st.sampled_from(["", "woman", "man"]),
    st.sampled_from(["", "woman", SAME]),
    st.frozensets(st.sampled_from(["music", "walking"])),
    st.frozensets(st.sampled_from(["say_no"])),
    st.booleans(),
)
TWOS = st.frozensets(
    st.frozensets(st.sampled_from([UUID(int=n) for n in range(1, 9)]), min_size=2, max_size=2)
)


@given(st.lists(CANDIDATES, max_size=8, unique_by=lambda each: each.person), TWOS, st.randoms())
def test_proposals_keep_the_rules(
    people: list[Candidate], never: frozenset[frozenset[UUID]], dice: object
) -> None:
    """Whoever is there, in whatever order: the same proposals, and none against the rules."""
    found = propose(people, never)
    shuffled = list(people)
    dice.shuffle(shuffled)  # type: ignore[attr-defined] # a Random of Hypothesis
    assert propose(shuffled, never) == found
    by = {each.person: each for each in people}
    named = [person for each in found for person in each.two]
    assert len(named) == len(set(named))
    for each in found:
        one, other = (by[person] for person in each.two)
        assert fits(one, other)
        assert one.age == other.age != Age.UNKNOWN
        assert one.group == other.group
        assert frozenset(each.two) not in never
        assert each.reasons


def test_a_tick_hides_the_minute() -> None:
    """What is done after nine in the evening shows on the next one; nothing shows at once."""
    morning = EVENING.replace(hour=9)
    assert not ticks([morning], morning + timedelta(minutes=1), MADRID)[-1].was_here
    assert ticks([morning], EVENING, MADRID)[-1].was_here
    late = EVENING.replace(hour=21, minute=10)
    assert not ticks([late], EVENING, MADRID)[-1].was_here
    tomorrow = ticks([late], EVENING + timedelta(days=1), MADRID)
    assert [each.was_here for each in tomorrow[-2:]] == [True, False]
    assert tomorrow[-1].day == date(2026, 3, 3)


@given(st.integers(0, 60 * 24 - 1), st.integers(0, 60 * 24 - 1))
def test_no_minute_shows_through(one: int, other: int) -> None:
    """Two moments between the same two cuts give the same picture at every later look."""
    start = datetime(2026, 3, 1, 23, 0, tzinfo=UTC)  # midnight in Madrid, after the cut
    same_side = (one < 21 * 60) == (other < 21 * 60)
    looks = [start + timedelta(hours=hour) for hour in range(72)]
    pictures = [
        [ticks([start + timedelta(minutes=at)], look, MADRID) for look in looks]
        for at in (one, other)
    ]
    assert (pictures[0] == pictures[1]) is same_side


def test_becoming_quieter() -> None:
    """Three days of seven and then four silent ones; less before, or one lately, is none."""

    def on(*back: int) -> list[datetime]:
        return [(EVENING - timedelta(days=each, hours=5)).astimezone(UTC) for each in back]

    now = EVENING.astimezone(UTC)
    assert has_become_quieter(on(5, 6, 8), now, MADRID)
    assert not has_become_quieter(on(5, 6), now, MADRID)
    assert not has_become_quieter(on(2, 5, 6, 8), now, MADRID)
    assert may_tell(None, date(2026, 3, 2))
    assert not may_tell(date(2026, 2, 25), date(2026, 3, 2))
    assert may_tell(date(2026, 2, 23), date(2026, 3, 2))


@pytest.mark.parametrize(
    ("note", "why"),
    [
        ("Thinking of you, see you Thursday at 18:00", None),
        ("La reunión es el 12 a las 18:30", None),
        ("I don’t. You?", None),
        ("   ", Unfit.EMPTY),
        ("a" * 201, Unfit.LONG),
        ("look at https://example.org/x", Unfit.LINK),
        ("example.com is nice", Unfit.LINK),
        ("I am @maya_1", Unfit.HANDLE),
        ("t.me/maya", Unfit.HANDLE),
        ("call 600 123 456", Unfit.NUMBER),
        ("six zero zero one two three", Unfit.NUMBER),
        ("seis cero cero, uno dos tres", Unfit.NUMBER),
        ("find me on WhatsApp", Unfit.ELSEWHERE),
        ("find me on Whаtsаpp", Unfit.ELSEWHERE),  # with a Cyrillic a
        ("find me on wh4tsapp", Unfit.ELSEWHERE),
        ("t.mе/maya", Unfit.HANDLE),  # with a Cyrillic e
        ("¿Tienes Instagram?", Unfit.ELSEWHERE),
    ],
)
def test_a_note_with_a_way_to_meet_elsewhere_is_refused(note: str, why: Unfit | None) -> None:
    """Links, handles, numbers and other places are refused; days and hours are not."""
    assert unfit(note) is why
