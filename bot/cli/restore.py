"""`between restore`: a backup takes the place of the database; the old one is kept aside."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.bar import bars
from bot.config import Settings
from bot.errors import BetweenError
from bot.store.alone import alone
from bot.store.master_key import load_master_key
from bot.store.restoring import restore as put_back
from bot.store.vault import Vault
from bot.wiring import Clock

File = Annotated[Path, typer.Argument(metavar="FILE", help="What `between backup` made.")]


def restore(file: File) -> None:
    """Put a backup in the place of the database. The bot must not run.

    Whoever was erased since the backup is erased from it before anything can start on it.
    """
    settings = Settings()
    if not file.is_file():
        raise BetweenError(f"There is no file {file}.")
    vault = Vault(load_master_key(settings.master_key_file))
    with alone(settings.url, settings.data_dir), bars() as told:
        aside = put_back(settings.url, file, vault, settings.tombstones, Clock()(), told)
    typer.echo("The backup is in place.")
    if aside:
        typer.echo(f"The database that was here is kept as {aside}. Delete it when all is well.")
    typer.echo("What was changed since the backup is gone, consents that were taken back included.")
