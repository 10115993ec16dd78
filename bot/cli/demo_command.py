"""`between demo` as it is typed; what it needs is imported when somebody does."""

from pathlib import Path
from typing import Annotated

import typer


def demo(
    port: Annotated[int, typer.Option(help="Where the page is shown; 0 takes a free port.")] = 8080,
    no_open: Annotated[bool, typer.Option("--no-open", help="Open no browser.")] = False,
    data: Annotated[Path | None, typer.Option(help="Keep what is written in this folder.")] = None,
) -> None:
    """Try everything on this computer: no token, no database server, nothing leaves it."""
    from bot.cli.demo import show  # the emulator, which no other command should wait for

    show(data, port, open_browser=not no_open)
