"""`between init`: the folders, the master key and the database, once."""

import typer

from bot.config import Settings
from bot.errors import BetweenError
from bot.store.database import in_use, migrate
from bot.store.master_key import create_master_key
from bot.wiring import Clock, warm


def init() -> None:
    """Create the data folder, the master key and the database. Nothing existing is touched."""
    settings = Settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = settings.master_key_file
    if key.exists():
        typer.echo(f"The master key is already there: {key}")
    else:
        _refuse_a_second_key(settings)
        key.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        create_master_key(key)
        typer.echo(f"Made the master key: {key}")
        typer.echo("Keep a copy of it in another place. Without it nothing can be read again.")
    migrate(settings.url)
    warm(settings, Clock()().date())
    missing = not settings.bot_token.get_secret_value()
    then = "put BOT_TOKEN into .env, then run: " if missing else ""
    typer.echo(f"The database is ready. Next: {then}between doctor")


def _refuse_a_second_key(settings: Settings) -> None:
    """BetweenError where the database was made with a key that is only missing here: a new one
    would look like a fresh start, and open nothing."""
    if not in_use(settings.url):
        return
    raise BetweenError(
        f"There is no master key at {settings.master_key_file}, but this database was made with"
        " one. Put that key back from your safe copy, or mend MASTER_KEY_FILE. If the key is lost,"
        " docs/operating.md says what to do."
    )
