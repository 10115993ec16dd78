"""`between measures`: install a questionnaire's wording, and enter scores of paper forms."""

from datetime import date
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Column, Table
from sqlmodel import Session

from bot.catalog.load_measures import Measures, read_measures
from bot.catalog.measure import AnyMeasure, Measure, StaffMeasure, Wording
from bot.catalog.text import said
from bot.catalog.wording import languages_of, worded
from bot.catalog.wording_file import empty_form, read_wording
from bot.cli.desk import Desk, at_desk, person_called, staff_called
from bot.cli.play import plain
from bot.config import Settings
from bot.errors import BetweenError
from bot.store import measure_texts
from bot.store.database import is_current, open_engine
from bot.usecases import measures as usecase
from bot.usecases.kit import Kit

app = typer.Typer(help="Questionnaires: install their wording, enter scores.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The id of a measure, such as phq9.")]


@app.command("list")
def list_() -> None:
    """List all measures: installed, to install, or entered by staff."""
    settings = Settings()
    known, there = read_measures(settings.measures_dir, settings.cache), installed(settings)
    table = Table(Column("id", no_wrap=True), "title", "items", Column("what to do", no_wrap=True))
    for each in sorted(known.known.values(), key=lambda one: one.measure):
        items = str(len(each.items)) if isinstance(each, Measure) else ""
        table.add_row(each.measure, said(each.title, "en"), items, state(each, there))
    Console().print(table)


def state(measure: AnyMeasure, there: dict[str, tuple[int, Wording]]) -> str:
    """Where a measure stands, and what to do next."""
    if isinstance(measure, StaffMeasure):
        return f"staff: between measures enter {measure.measure}"
    version, wording = there.get(measure.measure, (0, {}))
    if version:
        return f"installed, version {version} ({' '.join(languages_of(measure, wording))})"
    return f"between measures install {measure.measure} --text FILE.csv"


def installed(settings: Settings) -> dict[str, tuple[int, Wording]]:
    """What is installed; nothing where there is no database yet."""
    if not is_current(settings.url):
        return {}
    engine = open_engine(settings.url)
    try:
        with Session(engine) as session:
            return measure_texts.installed(session)
    finally:
        engine.dispose()


@app.command()
def template(name: Name) -> None:
    """Print an empty file to fill in with the wording: item, language, text."""
    settings = Settings()
    known = read_measures(settings.measures_dir, settings.cache)
    typer.echo(empty_form(_measure(known, name)), nl=False)


def _read(file: Path) -> str:
    """What stands in a table, as spreadsheets write it: with or without a mark at its beginning."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BetweenError(
            f"{file} is not UTF-8 text. In a spreadsheet, save it as “CSV UTF-8”."
        ) from error


@app.command()
def install(
    name: Name,
    text: Annotated[Path, typer.Option(help="Your programme's own copy: item,language,text.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Check the wording, show it as people will see it, and keep it. It is offered at once."""
    settings = Settings()
    measure = _measure(read_measures(settings.measures_dir, settings.cache), name)
    if not text.is_file():
        raise BetweenError(f"There is no file {text}.")
    wording, problems = read_wording(_read(text), measure, str(text))
    if problems:
        raise BetweenError("\n".join(str(each) for each in problems))
    _preview(measure, wording)
    typer.echo(f"Licence: {measure.licence}")
    if not yes:
        typer.confirm("Is this the official wording, complete and in order?", abort=True)
    version = at_desk(lambda session, desk: usecase.install(session, measure, wording, desk.now))
    typer.echo(f"{measure.measure} is installed, version {version}.")


@app.command()
def enter(
    name: Name,
    person: Annotated[str, typer.Option(help="The alias or the id of the participant.")],
    score: Annotated[list[str], typer.Option(help="total=14; once for each score.")],
    day: Annotated[str, typer.Option(help="The day of the form, 2026-11-23; today without.")] = "",
    by: Annotated[str, typer.Option(help="Who of the staff enters it: name or e-mail.")] = "",
) -> None:
    """Enter the scores of a form that people fill in on paper, such as cssrs."""

    def keep(session: Session, desk: Desk) -> date:
        kit, measure = desk.kit, _entered(desk.kit, name)
        whom = person_called(session, kit, person)
        on = _day(day) if day else desk.now.astimezone(ZoneInfo(whom.zone)).date()
        staff = staff_called(session, kit, by).id if by else None
        usecase.enter(session, kit, measure, whom.id, _scores(score), on, staff, desk.now)
        return on

    on = at_desk(keep)
    typer.echo(f"{name} of {on:%Y-%m-%d} is entered.")


def _entered(kit: Kit, name: str) -> StaffMeasure:
    measure = kit.measures.find(name)
    if measure is None:
        raise BetweenError(f"There is no measure {name}.{kit.measures.guess(name)}")
    if not isinstance(measure, StaffMeasure):
        raise BetweenError(f"People fill in {measure.measure} themselves, in the chat.")
    return measure


def _measure(known: Measures, name: str) -> Measure:
    measure = known.find(name)
    if measure is None:
        raise BetweenError(f"There is no measure {name}.{known.guess(name)}")
    if not isinstance(measure, Measure):
        raise BetweenError(
            f"The questions of {measure.measure} may not be used here. Its scores can be entered:"
            f" between measures enter {measure.measure} --person ALIAS --score total=…"
        )
    return measure


def _preview(measure: Measure, wording: Wording) -> None:
    exercise = worded(measure, wording)
    after = {each.id for each in measure.after}  # ours, and between the items where one leads there
    shown = [each for each in exercise.steps if each.id not in after]
    for language in exercise.languages:
        typer.secho(f"{said(exercise.title, language)} ({language})", bold=True)
        for step in shown:
            text = plain(said(getattr(step, "text", {}), language))
            options = [said(each.label, language) for each in getattr(step, "options", ())]
            typer.echo(f"  {step.id}: {text}")
            if options:
                typer.echo("      " + " · ".join(options))


def _scores(given: list[str]) -> dict[str, float]:
    try:
        pairs = (each.split("=", 1) for each in given)
        return {name.strip(): float(value) for name, value in pairs}
    except ValueError:
        raise BetweenError("A score is written as total=14.") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BetweenError(f"“{text}” is not a day such as 2026-11-23.") from None
