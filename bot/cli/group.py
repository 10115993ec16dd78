"""`between group`: the therapy groups, when they meet and when their therapists read."""

from typing import Annotated

import typer
from sqlmodel import Session

from bot.care.calendar import overlap, twice
from bot.care.silence import MOST, NEVER
from bot.cli.checked import DAYS, hours_of, number_of, session_of, text_of, zone_of
from bot.cli.desk import Desk, at_desk, group_called, the_programme
from bot.errors import BetweenError
from bot.store import groups, members, staff
from bot.store.groups import Group, OfficeHours, SessionTime
from bot.store.staff import Role
from bot.usecases import group_settings
from bot.usecases.group_settings import Holding

app = typer.Typer(help="Groups.", no_args_is_help=True)
QUIET_HELP = "Days of silence after which therapists are told; 0: never."


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="A name that says nothing about anybody.")],
    track: Annotated[
        str | None, typer.Option(help="Which track or workshop; see: between exercises tracks.")
    ] = None,
    zone: Annotated[str | None, typer.Option(help="If not the programme's.")] = None,
    session: Annotated[
        list[str] | None, typer.Option(help='"Thu 18:00 90": day, time, minutes. Several may be.')
    ] = None,
    hours: Annotated[
        list[str] | None,
        typer.Option(help='"Mon-Fri 09:00-17:00" (or -24:00): when therapists read.'),
    ] = None,
    quiet_after: Annotated[int, typer.Option(help=QUIET_HELP)] = groups.QUIET_DAYS,
) -> None:
    """Make a group."""
    called = text_of(name, "name")
    where = None if zone is None else zone_of(zone)
    times = tuple(session_of(each) for each in session or ())
    _refuse_twice(times)
    read = tuple(day for each in hours or () for day in hours_of(each))
    _refuse_overlap(read)
    quiet = number_of(quiet_after, "Days", NEVER, MOST)

    def work(session: Session, desk: Desk) -> Group:
        programme = the_programme(session)
        _refuse_taken(session, called)
        return groups.add_group(
            *(session, called, where or programme.zone, desk.now),
            track=_track(desk, track),
            sessions=times,
            hours=read,
            quiet_days=quiet,
        )

    made = at_desk(work)
    typer.echo(f"Made the group {made.name} ({made.zone}).")
    if not read:
        typer.echo(
            "It has no office hours: alerts go out at any hour, to whoever is on call, else to its"
            " therapists."
        )
    typer.echo(f'Next: between therapist add --name NAME --group "{made.name}"')


def _refuse_taken(session: Session, called: str, but: Group | None = None) -> None:
    for each in groups.groups(session):
        if each.name.casefold() == called.casefold() and each != but:
            raise BetweenError(f"There is a group {each.name} already.")


def _track(desk: Desk, name: str | None) -> str | None:
    """A track there is an overlay for. Raises BetweenError for any other."""
    tracks = desk.kit.library.tracks
    if name is None or name in tracks.names:
        return name
    known = ", ".join(tracks.names) or "none"
    raise BetweenError(f"There is no track “{name}”.{tracks.guess(name)} There are: {known}.")


def _refuse_twice(times: tuple[SessionTime, ...]) -> None:
    """Two sessions at one moment would be asked about twice."""
    found = twice((each.weekday, each.starts) for each in times)
    if found is not None:
        raise BetweenError(f"Two sessions begin on {DAYS[found[0]]} at {found[1]}.")


def _refuse_overlap(read: tuple[OfficeHours, ...]) -> None:
    day = overlap((each.weekday, each.opens, each.closes) for each in read)
    if day is not None:
        raise BetweenError(f"The office hours on {DAYS[day]} overlap.")


@app.command()
def quiet(
    name: Annotated[str, typer.Argument(help="The group.")],
    days: Annotated[int, typer.Argument(help=QUIET_HELP)],
) -> None:
    """After how many days of silence a group's therapists are told that somebody is quiet."""
    chosen = number_of(days, "Days", NEVER, MOST)

    def work(session: Session, _: Desk) -> Group:
        group = group_called(session, name)
        groups.set_quiet_days(session, group.id, chosen)
        return group

    group = at_desk(work)
    when = f"after {chosen} days of silence" if chosen else "never"
    typer.echo(f"The therapists of {group.name} are told {when}.")


