"""Everything that can happen to pairs, in any order: what `care.pairing.steps` promises holds."""

from dataclasses import dataclass, field
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.care.pairing import (
    Accept,
    Age,
    Approve,
    Candidate,
    Clear,
    End,
    Leave,
    Mute,
    Pair,
    Report,
    Rest,
    Side,
    State,
    Stay,
    Step,
    Withdraw,
    after,
    propose,
)

PEOPLE = [UUID(int=number) for number in range(1, 8)]
GROUPS = [UUID(int=number) for number in (100, 200)]
people = st.sampled_from(PEOPLE)
switched = st.booleans()


@dataclass
class Told:
    """What one side of one pair asked for last; kept beside the code, to hold it to its word."""

    muted: bool = False
    paused: bool = False
    reported: bool = False
    accepted: bool = False


@dataclass
class Kept:
    """One pair, and what was said about it."""

    pair: Pair
    told: dict[UUID, Told] = field(default_factory=dict)
    approved: bool = False
    was_ended: bool = False


class Pairs(RuleBasedStateMachine):
    """Seven people, two groups, minors and adults."""

    def __init__(self) -> None:
        super().__init__()
        self.here: dict[UUID, Candidate] = {}
        self.kept: list[Kept] = []
        self.blocks: set[frozenset[UUID]] = set()
        self.discharged: set[UUID] = set()
        self.both_stay: set[frozenset[UUID]] = set()

    @initialize(
        groups=st.lists(st.sampled_from(GROUPS), min_size=7, max_size=7),
        ages=st.lists(st.sampled_from([Age.ADULT, Age.MINOR]), min_size=7, max_size=7),
    )
    def arrive(self, groups: list[UUID], ages: list[Age]) -> None:
        for person, group, age in zip(PEOPLE, groups, ages, strict=True):
            self.here[person] = Candidate(person, group, (480,), "en", age)
        self.propose()
        for each in list(self.live()):
            self.both_accept(each.pair.first.person)

    @rule()
    def propose(self) -> None:
        busy = {person for each in self.live() for person in each.pair.people}
        free = [
            each
            for person, each in self.here.items()
            if person not in busy and person not in self.discharged
        ]
        for each in propose(free, self.blocks):
            first, second = (Side(person) for person in each.two)
            told = {person: Told() for person in each.two}
            self.kept.append(Kept(Pair(first, second), told))

    @rule(person=people)
    def approve(self, person: UUID) -> None:
        self.step(person, Approve())

    @rule(person=people)
    def accept(self, person: UUID) -> None:
        self.step(person, Accept(person))

    @rule(person=people)
    def both_accept(self, person: UUID) -> None:
        self.step(person, Approve())
        for kept in self.of(person):
            for each in kept.pair.people:
                self.step(each, Accept(each))

    @rule(person=people)
    def swap(self, person: UUID) -> None:
        self.step(person, Withdraw())

    @rule(person=people, says=st.sampled_from([Mute, Rest, Stay, Report]), on=switched)
    def says(self, person: UUID, says: type, on: bool) -> None:
        self.step(person, Report(person) if says is Report else says(person, on))

    @rule(person=people)
    def clear(self, person: UUID) -> None:
        self.step(person, Clear())

    @rule(person=people)
    def unpair(self, person: UUID) -> None:
        self.step(person, End(person))

    @rule(person=people)
    def block(self, person: UUID) -> None:
        for kept in self.of(person):
            self.blocks.add(kept.pair.people)
        self.step(person, End(person))

    @rule(person=people)
    def discharge(self, person: UUID) -> None:
        self.discharged.add(person)
        self.step(person, Leave(person))

    @rule(person=people)
    def erase(self, person: UUID) -> None:
        self.here.pop(person, None)
        self.kept = [each for each in self.kept if person not in each.pair.people]

    def live(self) -> list[Kept]:
        """The pairs that have not ended."""
        return [each for each in self.kept if each.pair.is_live]

    def of(self, person: UUID) -> list[Kept]:
        """The live pair of somebody, as a list of one or none."""
        return [each for each in self.live() if person in each.pair.people]

    def step(self, person: UUID, step: Step) -> None:
        """Something happens to somebody's live pair; what was said is remembered."""
        for kept in self.of(person):
            before = kept.pair
            kept.pair = after(before, step)
            self.remember(kept, before, step)

    def remember(self, kept: Kept, before: Pair, step: Step) -> None:
        is_on = before.state in (State.ACTIVE, State.PAUSED)
        match step:
            case Approve():
                kept.approved = True
            case Accept(person) if before.state is State.APPROVED:
                kept.told[person].accepted = True
            case Mute(person, on) if is_on:
                kept.told[person].muted = on
            case Rest(person, on) if is_on:
                kept.told[person].paused = on
            case Report(person) if is_on:
                kept.told[person].reported = True
            case Clear():
                for each in kept.told.values():
                    each.reported = False
            case End() | Withdraw():
                assert kept.pair.state is State.ENDED  # invariant 6: always, at once

    @invariant()
    def ended_for_good(self) -> None:
        """1: nothing changes a pair that ended."""
        for kept in self.kept:
            kept.was_ended = kept.was_ended or kept.pair.state is State.ENDED
            if kept.was_ended:
                assert kept.pair.state is State.ENDED
                for person in kept.pair.people:
                    for step in (Approve(), Accept(person), Rest(person), Clear(), Mute(person)):
                        assert after(kept.pair, step) is kept.pair

    @invariant()
    def nobody_twice(self) -> None:
        """2: nobody is in two live pairs; and no pair is against the rules."""
        named = [person for each in self.live() for person in each.pair.people]
        assert len(named) == len(set(named))
        for each in self.live():
            one, other = (self.here[person] for person in each.pair.people)
            assert (one.group, one.age) == (other.group, other.age)
            assert each.pair.people not in self.blocks

    @invariant()
    def only_after_every_yes(self) -> None:
        """3: approved by the therapist and accepted by both, or nothing is on."""
        for kept in self.kept:
            if kept.pair.state in (State.ACTIVE, State.PAUSED):
                assert kept.approved
                assert all(each.accepted for each in kept.told.values())

    @invariant()
    def what_may_pass(self) -> None:
        """4, 5 and 8: what each side asked for holds, whatever the other does."""
        for kept in self.kept:
            rests = any(each.paused or each.reported for each in kept.told.values())
            if kept.pair.state in (State.ACTIVE, State.PAUSED):
                assert (kept.pair.state is State.PAUSED) is rests
            for person, told in kept.told.items():
                passes = kept.pair.reaches(person)
                assert not (passes and (told.muted or rests))
                assert not passes or kept.pair.state is State.ACTIVE

    @invariant()
    def nobody_is_kept_after_the_programme(self) -> None:
        """7: whoever was discharged is in a live pair only where both want to stay."""
        for each in self.live():
            if each.pair.people & self.discharged:
                assert each.pair.first.stays
                assert each.pair.second.stays


TestPairs = Pairs.TestCase
