"""One person, one happening, one transaction: where effects are gathered as rows."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from bot.catalog.signal import Tier
from bot.messages.message import Message, Rows
from bot.messages.render import Shown
from bot.messages.summary import Viewer
from bot.store import audit, outbox, shown_buttons
from bot.store.outbox import Kind, Letter
from bot.store.people import Participant, Standing
from bot.store.shown_buttons import ShownButton, ShownButtons
from bot.usecases.incoming import Receipt
from bot.usecases.kit import Kit

MOST_SHOWN = 40
"""So many buttons stay typed answers when something comes unasked."""
A_DAY = timedelta(hours=24)
"""So long one stays so: each day's check-in would keep those of a week ago."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A signal a run raised: whoever is to hear of it is told the reason's id; what was `answered`
    lies sealed in the alert, for whoever opens that."""

    run: UUID
    exercise: str
    tier: Tier
    reason: str
    answered: str = ""
    today: bool = False


@dataclass(frozen=True, slots=True)
class Unasked:
    """What every message carries that nobody asked for: the `guard` that must hold when it is
    sent, and after when it is not sent any more.

    `head` (Telegram HTML) stands above the first message a run shows, `rows` below its question.
    """

    guard: str
    expires_at: datetime
    head: str = ""
    rows: Rows = ()
    kind: Kind = Kind.CHECKIN


@dataclass(slots=True)
class Scene:
    """Everything a use case touches for one person, and what it leaves for the edge to do.

    It has state (what was posted so far) because the messages of one happening are numbered:
    `cause` and the number make each outbox key, so that a happening handled twice is sent once.
    `signals` gathers what was raised, `altered` what its answer raises no more (both for whoever
    tells the people who must know). `unasked` is set
    while the bot writes by itself. `fetches` says that a file is to be fetched, `heavy` that the
    words it began with spoke of danger, `halts` that the card they brought asks to be read before
    an exercise asks on. `buttons` are those shown outside an exercise, `stood` those that were.
    """

    session: Session
    kit: Kit
    person: Participant
    now: datetime
    cause: str
    posted: int = 0
    note: str | None = None
    settled: bool = False
    rings_at: datetime | None = None
    closes: int | None = None
    signals: list[Raised] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)
    besides: list["Scene"] = field(default_factory=list)
    unasked: Unasked | None = None
    fetches: bool = False
    heavy: bool = False
    halts: bool = False
    buttons: list[ShownButton] = field(default_factory=list)
    stood: ShownButtons | None = None

    @property
    def language(self) -> str:
        """The person's language."""
        return self.person.language

    @property
    def viewer(self) -> Viewer:
        """The person as a reader, now."""
        return Viewer(self.person.language, self.person.zone, self.now, self.kit.titles)

    def post(
        self,
        message: Message,
        *,
        asks: tuple[UUID, int | None] | None = None,
        redraws: bool = False,
        kind: Kind = Kind.REPLY,
        guard: str | None = None,
        expires_at: datetime | None = None,
        key: str | None = None,
    ) -> None:
        """Puts a message into the outbox; `asks` is the run and turn of the question in it, or the
        run it belongs to without asking anything.

        `guard` (see `outbox.guards`) must hold when it is sent; after `expires_at` it is not. A
        message with a `key` of its own exists once, whatever happens how often.
        """
        run, turn = asks or (None, None)
        if self.unasked is not None and kind is Kind.REPLY:
            kind, guard, expires_at = (
                self.unasked.kind,
                self.unasked.guard,
                self.unasked.expires_at,
            )
        letter = Letter(
            key=key or f"{self.cause}.{self.posted}",
            person=self.person.id,
            kind=kind,
            body=message.model_dump_json(exclude_defaults=True),
            not_before=self.now,
            asks_run=run,
            asks_turn=turn,
            redraws=redraws,
            guard=guard,
            expires_at=expires_at,
        )
        queued = outbox.enqueue(self.session, self.kit.vault, letter, self.now)
        self.posted += 1
        if queued and run is None and message.buttons:
            self._remember(message, letter)

    def _remember(self, message: Message, letter: Letter) -> None:
        """The buttons of a page may be typed; those of a question of an exercise it knows. What
        comes unasked leaves those open that stood there: two questions may come in one minute."""
        if self.person.standing is not Standing.MEMBER:
            return
        if not self.buttons:
            comes_unasked = letter.kind not in (Kind.REPLY, Kind.ALERT)
            self.stood = shown_buttons.of_person(
                self.session, self.kit.vault, self.person.id, held=comes_unasked
            )
            if self.stood is not None and comes_unasked:
                since = self.now - A_DAY
                young = [each for each in self.stood.buttons if each.at > since]
                self.buttons += young[-MOST_SHOWN:]
        for button in (each for row in message.buttons for each in row):
            if button.data is not None:
                self.buttons.append(
                    ShownButton(label=button.text, data=button.data, key=letter.key, at=self.now)
                )
        shown_buttons.keep(self.session, self.kit.vault, self.person.id, self.buttons, self.now)

    def beside(self, person: Participant) -> "Scene":
        """The same happening for somebody else who is told of it, such as a therapist."""
        other = Scene(self.session, self.kit, person, self.now, f"{self.cause}.{person.id.hex}")
        known = (each for each in self.besides if each.person.id == person.id)
        found = next(known, None)
        if found is None:
            self.besides.append(other)
        return found or other

    def show(self, shown: Shown, run_id: UUID, turn: int, kind: Kind = Kind.REPLY) -> None:
        """Posts what a run has to show."""
        asks = (run_id, turn if shown.asks else None)
        message = shown.message
        if self.unasked is not None:
            head = f"{self.unasked.head}\n\n" if self.unasked.head and not self.posted else ""
            rows = self.unasked.rows if shown.asks else ()
            message = message.model_copy(
                update={"text": head + message.text, "buttons": (*message.buttons, *rows)}
            )
        self.post(message, asks=asks, redraws=shown.redraws, kind=kind)

    def say(self, name: str, **values: object) -> None:
        """Posts a message that has words only."""
        self.post(Message(text=self.kit.words.text(self.language, name, **values)))

    def expect(self, at: datetime) -> None:
        """Something falls due at this moment (UTC): the clock hears of the nearest one."""
        self.rings_at = min(at, self.rings_at or at)

    def record(self, action: str, subject: UUID | None, reason: str) -> None:
        """Puts what this person did on record, in codes; `subject` is whom it concerns, None where
        it is nobody by themselves. Best done last: on PostgreSQL everybody else's record waits for
        the commit."""
        audit.write(
            self.session,
            actor=self.person.id,
            subject=subject,
            action=action,
            reason=reason,
            now=self.now,
        )

    def word(self, path: str, **values: object) -> str:
        """A short word in the person's language."""
        return self.kit.words.word(self.language, path, **values)

    def line(self, path: str, **values: object) -> str:
        """A short word as a message of its own."""
        return self.kit.words.line(self.language, path, **values)

    def receipt(self) -> Receipt:
        """What the edge may do once this has committed."""
        wrote = self.posted > 0 or bool(self.besides)
        return Receipt(self.note, self.settled, wrote, self.rings_at, self.closes,
                       fetches=self.fetches)  # fmt: skip
