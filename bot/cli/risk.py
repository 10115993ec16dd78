"""`between risk`: try and score; for clinicians who keep the risk phrases."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel, ConfigDict, ValidationError
from rich.console import Console
from rich.table import Table as Grid

from bot.care.risk import Hit, Rules, Tier, screen
from bot.care.risk.figures import Judged, Table, table
from bot.care.risk.letters import explained, weighed
from bot.care.risk.screen import read_text
from bot.catalog.load_risk import load_risk
from bot.config import Settings
from bot.errors import BetweenError

app = typer.Typer(help="Try the risk phrases, count how they do.", no_args_is_help=True)


class Line(BaseModel):
    """One line of a file to score; the label is a person's, and may be missing."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    id: str
    lang: str
    text: str
    label: Tier | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """A line and the tier the screen gave it."""

    line: Line
    tier: Tier


@app.command("try")
def try_(text: Annotated[str, typer.Argument(help="What a person might write.")]) -> None:
    """Say which tier a text has, every phrase found in it, and what its letters weigh."""
    rules = shipped_rules()
    finding = screen(text, rules)
    typer.echo(finding.tier.value)
    for hit in finding.hits:
        typer.echo(_told(hit))
    if rules.letters is not None:
        read = read_text(text, rules)
        for each in weighed(read, rules.letters):
            typer.echo(f"letters: {explained(read, each, rules.letters)}")


@app.command()
def score(
    file: Annotated[Path, typer.Argument(help="JSON lines with id, lang, text and label.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object only.")] = False,
) -> None:
    """Screen every line of a file, and count per language how the labels were met."""
    scored = score_lines(read_lines(file), shipped_rules())
    figures = table(judged(scored))
    if as_json:
        typer.echo(_as_json(scored, figures))
        return
    for each in scored:
        typer.echo(f"{each.line.id} {each.tier.value}")
    Console().print(_grid(figures))


def shipped_rules() -> Rules:
    """The rules of exercises/support/risk, which must be without a problem."""
    settings = Settings()
    rules, problems = load_risk(settings.risk_dir, settings.cache)
    if problems:
        raise BetweenError("\n".join(map(str, problems)))
    return rules


def read_lines(file: Path) -> list[Line]:
    """The lines of a JSON lines file; empty ones are passed over."""
    if not file.is_file():
        raise BetweenError(f"There is no file {file}.")
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise BetweenError(f"{file} is not UTF-8 text.") from error
    return [_line(line, number) for number, line in enumerate(lines, start=1) if line.strip()]


def score_lines(lines: list[Line], rules: Rules) -> list[Scored]:
    """Every line with its tier."""
    return [Scored(line, screen(line.text, rules).tier) for line in lines]


def judged(scored: list[Scored]) -> list[Judged]:
    """The labelled ones, for the table."""
    return [
        Judged(each.line.lang, each.line.label, each.tier)
        for each in scored
        if each.line.label is not None
    ]


def _line(text: str, number: int) -> Line:
    try:
        return Line.model_validate_json(text)
    except ValidationError as error:
        fault = error.errors()[0]
    # What stands in the line is a person's words: only the field is named.
    where = f"“{fault['loc'][0]}” is missing or wrong" if fault["loc"] else "this is no JSON object"
    raise BetweenError(f"Line {number} cannot be read: {where}.")


def _told(hit: Hit) -> str:
    flags = ", ".join(sorted(flag.value for flag in hit.flags)) or "no flags"
    return f"{hit.tier.value}: {hit.category}, {hit.family}, “{hit.words}”: {hit.reason} ({flags})"


def _as_json(scored: list[Scored], figures: Table) -> str:
    lines = [{"id": each.line.id, "tier": each.tier.value} for each in scored]
    shares = {
        lang: {measure: asdict(share) for measure, share in measures.items()}
        for lang, measures in figures.items()
    }
    return json.dumps({"lines": lines, "table": shares}, ensure_ascii=False)


def _grid(figures: Table) -> Grid:
    grid = Grid("language", "measure", "hits", "of", "rate", "95 % interval")
    for lang, measures in figures.items():
        for measure, share in measures.items():
            rate = "" if share.rate is None else f"{share.rate:.1%}"
            interval = f"{share.low:.1%} to {share.high:.1%}"
            name = measure.replace("_", " ")
            grid.add_row(lang, name, str(share.hits), str(share.of), rate, interval)
    return grid
