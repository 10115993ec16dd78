"""`between db`: the tables."""

from functools import partial

import typer

from bot.cli.bar import bar
from bot.config import Settings
from bot.errors import BetweenError
from bot.store import tombstones
from bot.store.database import migrate, open_engine, refuse_unfit
from bot.store.erasure import empty_log
from bot.store.master_key import load_master_key
from bot.store.vault import Vault
from bot.store.worker import Database
from bot.wiring import Clock, warm

app = typer.Typer(help="The database.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The database."""


@app.command()
def upgrade() -> None:
    """Bring the tables up to date with this version of Between."""
    settings = Settings()
    if settings.is_sqlite:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with bar("Upgrading") as told:
        told(0, 0)
        migrate(settings.url, told)
        told(1, 1)
    warm(settings, Clock()().date())
    typer.echo("The database is up to date.")


@app.command("forget-again")
def forget_again() -> None:
    """After a backup was restored: erase again everybody who was erased since it was made.

    `between run` does so by itself before anything else.
    """
    settings = Settings()
    refuse_unfit(settings.url)
    engine = open_engine(settings.url)
    vault = Vault(load_master_key(settings.master_key_file))
    unit = partial(tombstones.forget_again, vault=vault, file=settings.tombstones)
    many = Database(engine).call(unit)
    tombstones.write_down(engine, settings.tombstones, leaving=True)
    if not empty_log(engine):
        raise BetweenError("The database is in use. Stop the bot and run this once more.")
    engine.dispose()
    typer.echo("Nobody had to be forgotten again." if not many else f"Forgotten again: {many}.")
