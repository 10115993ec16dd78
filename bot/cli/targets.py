"""`between targets`: what a diary follows for one person."""

from typing import Annotated

import typer
from sqlmodel import Session

from bot.catalog.exercise import OWN, Exercise
from bot.catalog.text import said
from bot.cli.desk import staff_called
from bot.cli.measures import find_person
from bot.config import Settings
from bot.errors import BetweenError
from bot.store import targets
from bot.store.database import is_current, open_engine
from bot.usecases.kit import Kit
from bot.usecases.targets import choose
from bot.wiring import Clock, make_kit

app = typer.Typer(help="What a diary follows for one person.", no_args_is_help=True)

Person = Annotated[str, typer.Argument(help="The alias or the id of the participant.")]
ExerciseId = Annotated[str, typer.Option("--exercise", help="Whose targets.")]


@app.command()
def show(person: Person, exercise: ExerciseId = "dbt.diary") -> None:
    """List all targets, with a mark before those that are followed."""
    settings, kit = _kit()
    diary = _diary(kit, exercise)
    with _session(settings) as session:
        whom = find_person(session, kit, person)
        chosen = targets.chosen(session, kit.vault, whom.id, diary.id)
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
    settings, kit = _kit()
    diary = _diary(kit, exercise)
    with _session(settings) as session:
        whom = find_person(session, kit, person)
        staff = staff_called(session, kit, by).id if by else None
        choose(session, kit, whom.id, diary, tuple(follow), tuple(own or ()), staff, Clock()())
        session.commit()
    typer.echo(f"{diary.id} follows {len(follow) + len(own or ())} targets from now on.")


def _kit() -> tuple[Settings, Kit]:
    settings = Settings()
    return settings, make_kit(settings, Clock()().date())


def _diary(kit: Kit, name: str) -> Exercise:
    exercise = kit.library.find(name)
    if exercise is None or not exercise.targets:
        raise BetweenError(f"{name} has no targets to choose.")
    return exercise


def _session(settings: Settings) -> Session:
    if not is_current(settings.url):
        raise BetweenError("The database is not up to date. Run: between db upgrade")
    return Session(open_engine(settings.url))
