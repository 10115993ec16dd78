"""`between exercises new|reading|texts|map`: what authors and translators need besides."""

import csv
import tempfile
import webbrowser
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from bot.catalog.include import PARTS
from bot.catalog.load import placed, read_file, read_sources
from bot.catalog.problem import Problem
from bot.cli import exercises, reading, texts_csv
from bot.cli.exercises import ExerciseId, app, find_in
from bot.cli.new_exercise import (
    FOLDERS,
    STEPS,
    id_of,
    languages_of,
    modality_of,
    steps_of,
    title_of,
    written,
)
from bot.config import Settings
from bot.errors import BetweenError
from bot.reports.exercise_map import exercise_map

__all__ = ["app"]

_ROOMS = ("support", "measures")
"""Folders whose files are no exercises."""


@app.command()
def new(
    exercise_id: Annotated[str, typer.Argument(help="The id, such as er.anger.")],
    approach: Annotated[
        str,
        typer.Option(
            prompt=f"Approach ({', '.join(FOLDERS)})", help="The treatment approach it belongs to."
        ),
    ],
    title: Annotated[
        str, typer.Option(prompt="Title, as people see it in the menu", help="Its title.")
    ],
    languages: Annotated[str, typer.Option(prompt="Languages, as codes", help="en,es")] = "en,es",
    steps: Annotated[
        str, typer.Option(prompt=f"Steps, from {', '.join(STEPS)}", help="What it begins with.")
    ] = "say,ask_text",
    out: Annotated[Path | None, typer.Option(help="Another file than the usual one.")] = None,
) -> None:
    """Write a new exercise to work on: commented, complete, a draft. Asks for what is missing."""
    settings = Settings()
    name, modality = id_of(exercise_id), modality_of(approach)
    usual = settings.exercises_dir / FOLDERS[modality] / f"{name.partition('.')[2]}.yaml"
    file = out or usual
    if (known := _file_of(name)) is not None:
        raise BetweenError(f"There is an exercise {name} already: {known}.")
    if file.exists():
        raise BetweenError(f"{file} is there already.")
    schema = settings.exercises_dir / "schema.json"
    text = written(
        *(name, modality, languages_of(languages), title_of(title), steps_of(steps)),
        *(_from_here(file), schema.resolve()),
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    named = name if out is None else _from_here(file)
    typer.echo(f"Written to {_from_here(file)}. Go through it: between exercises play {named}")


def _file_of(name: str) -> str | None:
    """Where the exercise of this id stands, if there is one."""
    settings = Settings()
    for source in read_sources(settings.exercises_dir, settings.cache):
        if source.id == name:
            return source.file
    return None


def _from_here(path: Path) -> Path:
    whole = path.resolve()
    return whole.relative_to(Path.cwd()) if whole.is_relative_to(Path.cwd()) else whole


@app.command("reading")
def reading_(exercise_id: ExerciseId) -> None:
    """Tell how hard each text of an exercise is to read: its grade and its longest sentence."""
    source = exercises.source_of(exercise_id)
    if source.exercise is None:
        raise BetweenError("\n".join(str(problem) for problem in source.problems))
    if not reading.can_read():
        raise BetweenError(reading.MISSING)
    table = Table(Column("line", no_wrap=True), "text", "", "grade", "longest sentence")
    for place, language, found in reading.figures(source.exercise):
        at = placed(Problem("", "", (*place, language)), source)
        grade = "–" if found.grade is None else f"{found.grade:.1f}"
        name = source.exercise.steps[int(place[1])].id if place[0] == "steps" else str(place[0])
        table.add_row(str(at.line), name, language, grade, found.longest)
    Console().print(table)


@app.command()
def texts(
    exercise_id: Annotated[
        str | None, typer.Argument(help="One exercise or file; all of them without it.")
    ] = None,
    table: Annotated[
        Path | None, typer.Option("--csv", help="The table to write, or with --in to read.")
    ] = None,
    lang: Annotated[
        list[str] | None, typer.Option(help="Only this language; may be said several times.")
    ] = None,
    take_in: Annotated[
        bool, typer.Option("--in", help="Take the texts of the table into the files.")
    ] = False,
) -> None:
    """Write the texts as a table for translators (file, path, language, text), or take it in."""
    if table is None:
        raise BetweenError("Say which table: --csv texts.csv")
    root = Settings().exercises_dir.resolve()
    files = texts_csv.read_files(_files(root, exercise_id), root)
    if take_in:
        _take_in(root, files, table)
        return
    text = texts_csv.table(files, lang or ())
    table.write_text(text, encoding="utf-8-sig", newline="")  # the mark is for spreadsheets
    rows = len(list(csv.reader(text.splitlines(keepends=True)))) - 1
    typer.echo(f"{rows} texts of {len(files)} files written to {table}")


def _files(root: Path, exercise_id: str | None) -> list[Path]:
    if exercise_id is None:
        every = sorted(root.rglob("*.yaml"))
        return [path for path in every if path.relative_to(root).parts[0] not in _ROOMS]
    named = exercises.source_of(exercise_id).file
    file = Path(named) if exercise_id.endswith(".yaml") else root.parent / named
    file = file.resolve()
    if not file.is_relative_to(root):
        raise BetweenError(f"{exercise_id} does not lie below {root}.")
    return [file, *sorted((file.parent / PARTS).glob("*.yaml"))]


def _take_in(root: Path, files: dict[str, str], table: Path) -> None:
    try:
        text = table.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise BetweenError(f"{table} cannot be read as UTF-8 text.") from None
    changed, faults = texts_csv.taken_in(files, text)
    if faults:
        raise BetweenError("\n".join([*map(str, faults), "Nothing was taken in."]))
    wrong = [each for name, new in changed.items() for each in _problems(root, name, new)]
    if wrong:
        raise BetweenError("\n".join([*wrong, "Nothing was taken in."]))
    for name, new in changed.items():
        (root.parent / name).write_text(new, encoding="utf-8")
    typer.echo(f"{len(changed)} files changed." if changed else "Nothing has changed.")


def _problems(root: Path, name: str, text: str) -> list[str]:
    """What the check would say of the file with these texts; it is not written yet."""
    file = root.parent / name
    if PARTS in Path(name).parts:
        return []  # it is checked with the exercises that include it: between exercises check
    with tempfile.NamedTemporaryFile(
        "w", dir=file.parent, suffix=".tmp", encoding="utf-8"
    ) as trial:  # beside the file, where it finds what it includes
        trial.write(text)
        trial.flush()
        found = read_file(Path(trial.name)).problems
    return [f"{name}:{each.line} {each.code} {each.message}" for each in found if not each.warning]


@app.command("map")
def map_(
    exercise_id: ExerciseId,
    lang: Annotated[str, typer.Option(help="en, es …")] = "en",
    out: Annotated[Path | None, typer.Option(help="Where to write the picture.")] = None,
    open_it: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Draw the jumps of an exercise as a picture (SVG)."""
    exercise = find_in(exercise_id, lang)
    path = out or Path(f"{exercise.id}.svg")
    path.write_text(exercise_map(exercise, lang), encoding="utf-8")
    typer.echo(f"Written to {path}")
    if open_it:
        webbrowser.open(path.resolve().as_uri())
