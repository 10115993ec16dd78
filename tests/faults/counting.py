"""What is counted after a rehearsal: on every phone, and in the database as it is on disk."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import func, select
from sqlmodel import Session

from bot.config import Settings
from bot.store import people, runs, tables
from bot.store.database import open_engine
from bot.store.master_key import load_master_key
from bot.store.outbox import Kind, State
from bot.store.vault import Vault
from bot.store.worker import Database
from tests.faults.nudging import Nudges
from tests.faults.people import MOOD, NUMBERS, Called, Somebody


@dataclass
class Tally:
    """What was counted. `lost` … `cut_short`, `begun_twice` must be zero, `repeated` within the
    bound: what nobody could know, and what was in flight when a process was killed or cut off.
    `given_up` are people to whom a message was not sent again because its fate was unknown too
    often, `unasked` the answers that they were then not asked for. `waiting` names who still waits
    although nothing moved any more, if it came to that."""

    conversations: int = 0
    checkins: int = 0
    kills: int = 0
    pauses: int = 0
    cuts: int = 0
    stops: int = 0
    slowest_stop: float = 0.0
    ended_badly: int = 0
    acknowledged: int = 0
    lost: int = 0
    changed: int = 0
    invented: int = 0
    out_of_order: int = 0
    cut_short: int = 0
    given_up: int = 0
    unasked: int = 0
    begun_twice: int = 0
    repeated: int = 0
    unknown: int = 0
    in_flight: int = 0
    seconds: float = 0.0
    nudges: Nudges = field(default_factory=Nudges)
    happened: Counter[str] = field(default_factory=Counter)
    waiting: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def disturbed(self) -> int:
        """How much was done to the processes."""
        return self.kills + self.pauses + self.cuts + self.stops

    @property
    def bound(self) -> int:
        """How many messages may have come twice, at most."""
        return self.unknown + self.in_flight

    @property
    def faults(self) -> list[str]:
        """The names of the counts that are not as they must be."""
        zero = {
            "acknowledged answers lost": self.lost,
            "answers changed": self.changed,
            "answers invented": self.invented,
            "questions out of order": self.out_of_order,
            "conversations cut short": self.cut_short,
            "check-ins twice a date": self.begun_twice,
            "processes that did not stop well": self.ended_badly,
            "duplicates beyond the bound": max(0, self.repeated - self.bound),
            **self.nudges.zero,
        }
        nothing = {"nothing was acknowledged": self.acknowledged == 0}
        stalled = {f"nothing moved any more: {each} still waited": True for each in self.waiting}
        return [name for name, many in {**zero, **nothing, **stalled}.items() if many]

    @property
    def is_clean(self) -> bool:
        """Everything is as it must be."""
        return not self.faults

    def __str__(self) -> str:
        wrong = ", ".join(f"{many} × {kind}" for kind, many in sorted(self.happened.items()))
        lines = (
            ("conversations", self.conversations),
            ("check-ins that came due", self.checkins),
            ("kill -9", self.kills),
            *((("SIGSTOP, then SIGCONT", self.pauses),) if self.pauses else ()),
            *((("backends ended", self.cuts),) if self.cuts else ()),
            *((("SIGTERM", self.stops),) if self.stops else ()),
            *((("… seconds until it was out", f"{self.slowest_stop:.1f}"),) if self.stops else ()),
            *((("… that did not stop well", self.ended_badly),) if self.stops else ()),
            ("Telegram's faults", wrong or "none"),
            ("answers acknowledged", self.acknowledged),
            ("acknowledged answers lost", self.lost),
            ("… changed", self.changed),
            ("… invented", self.invented),
            ("questions out of order", self.out_of_order),
            ("conversations cut short", self.cut_short),
            ("waiting: unknown too often", self.given_up),
            ("check-ins twice a date", self.begun_twice),
            ("messages that came twice", f"{self.repeated}, at most {self.bound} can"),
            ("", f"{self.unknown} of unknown fate + {self.in_flight} in flight at a kill or cut"),
            *self.nudges.lines,
            ("seconds", f"{self.seconds:.0f}"),
        )
        return "\n".join(f"{name:>30} {value}" for name, value in lines)


def count_phones(tally: Tally, everybody: Iterable[Somebody]) -> None:
    """The questions as they came: each new one is the next, an old one is a repetition."""
    for each in everybody:
        highest = -1
        for text in each.phone.texts:
            for number, part in enumerate(NUMBERS):
                if part in text and number > highest:
                    tally.out_of_order += number > highest + 1
                    highest = number
        tally.repeated += sum(many - 1 for many in Counter(each.phone.texts).values())
        tally.acknowledged += each.acknowledged
        tally.checkins += isinstance(each, Called)
        tally.conversations += not isinstance(each, Called)


def count_database(tally: Tally, settings: Settings, everybody: Iterable[Somebody]) -> None:
    """What was kept, against what was said and acknowledged."""
    vault = Vault(load_master_key(settings.master_key_file))
    database = Database(open_engine(settings.url))
    for each in everybody:
        kept = database.call(partial(_kept, vault, each.person))
        for number, step in enumerate(each.steps):
            if step not in kept:
                tally.lost += number < each.acknowledged
                if number < each.acknowledged:
                    states = database.call(partial(_states, vault, each.person))
                    tally.notes.append(f"lost: {step} of {each.person}; {states}")
            else:
                tally.changed += kept[step] != each.given[number]
        tally.invented += len(set(kept) - set(each.steps))
        if each.acknowledged < len(each.given):
            given_up = database.call(partial(_given_up, vault, each.person))
            tally.given_up += given_up
            tally.unasked += given_up * (len(each.given) - each.acknowledged)
            if not given_up:
                tally.cut_short += 1
                states = database.call(partial(_states, vault, each.person))
                tally.notes.append(f"cut short: {each.person} at {each.acknowledged}; {states}")
        if isinstance(each, Called):
            tally.begun_twice += database.call(partial(_too_many, vault, each))
    database.engine.dispose()


def _kept(vault: Vault, person: int, session: Session) -> dict[str, object]:
    participant = people.find(session, vault, person)
    if participant is None:
        return {}
    found: dict[str, object] = {}
    for stored in runs.open_runs(session, vault, participant.id, 10):
        found |= runs.answers(session, vault, stored.id)
    return found


def _states(vault: Vault, person: int, session: Session) -> str:
    """What there is of this person instead: each run's state, turn and answers; no words."""
    participant = people.find(session, vault, person)
    if participant is None:
        return "nobody is there"
    r, a = tables.run, tables.answer
    connection = session.connection()
    told = []
    query = select(r.c.id, r.c.exercise_id, r.c.status, r.c.cursor, r.c.turn)
    for each in connection.execute(query.where(r.c.participant_id == participant.id)):
        steps = connection.execute(select(a.c.step).where(a.c.run_id == each.id)).scalars()
        where = f"{each.exercise_id} {each.status} at {each.cursor}, turn {each.turn}"
        told.append(f"{where}, answers {sorted(steps)}")
    o = tables.outbox
    query = select(o.c.kind, o.c.status, o.c.attempts, o.c.ambiguous, o.c.error, o.c.not_before)
    latest = query.where(o.c.participant_id == participant.id).order_by(o.c.id.desc()).limit(3)
    told += [f"message {tuple(map(str, each))}" for each in connection.execute(latest)]
    return "; ".join(told) or "no run"


