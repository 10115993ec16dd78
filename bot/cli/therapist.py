"""`between therapist`: who works here, by which invitation, and who no longer does."""

from typing import Annotated

import typer
from sqlmodel import Session

from bot.cli.checked import email_of, number_of, text_of
from bot.cli.desk import (
    Desk,
    at_desk,
    bot_name,
    group_called,
    show_invitation,
    staff_called,
    the_programme,
)
from bot.config import Settings
from bot.errors import BetweenError
from bot.store import groups, invites, people, staff
from bot.store.staff import Role, Staff
from bot.usecases import alert as alarms
from bot.usecases import staffing
from bot.usecases.alert import HandedOn
from bot.usecases.office import factor
from bot.usecases.staffing import After, Changes, Missing

LAST_PLACE = 99
_NO_GROUP = "A therapist needs a --group; only a --lead may do without."
_MISSING = {
    Missing.ON_CALL: (
        "Nobody is on call now: while the office is closed an alert waits for its opening. Run:"
        " between therapist change NAME --on-call 1"
    ),
    Missing.LEAD: (
        "Nobody leads the programme now: an alert the therapists do not take goes no further. Run:"
        " between therapist change NAME --lead"
    ),
}
app = typer.Typer(help="Therapists and the lead.", no_args_is_help=True)


@app.command()
def add(
    name: Annotated[str, typer.Option(help="As participants know them: Dr Rivera.")],
    group: Annotated[list[str] | None, typer.Option(help="Their group. Several may be.")] = None,
    email: Annotated[str | None, typer.Option(help="For alerts that the chat misses.")] = None,
    lead: Annotated[bool, typer.Option("--lead", help="They lead the programme.")] = False,
    on_call: Annotated[
        int | None, typer.Option(help="Their place on call while the clinic is closed, 1 first.")
    ] = None,
    reviewer: Annotated[
        bool,
        typer.Option(
            "--reviewer", help="They may try exercises as files, and choose what a track offers."
        ),
    ] = False,
) -> None:
    """Prepare a place for somebody and print their invitation."""
    called = text_of(name, "name")
    address = None if email is None else email_of(email)
    place = None if on_call is None else number_of(on_call, "The place on call", 1, LAST_PLACE)
    if not group and not lead:
        raise BetweenError(_NO_GROUP)
    bot = bot_name(Settings())

    def work(session: Session, desk: Desk) -> str:
        the_programme(session)
        known = staff.everybody(session, desk.kit.vault)
        if any(each.name.casefold() == called.casefold() for each in known):
            raise BetweenError(f"{called} is here already. Run: between therapist change")
        _refuse_taken(known, place)
        made = staff.add_staff(
            *(session, desk.kit.vault, called, Role.LEAD if lead else Role.THERAPIST, desk.now),
            email=address,
            groups=tuple({group_called(session, each).id: None for each in group or ()}),
            on_call_place=place,
            reviewer=reviewer,
        )
        alarms.look_again(session, desk.now)
        return invites.invite(session, desk.kit.vault, desk.now, staff=made.id)

    code = at_desk(work)
    typer.echo(f"An invitation for {called}, to be opened on their own phone:")
    show_invitation(bot, code)


def _refuse_taken(known: list[Staff], place: int | None) -> None:
    for each in known:
        if place is not None and each.on_call_place == place:
            raise BetweenError(f"{each.name} has place {place} on call already.")


@app.command()
def invite(name: Annotated[str, typer.Argument(help="Somebody whose place is prepared.")]) -> None:
    """Print a new invitation: the old one was too old, or they have a new phone. Any that was not
    opened yet becomes void."""
    bot = bot_name(Settings())

    def work(session: Session, desk: Desk) -> tuple[str, str]:
        who = staff_called(session, desk.kit, name)
        invites.void_place(session, who.id)
        return who.name, invites.invite(session, desk.kit.vault, desk.now, staff=who.id)

    called, code = at_desk(work)
    typer.echo(f"An invitation for {called}, to be opened on their own phone:")
    show_invitation(bot, code)


