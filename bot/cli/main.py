"""The `between` command: one small sub-command per job, errors as one sentence."""

import sys

import typer

from bot.cli import (
    audit,
    authoring,  # adds its commands to those of `exercises`
    database,
    demo_command,
    doctor,
    export,
    group,
    init,
    invite,
    measures,
    media,
    programme,
    risk,
    run,
    schedule,
    targets,
    therapist,
)
from bot.errors import BetweenError

app = typer.Typer(
    name="between",
    help="Between: what was learned in group, on the phone, between two sessions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("demo")(demo_command.demo)
app.command("init")(init.init)
app.command("run")(run.run)
app.command("doctor")(doctor.doctor)
app.command("programme")(programme.programme)
app.command("invite")(invite.invite)
app.command("export")(export.export)
app.add_typer(group.app, name="group")
app.add_typer(therapist.app, name="therapist")
app.add_typer(database.app, name="db")
app.add_typer(audit.app, name="audit")
app.add_typer(authoring.app, name="exercises")
app.add_typer(measures.app, name="measures")
app.add_typer(media.app, name="media")
app.add_typer(targets.app, name="targets")
app.add_typer(schedule.app, name="schedule")
app.add_typer(risk.app, name="risk")


def main() -> None:
    """Runs the command line; what a person can mend is told in one sentence, exit code 1."""
    try:
        app()
    except BetweenError as error:
        typer.secho(str(error), err=True, fg=typer.colors.RED)
        sys.exit(1)
