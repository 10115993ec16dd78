"""`between doctor`: says in plain words what is missing or wrong, and what to do."""

import asyncio
import stat
from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.doctor_alerts import examine_alerts
from bot.cli.doctor_content import examine_content
from bot.cli.doctor_settings import examine_settings
from bot.cli.finding import Finding, asked
from bot.cli.told import told
from bot.config import Settings
from bot.errors import BetweenError
from bot.store import nudges, rivals
from bot.store.database import open_engine, refuse_unfit
from bot.store.master_key import load_master_key
from bot.store.rivals import Rival
from bot.wiring import Clock, standing_webhook, who_am_i
from bot.wiring.web import refuse_unfit_webhook

Watch = Annotated[
    bool, typer.Option("--watch", help="Look at a running bot again and again, from outside.")
]
Every = Annotated[
    int | None, typer.Option(min=1, help="With --watch: seconds between two looks; else 60.")
]
Once = Annotated[bool, typer.Option("--once", help="With --watch: one look, and its exit code.")]


def doctor(watch: Watch = False, every: Every = None, once: Once = False) -> None:
    """Look at everything Between needs. Exit code 1 when something must be mended.

    With --watch: an alarm that does not depend on the bot. It tells ALARM_EMAIL by e-mail; where
    there is none, it ends with exit code 1 at the first trouble.
    """
    if not watch and (once or every is not None):
        raise BetweenError("--every and --once go with --watch: between doctor --watch --once")
    settings = Settings()
    if watch:
        from bot.cli.watch import watch_over  # so that it starts without all that is looked at here

        watch_over(settings, every or 60, once)
        return
    needed = False
    for finding in examine(settings):  # each is shown when it is found: some take seconds
        needed = needed or bool(finding.advice)
        mark = "needs you" if finding.advice else "fine"
        colour = typer.colors.RED if finding.advice else typer.colors.GREEN
        typer.secho(f"{mark:>9}  ", fg=colour, nl=False)
        typer.echo(f"{finding.what}: {finding.found}")
        if finding.advice:
            typer.echo(f"           → {finding.advice}")
    if needed:
        raise typer.Exit(1)


def examine(settings: Settings) -> Iterator[Finding]:
    """Everything worth looking at, one after the other."""
    yield from examine_settings(settings)
    yield _token(settings)
    yield from _receiving(settings)
    yield _key(settings)
    yield _database(settings)
    yield _zone(settings)
    yield from examine_content(settings)
    yield from examine_alerts(settings)
    yield from _partners(settings)


def _token(settings: Settings) -> Finding:
    token = settings.bot_token.get_secret_value()
    if not token:
        return Finding("bot token", "none", "Get one from @BotFather and put BOT_TOKEN into .env.")
    try:
        name = asyncio.run(who_am_i(settings))
    except BetweenError as error:
        return Finding("bot token", "does not work now", str(error))
    return Finding("bot token", f"this is @{name}")


def _receiving(settings: Settings) -> Iterator[Finding]:
    """Who receives with our token: the webhook that stands, and rivals of the last day."""
    try:
        refuse_unfit_webhook(settings)
    except BetweenError as error:
        yield Finding("webhook", "cannot be set", str(error))
        return
    try:
        standing = asyncio.run(standing_webhook(settings))
    except BetweenError:
        return  # said elsewhere already: no token, no key, or no Telegram
    advice = ""
    if standing.foreign:
        advice = (
            "If it belongs to a program you used before, run: between webhook remove. If you do"
            " not know it, somebody else has the token: get a new one from @BotFather (/revoke)."
        )
    elif standing.below != settings.webhook_url:
        advice = "The bot sets this right when it starts. Run: between run"
    yield Finding("webhook", standing.told, advice)
    copies = _second_copies(settings)
    if copies:
        yield Finding(
            "a second copy",
            f"received with this token in the last day ({copies} times in all)",
            "Stop the second one. If there is none of yours, get a new token from @BotFather.",
        )


def _second_copies(settings: Settings) -> int:
    bot_id = int(settings.bot_token.get_secret_value().partition(":")[0])
    since = Clock()() - timedelta(days=1)
    found = asked(settings, lambda session: rivals.noticed(session, bot_id)) or ()
    return sum(
        each.times for each in found if each.kind is Rival.SECOND_COPY and each.last_at > since
    )


def _key(settings: Settings) -> Finding:
    path = settings.master_key_file
    try:
        load_master_key(path)
    except BetweenError as error:
        return Finding("master key", str(path), str(error))
    inside = settings.data_dir.resolve() in path.resolve().parents
    if inside and settings.is_sqlite:
        return Finding(
            "master key",
            str(path),
            "It lies inside the data folder. Move it elsewhere and set MASTER_KEY_FILE, so that"
            " whoever gets the database does not get the key.",
        )
    return Finding("master key", f"{path}, only its owner can read it")


def _database(settings: Settings) -> Finding:
    where = "SQLite in " + str(settings.data_dir) if settings.is_sqlite else "PostgreSQL"
    try:
        refuse_unfit(settings.url)
        engine = open_engine(settings.url)
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        engine.dispose()
    except BetweenError as error:
        return Finding("database", where, str(error))
    except SQLAlchemyError as error:
        advice = told(error) or f"It cannot be opened ({type(error).__name__})."
        return Finding("database", where, advice)
    if settings.is_sqlite and settings.data_dir.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding("database", where, f"Others can look in. Run: chmod 700 {settings.data_dir}")
    return Finding("database", where)


def _partners(settings: Settings) -> Iterator[Finding]:
    """Phrases that may or may not have arrived; they are never sent again."""
    many = asked(settings, nudges.uncertain)
    if many:
        yield Finding("partners' phrases", f"{many} of unknown fate, not sent again")


def _zone(settings: Settings) -> Finding:
    try:
        ZoneInfo(settings.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return Finding("time zone", settings.zone, "Unknown. Use a name such as America/New_York.")
    return Finding("time zone", settings.zone)
