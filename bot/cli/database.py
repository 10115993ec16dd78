"""`between db`: the tables."""

import typer

from bot.config import Settings
from bot.store.database import migrate

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
    migrate(settings.url)
    typer.echo("The database is up to date.")
