"""`between demo`: the emulator, the bot and three phones on a page, on this computer only."""

import asyncio
import os
import socket
import tempfile
import webbrowser
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import typer
from pydantic import SecretStr
from rich.progress import Progress
from sqlmodel import Session

from bot.cli.made_up import fortnight, year
from bot.cli.made_up.keeping import joined_at
from bot.cli.made_up.others import OTHERS
from bot.cli.made_up.year import Size
from bot.config import TOP, Settings
from bot.errors import BetweenError
from bot.playground import Person, Playground
from bot.store import groups, staff
from bot.store.database import migrate
from bot.store.groups import Group
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

ELSEWHERE = tuple(
    Person(id=fortnight.FIRST + at, first_name=each.alias, elsewhere=True)
    for at, each in enumerate(OTHERS)
)
"""The rest of the group: they are made up as well, and have no phones on the page."""

PLACES = (
    *("America/Bogota", "America/Argentina/Buenos_Aires", "Europe/Madrid", "Europe/Athens"),
    *("Asia/Dubai", "Asia/Kolkata", "Asia/Tokyo", "Pacific/Auckland"),
)
"""Where Leo may be, from west to east."""


def show(data: Path | None, port: int, *, open_browser: bool, size: Size | None = None) -> None:
    """Runs until Ctrl-C; without a folder for data, nothing is left behind. With a `size`, a
    programme of that many people is made up first."""
    if data is not None:
        asyncio.run(_demo(data, port, open_browser=open_browser, size=size))
        return
    with tempfile.TemporaryDirectory(prefix="between-") as folder:
        asyncio.run(_demo(Path(folder), port, open_browser=open_browser, size=size))


def settings_for(folder: Path, url: str, zone: str = "UTC", pages: int = 0) -> Settings:
    """Settings of a bot that talks to the playground and keeps everything in one folder; its pages
    are at the port `pages`, a free one for 0."""
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
        web_port=pages,
        second_factor="off",  # nothing outside this computer can come here
        sends_per_second=0,  # the emulator has no limits, and nobody waits for a laptop
    )
    migrate(settings.url)
    return settings


async def _demo(folder: Path, port: int, *, open_browser: bool, size: Size | None) -> None:
    crowd = () if size is None else _crowd(size)
    playground = Playground(people=(*CAST, *ELSEWHERE, *crowd), token=TOKEN, first_id=_seconds())
    try:
        await playground.start(port=port)
    except OSError:
        raise BetweenError(f"Port {port} is taken. Try: between demo --port 0") from None
    try:
        settings = _with_cache(settings_for(folder, playground.url, _zone_here(), _beside(port)))
        listen(settings)
        house = House(settings, Clock(lambda: playground.offset))
        _make_up(house, size)
        playground.on_clock(house.heartbeat.look)
        assert house.web is not None
        pages = f"{house.web.address}/office"
        playground.point_to("Dr Rivera’s pages", pages)
        typer.echo(f"Maya, Leo and Dr Rivera wait at {playground.url}   (Ctrl-C ends)")
        typer.echo(f"Dr Rivera’s pages, with two weeks that are made up: {pages}")
        if open_browser:
            webbrowser.open(playground.url)
        await until_told(house.run)
    finally:
        await playground.stop()
    typer.echo("Ended.")


def _with_cache(settings: Settings) -> Settings:
    """What is made from the content files outlives the demo in a checkout: it is nobody's data, and
    to make it anew takes seconds."""
    is_checkout = (TOP / "pyproject.toml").is_file() and os.access(TOP, os.W_OK)
    if settings.cache_dir is not None or not is_checkout:
        return settings
    return settings.model_copy(update={"cache_dir": TOP / ".cache"})


def _beside(port: int) -> int:
    """The port after that of the phones where it is free, else any free one."""
    if port in (0, 65535):
        return 0
    with suppress(OSError), socket.create_server(("127.0.0.1", port + 1)):
        return port + 1
    return 0


def _crowd(size: Size) -> tuple[Person, ...]:
    return tuple(
        Person(id=each, first_name=f"P{each}", elsewhere=True) for each in year.telegram_ids(size)
    )


def _make_up(house: House, size: Size | None) -> None:
    """Whoever is to be there; on kept data they were there before."""
    if size is None:
        house.database.call(partial(_enrol_cast, house))
        return
    made = house.database.call(partial(_enrol_cast, house, size=size))
    if not made:
        return
    with Progress() as progress:
        task = progress.add_task(f"{size.people} people, {size.days} days", total=size.people)
        done = partial(progress.advance, task)
        there = year.bring_in(house.database, house.kit, size, made, house.clock(), done)
    typer.echo(f"{there.entries:,} entries with {there.answers:,} answers, all of it made up.")


def _enrol_cast(house: House, session: Session, size: Size | None = None) -> list[Group]:
    """Maya, Leo and Dr Rivera know each other already, and two weeks lie behind their group; on
    kept data they did before. The groups of a larger programme, where it is to be one."""
    if groups.programme(session) is not None:
        return []
    zone, now = house.settings.zone, house.clock()
    group = set_up.demo_group(session, zone, joined_at(zone, now))
    programme = groups.programme(session)
    assert programme is not None
    groups.set_programme(session, replace(programme, partner_pairs=True), now)
    made = [] if size is None else year.make_groups(session, size, zone, now)
    more = tuple(each.id for each in made[: year.HERS])
    therapist = Known(1003, "en", zone, "")
    rivera = set_up.employ(session, house.kit, group.id, "Dr Rivera", therapist, now, more=more)
    staff.set_reviewer(session, rivera.id, may=True)  # signs exercises and chooses for tracks
    year.employ_others(session, house.kit, made, now)
    maya = Known(1001, "en", zone, "Heron")
    leo = Known(1002, "es", east_of(zone, now), "Colibrí")
    fortnight.bring_in(session, house.kit, group, (maya, leo), now, rivera.id)
    return made


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
