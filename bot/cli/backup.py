"""`between backup`: a copy of the database in one file, while the bot runs."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.bar import bar
from bot.config import Settings
from bot.errors import BetweenError
from bot.store.backup import save

To = Annotated[Path, typer.Option("--to", help="The new file. Keep it apart from the master key.")]


def backup(to: To) -> None:
    """Copy the database into one file. What people wrote stays sealed; no key is in it."""
    settings = Settings()
    if to.resolve().parent == settings.master_key_file.resolve().parent:
        raise BetweenError(
            "That is where the master key lies. Whoever gets both can read everything: put the"
            " backup elsewhere."
        )
    with bar("Copying") as told:
        save(settings.url, to, told)
    typer.echo(
        f"{to}: {to.stat().st_size / 1e6:.1f} MB, whole. Without the master key it is noise."
    )
