"""`between exercises`: check, list, show, play; for people who write exercises."""

import webbrowser
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Column, Table

from bot.catalog.exercise import Exercise
from bot.catalog.load import Library, Source, once, placed, read_file, read_library, read_sources
from bot.catalog.load_aliases import load_aliases
from bot.catalog.load_board import load_board
from bot.catalog.load_consents import load_consents
from bot.catalog.load_helplines import load_helplines
from bot.catalog.load_measures import read_measures, unknown_offers
from bot.catalog.load_phrases import load_phrases
from bot.catalog.load_risk import load_risk
from bot.catalog.load_talks import load_talks
from bot.catalog.load_talks import unknown_exercises as unknown_in_talks
from bot.catalog.load_tracks import FOLDER as TRACKS
from bot.catalog.load_tracks import check_tracks
from bot.catalog.load_workshops import read_workshops, unknown_exercises
from bot.catalog.problem import Problem
from bot.catalog.steps import Part
from bot.catalog.text import said
from bot.catalog.tracks import Overlay
from bot.cli import reading
from bot.cli.measures import installed, state
from bot.cli.play import Play, transcript
from bot.cli.tracks import tracks
from bot.config import Settings
from bot.errors import BetweenError
from bot.messages.words import Words
from bot.reports.exercise_page import exercise_page
from bot.usecases.measures import offer
from bot.wiring import Clock

app = typer.Typer(help="Read, check, show and play exercises.", no_args_is_help=True)

app.command()(tracks)

ExerciseId = Annotated[str, typer.Argument(help="The id of an exercise, or a file.")]


@app.command()
def check(
    file: Annotated[
        Path | None, typer.Argument(help="One file or id; all exercises without it.")
    ] = None,
) -> None:
    """Say what must be mended, each with file and line. Exit code 1 if anything must."""
    if file is not None:
        source = _read(file) if file.is_file() else source_of(str(file))
        found, read = source.problems, _many(int(source.exercise is not None), "exercise")
        found = (*found, *_hard_texts([source]))
    else:
        settings = Settings()
        library = read_library(settings.exercises_dir, settings.cache)
        _, lines = load_helplines(settings.helplines_file, Clock()().date())
        _, consents = load_consents(settings.consents_file)
        _, aliases = load_aliases(settings.aliases_file)
        _, partners = load_phrases(settings.phrases_dir)
        _, board = load_board(settings.board_dir)
        talks, scenes = load_talks(settings.scenes_dir, settings.cache)
        scenes += unknown_in_talks(talks, settings.scenes_dir, library.exercises)
        _, phrases = load_risk(settings.risk_dir, settings.cache)
        measures = read_measures(settings.measures_dir, settings.cache)
        forms = (*measures.problems, *unknown_offers(measures, library))
        tracks = check_tracks(settings.exercises_dir / TRACKS, library.exercises, settings.cache)
        workshops = read_workshops(settings.workshops_dir, settings.cache)
        courses = (*workshops.problems, *unknown_exercises(workshops, library))
        hard = _hard_texts(read_sources(settings.exercises_dir, settings.cache))
        support = (*lines, *consents, *aliases, *partners, *board, *scenes, *phrases)
        found = (*library.problems, *tracks, *support, *forms, *courses, *hard)
        known = (library.exercises, "exercise"), (library.tracks.names, "track")
        read = ", ".join(_many(len(each), what) for each, what in known)
        read += f" and {_many(len(workshops.known), 'workshop')}"
    for problem in found:
        typer.echo(_from_here(problem))
    wrong = [problem for problem in found if not problem.warning]
    typer.echo(_verdict(read, found))
    if wrong:
        raise typer.Exit(1)


def _hard_texts(sources: Iterable[Source]) -> tuple[Problem, ...]:
    """What is worth another look because it is hard to read; a sentence where that is unknown."""
    if not reading.can_read():
        typer.echo(reading.MISSING, err=True)
        return ()
    return once(
        placed(problem, source)
        for source in sources
        if source.exercise is not None
        for problem in reading.hard_texts(source.exercise)
    )


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _verdict(read: str, found: tuple[Problem, ...]) -> str:
    looked_at = sum(problem.warning for problem in found)
    wrong = len(found) - looked_at
    mend = "nothing" if not wrong else _many(wrong, "thing")
    look = f", {looked_at} to look at" if looked_at else ""
    return f"{read} read, {mend} to mend{look}."


def _from_here(problem: Problem) -> str:
    """The problem with its file as seen from the folder one stands in."""
    path = Path(problem.file)
    here = Path.cwd()
    inside = path.is_absolute() and path.is_relative_to(here)
    return str(replace(problem, file=str(path.relative_to(here))) if inside else problem)


@app.command("list")
def list_() -> None:
    """List all exercises with length, approach, languages and review."""
    settings = Settings()
    library = read_library(settings.exercises_dir, settings.cache)
    measures = read_measures(settings.measures_dir, settings.cache)
    offer(library, measures, installed(settings))
    table = Table(Column("id", no_wrap=True), "title", "minutes", "approach", "languages", "review")
    for each in sorted(library.exercises.values(), key=lambda one: one.id):
        table.add_row(
            each.id,
            said(each.title, "en"),
            str(each.minutes),
            each.modality.value,
            " ".join(each.languages),
            each.review.status,
        )
    Console().print(table)
    there = installed(settings)
    for measure in measures.offered:
        if measure.measure not in there:
            typer.echo(f"{measure.id} is not offered yet. {state(measure, there)}")


