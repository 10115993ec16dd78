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
from functools import cache, partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session
from telegram.error import InvalidToken, TelegramError

from bot.care.risk import Rules
from bot.catalog.load import read_library
from bot.catalog.load_aliases import load_aliases
from bot.catalog.load_consents import load_consents
from bot.catalog.load_helplines import load_helplines
from bot.catalog.load_measures import read_measures
from bot.catalog.load_phrases import load_phrases
from bot.catalog.load_risk import load_risk
from bot.catalog.load_talks import load_talks
from bot.clock.heartbeat import Heartbeat
from bot.config import Settings
from bot.errors import BetweenError
from bot.mail.postman import Postman
from bot.mail.smtp import Server, Taken, carry, probe
from bot.messages.words import Words
from bot.reports.drawing import Drawing
from bot.store.database import DataLock, is_current, open_engine
from bot.store.dues import Due
from bot.store.erasure import empty_log
from bot.store.master_key import load_master_key
from bot.store.tombstones import forget_again, write_down
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
from bot.usecases import export
from bot.usecases.apologise import apologise
from bot.usecases.download import download, language_of
from bot.usecases.incoming import Incoming, Receipt
from bot.usecases.kit import Kit
from bot.usecases.receive import receive
from bot.usecases.ring import ring

if TYPE_CHECKING:
    from bot.web.serve import Web

_log = structlog.get_logger(__name__)
COMMANDS = (
    "start",
    "menu",
    "help",
    "plan",
    "partner",
    "cancel",
    "progress",
    "history",
    "language",
    "settings",
    "pause",
    "who",
    "export",
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

    def steady(self) -> float:
        """Seconds of a clock that only goes forward; where time is played, it is played too."""
        return monotonic() + self.offset().total_seconds()


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
        self.web = None
        if settings.web_port is not None:
            from bot.web.serve import (
                Web,
            )  # half a second of imports that most starts need not wait for

            self.web = Web(settings.web_host, settings.web_port)
            self.closing.callback(self.web.close)
        pages = (settings.web_address or self.web.address) if self.web is not None else None
        self.kit = make_kit(settings, self.clock().date(), pages, _say_anew)
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
            build=self.build,
            rates=Rates(limits(settings)),
        )
        server = mail_server(settings)
        self.postman = (
            None
            if server is None
            else Postman(server, self.database, self.kit.vault, clock=self.clock)
        )
        self.acks = Acks(self.bot, still=self.sender.pacer.stop)
        self.heartbeat = Heartbeat(
            self.database,
            self.ring,
            clock=self.clock,
            on_wrote=self.wake,
            empty_log=self.settle_erasures,
            steady=self.clock.steady,
            moved=self.clock.offset,
        )
        self.poll = Poll(
            self.bot,
            self.database,
            self.receive,
            self.acks,
            bot_id=int(bot_id),
            clock=self.clock,
            on_wrote=self.wake,
            on_due=self.heartbeat.expect,
            on_poison=partial(apologise, kit=self.kit),
            seconds=settings.poll_seconds,
        )

    def wake(self) -> None:
        """Something new waits to go out."""
        self.sender.wake()
        if self.postman is not None:
            self.postman.wake()

    def receive(self, session: Session, incoming: Incoming, now: datetime) -> Receipt:
        """One update, in its transaction."""
        return receive(session, incoming, now, self.kit)

    def ring(self, session: Session, due: Due, now: datetime) -> Receipt:
        """One due moment, in its transaction."""
        return ring(session, due, now, self.kit)

    def forget_again(self) -> int:
        """Before anything else: whoever was erased stays so, even in a restored backup."""
        again = partial(forget_again, vault=self.kit.vault, file=self.settings.tombstones)
        many: int = self.database.call(again)
        if many:
            _log.warning("forgotten_again", people=many)
        self.settle_erasures()
        return many

    async def build(self, person: UUID, what: str) -> bytes:
        """A file for one person, from the database as it is now."""
        unit = partial(export.build, kit=self.kit, person_id=person, now=self.clock())
        data = await self.database.run(unit, lane=person)
        if data is None or what != export.WHAT:
            raise LookupError(what)
        return await asyncio.to_thread(export.packed, data, self.kit)

    def language(self, session: Session, token: str) -> str | None:
        """Whose private page this is, by their language."""
        return language_of(session, token, self.clock())

    def open(self, session: Session, token: str) -> bytes | None:
        """What a private page gives, once."""
        return download(session, token, self.clock(), self.kit)

    def settle_erasures(self) -> bool:
        """After somebody was erased: they go on the list, and out of the journal. False: again."""
        try:
            write_down(self.engine, self.settings.tombstones)
        except (OSError, SQLAlchemyError) as error:  # said at every beat until it is mended
            _log.error("tombstones_not_written", error=type(error).__name__)
            return False
        return empty_log(self.engine)

    async def run(self, stopped: asyncio.Event) -> None:
        """Runs until `stopped` is set, then lets what is in flight arrive."""
        self.forget_again()
        self.database.start()
        try:
            await self._run(stopped)
        except BaseExceptionGroup as several:
            raise _plain(several) from several
        finally:
            await self.drawing.stop()
            await self.bot.shut()
            self.database.stop()
            self.settle_erasures()
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
            if self.postman is not None:
                running.append(rooms.create_task(self.postman.run(), name="postman"))
            if self.web is not None:
                running.append(rooms.create_task(self._serve(self.web), name="web"))
            sending = rooms.create_task(self.sender.run(), name="sender")
            await stopped.wait()
            for task in running:
                task.cancel()
            await self.sender.drain(GRACE)
            sending.cancel()

    async def _learn_name(self) -> None:
        self.kit.bot.username = await ask_name(self.bot)

    async def _serve(self, web: "Web") -> None:
        from bot.web.pages import make_app

        tls = self.settings.web_address.startswith("https:")
        await web.run(make_app(self.database, self, self.kit.words, tls=tls))

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


