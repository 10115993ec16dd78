"""The bot without Telegram on a clock of its own: rings what is due, beats, goes down, jumps."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.care.cadence import Beat
from bot.catalog.exercise import Exercise
from bot.catalog.load import Library
from bot.catalog.load_measures import Measures
from bot.messages.message import Button, Message
from bot.store import groups, outbox, people
from bot.store.groups import Group
from bot.store.outbox import Parcel
from bot.store.people import Participant
from bot.store.worker import Database
from bot.usecases import pulse, ring, set_up
from bot.usecases.incoming import Command, Incoming, Press, Receipt, Sender, What, Words
from bot.usecases.kit import Kit, Shelf
from bot.usecases.receive import receive
from bot.usecases.set_up import Known
from bot.usecases.timetable import Known as KnownTimes
from bot.usecases.timetable.listing import Line, listing
from tests.engine.playing import exercise_of

MAYA, LEO, RIVERA = 1001, 1002, 1003
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
"""A Monday; 13:00 in Madrid, 07:00 in New York."""
NEW_YORK, MADRID = "America/New_York", "Europe/Madrid"

CORE = exercise_of(
    """
- {id: mood, type: ask_scale, text: {en: How is it?, es: ¿Qué tal?}, scale: {min: 0, max: 10}}
- {id: end, type: finish, text: {en: Thank you for telling., es: Gracias por contarlo.}}
""",
    """
id: check.core
title: {en: Check-in, es: Cómo voy}
modality: check_in
""",
)
OPPOSITE = exercise_of(
    """
- {id: urge, type: ask_text, text: {en: What does it want?, es: ¿Qué te pide?}}
- {id: end, type: finish, text: {en: Done., es: Hecho.}}
""",
    """
id: er.opposite
title: {en: Opposite action, es: Acción opuesta}
""",
)


@dataclass(frozen=True)
class Sent:
    """One message that went out."""

    who: int
    at: datetime
    message: Message

    @property
    def text(self) -> str:
        """Its words."""
        return self.message.text


@dataclass
class Clockwork:
    """Maya in New York, Leo in Madrid, Dr Rivera; one process that rings, or two."""

    database: Database
    kit: Kit
    now: datetime = NOON
    others: tuple[Database, ...] = ()
    sent: list[Sent] = field(default_factory=list)
    updates: "count[int]" = field(default_factory=lambda: count(1))
    beaten: datetime | None = None

    def build(self, *exercises: Exercise) -> "Clockwork":
        """Enrols everybody, with these exercises."""
        library = Library({each.id: each for each in exercises})
        self.kit = replace(self.kit, library=library, measures=Measures({}), shelf=Shelf())
        self.database.call(self._enrol)
        self.beat()
        return self

    def _enrol(self, session: Session) -> None:
        group = set_up.demo_group(session, MADRID, self.now)
        for known in (Known(MAYA, "en", NEW_YORK, "Heron"), Known(LEO, "es", MADRID, "Colibrí")):
            set_up.enrol(session, self.kit, group.id, known, self.now)
        set_up.employ(
            session, self.kit, group.id, "Dr Rivera", Known(RIVERA, "en", MADRID, ""), self.now
        )

    def beat(self, moved: timedelta = timedelta(0)) -> None:
        """The heartbeat is written down."""
        self.database.call(partial(pulse.beat, now=Beat(self.now, 0), moved=moved))
        self.beaten = self.now

    def ring(self) -> None:
        """Everything due by now is rung, and what waits goes out."""
        while due := self.database.call(lambda session: ring.look(session, self.now)).ripe:
            for each in due:
                self.database.call(partial(ring.ring, due=each, now=self.now, kit=self.kit))
        self.deliver()

    def deliver(self) -> None:
        """The sender takes what may go out."""
        while parcels := self.database.call(self._claim):
            for parcel in parcels:
                message = Message.model_validate_json(parcel.body)
                if message.probe or message.commands is not None:  # it shows nothing
                    continue
                self.sent.append(Sent(parcel.chat_id, self.now, message))

    def _claim(self, session: Session) -> list[Parcel]:
        parcels = outbox.claim(session, self.kit.vault, owner="test", now=self.now)
        for parcel in parcels:
            outbox.sent(session, parcel.id, "test", parcel.id, self.now)
        return parcels

    def live(self, span: timedelta) -> list[Sent]:
        """We are up all the time; what went out meanwhile."""
        end, before = self.now + span, len(self.sent)
        while True:
            coming = self.database.call(lambda session: ring.look(session, self.now)).next_at
            self._step(min(end, coming) if coming is not None and coming > self.now else self.now)
            self.ring()
            coming = self.database.call(lambda session: ring.look(session, self.now)).next_at
            if coming is None or coming > end:
                break
        self._step(end)
        return self.sent[before:]

    def until(self, day: date, hour: str, zone: str) -> list[Sent]:
        """We are up until that hour there."""
        local = datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=ZoneInfo(zone))
        return self.live(local.astimezone(UTC) - self.now)

    def _step(self, to: datetime) -> None:
        moved, self.now = to - self.now, to
        self.beat(moved)

    def go_down(self, span: timedelta) -> list[Sent]:
        """The process is gone for a while; what goes out when it is back."""
        before = len(self.sent)
        self.now += span
        self.beat()
        self.ring()
        return self.sent[before:]

    def does(self, who: int, what: What) -> Receipt:
        """Something reaches the bot, and what it answers goes out."""
        receipt = self.hears(who, what)
        self.deliver()
        return receipt

    def hears(self, who: int, what: What) -> Receipt:
        """Something reaches the bot while Telegram takes nothing from it."""
        incoming = Incoming(42, next(self.updates), Sender(who, "en"), what)
        return self.database.call(lambda session: receive(session, incoming, self.now, self.kit))

    def types(self, who: int, text: str) -> None:
        """Somebody types."""
        name, _, argument = text.removeprefix("/").partition(" ")
        number = next(self.updates)
        self.does(who, Command(name, argument) if text.startswith("/") else Words(text, number))

    def presses(self, who: int, label: str) -> None:
        """Somebody presses the newest button that begins like this."""
        data = self.button(who, label).data
        assert data is not None
        self.does(who, Press(data))

    def button(self, who: int, label: str) -> Button:
        """The newest button of somebody's chat that begins like this."""
        found = (
            button
            for each in reversed(self.to(who))
            for row in each.message.buttons
            for button in row
            if button.text.startswith(label)
        )
        return next(found)

    def to(self, who: int) -> list[Sent]:
        """Everything somebody was sent."""
        return [each for each in self.sent if each.who == who]

    def days(self, who: int, purpose: str = "checkin", days: int = 14) -> list[Line]:
        """What became of every date."""
        lines: list[Line] = []

        def work(session: Session) -> None:
            known = KnownTimes(session, self.kit, self.person(session, who), self.now)
            lines.extend(listing(known, days))

        self.database.call(work)
        return [line for line in lines if line.stored.purpose == purpose]

    def run(self, work: Callable[[Session], None]) -> None:
        """Something on the database, in a transaction of its own."""
        self.database.call(work)

    def person(self, session: Session, who: int) -> Participant:
        """Somebody's row."""
        found = people.find(session, self.kit.vault, who)
        assert found is not None
        return found

    def id_of(self, who: int) -> UUID:
        """Our own id of somebody."""
        return self.database.call(lambda session: self.person(session, who).id)

    def group(self, session: Session) -> Group:
        """The one group."""
        return groups.groups(session)[0]


def texts(sent: Iterable[Sent]) -> list[str]:
    """The words of several messages."""
    return [each.text for each in sent]
