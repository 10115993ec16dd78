"""`between export`: what the export page does, at the command line of whoever runs Between."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from shutil import copyfileobj
from typing import IO, Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from sqlmodel import Session

from bot.cli.desk import database_of, group_called, person_called, staff_called
from bot.config import Settings
from bot.errors import BetweenError
from bot.usecases.kit import Kit
from bot.usecases.office.export.make import Made, make
from bot.usecases.office.export.order import (
    LONGEST,
    SHORTEST,
    Fault,
    Placed,
    Refused,
    What,
    place,
    read,
    today_of,
)
from bot.usecases.office.reader import NotYoursError, Reader, reader_of
from bot.wiring import Clock, make_kit

WEEK = timedelta(days=6)
FORMATS = {
    "csv": What.CSV,
    "json": What.JSON,
    "fhir": What.FHIR,
    "notes": What.NOTES_FILE,
    "pdf": What.WEEK,
}
_SAID = {
    Fault.WHOM: "This does not go with whom you named: notes are of a person or a group, a PDF is"
    " of one person (--person) or one group (--group).",
    Fault.SPAN: "Give days such as 2026-11-01, --since not after --until, none after today.",
    Fault.WEEK: "A person's page is about seven days at most: --since, --until.",
    Fault.SHORT: f"Say why, in {SHORTEST} characters or more: --reason.",
    Fault.LONG: f"Say why in {LONGEST} characters at most: --reason.",
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was typed, as far as it needs no database."""

    what: What
    group: str | None
    person: str | None
    since: str
    until: str
    reason: str
    by: str


def export(
    by: Annotated[str, typer.Option(help="Who exports: e-mail, name or id of a member of staff.")],
    reason: Annotated[str, typer.Option(help="Why, 10 to 300 characters; it is kept on record.")],
    out: Annotated[Path, typer.Option(help="The file to write; it may not be there yet.")],
    format_: Annotated[str, typer.Option("--format", help="csv, json, fhir, notes or pdf.")],
    group: Annotated[str | None, typer.Option(help="About this group.")] = None,
    person: Annotated[str | None, typer.Option(help="About one person: alias or id.")] = None,
    everybody: Annotated[bool, typer.Option("--all", help="About everybody, by a lead.")] = False,
    since: Annotated[str, typer.Option(help="The first day, 2026-11-01; without, a week.")] = "",
    until: Annotated[str, typer.Option(help="The last day; today without.")] = "",
) -> None:
    """Write logs (csv, json, fhir), drafts for the progress note, or a page to print (pdf).

    Logs come as a ZIP with the notice beside them. Each person can see that a copy was made.
    """
    if sum((group is not None, person is not None, everybody)) != 1:
        raise BetweenError("Say about whom, in one way: --person ALIAS, --group NAME or --all.")
    if out.exists():
        raise BetweenError(f"{out} is there already. Choose another name.")
    what = _what(format_, of_group=group is not None)
    asked = _Asked(what, group, person, since, until, reason, by)
    settings = Settings()
    with database_of(settings) as database:
        kit = make_kit(settings, Clock()().date())
        try:
            placed = database.call(lambda session: _placed(session, kit, asked))
            with _bar() as tell:
                made = make(database.call, kit, placed, tell)
        except NotYoursError:
            raise BetweenError(
                f"{by} may not take this out: it is not theirs, or not there."
            ) from None
    _write(made, out)
    typer.echo(
        f"Wrote {out}. It is for your eyes only (0600); what is in it is not to be passed on."
    )


def _placed(session: Session, kit: Kit, asked: _Asked) -> Placed:
    now = Clock()()
    reader = _reader(session, kit, asked.by)
    today = today_of(reader, now)
    form = {
        "what": asked.what.value,
        "whom": _whom(session, kit, asked),
        "since": asked.since or (_day(asked.until) or today - WEEK).isoformat(),
        "until": asked.until or today.isoformat(),
        "reason": asked.reason,
    }
    order = read(form, today)
    if isinstance(order, Refused):
        raise BetweenError(" ".join(_SAID[each] for each in order.faults))
    return place(session, kit, reader, order, now)


def _reader(session: Session, kit: Kit, by: str) -> Reader:
    found = staff_called(session, kit, by)
    reader = reader_of(session, kit, found.id)
    if reader is None:
        raise BetweenError(f"{found.name} works here no longer.")
    return reader


def _whom(session: Session, kit: Kit, asked: _Asked) -> str:
    if asked.group is not None:
        return f"group:{group_called(session, asked.group).id}"
    if asked.person is not None:
        return f"person:{person_called(session, kit, asked.person).id}"
    return "all"


def _what(format_: str, *, of_group: bool) -> What:
    found = FORMATS.get(format_.strip().casefold())
    if found is None:
        raise BetweenError(f"There is no format {format_}. There are: {', '.join(FORMATS)}.")
    return What.BRIEF if found is What.WEEK and of_group else found


def _day(text: str) -> date | None:
    """A week before the last day."""
    try:
        return date.fromisoformat(text) - WEEK
    except ValueError:
        return None


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """How far it has come, on the terminal's error stream."""
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("People", total=None)
        yield lambda done, of: progress.update(task, completed=done, total=of)


def _write(made: Made, out: Path) -> None:
    """Private from birth, and never over something that is there."""
    with made.file, _private(out) as to:
        copyfileobj(made.file, to)


def _private(out: Path) -> IO[bytes]:
    try:
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise BetweenError(f"{out} cannot be written ({error.strerror}).") from None
    return os.fdopen(handle, "wb")
