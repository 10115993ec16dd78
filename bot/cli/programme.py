"""`between programme`: what the clinic has chosen, shown or changed."""

from dataclasses import replace
from typing import Annotated, Any

import typer
from sqlmodel import Session

from bot.care.calendar import LONGEST_WAIT
from bot.cli.checked import country_of, number_of, text_of, zone_of
from bot.cli.desk import Desk, at_desk, the_programme
from bot.errors import BetweenError
from bot.store import groups
from bot.store.groups import Programme
from bot.usecases.group_settings import hurried_lead

LONGEST_RETENTION = 3650


def _after(when: str, who: str) -> Any:
    return typer.Option(
        help=f"{when}, an alert nobody has taken goes to the {who} after so many minutes."
    )


def programme(
    name: Annotated[str | None, typer.Option(help="What the programme is called.")] = None,
    zone: Annotated[str | None, typer.Option(help="Its time zone: America/New_York …")] = None,
    country: Annotated[
        str | None,
        typer.Option(
            help="Whose help lines people see until they say where they are: US, GB, ES …"
        ),
    ] = None,
    retention_days: Annotated[
        int | None, typer.Option(help="Days that entries are kept after discharge.")
    ] = None,
    alerts_in_chat: Annotated[
        bool | None,
        typer.Option(
            "--alerts-in-chat/--no-alerts-in-chat", help="Show alerts in the chat behind the PIN."
        ),
    ] = None,
    export_as_file: Annotated[
        bool | None,
        typer.Option(
            "--export-as-file/--no-export-as-file", help="Send exports into the chat as a file."
        ),
    ] = None,
    reviewed_only: Annotated[
        bool | None,
        typer.Option(
            "--reviewed-only/--drafts-too",
            help="Offer only exercises that a clinician has signed, or drafts as well.",
        ),
    ] = None,
    partner_pairs: Annotated[
        bool | None,
        typer.Option(
            "--partner-pairs/--no-partner-pairs", help="Propose pairs, for therapists to approve."
        ),
    ] = None,
    partner_notes: Annotated[
        bool | None,
        typer.Option(
            "--partner-notes/--no-partner-notes", help="Let partners send short, screened notes."
        ),
    ] = None,
    open_backup_minutes: Annotated[
        int | None, _after("While the office is open", "back-up")
    ] = None,
    open_lead_minutes: Annotated[int | None, _after("While the office is open", "lead")] = None,
    closed_backup_minutes: Annotated[int | None, _after("While it is closed", "back-up")] = None,
    closed_lead_minutes: Annotated[int | None, _after("While it is closed", "lead")] = None,
) -> None:
    """Show the programme's settings; with options, change them."""
    given: dict[str, Any] = {
        "name": None if name is None else text_of(name, "name"),
        "zone": None if zone is None else zone_of(zone),
        "country": None if country is None else country_of(country),
        "alerts_in_chat": alerts_in_chat,
        "export_as_file": export_as_file,
        "reviewed_only": reviewed_only,
        "partner_pairs": partner_pairs,
        "partner_notes": partner_notes,
        "retention_days": _number(retention_days, "Retention days", 0, LONGEST_RETENTION),
        "open_backup_minutes": _minutes(open_backup_minutes),
        "open_lead_minutes": _minutes(open_lead_minutes),
        "closed_backup_minutes": _minutes(closed_backup_minutes),
        "closed_lead_minutes": _minutes(closed_lead_minutes),
    }
    changes = {key: value for key, value in given.items() if value is not None}
    for line in at_desk(lambda session, desk: _set(session, desk, changes)):
        typer.echo(line)


def _number(value: int | None, what: str, low: int, high: int) -> int | None:
    return None if value is None else number_of(value, what, low, high)


def _minutes(value: int | None) -> int | None:
    return _number(value, "Minutes", 1, LONGEST_WAIT)


def _set(session: Session, desk: Desk, changes: dict[str, Any]) -> list[str]:
    if not changes:
        return _shown(the_programme(session), desk)
    before = groups.programme(session)
    if before is None and not {"name", "zone"} <= changes.keys():
        raise BetweenError("A new programme needs a --name and a --zone.")
    after = Programme(**changes) if before is None else replace(before, **changes)
    when = hurried_lead(after)
    if when is not None:
        raise BetweenError(
            f"The lead must hear of it later than the back-up: --{when}-backup-minutes must be"
            f" less than --{when}-lead-minutes."
        )
    groups.set_programme(session, after, desk.now)
    return _shown(after, desk)


def _shown(found: Programme, desk: Desk) -> list[str]:
    way = "in the chat, behind the PIN" if found.alerts_in_chat else "on the page only"
    export = "a file in the chat" if found.export_as_file else "a private page that opens once"
    return [
        found.name,
        f"  time zone    {found.zone}",
        f"  country      {_country(found, desk)}",
        f"  retention    {found.retention_days} days after discharge",
        f"  export       {export}",
        f"  exercises    {'reviewed ones only' if found.reviewed_only else 'drafts too'}",
        f"  alerts       {way}",
        f"  partners     {_partners(found)}",
        _alerts("open", found.open_backup_minutes, found.open_lead_minutes),
        _alerts("closed", found.closed_backup_minutes, found.closed_lead_minutes),
    ]


def _country(found: Programme, desk: Desk) -> str:
    """The country, and what its help lines lack: a clinic must know what its people will read."""
    if found.country is None:
        return "each person chooses"
    here = desk.kit.helplines.for_country(found.country)
    no_number = here.emergency is None or not here.emergency.numbers
    no_line = all(line.is_list for line in here.shown("en"))
    lacks = " and no ".join(
        what for what, is_so in (("emergency number", no_number), ("help line", no_line)) if is_so
    )
    if not lacks:
        return found.country
    return f"{found.country} (no {lacks} in helplines.yaml that somebody has checked)"


def _partners(found: Programme) -> str:
    if not found.partner_pairs:
        return "no pairs (short notes once there are)" if found.partner_notes else "no pairs"
    return "pairs, with short notes" if found.partner_notes else "pairs, ready-made phrases only"


def _alerts(when: str, backup: int, lead: int) -> str:
    return f"    {when:<10} to the back-up after {backup} minutes, to the lead after {lead}"
