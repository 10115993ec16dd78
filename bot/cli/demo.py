"""`between demo`: the emulator, the bot and three phones on a page, on this computer only."""

import asyncio
import tempfile
import webbrowser
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import typer
from pydantic import SecretStr
from sqlmodel import Session

from bot.config import Settings
from bot.errors import BetweenError
from bot.playground import Person, Playground
from bot.store import groups
from bot.store.database import migrate
from bot.store.master_key import create_master_key
from bot.usecases import set_up
from bot.usecases.set_up import Known
from bot.wiring import Clock, House, listen, until_told

TOKEN = "42:PLAYGROUND"  # noqa: S105 # opens nothing outside this computer
CAST = (
    Person(id=1001, first_name="Maya", language_code="en", username=None),
    Person(id=1002, first_name="Leo", language_code="es", username=None),
    Person(id=1003, first_name="Dr Rivera", language_code="en", username=None),
)

PLACES = (
    *("America/Bogota", "America/Argentina/Buenos_Aires", "Europe/Madrid", "Europe/Athens"),
    *("Asia/Dubai", "Asia/Kolkata", "Asia/Tokyo", "Pacific/Auckland"),
)
"""Where Leo may be, from west to east."""


def show(data: Path | None, port: int, *, open_browser: bool) -> None:
    """Runs until Ctrl-C; without a folder for data, nothing is left behind."""
    if data is not None:
        asyncio.run(_demo(data, port, open_browser=open_browser))
        return
    with tempfile.TemporaryDirectory(prefix="between-") as folder:
        asyncio.run(_demo(Path(folder), port, open_browser=open_browser))


def settings_for(folder: Path, url: str, zone: str = "UTC") -> Settings:
    """Settings of a bot that talks to the playground and keeps everything in one folder."""
    key = folder / "keys" / "master.key"
    key.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not key.exists():
        create_master_key(key)
    (folder / "data").mkdir(exist_ok=True, mode=0o700)
    settings = Settings(
        bot_token=SecretStr(TOKEN),
        telegram_api_url=url,
        data_dir=folder / "data",
        database_url="",
        master_key_file=key,
        zone=zone,
        log_level="WARNING",
        web_port=0,  # a free one
        sends_per_second=0,  # the emulator has no limits, and nobody waits for a laptop
    )
    migrate(settings.url)
    return settings


async def _demo(folder: Path, port: int, *, open_browser: bool) -> None:
    playground = Playground(people=CAST, token=TOKEN, first_id=_seconds())
    try:
        await playground.start(port=port)
    except OSError:
        raise BetweenError(f"Port {port} is taken. Try: between demo --port 0") from None
    try:
        settings = settings_for(folder, playground.url, _zone_here())
        listen(settings)
        house = House(settings, Clock(lambda: playground.offset))
        house.database.call(partial(_enrol_cast, house))
        playground.on_clock(house.heartbeat.look)
        typer.echo(f"Maya, Leo and Dr Rivera wait at {playground.url}   (Ctrl-C ends)")
        if open_browser:
            webbrowser.open(playground.url)
        await until_told(house.run)
    finally:
        await playground.stop()
    typer.echo("Ended.")


def _enrol_cast(house: House, session: Session) -> None:
    """Maya, Leo and Dr Rivera know each other already; on kept data they did before."""
    if groups.programme(session) is not None:
        return
    zone, now = house.settings.zone, house.clock()
    group = set_up.demo_group(session, zone, now)
    programme = groups.programme(session)
    assert programme is not None
    groups.set_programme(session, replace(programme, partner_pairs=True), now)
    there = east_of(zone, now)
    for known in (Known(1001, "en", zone, "Heron"), Known(1002, "es", there, "Colibrí")):
        set_up.enrol(session, house.kit, group.id, known, now)
    therapist = Known(1003, "en", zone, "")
    set_up.employ(session, house.kit, group.id, "Dr Rivera", therapist, now)


def east_of(zone: str, now: datetime) -> str:
    """A place where eight o'clock comes before it comes here, so that the first half hour of
    tomorrow morning brings both check-ins, each at its own hour."""
    here = now.astimezone(ZoneInfo(zone)).utcoffset()
    ahead = (each for each in PLACES if now.astimezone(ZoneInfo(each)).utcoffset() > here)  # type: ignore[operator] # aware moments have an offset
    return next(ahead, zone)


def _seconds() -> int:
    """Seconds since 2026: message ids that a bot started later on the same data never saw."""
    return int((Clock()() - datetime(2026, 1, 1, tzinfo=UTC)).total_seconds())


def _zone_here() -> str:
    """The IANA name of this computer's zone, UTC where it does not say."""
    link = Path("/etc/localtime")
    parts = link.resolve().parts if link.is_symlink() else ()
    return "/".join(parts[parts.index("zoneinfo") + 1 :]) if "zoneinfo" in parts else "UTC"
