"""All rooms, built once; what each update, each due moment and each page is given to."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import asdict
from datetime import datetime
from functools import partial

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.care.cadence import find_zone
from bot.clock.heartbeat import Heartbeat
from bot.config import Settings
from bot.errors import BetweenError
from bot.mail.postman import Postman
from bot.reports.drawing import Drawing
from bot.store import inbox
from bot.store.bell import Bell
from bot.store.database import DataLock, is_current, open_engine
from bot.store.dues import Due
from bot.store.offices import Office
from bot.store.rivals import Rival
from bot.store.worker import Database
from bot.telegram.acks import Acks
from bot.telegram.app import Api, make_bot
from bot.telegram.fetch import Fetch
from bot.telegram.floods import Floods
from bot.telegram.handling import Handling
from bot.telegram.inbox import WORD, Inbox
from bot.telegram.poll import Poll
from bot.telegram.rates import Rates
from bot.telegram.sender import Sender
from bot.telegram.webhook import Webhook
from bot.telegram.working import Working
from bot.usecases import rivals, timetable
from bot.usecases.apologise import apologise
from bot.usecases.incoming import Incoming, Receipt
from bot.usecases.receive import receive
from bot.usecases.ring import ring
from bot.usecases.staff_chat import trying
from bot.wiring.clock import Clock, this_boot
from bot.wiring.content import make_kit, read_elsewhere
from bot.wiring.documents import Documents
from bot.wiring.election import name_of_process, stand_for, who_is_there
from bot.wiring.forgetting import Forgetting
from bot.wiring.outside import bot_id_of, limits, mail_server
from bot.wiring.roles import Role, Roles
from bot.wiring.rooms import keep_running
from bot.wiring.running import plain
from bot.wiring.vitals import Pulse
from bot.wiring.waking import DUE, FETCH, OUTBOX, Waking
from bot.wiring.web import address_of, open_web, place_of

_log = structlog.get_logger(__name__)


class House:
    """All rooms, wired. Made from settings; nothing runs before `run`."""

    def __init__(
        self, settings: Settings, clock: Clock | None = None, roles: Roles | None = None
    ) -> None:
        self.settings = settings
        self.clock = clock or Clock()
        self.roles = roles or Roles()
        self.roles.check(settings)
        self.closing = ExitStack()
        if settings.is_sqlite:
            self.closing.enter_context(DataLock(settings.data_dir))
        try:
            self._build(settings)
        except BaseException:
            self.closing.close()
            raise

    def _build(self, settings: Settings) -> None:
        token = settings.bot_token.get_secret_value()
        self.bot_id = bot_id_of(settings)
        if find_zone(settings.zone) is None:  # every newcomer would be given it
            raise BetweenError(
                f"ZONE in .env is {settings.zone}, which is no time zone. Use a name such as"
                " America/New_York."
            )
        if not is_current(settings.url):
            raise BetweenError("The database is not up to date. Run: between db upgrade")
        self.bot: Api = make_bot(token, settings.telegram_api_url)
        self.web = open_web(settings) if Role.WEB in self.roles else None
        if self.web is not None:
            self.closing.callback(self.web.close)
        pages = address_of(settings, self.web)
        self.kit = make_kit(settings, self.clock().date(), pages, partial(read_elsewhere, settings))
        self.engine = open_engine(settings.url)
        self.closing.callback(self.engine.dispose)
        self.database = Database(self.engine, threads=1 if settings.is_sqlite else 4)
        self.forgetting = Forgetting(
            self.database, self.engine, self.kit.vault, settings.tombstones
        )
        self.documents = Documents(self.database, self.kit, self.clock)
        self.name = name_of_process()
        self.bell = None if settings.is_sqlite else Bell(self.database)
        self.offices = stand_for(settings, self.roles, self._heard, self.name)
        self.waking = Waking(self.offices, self.bell)
        self._build_way_out(settings)
        self._build_clock()
        self._build_way_in(settings)
        self.waking.here = {
            OUTBOX: self._outbox_filled,
            FETCH: lambda _: self.fetch.wake(),
            DUE: self._due_at,
            WORD: lambda _: self.working.wake(),
        }
        self.pulse = Pulse(
            self.database,
            {
                "poll": lambda: self.poll.health.last_ok,
                "clock": lambda: self.heartbeat.last_beat,
                "sender": self._sends,
            },
            by=self.name,
        )

    def _build_way_out(self, settings: Settings) -> None:
        self.drawing = Drawing()
        self.sender = Sender(
            self.bot,
            self.database,
            self.kit.vault,
            owner=self.name,
            clock=self.clock,
            draw=self.drawing.draw,
            build=self.documents.build,
            media=self.kit.media,
            alive=who_is_there(settings),
            rates=Rates(limits(settings)),
        )
        server = mail_server(settings)
        self.postman = (
            None
            if server is None
            else Postman(server, self.database, self.kit.vault, clock=self.clock)
        )

    def _build_clock(self) -> None:
        self.heartbeat = Heartbeat(
            self.database,
            self.ring,
            clock=self.clock,
            on_wrote=self.wake,
            empty_log=self.forgetting.settle,
            steady=self.clock.steady,
            moved=self.clock.offset,
            boot=this_boot(),
        )

    def _build_way_in(self, settings: Settings) -> None:
        self.floods = Floods(self.clock.steady)
        self.acks = Acks(self.bot, still=self.sender.pacer.stop)
        self.fetch = Fetch(
            self.bot,
            self.database,
            self.kit.vault,
            partial(trying.read, kit=self.kit),
            clock=self.clock,
            on_receipt=self.settle,
        )
        self.handling = Handling(
            self.database,
            self.receive,
            self.acks,
            bot_id=self.bot_id,
            clock=self.clock,
            on_wrote=self.wake,
            on_due=self.waking.expect,
            on_poison=partial(apologise, kit=self.kit),
            on_fetch=partial(self.waking.wake, FETCH),
            on_handed=self._handed,
        )
        self.working = Working(
            self.database, self.handling, self.kit.vault, bot_id=self.bot_id, clock=self.clock
        )
        self.intake: Handling | Inbox = self.handling
        if not self.roles.everything:
            self.intake = Inbox(
                *(self.database, self.kit.vault),
                bot_id=self.bot_id,
                clock=self.clock,
                health=self.handling.health,
            )
        self.place = place_of(settings, self.kit.vault)
        self.webhook = Webhook(
            self.bot,
            path=self.place.path,
            address=settings.webhook_url,
            secret=self.place.secret,
            health=self.handling.health,
            clock=self.clock,
            on_rival=self._rival,
        )
        self.poll = Poll(
            self.bot,
            self.intake,
            clock=self.clock,
            on_conflict=self.webhook.in_the_way,
            seconds=settings.poll_seconds,
        )

    def counts(self) -> dict[str, float]:
        """What this process counted since it started, for the metrics."""
        health = self.poll.health
        return {
            "received": health.received,
            "buried": health.buried,
            "conflicts": health.conflicts,
            "troubles": health.troubles,
            **{f"messages_{name}": many for name, many in asdict(self.sender.counts).items()},
        }

    def _sends(self) -> datetime | None:
        """Now, while it is for us to send."""
        ours = Office.SENDER in self.roles.offices(self.settings)
        return self.clock() if ours and self.offices.holds(Office.SENDER) else None

    def wake(self) -> None:
        """Something new waits to go out."""
        self.waking.wake(OUTBOX)

    def _handed(self) -> Callable[[], None]:
        """Updates are being handled, here where messages go out, too: the sender looks for their
        answers in the same transaction. What else waits for the outbox is woken as ever."""
        if not (self.database.is_in_order and self._sends()):
            return self.wake
        number = self.sender.follow()

        def wrote() -> None:
            if not self.sender.follows(number):
                self.wake()
            elif self.postman is not None:
                self.postman.wake()

        return wrote

    def _outbox_filled(self, _: str) -> None:
        self.sender.wake()
        if self.postman is not None:
            self.postman.wake()

    def _due_at(self, at: str) -> None:
        with suppress(ValueError):  # whoever may call in this database may call nonsense
            self.heartbeat.expect(datetime.fromisoformat(at))

    def _heard(self, word: str) -> None:
        self.waking.heard(word)

    async def _rival(self, kind: Rival) -> None:
        told = partial(rivals.notice, kind=kind, now=self.clock(), kit=self.kit)
        try:
            wrote = await self.database.run(lambda session: told(session, self.bot_id))
        except SQLAlchemyError as error:  # it is in the log, and comes again
            _log.error("rival_not_noted", error=type(error).__name__)
            return
        if wrote:
            self.wake()

    def settle(self, receipt: Receipt) -> None:
        """What follows once something besides an update has committed."""
        if receipt.wrote:
            self.wake()
        if receipt.rings_at is not None:
            self.waking.expect(receipt.rings_at)

    def receive(self, session: Session, incoming: Incoming, now: datetime) -> Receipt:
        """One update, in its transaction."""
        return receive(session, self.floods.marked(incoming), now, self.kit)

    def ring(self, session: Session, due: Due, now: datetime) -> Receipt:
        """One due moment, in its transaction."""
        return ring(session, due, now, self.kit)

    def catch_up(self) -> None:
        """Members who joined under an older version get their schedules."""
        many = self.database.call(partial(timetable.catch_up, now=self.clock()))
        if many:
            _log.info("schedules_to_come", people=many)

    async def run(self, stopped: asyncio.Event) -> None:
        """Runs until `stopped` is set, then lets what is in flight arrive."""
        self.forgetting.again()
        if Role.CLOCK in self.roles:
            self.catch_up()
        if not self.settings.is_sqlite:
            self.database.call(partial(inbox.prepare, vault=self.kit.vault))
        self.database.start()
        try:
            await keep_running(self, stopped)
        except BaseExceptionGroup as several:
            raise plain(several) from several
        finally:
            await self.drawing.stop()
            await self.bot.shut()
            self.database.stop()
            self.forgetting.settle()
            self.closing.close()
