"""Builds everything once and keeps it running; the only reader of the wall clock."""

import asyncio
import contextlib
import logging
import os
import signal
import socket
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial

import structlog
from sqlmodel import Session
from telegram.error import InvalidToken, TelegramError

from bot.catalog.load import read_library
from bot.catalog.load_helplines import load_helplines
from bot.catalog.load_measures import read_measures
from bot.clock.heartbeat import Heartbeat
from bot.config import Settings
from bot.errors import BetweenError
from bot.messages.words import Words
from bot.reports.drawing import Drawing
from bot.store.database import DataLock, is_current, open_engine
from bot.store.dues import Due
from bot.store.erasure import empty_log
from bot.store.master_key import load_master_key
from bot.store.vault import Vault
from bot.store.worker import Database
from bot.telegram import scrub
from bot.telegram.acks import Acks
from bot.telegram.app import Api, make_bot
from bot.telegram.commands import publish
from bot.telegram.name import ask_name
from bot.telegram.poll import Poll
from bot.telegram.rates import UNLIMITED, Limit, Limits, Rates
from bot.telegram.sender import Sender
from bot.usecases.apologise import apologise
from bot.usecases.incoming import Incoming, Receipt
from bot.usecases.kit import Kit
from bot.usecases.receive import receive
from bot.usecases.ring import ring

_log = structlog.get_logger(__name__)
COMMANDS = (
    "start",
    "menu",
    "help",
    "plan",
    "cancel",
    "progress",
    "history",
    "language",
    "privacy",
    "delete_me",
)
GRACE = 10.0
"""Seconds that messages in flight get when the process is asked to stop."""


@dataclass
class Clock:
    """The wall clock, moved by `offset`: in the playground a day can pass in a second."""

    offset: Callable[[], timedelta] = field(default=lambda: timedelta(0))

    def __call__(self) -> datetime:
        """Now, aware, in UTC."""
        return datetime.now(UTC) + self.offset()  # noqa: TID251 # the one place that may


