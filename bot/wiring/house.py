"""All rooms, built once; what each update, each due moment and each page is given to."""

import asyncio
from contextlib import ExitStack, suppress
from dataclasses import asdict
from datetime import datetime
from functools import partial

import structlog
from sqlmodel import Session

from bot.care.cadence import find_zone
from bot.clock.heartbeat import Heartbeat
from bot.config import Settings
from bot.errors import BetweenError
from bot.store import inbox
from bot.store.bell import Bell
from bot.store.database import DataLock, open_engine, refuse_unfit
from bot.store.dues import Due
from bot.store.worker import Database
from bot.telegram.app import Api, make_bot
from bot.telegram.inbox import WORD
from bot.usecases import timetable
from bot.usecases.incoming import Incoming, Receipt
from bot.usecases.receive import receive
from bot.usecases.ring import ring
from bot.wiring.clock import Clock, this_boot
from bot.wiring.content import make_kit, read_elsewhere
from bot.wiring.documents import Documents
from bot.wiring.election import name_of_process, stand_for
from bot.wiring.forgetting import Forgetting
from bot.wiring.outside import bot_id_of
from bot.wiring.roles import Role, Roles
from bot.wiring.rooms import keep_running
from bot.wiring.running import plain
from bot.wiring.vitals import Pulse
from bot.wiring.waking import DUE, FETCH, OUTBOX, Waking
from bot.wiring.way_in import WayIn
from bot.wiring.way_out import WayOut
from bot.wiring.web import address_of, open_web

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
        refuse_unfit(settings.url)
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
        self.way_out = WayOut(self)
        self._build_clock()
        self.way_in = WayIn(self)
        self.waking.here = {
            OUTBOX: self.way_out.filled,
            FETCH: lambda _: self.way_in.fetch.wake(),
            DUE: self._due_at,
            WORD: lambda _: self.way_in.working.wake(),
        }
        self.pulse = Pulse(
            self.database,
            {
                "poll": lambda: self.way_in.poll.health.last_ok,
                "clock": lambda: self.heartbeat.last_beat,
                "sender": self.way_out.sends,
            },
            by=self.name,
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

    def counts(self) -> dict[str, float]:
        """What this process counted since it started, for the metrics."""
        health = self.way_in.poll.health
        return {
            "received": health.received,
            "buried": health.buried,
            "conflicts": health.conflicts,
            "troubles": health.troubles,
            **{
                f"messages_{name}": many
                for name, many in asdict(self.way_out.sender.counts).items()
            },
        }

    def wake(self) -> None:
        """Something new waits to go out."""
        self.waking.wake(OUTBOX)

    def _due_at(self, at: str) -> None:
        with suppress(ValueError):  # whoever may call in this database may call nonsense
            self.heartbeat.expect(datetime.fromisoformat(at))

    def _heard(self, word: str) -> None:
        self.waking.heard(word)

    def settle(self, receipt: Receipt) -> None:
        """What follows once something besides an update has committed."""
        if receipt.wrote:
            self.wake()
        if receipt.rings_at is not None:
            self.waking.expect(receipt.rings_at)

    def receive(self, session: Session, incoming: Incoming, now: datetime) -> Receipt:
        """One update, in its transaction."""
        return receive(session, self.way_in.floods.marked(incoming), now, self.kit)

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
            await self.way_out.drawing.stop()
            await self.bot.shut()
            self.database.stop()
            self.forgetting.settle()
            self.closing.close()
