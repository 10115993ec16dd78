"""`between therapist`: who works here, by which invitation, and who no longer does."""

from typing import Annotated

import typer
from sqlmodel import Session

from bot.cli.checked import email_of, name_of, number_of, text_of
from bot.cli.desk import Desk, at_desk, bot_name, group_called, show_invitation, the_programme
from bot.config import Settings
from bot.errors import BetweenError
from bot.store import groups, invites, people, second_factors, staff
from bot.store.staff import Role, Staff
from bot.usecases import alert as alarms
from bot.usecases import staff_commands
from bot.usecases.alert import HandedOn
from bot.usecases.office import factor

LAST_PLACE = 99
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
        raise BetweenError("A therapist needs a --group; only a --lead may do without.")
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
        who = _called(session, desk, name)
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

    def work(session: Session, desk: Desk) -> tuple[list[str], list[str], HandedOn]:
        who, there = _called(session, desk, name), _there(session, desk)
        others = [each for each in staff.everybody(session, desk.kit.vault) if each.id != who.id]
        _refuse_taken(others, place)
        left = [group_called(session, each) for each in leave or ()]
        for each in group or ():
            staff.join_group(session, desk.kit.vault, who.id, group_called(session, each).id)
        for gone in left:
            staff.leave_group(session, who.id, gone.id)
            invites.void_into(session, who.id, gone.id)
        if lead is not None:
            staff.set_role(session, who.id, Role.LEAD if lead else Role.THERAPIST)
        if address is not None:
            staff.set_email(session, desk.kit.vault, who.id, address)
        if place is not None:
            staff.set_on_call(session, who.id, place or None)
        now = _called(session, desk, name)
        if now.role is Role.THERAPIST and not staff.groups_of(session, who.id):
            raise BetweenError("A therapist needs a --group; only a --lead may do without.")
        alone = [each.name for each in left if not staff.of_group(session, desk.kit.vault, each.id)]
        theirs = {each.id for each in left} if now.role is Role.THERAPIST else set()
        handed_on = alarms.let_go(session, desk.kit, who.id, desk.now, theirs)
        if group or lead or place:
            alarms.look_again(session, desk.now)
        lost = _lost(there, _there(session, desk))
        return _described(session, now), [*lost, *map(_unattended, alone)], handed_on

    lines, alone, handed_on = at_desk(work)
    for line in lines:
        typer.echo(line)
    for each in _said_handed_on(handed_on):
        typer.echo(each)
    for each in alone:
        typer.echo(each)


def _there(session: Session, desk: Desk) -> tuple[bool, bool]:
    """Whether somebody is on call, and whether somebody leads the programme."""
    vault = desk.kit.vault
    return bool(staff.on_call(session, vault)), bool(staff.leads(session, vault))


def _lost(before: tuple[bool, bool], after: tuple[bool, bool]) -> list[str]:
    """What there was and is not any more, for alerts to go to."""
    on_call = (
        "Nobody is on call now: while the office is closed an alert waits for its opening. Run:"
        " between therapist change NAME --on-call 1"
    )
    lead = (
        "Nobody leads the programme now: an alert the therapists do not take goes no further. Run:"
        " between therapist change NAME --lead"
    )
    told = (on_call, lead)
    return [each for each, was, is_now in zip(told, before, after, strict=True) if was > is_now]


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


def _unattended(group: str) -> str:
    return f"Nobody looks after {group} now. Run: between therapist add, or change --group"


@app.command()
def reviewer(
    name: Annotated[str, typer.Argument(help="Somebody who works here.")],
    off: Annotated[bool, typer.Option("--off", help="No longer.")] = False,
) -> None:
    """Let somebody try exercises as files in the chat, and choose on the pages what a track
    offers."""

    def work(session: Session, desk: Desk) -> str:
        who = _called(session, desk, name)
        staff.set_reviewer(session, who.id, not off)
        return who.name

    called = at_desk(work)
    now = "no longer tries exercises sent as files" if off else "may try exercises sent as files"
    typer.echo(f"{called} {now}.")


@app.command("list")
def list_() -> None:
    """List who works here, and whether the bot can reach them."""
    for line in at_desk(_lines) or ["Nobody yet. Run: between therapist add --name NAME"]:
        typer.echo(line)


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

    def work(session: Session, desk: Desk) -> tuple[str, list[str], HandedOn]:
        who, there = _called(session, desk, name), _there(session, desk)
        theirs = staff.groups_of(session, who.id)
        staff.remove(session, who.id)
        second_factors.forget(session, who.id)
        invites.void(session, who.id)
        staff_commands.withdraw(session, desk.kit, who.id, desk.now)
        handed_on = alarms.let_go(session, desk.kit, who.id, desk.now)
        left = [
            _unattended(each.name)
            for each in groups.groups(session)
            if each.id in theirs and not staff.of_group(session, desk.kit.vault, each.id)
        ]
        return who.name, [*_lost(there, _there(session, desk)), *left], handed_on

    called, alone, handed_on = at_desk(work)
    typer.echo(f"{called} works here no longer: the bot tells them nothing of anybody.")
    for each in _said_handed_on(handed_on):
        typer.echo(each)
    for each in alone:
        typer.echo(each)


@app.command("reset-factor")
def reset_factor(
    name: Annotated[str, typer.Argument(help="Who lost their phone and their recovery codes.")],
) -> None:
    """Forget somebody's second factor: they set up a new one when they next sign in.

    Make sure first that it is they who ask: with this, their Telegram account alone lets in.
    """

    def work(session: Session, desk: Desk) -> str:
        who = _called(session, desk, name)
        factor.reset(session, who.id, desk.now)
        return who.name

    called = at_desk(work)
    typer.echo(f"{called} has no second factor now, and is signed out everywhere.")


def _called(session: Session, desk: Desk, name: str) -> Staff:
    known = staff.everybody(session, desk.kit.vault)
    for each in known:
        if each.name.casefold() == name_of(name).casefold():
            return each
    if not known:
        raise BetweenError("Nobody works here yet. Run: between therapist add --name NAME")
    there = ", ".join(each.name for each in known)
    raise BetweenError(f"Nobody works here as “{name_of(name)}”. There are: {there}.")