@app.command()
def rename(
    name: Annotated[str, typer.Argument(help="The group.")],
    new: Annotated[str, typer.Argument(help="A name that says nothing about anybody.")],
) -> None:
    """Give a group another name. What was sent before keeps the old one."""
    called = text_of(new, "name")

    def work(session: Session, desk: Desk) -> Group:
        group = group_called(session, name)
        _refuse_taken(session, called, but=group)
        group_settings.rename(session, group, called, desk.now)
        return group

    before = at_desk(work)
    typer.echo(f"The group {before.name} is called {called} now.")


@app.command()
def remove(name: Annotated[str, typer.Argument(help="The group that is no more.")]) -> None:
    """Remove a group that nobody has a place in, with its calendar, invitations, assignments and
    board."""

    def work(session: Session, desk: Desk) -> tuple[Group, list[str]]:
        group = group_called(session, name)
        team = staff.of_group(session, desk.kit.vault, group.id)
        held = group_settings.remove(session, desk.kit, group, desk.now)
        if held:
            raise BetweenError(f"{group.name} cannot be removed. {_said_holding(held)}")
        idle = [
            each.name
            for each in team
            if each.role is Role.THERAPIST and not staff.groups_of(session, each.id)
        ]
        return group, idle

    group, idle = at_desk(work)
    typer.echo(f"The group {group.name} is no more; its open invitations are void.")
    for each in idle:
        typer.echo(
            f"{each} looks after no group now. Run: between therapist change --group, or remove"
        )


def _said_holding(held: Holding) -> str:
    """What has to end first, and how."""
    people = _many(held.here, "person", "people")
    finished = _many(held.finished, "person", "people")
    elsewhere = _many(held.elsewhere, "person waits", "people wait")
    unclosed = _many(held.alerts, "alert", "alerts")
    said = (
        f"It has {people}: a therapist ends their time under My groups, or sends away who waits to"
        " be confirmed."
        if held.here
        else "",
        f"What {finished} wrote who finished in it is still kept: until the retention time is over,"
        " or, as alumni, until they delete it or come into another group."
        if held.finished
        else "",
        f"{elsewhere} to be let into another group after finishing here, and would come back: a"
        " therapist of that group confirms them, or sends them away."
        if held.elsewhere
        else "",
        f"It has {unclosed} not closed: whoever has it closes it with a note."
        if held.alerts
        else "",
    )
    return " ".join(each for each in said if each)


def _many(many: int, one: str, more: str) -> str:
    return f"{many} {one if many == 1 else more}"


@app.command("list")
def list_() -> None:
    """List the groups: when they meet, when they are read, who looks after them, how many."""
    for line in at_desk(_lines) or ["There is no group yet. Run: between group add NAME"]:
        typer.echo(line)


def _lines(session: Session, desk: Desk) -> list[str]:
    lines: list[str] = []
    for group in groups.groups(session):
        team = staff.of_group(session, desk.kit.vault, group.id)
        people = members.of_group(session, desk.kit.vault, group.id)
        here = sum(each.confirmed_at is not None and not each.discharged_at for each in people)
        lines += [
            f"{group.name}{f' · {group.track}' if group.track else ''} · {group.zone}",
            f"  meets        {_said_sessions(groups.sessions_of(session, group.id))}",
            f"  read         {_said_hours(groups.hours_of(session, group.id))}",
            f"  therapists   {', '.join(each.name for each in team) or 'none'}",
            f"  members      {here}",
            f"  quiet        {_said_quiet(group)}",
        ]
    return lines


def _said_sessions(times: list[SessionTime]) -> str:
    said = (f"{DAYS[each.weekday]} {each.starts}, {each.minutes} minutes" for each in times)
    return "; ".join(said) or "no session is set"


def _said_hours(spans: list[OfficeHours]) -> str:
    said = (f"{DAYS[each.weekday]} {each.opens}-{each.closes}" for each in spans)
    return "; ".join(said) or "no office hours"


def _said_quiet(group: Group) -> str:
    return f"told after {group.quiet_days} days" if group.quiet_days else "nobody is told"
