"""`between keys`: the master key, and a new one in its place."""

import typer

from bot.cli.bar import bar
from bot.config import Settings
from bot.store import rotation
from bot.store.alone import alone
from bot.store.database import open_engine, refuse_unfit

app = typer.Typer(help="The master key.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The master key."""


@app.command()
def status() -> None:
    """Show the version of the master key, how many keys it wraps, and old files that lie there."""
    settings = _settings()
    engine = open_engine(settings.url)
    found = rotation.standing(engine, settings.master_key_file)
    engine.dispose()
    typer.echo(f"Master key: version {found.version}, {settings.master_key_file}")
    for version, many in found.wraps.items():
        typer.echo(f"Keys wrapped by version {version}: {many}")
    if found.to is not None:
        typer.echo(f"Version {found.to} is taking its place. Go on with: between keys rotate")
    for each in found.old:
        typer.echo(f"An old key lies at {each}. After a new backup: shred -u {each}")


@app.command()
def rotate() -> None:
    """Put a new master key in place of the old one. The bot must not run.

    Interrupted at any moment, it goes on where it was; the bot can run meanwhile.
    """
    settings = _settings()
    file = settings.master_key_file
    engine = open_engine(settings.url)
    with alone(settings.url, settings.data_dir), bar("Wrapping keys anew") as told:
        master = rotation.rotate(engine, file, told)
    engine.dispose()
    typer.echo(f"The master key is version {master.version} now: {file}")
    typer.echo("1. Copy it to your safe place. Without it nothing can be read again.")
    typer.echo("2. Make a new backup: between backup --to FILE")
    typer.echo("   Older backups open with the old key only; delete them, or keep it with them.")
    typer.echo(f"3. Destroy the old key and its copies: shred -u {file}.{master.version - 1}")


def _settings() -> Settings:
    settings = Settings()
    refuse_unfit(settings.url)
    return settings