@app.command()
def change(
    name: Annotated[str, typer.Argument(help="Somebody who works here.")],
    group: Annotated[
        list[str] | None, typer.Option(help="A group they look after as well. Several may be.")
    ] = None,
    leave: Annotated[
        list[str] | None, typer.Option(help="A group they look after no longer. Several may be.")
    ] = None,
    email: Annotated[str | None, typer.Option(help="For alerts that the chat misses.")] = None,
    lead: Annotated[
        bool | None, typer.Option("--lead/--no-lead", help="They lead the programme, or no longer.")
    ] = None,
    on_call: Annotated[
        int | None, typer.Option(help="Their place on call, 1 first; 0: no longer on call.")
    ] = None,
) -> None:
    """Change somebody's groups, address, role or place on call; what is not named stays. Of a group
    they leave their open invitations become void, and the next in the order is told of open alerts,
    unless they lead the programme."""
    address = None if email is None else email_of(email)
    place = None if on_call is None else number_of(on_call, "The place on call", 0, LAST_PLACE)

    def work(session: Session, desk: Desk) -> tuple[list[str], After]:
        who = staff_called(session, desk.kit, name)
        others = [each for each in staff.everybody(session, desk.kit.vault) if each.id != who.id]
        _refuse_taken(others, place)
        joins = tuple(group_called(session, each).id for each in group or ())
        leaves = tuple(group_called(session, each).id for each in leave or ())
        leads = (who.role is Role.LEAD) if lead is None else lead
        if not leads and not {*staff.groups_of(session, who.id), *joins} - {*leaves}:
            raise BetweenError(_NO_GROUP)
        changes = Changes(joins, leaves, address, lead, place)
        after = staffing.change(session, desk.kit, who, changes, desk.now)
        changed = staff.get(session, desk.kit.vault, who.id)
        return _described(session, changed or who), after

    lines, after = at_desk(work)
    _say(*lines, *_said(after))


def _said(after: After) -> list[str]:
    """What has to be looked at now."""
    return [
        *_said_handed_on(after.handed_on),
        *(_MISSING[each] for each in after.missing),
        *(
            f"Nobody looks after {each} now. Run: between therapist add, or change --group"
            for each in after.unattended
        ),
    ]


def _say(*lines: str) -> None:
    for line in lines:
        typer.echo(line)


def _said_handed_on(handed_on: HandedOn) -> list[str]:
    """What became of the alerts of somebody who is gone."""
    at_once = f"Open alerts of theirs that go on to the next now: {handed_on.at_once}."
    waiting = (
        "Open alerts of theirs that nobody is told of before the office opens:"
        f" {handed_on.waiting}."
        " Call the lead or a therapist yourself, or put somebody on call, who is told at once. Run:"
        " between therapist change NAME --on-call 1"
    )
    return [*([at_once] if handed_on.at_once else []), *([waiting] if handed_on.waiting else [])]


@app.command()
def reviewer(
    name: Annotated[str, typer.Argument(help="Somebody who works here.")],
    off: Annotated[bool, typer.Option("--off", help="No longer.")] = False,
) -> None:
    """Let somebody try exercises as files in the chat, and choose on the pages what a track
    offers."""

    def work(session: Session, desk: Desk) -> str:
        who = staff_called(session, desk.kit, name)
        staffing.change(session, desk.kit, who, Changes(reviewer=not off), desk.now)
        return who.name

    called = at_desk(work)
    now = "no longer tries exercises sent as files" if off else "may try exercises sent as files"
    typer.echo(f"{called} {now}.")


@app.command("list")
def list_() -> None:
    """List who works here, and whether the bot can reach them."""
    _say(*(at_desk(_lines) or ["Nobody yet. Run: between therapist add --name NAME"]))


def _lines(session: Session, desk: Desk) -> list[str]:
    everybody = staff.everybody(session, desk.kit.vault)
    return [line for each in everybody for line in _described(session, each)]


def _described(session: Session, who: Staff) -> list[str]:
    known = {each.id: each.name for each in groups.groups(session)}
    theirs = [known[group] for group in staff.groups_of(session, who.id)]
    return [
        f"{who.name} · {who.role.value} · {_reached(session, who)}",
        f"  groups       {', '.join(theirs) or 'none'}",
        f"  e-mail       {who.email or 'none'}",
        f"  on call      {'no' if who.on_call_place is None else who.on_call_place}",
        *(["  reviewer     yes"] if who.reviewer else []),
    ]


def _reached(session: Session, who: Staff) -> str:
    person = people.get(session, who.id)
    if person is None:
        return "has not opened the invitation yet"
    return "in the chat" if person.reachable else "cannot be reached: they have blocked the bot"


@app.command()
def remove(name: Annotated[str, typer.Argument(help="Who works here no longer.")]) -> None:
    """End somebody's work here at once: their open invitations become void, and the next in the
    order is told of the alerts they had taken and not closed."""

    def work(session: Session, desk: Desk) -> tuple[str, After]:
        who = staff_called(session, desk.kit, name)
        return who.name, staffing.remove(session, desk.kit, who, desk.now)

    called, after = at_desk(work)
    _say(f"{called} works here no longer: the bot tells them nothing of anybody.", *_said(after))


@app.command("reset-factor")
def reset_factor(
    name: Annotated[str, typer.Argument(help="Who lost their phone and their recovery codes.")],
) -> None:
    """Forget somebody's second factor: they set up a new one when they next sign in.

    Make sure first that it is they who ask: with this, their Telegram account alone lets in.
    """

    def work(session: Session, desk: Desk) -> str:
        who = staff_called(session, desk.kit, name)
        factor.reset(session, who.id, desk.now)
        return who.name

    called = at_desk(work)
    typer.echo(f"{called} has no second factor now, and is signed out everywhere.")
