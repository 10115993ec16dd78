"""The `between` command: one small sub-command per job, errors as one sentence."""

import sys

import typer

from bot.cli import database, demo, doctor, exercises, init, measures, run, schedule, targets
from bot.errors import BetweenError

app = typer.Typer(
    name="between",
    help="Between: what was learned in group, on the phone, between two sessions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("demo")(demo.demo)
app.command("init")(init.init)
app.command("run")(run.run)
app.command("doctor")(doctor.doctor)
app.add_typer(database.app, name="db")
app.add_typer(exercises.app, name="exercises")
app.add_typer(measures.app, name="measures")
app.add_typer(targets.app, name="targets")
app.add_typer(schedule.app, name="schedule")


def main() -> None:
    """Runs the command line; what a person can mend is told in one sentence, exit code 1."""
    try:
        app()
    except BetweenError as error:
        typer.secho(str(error), err=True, fg=typer.colors.RED)
        sys.exit(1)
