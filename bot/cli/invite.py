"""`between invite`: an invitation for a participant, for the first ones; later staff invite."""

from typing import Annotated

import typer
from sqlmodel import Session

from bot.cli.desk import Desk, at_desk, bot_name, group_called, show_invitation
from bot.config import Settings
from bot.store import invites


def invite(group: Annotated[str, typer.Option(help="The group they will join.")]) -> None:
    """Print an invitation into a group: a link, and a picture to scan."""
    bot = bot_name(Settings())

    def work(session: Session, desk: Desk) -> tuple[str, str]:
        found = group_called(session, group)
        return found.name, invites.invite(session, desk.kit.vault, desk.now, group=found.id)

    called, code = at_desk(work)
    typer.echo(f"An invitation into {called}. A therapist of the group has to confirm whoever")
    typer.echo("opens it, by the number on their phone:")
    show_invitation(bot, code)
