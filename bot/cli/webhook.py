"""`between webhook`: whose webhook stands at Telegram, and taking away one that is in the way."""

import asyncio

import typer

from bot.config import Settings
from bot.wiring import remove_webhook, standing_webhook

app = typer.Typer(
    help="The webhook at Telegram: whose it is, and how to remove it.", no_args_is_help=True
)


@app.command()
def show() -> None:
    """Say where Telegram brings the messages to this bot."""
    found = asyncio.run(standing_webhook(Settings()))
    typer.echo(found.told)


@app.command()
def remove() -> None:
    """Remove whatever webhook stands. A bot that runs with WEBHOOK_URL sets its own again."""
    asyncio.run(remove_webhook(Settings()))
    typer.echo("There is no webhook any more. The bot receives again within a minute.")
