"""`between schedule`: what a time means on every date of a year, and what one person was sent."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, time
from functools import partial
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlmodel import Session

from bot.care.cadence import (
    Reading,
    days,
    exists,
    find_zone,
    guess_hour,
    guess_zone,
    placed,
    read_hour,
)
from bot.cli.checked import number_of
from bot.cli.desk import Desk, at_desk, person_called
from bot.errors import BetweenError
from bot.usecases.timetable import Known
from bot.usecases.timetable.listing import listing

app = typer.Typer(help="See when reminders fall due.", no_args_is_help=True)

YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Line:
    """One local date: the instant (UTC) and the clock on the wall then, both empty when the date
    does not exist there; `remark` is empty when nothing is special."""

    local_date: str
    utc: str
    local: str
    remark: str


@app.callback()
def schedule() -> None:
    """See when reminders fall due."""


@app.command()
def simulate(
    zone: Annotated[str, typer.Option(help="A time zone, such as America/New_York.")],
    at: Annotated[str, typer.Option(help="A local time of day, HH:MM.")],
    year: Annotated[int, typer.Option(help="The year, such as 2026.")],
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Print every local date of a year with its instant (UTC), and where clock changes move it."""
    lines = list(year_of(_zone(zone), _hour(at), _year(year)))
    if as_json:
        typer.echo(json.dumps([asdict(line) for line in lines], ensure_ascii=False, indent=1))
        return
    for line in lines:
        instant = f"{line.utc:<20}  {line.local:<16}"
        typer.echo(f"{line.local_date}  {instant}  {line.remark}".rstrip())


@app.command()
def show(
    person: Annotated[str, typer.Argument(help="The alias somebody goes by.")],
    days: Annotated[int, typer.Option(help="How many days back, up to today.")] = 14,
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Print what became of every scheduled date of one person: times and states, no words."""
    lines = at_desk(partial(_of_person, alias=person, days=number_of(days, "Days", 1, 366)))
    if as_json:
        typer.echo(json.dumps([asdict(line) for line in lines], indent=1))
        return
    for line in lines or ():
        told = f"{line.local_date}  {line.at:<16}  {line.what:<16}  {line.outcome:<13}  {line.why}"
        typer.echo(told.rstrip())
    if not lines:
        typer.echo("Nothing was scheduled in these days.")


@dataclass(frozen=True, slots=True)
class Told:
    """One local date of one schedule; `at` is on the person's own clock."""

    local_date: str
    at: str
    what: str
    outcome: str
    why: str


def _of_person(session: Session, desk: Desk, alias: str, days: int) -> list[Told]:
    person = person_called(session, desk.kit, alias)
    known = Known(session, desk.kit, person, desk.now)
    zone = ZoneInfo(person.zone)
    return [
        Told(
            line.local_date.isoformat(),
            "" if line.at is None else f"{line.at.astimezone(zone):%Y-%m-%d %H:%M}",
            line.stored.name,
            line.outcome,
            "" if line.why is None else line.why.value,
        )
        for line in listing(known, days)
    ]


def year_of(zone: ZoneInfo, hour: time, year: int) -> Iterator[Line]:
    """One line for every date of the year."""
    for day in days(date(year, 1, 1), date(year, 12, 31)):
        if exists(day, zone):
            yield _line(zone, hour, day)
        else:
            yield Line(day.isoformat(), "", "", "This date does not exist here; nothing is sent.")


def _line(zone: ZoneInfo, hour: time, day: date) -> Line:
    there = placed(day, hour, zone)
    match there.reading:
        case Reading.ONCE:
            remark = ""
        case Reading.TWICE:
            remark = f"{hour:%H:%M} comes twice on this date; the first one counts."
        case Reading.NEVER:
            moved = f"{there.shown:%H:%M}"
            if there.shown.date() != day:
                moved += f" on {there.shown.date().isoformat()}"
            remark = f"{hour:%H:%M} does not exist on this date; it becomes {moved}."
    return Line(
        day.isoformat(), f"{there.at:%Y-%m-%dT%H:%M:%SZ}", f"{there.shown:%Y-%m-%d %H:%M}", remark
    )


def _zone(name: str) -> ZoneInfo:
    found = find_zone(name)
    if found is None:
        raise BetweenError(f"There is no time zone “{name}”.{_did_you_mean(guess_zone(name))}")
    return found


def _hour(text: str) -> time:
    found = read_hour(text)
    if found is None:
        hint = _did_you_mean(guess_hour(text)) or " A time goes from 00:00 to 23:59."
        raise BetweenError(f"There is no time “{text}”.{hint}")
    return found


def _year(year: int) -> int:
    if year not in YEARS:
        raise BetweenError(f"The year goes from {YEARS[0]} to {YEARS[-1]}, not {year}.")
    return year


def _did_you_mean(guess: str | None) -> str:
    return "" if guess is None else f" Did you mean “{guess}”?"
