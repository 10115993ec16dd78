"""A rehearsal, move by move: who may do what and when, and what can never happen."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.care.rehearsal import (
    ROUNDS,
    SPAN,
    TURNS,
    Agree,
    Decline,
    Ending,
    Enough,
    Expire,
    GiveCard,
    Phase,
    Rehearsal,
    Speak,
    Step,
    Stop,
    Swap,
    after,
    gentler,
)

MAYA, LEO, MOTH = (UUID(int=number) for number in (1, 2, 3))
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ROUND = [Speak(LEO), Speak(MAYA)] * TURNS + [GiveCard(LEO)]
SWAPPED = [Speak(MAYA), Speak(LEO)] * TURNS + [GiveCard(MAYA)]
BEGUN: list[Step] = [Agree(LEO)]


def played(steps: list[Step], apart: timedelta = HOUR) -> Rehearsal:
    """Maya asked Leo at noon; these steps follow, so far apart."""
    at, now = Rehearsal(MAYA, LEO, NOON + SPAN), NOON
    for step in steps:
        now += apart
        at = after(at, step, now, now)
    return at


@pytest.mark.parametrize(
    ("steps", "phase", "mover", "ending"),
    [
        ([], Phase.INVITED, LEO, None),
        ([Agree(MAYA)], Phase.INVITED, LEO, None),
        ([Speak(LEO)], Phase.INVITED, LEO, None),
        (BEGUN, Phase.TALKING, LEO, None),
        ([*BEGUN, Speak(MAYA)], Phase.TALKING, LEO, None),
        ([*BEGUN, Speak(MOTH)], Phase.TALKING, LEO, None),
        ([*BEGUN, Speak(LEO)], Phase.TALKING, MAYA, None),
        ([*BEGUN, Speak(LEO), Speak(LEO)], Phase.TALKING, MAYA, None),
        ([*BEGUN, GiveCard(LEO)], Phase.TALKING, LEO, None),
        ([*BEGUN, *ROUND[:-1]], Phase.CARD, LEO, None),
        ([*BEGUN, *ROUND[:-1], Speak(LEO)], Phase.CARD, LEO, None),
        ([*BEGUN, *ROUND], Phase.SWAP, LEO, None),
        ([*BEGUN, *ROUND, Swap(MAYA)], Phase.SWAP, LEO, None),
        ([*BEGUN, *ROUND, Enough(LEO)], Phase.ENDED, None, Ending.DONE),
        ([*BEGUN, *ROUND, Swap(LEO)], Phase.TALKING, MAYA, None),
        ([*BEGUN, *ROUND, Swap(LEO), *SWAPPED[:-1]], Phase.CARD, MAYA, None),
        ([*BEGUN, *ROUND, Swap(LEO), *SWAPPED], Phase.ENDED, None, Ending.DONE),
        ([Decline(LEO)], Phase.ENDED, None, Ending.DECLINED),
        ([Decline(LEO), Agree(LEO)], Phase.ENDED, None, Ending.DECLINED),
        ([*BEGUN, Decline(LEO)], Phase.TALKING, LEO, None),
        ([*BEGUN, Stop()], Phase.ENDED, None, Ending.STOPPED),
        ([*BEGUN, Expire()], Phase.TALKING, LEO, None),
    ],
)
def test_move_by_move(
    steps: list[Step], phase: Phase, mover: UUID | None, ending: Ending | None
) -> None:
    """Only whoever is to move moves, in the one order there is."""
    at = played(steps)
    assert (at.phase, at.mover, at.ending) == (phase, mover, ending)


def test_a_day_for_every_move() -> None:
    """The day begins when whoever moves next is told; a move after it finds it expired."""
    at = Rehearsal(MAYA, LEO, NOON + SPAN)
    morning = NOON + timedelta(hours=19)
    talking = after(at, Agree(LEO), NOON, morning)
    assert talking.until == morning + SPAN
    assert after(talking, Expire(), talking.until - HOUR, NOON) == talking
    assert after(talking, Expire(), talking.until, NOON).ending is Ending.EXPIRED
    assert after(talking, Speak(LEO), talking.until, NOON).ending is Ending.EXPIRED
    assert after(talking, Speak(MAYA), talking.until, NOON) == talking


def test_who_plays_whom() -> None:
    """Maya practises first, Leo after the swap; their lines never share a place."""
    at, places = Rehearsal(MAYA, LEO, NOON + SPAN), []
    assert (at.practises, at.plays) == (MAYA, LEO)
    for step in [*BEGUN, *ROUND, Swap(LEO), *SWAPPED]:
        if isinstance(step, Speak):
            places.append(at.place)
        at = after(at, step, NOON, NOON)
    assert places == list(range(ROUNDS * 2 * TURNS))
    assert (at.practises, at.plays) == (LEO, MAYA)


@dataclass
class Heard:
    """What was done, kept beside the code to hold it to its word."""

    speakers: list[tuple[int, UUID]] = field(default_factory=list)
    cards: list[tuple[int, UUID]] = field(default_factory=list)


people = st.sampled_from([MAYA, LEO, MOTH])
steps = st.one_of(
    *(st.builds(kind, people) for kind in (Agree, Decline, GiveCard, Swap, Enough)),
    *(st.builds(Speak, people) for _ in range(4)),
    st.just(Stop()),
    st.just(Expire()),
)


class AnyOrder(RuleBasedStateMachine):
    """Anybody tries anything, and time passes."""

    def __init__(self) -> None:
        super().__init__()
        self.at = Rehearsal(MAYA, LEO, NOON + SPAN)
        self.now = NOON
        self.agreed = False
        self.heard = Heard()

    @rule(minutes=st.integers(0, 300))
    def time_passes(self, minutes: int) -> None:
        """Up to five hours."""
        self.now += timedelta(minutes=minutes)

    @rule()
    def whoever_is_to_move_moves(self) -> None:
        """So that rehearsals get far."""
        moves = {Phase.INVITED: Agree, Phase.TALKING: Speak, Phase.CARD: GiveCard, Phase.SWAP: Swap}
        if self.at.mover is not None:
            self.happens(moves[self.at.phase](self.at.mover))

    @rule(step=steps)
    def happens(self, step: Step) -> None:
        """One step; what it changed must have been allowed."""
        before, self.at = self.at, after(self.at, step, self.now, self.now)
        if before == self.at:
            return
        assert before.is_live
        match step:
            case Stop():
                assert self.at.ending is Ending.STOPPED
                return
            case Expire():
                assert self.now >= before.until
                return
        assert step.person == before.mover
        if self.now >= before.until:
            assert self.at.ending is Ending.EXPIRED
            return
        match step:
            case Agree():
                self.agreed = True
            case Speak(person):
                self.heard.speakers.append((before.round, person))
            case GiveCard(person):
                self.heard.cards.append((before.round, person))

    @invariant()
    def nothing_before_a_yes(self) -> None:
        """No line and no card without the second one's yes."""
        assert self.agreed or not (self.heard.speakers or self.heard.cards)

    @invariant()
    def three_lines_each_in_turn(self) -> None:
        """Whoever plays begins, then the two alternate, three times at most."""
        for number, (plays, practises) in ((1, (LEO, MAYA)), (2, (MAYA, LEO))):
            said = [who for which, who in self.heard.speakers if which == number]
            assert said == ([plays, practises] * TURNS)[: len(said)]

    @invariant()
    def one_card_a_round(self) -> None:
        """By whoever played, once the round was through."""
        assert self.heard.cards == [(1, LEO), (2, MAYA)][: len(self.heard.cards)]
        for number, _ in self.heard.cards:
            assert [which for which, _ in self.heard.speakers].count(number) == 2 * TURNS

    @invariant()
    def somebody_is_to_move(self) -> None:
        """Exactly while it goes on, and with a day at most ahead."""
        assert (self.at.mover is not None) == self.at.is_live == (self.at.ending is None)
        assert self.at.until <= self.now + SPAN


TestAnyOrder = AnyOrder.TestCase


@pytest.mark.parametrize(
    ("said", "gentle"),
    [
        ("You should speak louder.", "Perhaps you could speak louder."),
        ("I think you shouldn’t explain so much", "I think perhaps try not to explain so much"),
        ("you really need to leave earlier", "perhaps you could leave earlier"),
        ("You've got to leave", "Perhaps you could leave"),
        ("You should have said no first", "It might have helped if you had said no first"),
        ("Deberías hablar más alto.", "Quizá podrías hablar más alto."),
        ("No tienes que explicar tanto", "Quizá ayude no explicar tanto"),
        ("creo que deberias irte antes", "creo que quizá podrías irte antes"),
        ("Deberías haber dicho que no", "Quizá habría ayudado haber dicho que no"),
        ("No deberías haber esperado", "Quizá habría ayudado no haber esperado"),
        ("A breath before the answer", None),
        ("I should have listened more", None),
        ("El no, como primera palabra", None),
    ],
)
def test_you_should(said: str, gentle: str | None) -> None:
    """What tells somebody what to do can be said more gently; what does not is left alone."""
    assert gentler(said) == gentle
    assert gentle is None or gentler(gentle) is None
