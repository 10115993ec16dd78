"""`between doctor --watch`: an alarm beside the bot, which cannot report its own death.

It shares nothing with the bot but the database, which it only reads, and the mail server.
"""

import asyncio
import signal
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

import typer
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.doctor_settings import alarm_trouble
from bot.config import Settings
from bot.errors import BetweenError
from bot.mail.smtp import Server, Taken, carry
from bot.store import vitals
from bot.store.database import open_reader
from bot.store.mail import Letter, Parcel
from bot.store.watching import Trouble, troubles
from bot.wiring import Clock, mail_server

AGAIN: Final = timedelta(hours=1)
"""As long as trouble lasts, it is told again after this."""
_WHERE: Final = "What to do about each of these stands in docs/operating.md."


@dataclass
class Watch:
    """Remembers what was told, so that one trouble is one e-mail an hour."""

    engine: Engine
    server: Server | None
    to: str
    told: dict[str, datetime] = field(default_factory=dict)

    async def look(self, now: datetime) -> list[Trouble]:
        """One look; tells what is new, what lasts, and that all is well again."""
        found = await asyncio.to_thread(_troubles, self.engine, now)
        codes = {each.code for each in found}
        news = [each for each in found if self._is_news(each.code, now)]
        for each in news:
            _say(now, f"{each.code}: {each.says}")
        if news and await self._tell(now, "Between needs you", [each.says for each in found]):
            self.told |= dict.fromkeys(codes, now)
        if codes:
            self.told = {code: at for code, at in self.told.items() if code in codes}
        elif self.told and await self._tell(now, "Between is well again", ["All is well."]):
            self.told.clear()
            _say(now, "all is well again")
        return found

    def _is_news(self, code: str, now: datetime) -> bool:
        before = self.told.get(code)
        return before is None or now - before >= AGAIN

    async def _tell(self, now: datetime, subject: str, lines: list[str]) -> bool:
        """Whether it is told; what the mail server did not take is told at the next look."""
        if self.server is None or not self.to:
            return True
        letter = Letter(to=self.to, subject=subject, text="\n".join([*lines, "", _WHERE]))
        outcome = await carry(self.server, Parcel(0, f"watch.{uuid4().hex}", letter, 0, now, now))
        if isinstance(outcome, Taken):
            return True
        _say(now, f"mail: {outcome.code}")
        return False


def _say(now: datetime, what: str) -> None:
    typer.echo(f"{now:%Y-%m-%d %H:%M} UTC  {what}", err=True)


def _troubles(engine: Engine, now: datetime) -> list[Trouble]:
    try:
        return troubles(vitals.look(engine, now))
    except SQLAlchemyError:
        return troubles(None)


def watch_over(settings: Settings, every: int, once: bool) -> None:
    """Looks until it is ended. Without a way to tell, it ends at the first trouble, with 1."""
    if settings.alarm_email and (trouble := alarm_trouble(settings)):
        raise BetweenError(trouble)
    watch = Watch(open_reader(settings.url), mail_server(settings), settings.alarm_email)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        asyncio.run(_watch(watch, every, once))
    except KeyboardInterrupt:
        typer.echo("Ended.", err=True)


async def _watch(watch: Watch, every: int, once: bool) -> None:
    while True:
        found = await watch.look(Clock()())
        if found and (once or not watch.to):
            raise typer.Exit(1)
        if once:
            typer.echo("All is well.")
            return
        await asyncio.sleep(every)
