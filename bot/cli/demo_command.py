"""`between demo` as it is typed; what it needs is imported when somebody does."""

from pathlib import Path
from typing import Annotated

import typer

BIG = Path("demo-big")
PEOPLE, DAYS = 200, 365


def demo(
    port: Annotated[
        int,
        typer.Option(min=0, max=65535, help="Where the page is shown; 0 takes a free port."),
    ] = 8080,
    no_open: Annotated[bool, typer.Option("--no-open", help="Open no browser.")] = False,
    data: Annotated[Path | None, typer.Option(help="Keep what is written in this folder.")] = None,
    big: Annotated[
        bool, typer.Option("--big", help="Make up 200 people and a year first, in demo-big/.")
    ] = False,
    people: Annotated[
        int | None, typer.Option(min=1, max=5000, help="Make up so many people first.")
    ] = None,
    days: Annotated[int | None, typer.Option(min=1, max=730, help="And so many days.")] = None,
) -> None:
    """Try everything on this computer: no token, no database server, nothing leaves it."""
    from bot.cli.demo import show  # the emulator, which no other command should wait for
    from bot.cli.made_up.year import Size

    size = None
    if big or people is not None or days is not None:
        size = Size(people or PEOPLE, days or DAYS)
        data = data or BIG
    show(data, port, open_browser=not no_open, size=size)