@app.command()
def show(
    exercise_id: ExerciseId,
    out: Annotated[Path | None, typer.Option(help="Where to write the page.")] = None,
    open_it: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Write one HTML page with all texts side by side, the jumps and the durations."""
    exercise = find(exercise_id)
    path = out or Path(f"{exercise.id}.html")
    words = Words(Settings().prompts_dir, Settings().cache).short("en")
    path.write_text(exercise_page(exercise, words), encoding="utf-8")
    typer.echo(f"Written to {path}")
    if open_it:
        webbrowser.open(path.resolve().as_uri())


@app.command()
def play(
    exercise_id: ExerciseId,
    lang: Annotated[str, typer.Option(help="en, es …")] = "en",
    save: Annotated[Path | None, typer.Option(help="Keep the conversation in a file.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="With the easier words.")] = False,
    track: Annotated[str | None, typer.Option(help="As this track makes it.")] = None,
) -> None:
    """Go through an exercise here. Type an answer, a button's label, /back, /skip, /done, /wait."""
    exercise = find_in(exercise_id, lang)
    settings = Settings()
    library = read_library(settings.exercises_dir, settings.cache)
    if track is not None and track not in library.tracks.names:
        raise BetweenError(f"There is no track “{track}”.{library.tracks.guess(track)}")
    exercise = library.tracks.adapt(exercise, track)
    words = Words(settings.prompts_dir, settings.cache)
    titles = {name: each.title for name, each in library.exercises.items()}
    current, given = Play(words, exercise, lang, titles, plain=plain), list[str]()
    typer.echo("\n".join(current.shown()))
    while not current.is_over:
        try:
            line = input("> ").strip()
        except (EOFError, KeyboardInterrupt):
            break
        given.append(line)
        typer.echo("\n".join(["", *current.give(line)]))
    if save is not None:
        again = Play(words, exercise, lang, titles, plain=plain)
        save.write_text(transcript(again, given), encoding="utf-8")
        typer.echo(f"Kept in {save}")


@app.command()
def schema() -> None:
    """Write the two schema.json, from which editors complete and underline."""
    folder = Settings().exercises_dir
    for path, model in ((folder, Exercise), (folder / TRACKS, Overlay)):
        (path / "schema.json").write_text(schema_text(model), encoding="utf-8")
        typer.echo(f"Written to {path / 'schema.json'}")


def schema_text(model: type[Part] = Exercise) -> str:
    """The JSON Schema of an exercise file, or of an overlay, as it is committed."""
    import json

    schema = model.model_json_schema(by_alias=True)
    schema = _with_includes(schema) if model is Exercise else schema
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


INCLUDE = {
    "type": "object",
    "properties": {"include": {"type": "string"}},
    "required": ["include"],
    "additionalProperties": False,
}
"""An entry that stands for a shared list; it is gone before the exercise is one."""


def _with_includes(schema: Any) -> Any:
    """Lists of parts may hold `include:` as well, though the models never see it."""
    if isinstance(schema, list):
        return [_with_includes(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {key: _with_includes(value) for key, value in schema.items()}
    items = schema.get("items", {})
    if schema.get("type") == "array" and ("$ref" in items or "oneOf" in items):
        schema["items"] = {"anyOf": [items, INCLUDE]}
    return schema


def find(name: str) -> Exercise:
    """An exercise by its id or its file. Raises BetweenError if there is none that makes sense."""
    if name.endswith(".yaml"):
        return _readable(_read(Path(name)))
    settings = Settings()
    library: Library = read_library(settings.exercises_dir, settings.cache)
    exercise = library.find(name)
    if exercise is None:
        raise BetweenError(f"There is no exercise {name}.{library.guess(name)}")
    return exercise


def find_in(name: str, language: str) -> Exercise:
    """The same, in a language that it has."""
    exercise = find(name)
    if language not in exercise.languages:
        raise BetweenError(f"{exercise.id} has the languages {', '.join(exercise.languages)}.")
    return exercise


def source_of(name: str) -> Source:
    """The file of an exercise, by its id or by its path. Raises BetweenError if there is none."""
    if name.endswith(".yaml"):
        return _read(Path(name))
    settings = Settings()
    every = read_sources(settings.exercises_dir, settings.cache)
    found = next((each for each in every if each.id == name), None)
    if found is None:
        hint = Library({each.id: each.exercise for each in every if each.exercise}).guess(name)
        raise BetweenError(f"There is no exercise {name}.{hint}")
    return found


def _read(file: Path) -> Source:
    if not file.is_file():
        raise BetweenError(f"There is no file {file}.")
    return read_file(file)


def _readable(source: Source) -> Exercise:
    if source.exercise is None or source.problems:
        raise BetweenError("\n".join(str(problem) for problem in source.problems))
    return source.exercise