class House:
    """All rooms, wired. Made from settings; nothing runs before `run`."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or Clock()
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
        bot_id = token.partition(":")[0]
        if not bot_id.isdigit():
            raise BetweenError("BOT_TOKEN is missing. Get one from @BotFather and put it in .env.")
        if not is_current(settings.url):
            raise BetweenError("The database is not up to date. Run: between db upgrade")
        self.kit = make_kit(settings, self.clock().date())
        self.engine = open_engine(settings.url)
        self.closing.callback(self.engine.dispose)
        self.database = Database(self.engine, threads=1 if settings.is_sqlite else 4)
        self.bot: Api = make_bot(token, settings.telegram_api_url)
        self.drawing = Drawing()
        self.sender = Sender(
            self.bot,
            self.database,
            self.kit.vault,
            owner=f"{socket.gethostname()}.{os.getpid()}",
            clock=self.clock,
            draw=self.drawing.draw,
            rates=Rates(limits(settings)),
        )
        self.acks = Acks(self.bot, still=self.sender.pacer.stop)
        self.heartbeat = Heartbeat(
            self.database,
            self.ring,
            clock=self.clock,
            on_wrote=self.sender.wake,
            empty_log=partial(empty_log, self.engine),
        )
        self.poll = Poll(
            self.bot,
            self.database,
            self.receive,
            self.acks,
            bot_id=int(bot_id),
            clock=self.clock,
            on_wrote=self.sender.wake,
            on_due=self.heartbeat.expect,
            on_poison=partial(apologise, kit=self.kit),
            seconds=settings.poll_seconds,
        )

    def receive(self, session: Session, incoming: Incoming, now: datetime) -> Receipt:
        """One update, in its transaction."""
        return receive(session, incoming, now, self.kit)

    def ring(self, session: Session, due: Due, now: datetime) -> Receipt:
        """One due moment, in its transaction."""
        return ring(session, due, now, self.kit)

    async def run(self, stopped: asyncio.Event) -> None:
        """Runs until `stopped` is set, then lets what is in flight arrive."""
        self.database.start()
        try:
            await self._run(stopped)
        except BaseExceptionGroup as several:
            raise _plain(several) from several
        finally:
            await self.drawing.stop()
            await self.bot.shut()
            self.database.stop()
            empty_log(self.engine)
            self.closing.close()

    async def _run(self, stopped: asyncio.Event) -> None:
        async with asyncio.TaskGroup() as rooms:
            running = [
                rooms.create_task(room, name=name)
                for name, room in (
                    ("acks", self.acks.run()),
                    ("heartbeat", self.heartbeat.run()),
                    ("poll", self.poll.run()),
                    ("name", self._learn_name()),
                    ("publish", self._publish()),
                )
            ]
            sending = rooms.create_task(self.sender.run(), name="sender")
            await stopped.wait()
            for task in running:
                task.cancel()
            await self.sender.drain(GRACE)
            sending.cancel()

    async def _learn_name(self) -> None:
        self.kit.bot.username = await ask_name(self.bot)

    async def _publish(self) -> None:
        words = self.kit.words
        listed = {
            language: [(name, words.word(language, f"commands.{name}")) for name in COMMANDS]
            for language in words.languages
        }
        about = {each: words.word(each, "description") for each in words.languages}
        short = {each: words.word(each, "short_description") for each in words.languages}
        await publish(
            self.bot,
            {"": listed["en"], **listed},
            {"": about["en"], **about},
            {"": short["en"], **short},
        )


def _plain(several: BaseExceptionGroup[BaseException]) -> BaseException:
    """The one sentence meant for whoever runs the bot, if there is one, instead of the group."""
    ours: BaseException | None = several.subgroup(BetweenError)
    while isinstance(ours, BaseExceptionGroup):
        ours = ours.exceptions[0]
    return ours or several


def make_kit(settings: Settings, today: date) -> Kit:
    """Content, words and keys, as the use cases need them."""
    library = read_library(settings.exercises_dir)
    for problem in library.problems:
        _log.error("exercise_left_out", problem=str(problem))
    words = Words(settings.prompts_dir)
    vault = Vault(load_master_key(settings.master_key_file))
    helplines, stale = load_helplines(settings.helplines_file, today)
    for problem in (each for each in stale if not each.warning):
        _log.warning("help_lines", problem=str(problem))
    measures = read_measures(settings.measures_dir)
    for problem in measures.problems:
        _log.error("measure_left_out", problem=str(problem))
    return Kit(library, words, vault, helplines, settings.zone, measures=measures)


def limits(settings: Settings) -> Limits:
    """Telegram's limits with some headroom; a rate of 0 lifts them all (benchmarks only)."""
    rate = settings.sends_per_second
    if rate == 0:
        return UNLIMITED
    return Limits(overall=Limit(rate, 5), patient=Limit(min(rate, 15), 3))


def listen(settings: Settings) -> None:
    """Structured logs without anybody's words: ids, steps, codes. The token is scrubbed.

    They go through the standard library's handlers, which swallow what goes wrong with the log
    itself: a full disk behind stderr must not end the bot.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    last = (
        structlog.processors.JSONRenderer()
        if settings.log_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            scrub.install(settings.bot_token.get_secret_value(), [handler]),
            last,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )


async def until_told(run: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Runs something until SIGTERM or Ctrl-C; the second one ends it at once."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop() -> None:
        if stopped.is_set():
            os._exit(1)
        stopped.set()

    for each in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(each, stop)
    await run(stopped)


async def who_am_i(settings: Settings) -> str:
    """The bot's user name. Raises BetweenError in plain words when Telegram does not say it."""
    api = make_bot(settings.bot_token.get_secret_value(), settings.telegram_api_url)
    try:
        return str((await api.call("getMe", {}, total=10))["username"])
    except InvalidToken:
        raise BetweenError(
            "Telegram refuses this token. Get the current one from @BotFather."
        ) from None
    except TelegramError:
        raise BetweenError("Telegram cannot be reached. Is this machine online?") from None
    finally:
        await api.shut()
