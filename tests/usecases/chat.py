"""One person and the use cases on a real database, with exercises of the test's own."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from itertools import count

from sqlmodel import Session

from bot.care.risk import Rules
from bot.catalog.exercise import Exercise
from bot.catalog.helplines import Helplines
from bot.catalog.load import Library
from bot.catalog.load_helplines import load_helplines
from bot.catalog.load_risk import load_risk
from bot.config import Settings
from bot.messages.message import Button, Message
from bot.messages.words import Words as Prompts
from bot.store import outbox, people
from bot.store.outbox import Parcel
from bot.store.vault import Vault
from bot.store.worker import Database
from bot.usecases import ring, set_up
from bot.usecases.incoming import Command, Incoming, Press, Receipt, Sender, What, Words
from bot.usecases.kit import Kit
from bot.usecases.receive import receive
from bot.usecases.set_up import Known

BOT, MAYA = 42, 700_000_001
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SETTINGS = Settings()


@cache
def shipped() -> tuple[Prompts, Helplines, Rules]:
    """Words, lines and rules of the risk screen, which nothing changes; reading them takes long."""
    return (
        Prompts(SETTINGS.prompts_dir, SETTINGS.cache),
        load_helplines(SETTINGS.helplines_file, NOON.date(), SETTINGS.cache)[0],
        load_risk(SETTINGS.risk_dir, SETTINGS.cache)[0],
    )


class Chat:
    """Maya in Madrid and what she was sent; the clock goes on when she says so."""

    def __init__(self, database: Database, vault: Vault, exercises: tuple[Exercise, ...]) -> None:
        prompts, helplines, rules = shipped()
        library = Library({each.id: each for each in exercises})
        self.kit = Kit(library, prompts, vault, helplines, lambda: rules, "Europe/Madrid")
        self.now = NOON
        self.messages: list[Message] = []
        self._database = database
        self._updates, self._marks = count(1), count(1)
        database.call(self._take_part)
        self.give(Command("start"))

    def _take_part(self, session: Session) -> None:
        group = set_up.demo_group(session, "Europe/Madrid", self.now)
        maya = Known(MAYA, "en", "Europe/Madrid", "Heron")
        set_up.enrol(session, self.kit, group.id, maya, self.now)

    def give(self, what: What) -> Receipt:
        """Something reaches the bot from her phone; what it answers is read at once."""
        incoming = Incoming(BOT, next(self._updates), Sender(MAYA, "en"), what)
        receipt = self._database.call(
            lambda session: receive(session, incoming, self.now, self.kit)
        )
        self._read()
        return receipt

    def say(self, *texts: str) -> None:
        """She types, one message after the other."""
        for text in texts:
            self.give(Words(text, next(self._marks)))

    def press(self, label: str) -> Receipt:
        """She presses the newest button that begins like this."""
        data = self.button(label).data
        assert data is not None
        return self.give(Press(data))

    def press_exactly(self, label: str) -> Receipt:
        """She presses the button of the newest message that is called so."""
        found = (each for row in self.messages[-1].buttons for each in row if each.text == label)
        return self.give(Press(next(found).data or ""))

    def button(self, label: str) -> Button:
        """The newest button that begins like this."""
        found = (
            button
            for message in reversed(self.messages)
            for row in message.buttons
            for button in row
            if button.text.startswith(label)
        )
        return next(found)

    def pass_time(self, by: timedelta) -> list[Message]:
        """The clock goes on; what came due by itself meanwhile."""
        self.now += by
        before = len(self.messages)
        while due := self._database.call(lambda session: ring.look(session, self.now)).ripe:
            for each in due:
                self._database.call(partial(ring.ring, due=each, now=self.now, kit=self.kit))
            self._read()
        return self.messages[before:]

    @property
    def last(self) -> str:
        """The words of the newest message."""
        return self.messages[-1].text

    def run(self, work: Callable[[Session], None]) -> None:
        """Something on the database, in a transaction of its own."""
        self._database.call(work)

    def person(self, session: Session) -> people.Participant:
        """Her row."""
        found = people.find(session, self.kit.vault, MAYA)
        assert found is not None
        return found

    def _read(self) -> None:
        while parcels := self._database.call(self._claim):
            self.messages += [Message.model_validate_json(parcel.body) for parcel in parcels]

    def _claim(self, session: Session) -> list[Parcel]:
        parcels = outbox.claim(session, self.kit.vault, owner="test", now=self.now)
        for parcel in parcels:
            outbox.sent(session, parcel.id, "test", parcel.id, self.now)
        return parcels
