"""The `between` command: one small sub-command per job, errors as one sentence.

Only the sub-command that is asked for is imported: all of them together take half a second.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import NoReturn, cast

import typer

from bot.building import building
from bot.errors import BetweenError

ALONE = {
    "demo": ("demo_command", "demo"),
    "init": ("init", "init"),
    "run": ("run", "run"),
    "doctor": ("doctor", "doctor"),
    "programme": ("programme", "programme"),
    "invite": ("invite", "invite"),
    "export": ("export", "export"),
    "backup": ("backup", "backup"),
    "restore": ("restore", "restore"),
}
"""A command by itself: its module and its function."""
SEVERAL = {
    "group": "group",
    "therapist": "therapist",
    "db": "database",
    "audit": "audit",
    "keys": "keys",
    "exercises": "authoring",  # which adds its commands to those of `exercises`
    "measures": "measures",
    "media": "media",
    "targets": "targets",
    "schedule": "schedule",
    "risk": "risk",
    "webhook": "webhook",
}
"""A command with commands below it: its module, which has an `app`."""


def make_app(asked: str | None = None) -> typer.Typer:
    """The command line, with the one command that is asked for, or with all."""
    app = typer.Typer(
        name="between",
        help="Between: what was learned in group, on the phone, between two sessions.",
        no_args_is_help=True,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        pretty_exceptions_enable=False,
        callback=_no_more,  # without it, a single command would lose its name
    )
    wanted = {asked} if asked in ALONE or asked in SEVERAL else {*ALONE, *SEVERAL}
    for name, (module, function) in ALONE.items():
        if name in wanted:
            app.command(name)(getattr(import_module(f"bot.cli.{module}"), function))
    for name, module in SEVERAL.items():
        if name in wanted:
            app.add_typer(import_module(f"bot.cli.{module}").app, name=name)
    return app


def _no_more() -> None:
    """Between: what was learned in group, on the phone, between two sessions."""


INTERRUPTED = 130
"""What a shell calls an end by Ctrl-C."""
_NOT_FOR_US = ("rich", "pygments")
"""What only colours a terminal; httpx asks for pygments first."""


def _without_rich() -> None:
    """Imports those who would take rich along: structlog, to draw tracebacks with all values in
    them, which we never want, and httpx for a command line of its own. That makes the bot some 5 MB
    smaller, and it starts sooner. Afterwards rich is there for our own commands."""
    for name in _NOT_FOR_US:
        sys.modules[name] = cast("ModuleType", None)  # what Python knows as: cannot be imported
    try:
        import_module("structlog")
        import_module("httpx")
    finally:
        for name in _NOT_FOR_US:
            del sys.modules[name]


def main() -> None:
    """Runs the command line; what a person can mend is told in one sentence, exit code 1."""
    if any("\udc80" <= sign <= "\udcff" for word in sys.argv[1:] for sign in word):
        _end_with("What you typed is not UTF-8. Set your terminal to UTF-8, and type it again.")
    asked = sys.argv[1] if len(sys.argv) > 1 else None
    try:
        with building():
            if asked == "run":
                _without_rich()
            app = make_app(asked)
        app()
    except KeyboardInterrupt:  # while it is still being imported
        sys.exit(INTERRUPTED)
    except BetweenError as error:
        _end_with(str(error))
    except Exception as error:
        from bot.cli.told import told  # only now: it would make every command start later

        sentence = told(error)
        if sentence is None:
            raise
        _end_with(sentence)


def _end_with(sentence: str) -> NoReturn:
    typer.secho(sentence, err=True, fg=typer.colors.RED)
    sys.exit(1)