def make_kit(
    settings: Settings,
    today: date,
    pages: str | None = None,
    anew: Callable[[], None] = lambda: None,
) -> Kit:
    """Content, words and keys, as the use cases need them; `pages` is where private pages are.

    `anew` is called before the risk phrases are read anew, which takes seconds.
    """
    library = read_library(settings.exercises_dir, settings.cache)
    for problem in library.problems:
        _log.error("exercise_left_out", problem=str(problem))
    words = Words(settings.prompts_dir, settings.cache)
    vault = Vault(load_master_key(settings.master_key_file))
    helplines, stale = load_helplines(settings.helplines_file, today, settings.cache)
    for problem in (each for each in stale if not each.warning):
        _log.warning("help_lines", problem=str(problem))
    measures = read_measures(settings.measures_dir, settings.cache)
    for problem in measures.problems:
        _log.error("measure_left_out", problem=str(problem))
    consents, wrong = load_consents(settings.consents_file)
    aliases, unfit = load_aliases(settings.aliases_file)
    phrases, lacking = load_phrases(settings.phrases_dir)
    talks, untold = load_talks(settings.scenes_dir, settings.cache)
    for problem in (*wrong, *unfit, *lacking, *untold):
        _log.error("support", problem=str(problem))
    written = tuple(each.stat().st_mtime_ns for each in sorted(settings.risk_dir.glob("*.yaml")))
    rules = _rules(settings.risk_dir, written, settings.cache, anew)
    return Kit(
        *(library, words, vault, helplines, rules, settings.zone),
        measures=measures,
        consents=consents,
        aliases=aliases,
        phrases=phrases,
        talks=talks,
        pages=pages,
        mail=bool(settings.smtp_host),
    )


def _say_anew() -> None:
    _log.info("reading the phrases anew, takes a few seconds")


def warm(settings: Settings) -> None:
    """Reads the content once, so that the next start finds it in the cache; keeps no problem."""
    read_library(settings.exercises_dir, settings.cache)
    read_measures(settings.measures_dir, settings.cache)
    load_risk(settings.risk_dir, settings.cache)
    load_talks(settings.scenes_dir, settings.cache)
    Words(settings.prompts_dir, settings.cache)


@cache
def _rules(folder: Path, _: tuple[int, ...], kept: Path, anew: Callable[[], None]) -> Rules:
    """The rules of the risk screen; a process makes them once."""
    rules, wrong = load_risk(folder, kept, anew)
    if wrong:  # the screen would see less than it should, and nobody would know
        raise BetweenError(f"The risk phrases must be mended first: {wrong[0]}")
    return rules


def mail_server(settings: Settings) -> Server | None:
    """Where e-mail goes out; None where the programme set none up."""
    if not settings.smtp_host:
        return None
    return Server(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_user,
        settings.smtp_password.get_secret_value(),
        settings.smtp_from,
        settings.smtp_starttls,
    )


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


async def mail_answers(settings: Settings) -> str:
    """What is wrong with the mail server, as a code; "" if it answers."""
    server = mail_server(settings)
    assert server is not None
    outcome = await carry(server, probe(Clock()()))
    return "" if isinstance(outcome, Taken) else outcome.code


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
