"""`between audit`: whether the audit trail is whole."""

import typer

from bot.config import Settings
from bot.errors import BetweenError
from bot.store import audit
from bot.store.database import is_current, open_engine
from bot.store.worker import Database

app = typer.Typer(help="The audit trail.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The audit trail."""


@app.command()
def check() -> None:
    """Recompute every hash. Exit code 1 and the first broken number if anything was changed."""
    settings = Settings()
    if not is_current(settings.url):
        raise BetweenError("The database is not up to date. Run: between db upgrade")
    database = Database(open_engine(settings.url))
    broken, last = database.call(lambda session: (audit.verify(session), audit.last(session)))
    database.engine.dispose()
    if broken is not None:
        raise BetweenError(
            f"The audit trail is broken at number {broken}: a row was changed or is missing."
            " Keep this database as it is, and compare it with a backup."
        )
    if last is None:
        typer.echo("The audit trail is empty.")
        return
    seq, digest = last
    typer.echo(f"The audit trail is whole: {seq} rows. The last hash is {digest}")
    typer.echo("Write it down elsewhere: only that shows whether the newest rows were cut off.")
