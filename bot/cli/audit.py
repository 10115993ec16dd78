"""`between audit`: whether the audit trail is whole."""

from typing import Annotated

import typer
from sqlmodel import Session

from bot.config import Settings
from bot.errors import BetweenError
from bot.store import audit
from bot.store.database import open_engine, refuse_unfit
from bot.store.worker import Database

LARGEST = 2**63 - 1
app = typer.Typer(help="The audit trail.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The audit trail."""


@app.command()
def check(
    noted: Annotated[
        str | None, typer.Option(help="What an earlier check gave you to write down: NUMBER:HASH.")
    ] = None,
) -> None:
    """Recompute every hash. Exit code 1 and the first broken number if anything was changed."""
    row = None if noted is None else _read(noted)
    settings = Settings()
    refuse_unfit(settings.url)
    database = Database(open_engine(settings.url))
    try:
        last = database.call(lambda session: _checked(session, row))
    finally:
        database.engine.dispose()
    if last is None:
        typer.echo("The audit trail is empty.")
        return
    seq, digest = last
    typer.echo(f"The audit trail is whole: {seq} rows. Write this down elsewhere: {seq}:{digest}")
    typer.echo(
        "Give it to --noted next time: only that shows whether the newest rows were cut off."
    )


def _checked(session: Session, noted: tuple[int, str] | None) -> tuple[int, str] | None:
    broken = audit.verify(session)
    if broken is not None:
        raise BetweenError(
            f"The audit trail is broken at number {broken}: a row was changed or is missing."
            " Keep this database as it is, and compare it with a backup."
        )
    if noted is not None and not audit.is_still_there(session, *noted):
        raise BetweenError(
            f"The audit trail is not the one it was: row {noted[0]} is gone, or another one."
            " Keep this database as it is, and compare it with a backup."
        )
    return audit.last(session)


def _read(noted: str) -> tuple[int, str]:
    number, _, digest = noted.strip().partition(":")
    is_number = number.isascii() and number.isdecimal() and len(number) < len(str(LARGEST))
    if not is_number or not digest:
        raise BetweenError(f"{noted} is not what a check gives: a number, a colon and a hash.")
    return int(number), digest.strip()