def _given_up(vault: Vault, person: int, session: Session) -> bool:
    """Whether a message to this person was not sent again because its fate was unknown too often:
    a check-in goes twice at most, a reply four times. The bot knows, and says so in its book."""
    participant = people.find(session, vault, person)
    if participant is None:
        return False
    o = tables.outbox
    uncertain = select(o.c.id).where(
        o.c.participant_id == participant.id,
        o.c.status == State.UNCERTAIN.value,
        o.c.kind.in_([Kind.REPLY.value, Kind.CHECKIN.value]),
    )
    return session.connection().execute(uncertain.limit(1)).first() is not None


def _too_many(vault: Vault, called: Called, session: Session) -> int:
    """Check-ins of a date beyond the first: begun again, or sent again without being unknown."""
    participant = people.find(session, vault, called.person)
    assert participant is not None
    r, o = tables.run, tables.outbox
    begun = select(func.count()).where(r.c.participant_id == participant.id)
    unknown = select(func.coalesce(func.sum(o.c.ambiguous), 0)).where(
        o.c.participant_id == participant.id, o.c.kind == Kind.CHECKIN.value
    )
    connection = session.connection()
    copies = sum(MOOD in text for text in called.phone.texts)
    again = max(0, copies - 1 - int(connection.execute(unknown).scalar_one()))
    return max(0, int(connection.execute(begun).scalar_one()) - 1) + again
