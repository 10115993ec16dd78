"""Partners who send each other phrases. A phrase goes at most once: it arrives, or it is
`uncertain` and nobody sends it again."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import Engine, func, select
from sqlmodel import Session

from bot.care.pairing import Accept, Approve
from bot.config import Settings
from bot.messages.callback import short_id
from bot.store import groups, members, nudges, pairs, people, tables
from bot.store.database import open_engine
from bot.store.worker import Database
from bot.usecases.kit import Kit
from bot.wiring import Clock, make_kit
from tests import cast
from tests.faults.phones import Phone

PHRASES = ("hello", "same_boat", "small_step")


@dataclass
class Nudges:
    """What was counted. All that was `tapped` must be `sent`; `twice`, `unknown` and `unsettled`
    must be zero."""

    tapped: int = 0
    sent: int = 0
    arrived: int = 0
    uncertain: int = 0
    twice: int = 0
    unknown: int = 0
    unsettled: int = 0

    @property
    def zero(self) -> dict[str, int]:
        """What must be zero, by name."""
        return {
            "phrases tapped and never sent": self.tapped - self.sent,
            "phrases that arrived twice": self.twice,
            "phrases gone without a trace": self.unknown,
            "phrases that never settled": self.unsettled,
        }

    @property
    def lines(self) -> list[tuple[str, object]]:
        """What was counted, for the table."""
        if not self.tapped:
            return []
        return [
            ("phrases between partners", self.tapped),
            ("… that were sent", self.sent),
            ("… that arrived", self.arrived),
            ("… uncertain, not sent again", self.uncertain),
            ("… that arrived twice", self.twice),
            ("… gone without a trace", self.unknown + self.unsettled),
        ]


@dataclass(frozen=True, slots=True)
class Partner:
    """One of two: their phone, whom they write to, and the pair as buttons name it."""

    phone: Phone
    other: int
    pair: str

    async def open(self) -> None:
        """/start, so that there is a message to tap at."""
        self.phone.say("/start")
        await self.phone.sees("")

    def nudge(self, phrase: str) -> None:
        """One phrase to the partner."""
        self.phone.press(self.phone.arrived[0], f"m.pair.say.{phrase}.{self.pair}")


def pair_up(settings: Settings, numbers: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Neighbours become partners; by telegram id, the partner's and the pair as buttons name it."""
    kit = make_kit(settings, Clock()().date())
    database = Database(open_engine(settings.url))
    found = database.call(partial(_paired, kit=kit, numbers=numbers))
    database.engine.dispose()
    return found


def _paired(session: Session, kit: Kit, numbers: Sequence[int]) -> dict[int, tuple[int, str]]:
    now = Clock()()
    programme = groups.programme(session)
    assert programme is not None
    groups.set_programme(session, replace(programme, partner_pairs=True), now)
    group = groups.groups(session)[0].id
    found = {}
    for one, other in zip(numbers[::2], numbers[1::2], strict=True):
        two = [people.find(session, kit.vault, number) for number in (one, other)]
        ids = [person.id for person in two if person is not None]
        for person in ids:
            members.set_quiet(session, person, None)
        pair = pairs.propose(session, group, (ids[0], ids[1]), (), now)
        assert pair is not None
        for step in (Approve(), Accept(ids[0]), Accept(ids[1])):
            pairs.take(session, pair.id, step, now)
        found[one] = (other, short_id(pair.id))
        found[other] = (one, short_id(pair.id))
    return found


def states(engine: Engine) -> Counter[str]:
    """How many phrases stand where in the outbox."""
    t = tables.outbox
    query = select(t.c.status, func.count()).where(t.c.key.like("nudge.%")).group_by(t.c.status)
    with engine.connect() as connection:
        return Counter({str(status): int(count) for status, count in connection.execute(query)})


def count(settings: Settings, partners: Sequence[Partner], tapped: int) -> Nudges:
    """What is on the phones, against what the outbox says and how many were `tapped`."""
    database = Database(open_engine(settings.url))
    known, found = states(database.engine), Nudges(tapped)
    for each in partners:
        copies = phrases_on(each)
        found.twice += sum(many - 1 for many in copies.values())
        found.arrived += len(copies)
    found.sent = known.total()
    found.unsettled = known["pending"] + known["sending"]
    found.uncertain = database.call(nudges.uncertain)
    database.engine.dispose()
    missing = found.sent - found.unsettled - found.arrived
    # An uncertain one may have arrived; a missing one must be among the uncertain.
    found.unknown = max(0, missing - found.uncertain) + (known["sent"] > found.arrived)
    return found


def phrases_on(each: Partner) -> Counter[str]:
    """The phrases of their partner on somebody's phone, and how often each is there."""
    head = f"<b>{cast.members([each.other])[0].alias}</b>: "
    return Counter(text for text in each.phone.texts if text.startswith(head))
