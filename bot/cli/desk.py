"""What the set-up commands share: settings, the database, the words and keys, the programme."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import typer
from sqlmodel import Session

from bot.care.alias import same
from bot.catalog.problem import did_you_mean
from bot.cli.checked import name_of
from bot.config import Settings
from bot.errors import BetweenError
from bot.reports.qr import for_terminal
from bot.store import groups, members, people, staff
from bot.store.database import open_engine, refuse_unfit
from bot.store.groups import Group, Programme
from bot.store.invites import LIFE
from bot.store.people import Participant
from bot.store.staff import Staff
from bot.store.worker import Database
from bot.usecases.kit import Kit
from bot.wiring import Clock, make_kit, who_am_i

T = TypeVar("T")
HOURS = int(LIFE.total_seconds()) // 3600


@dataclass(frozen=True, slots=True)
class Desk:
    """One command at work: `now` is its moment."""

    kit: Kit
    now: datetime
    settings: Settings


def at_desk(work: Callable[[Session, Desk], T]) -> T:
    """Does something in one transaction. The bot may be running meanwhile.

    Raises BetweenError where the set-up is not complete.
    """
    settings = Settings()
    with database_of(settings) as database:
        now = Clock()()
        desk = Desk(make_kit(settings, now.date()), now, settings)
        return database.call(lambda session: work(session, desk))


@contextmanager
def database_of(settings: Settings) -> Iterator[Database]:
    """The database while a command works. BetweenError where its tables are not those of now."""
    refuse_unfit(settings.url)
    database = Database(open_engine(settings.url))
    try:
        yield database
    finally:
        database.engine.dispose()


def the_programme(session: Session) -> Programme:
    """The programme; BetweenError where there is none yet."""
    found = groups.programme(session)
    if found is None:
        raise BetweenError(
            "There is no programme yet. Run: between programme --name NAME --zone ZONE"
        )
    return found


def group_called(session: Session, name: str) -> Group:
    """The group of this name; BetweenError that lists the others where there is none."""
    known = groups.groups(session)
    for each in known:
        if each.name.casefold() == name_of(name).casefold():
            return each
    if not known:
        raise BetweenError("There is no group yet. Run: between group add NAME")
    raise BetweenError(f"There is no group “{name_of(name)}”. There are: {_listed(known)}.")


def person_called(session: Session, kit: Kit, wanted: str) -> Participant:
    """The participant of this alias or id; BetweenError where it is nobody, or several."""
    known: dict[UUID, str] = {
        member.person: member.alias or ""
        for group in groups.groups(session)
        for member in members.of_group(session, kit.vault, group.id)
    }
    name = name_of(wanted)
    alike = same(name)
    found = [
        who
        for who, alias in known.items()
        if str(who) == name.casefold() or (alike and same(alias) == alike)
    ]
    person = people.look(session, found[0]) if len(found) == 1 else None
    if person is None:
        many = "several people" if len(found) > 1 else "nobody"
        hint = "" if found else did_you_mean(name, filter(None, known.values()))
        raise BetweenError(
            f"“{name}” is {many} here.{hint} Aliases stand under My groups in a therapist’s chat."
            " The id of a person, which does, too, stands in the address of their page."
        )
    return person


def staff_called(session: Session, kit: Kit, wanted: str) -> Staff:
    """The member of staff of this name, e-mail address or id; BetweenError that lists them where
    there is none."""
    said = name_of(wanted).casefold()
    known = staff.everybody(session, kit.vault)
    for each in known:
        names = (str(each.id), each.id.hex, each.name.casefold(), (each.email or "").casefold())
        if said and said in names:
            return each
    if not known:
        raise BetweenError("Nobody works here yet. Run: between therapist add --name NAME")
    raise BetweenError(f"Nobody works here as “{name_of(wanted)}”. There are: {_listed(known)}.")


def _listed(known: Iterable[Group | Staff]) -> str:
    return ", ".join(each.name for each in known)


def bot_name(settings: Settings) -> str:
    """The bot's user name. Asked before anything is made, so that no invitation is lost."""
    if not settings.bot_token.get_secret_value():
        raise BetweenError("BOT_TOKEN is missing. Get one from @BotFather and put it in .env.")
    return asyncio.run(who_am_i(settings))


def show_invitation(name: str, code: str) -> None:
    """Prints a link and a picture to scan."""
    link = f"https://t.me/{name}?start={code}"
    typer.echo(for_terminal(link))
    typer.echo(link)
    typer.echo(f"It lets one person in, once, within {HOURS} hours.")
