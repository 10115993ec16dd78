"""`between targets`: what a diary follows for one person."""

from typing import Annotated

import typer
from sqlmodel import Session

from bot.catalog.exercise import OWN, Exercise
from bot.catalog.text import said
from bot.cli.desk import Desk, at_desk, person_called, staff_called
from bot.errors import BetweenError
from bot.store import targets
from bot.store.targets import Chosen
from bot.usecases.kit import Kit
from bot.usecases.targets import choose

app = typer.Typer(help="What a diary follows for one person.", no_args_is_help=True)

Person = Annotated[str, typer.Argument(help="The alias or the id of the participant.")]
ExerciseId = Annotated[str, typer.Option("--exercise", help="Whose targets.")]


@app.command()
def show(person: Person, exercise: ExerciseId = "dbt.diary") -> None:
    """List all targets, with a mark before those that are followed."""

    def look(session: Session, desk: Desk) -> tuple[Exercise, Chosen | None]:
        whom, diary = person_called(session, desk.kit, person), _diary(desk.kit, exercise)
        return diary, targets.chosen(session, desk.kit.vault, whom.id, diary.id)

    diary, chosen = at_desk(look)
    followed = diary.usual if chosen is None else chosen.targets
    for each in (target for target in diary.targets if target.id != OWN):
        mark = "x" if each.id in followed else " "
        typer.echo(f"[{mark}] {each.id}: {said(each.label, 'en')}")
    for words in chosen.own if chosen else ():
        typer.echo(f"[x] in own words: {words}")


@app.command("set")
def set_(
    person: Person,
    follow: Annotated[list[str], typer.Argument(help="The ids to follow, all of them.")],
    own: Annotated[list[str] | None, typer.Option(help="A target in own words.")] = None,
    by: Annotated[str, typer.Option(help="Who of the staff chooses: name or e-mail.")] = "",
    exercise: ExerciseId = "dbt.diary",
) -> None:
    """Follow exactly these from the next entry on."""
    words = tuple(own or ())

    def keep(session: Session, desk: Desk) -> None:
        kit, diary = desk.kit, _diary(desk.kit, exercise)
        whom = person_called(session, kit, person)
        staff = staff_called(session, kit, by).id if by else None
        choose(session, kit, whom.id, diary, tuple(follow), words, staff, desk.now)

    at_desk(keep)
    typer.echo(f"{exercise} follows {len(follow) + len(words)} targets from now on.")


def _diary(kit: Kit, name: str) -> Exercise:
    exercise = kit.library.find(name)
    if exercise is None or not exercise.targets:
        raise BetweenError(f"{name} has no targets to choose.")
    return exercise
