"""The page of a group's settings: its calendar, who reads when, in which order, and who is away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from babel.dates import get_day_names
from sqlmodel import Session

from bot.care.away import Span, odd, ready
from bot.store import away, groups, staff
from bot.store.groups import Group, Programme
from bot.store.staff import Role
from bot.usecases import group_settings, out_of_office, returns
from bot.usecases.kit import Kit
from bot.usecases.office import typed
from bot.usecases.office.acting import scene_of
from bot.usecases.office.choosing import title
from bot.usecases.office.reader import NotYoursError, Reader, own_group_of, record
from bot.usecases.office.typed import Fields, UnfitError

WAITS = (
    *("open_backup_minutes", "open_lead_minutes"),
    *("closed_backup_minutes", "closed_lead_minutes"),
)
"""The settings of the programme that only the lead changes: minutes until an alert goes on."""
Rows = tuple[tuple[str, ...], ...]
"""A table of fields as text."""


@dataclass(frozen=True, slots=True)
class Mate:
    """One of those who look after the group; `until` is when somebody who is away reads again."""

    id: UUID
    name: str
    place: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything as it stands, or as it was typed where that could not be kept.

    `on_call` are the names of those who answer while the office is closed;
    `spans` are the ready ends of being away as they are said, on the clock of the zone `clock`;
    `gone` are those who are away by name, and until when; `cover` is who is there for the group
    meanwhile, "" where nobody is, and `uncalled` says that all who are on call are away. `stood`
    tells how each form stood, so that one from an older page overwrites nothing. `waits` are there
    for the lead only; `problem` is the sentence for the form called `part`.
    """

    id: UUID
    name: str
    sessions: Rows
    zone: str
    hours: Rows
    on_call: tuple[str, ...]
    team: tuple[Mate, ...]
    quiet_days: str
    track: str
    tracks: tuple[tuple[str, str], ...]
    spans: tuple[tuple[str, str], ...]
    clock: str
    gone: tuple[tuple[str, str], ...]
    cover: str
    uncalled: bool
    waits: Mapping[str, str]
    stood: Mapping[str, str] = field(default_factory=dict)
    part: str = ""
    problem: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


def settings(session: Session, kit: Kit, reader: Reader, group_id: UUID, now: datetime) -> Settings:
    """How everything stands. Raises NotYoursError."""
    group = own_group_of(session, reader, group_id)
    gone = away.everybody(session, now)
    team = staff.of_group(session, kit.vault, group.id)
    clock = returns.zone_of(session, reader.id)
    scene = scene_of(session, kit, reader, now)
    cover = returns.cover_of(session, kit, group.id, now)
    found = Settings(
        id=group.id,
        name=group.name,
        sessions=tuple(
            (str(each.weekday), each.starts, str(each.minutes))
            for each in groups.sessions_of(session, group.id)
        ),
        zone=group.zone,
        hours=tuple(
            (str(each.weekday), each.opens, each.closes)
            for each in groups.hours_of(session, group.id)
        ),
        on_call=tuple(each.name for each in staff.on_call(session, kit.vault)),
        team=tuple(
            Mate(each.id, each.name, str(place), gone.get(each.id))
            for place, each in enumerate(team, 1)
        ),
        quiet_days=str(group.quiet_days),
        track=group.track or "",
        tracks=tuple((name, title(kit, name, reader)) for name in kit.library.tracks.names),
        spans=tuple(
            (span.value, returns.moment(scene, end, clock))
            for span, end in ready(clock, now).items()
        ),
        clock=clock,
        gone=tuple(
            (each.name, returns.moment(scene, gone[each.id], clock))
            for each in staff.everybody(session, kit.vault)
            if each.id in gone and (each in team or each.id == reader.id)
        ),
        cover=cover.name if cover is not None else "",
        uncalled=returns.leaves_uncalled(session, kit, group.id, now),
        waits=_waits(session, reader),
    )
    return replace(found, stood=_stood(found))


def _stood(page: Settings) -> dict[str, str]:
    """Each form by what stands in it, in short."""
    places = tuple((each.id, each.place) for each in page.team)
    forms: dict[str, object] = {
        "calendar": (page.sessions, page.zone),
        "hours": page.hours,
        "order": places,
        "group": (page.quiet_days, page.track),
        "programme": sorted(page.waits.items()),
    }
    return {name: sha256(repr(each).encode()).hexdigest()[:16] for name, each in forms.items()}


def save(
    session: Session,
    kit: Kit,
    reader: Reader,
    group_id: UUID,
    part: str,
    form: Fields,
    now: datetime,
) -> Settings | None:
    """Keeps what one form brought; the page with a sentence and what was typed where that cannot
    be. Raises NotYoursError, also for what is the lead's to change."""
    group = own_group_of(session, reader, group_id)
    if part not in PARTS:
        raise NotYoursError("settings")
    before = settings(session, kit, reader, group_id, now)
    if _is_older(before, part, form):
        sentence = kit.words.word(reader.language, "office_settings.problems.stood")
        return replace(before, part=part, problem=sentence)
    at_work = _Work(session, kit, reader, group, form, now)
    try:
        PARTS[part](at_work)
    except UnfitError as unfit:
        return _as_typed(before, part, form, _sentence(kit, reader, unfit))
    if part != "away":  # that is on record as what it is
        record(session, reader, None, f"settings.{part}", now, group=group.id, reason=group.id.hex)
    return None


def _is_older(now: Settings, part: str, form: Fields) -> bool:
    """Whether the form is from a page that shows what stands no more; pressed twice, it is what it
    has brought itself."""
    stands = now.stood.get(part, "")
    if form.get("stood", "") in ("", stands):
        return False
    return _stood(_as_typed(now, part, form, "")).get(part, "") != stands


@dataclass(frozen=True, slots=True)
class _Work:
    """One form at work."""

    session: Session
    kit: Kit
    reader: Reader
    group: Group
    form: Fields
    now: datetime


def _calendar(at: _Work) -> None:
    sessions = typed.sessions(typed.rows(at.form, "weekday", "starts", "minutes"))
    zone = typed.zone(at.form, at.reader.language)
    group_settings.set_calendar(at.session, at.kit, at.group, sessions, zone, at.now)


def _hours(at: _Work) -> None:
    read = typed.hours(typed.rows(at.form, "weekday", "opens", "closes"))
    groups.set_hours(at.session, at.group.id, read, at.now)


def _order(at: _Work) -> None:
    team = staff.of_group(at.session, at.kit.vault, at.group.id)
    staff.set_order(at.session, at.group.id, typed.order(at.form, (each.id for each in team)))


def _group(at: _Work) -> None:
    days, track = typed.days(at.form), at.form.get("track", "") or None
    if track is not None and track not in at.kit.library.tracks.names:
        raise UnfitError("track")
    groups.set_quiet_days(at.session, at.group.id, days)
    if track != at.group.track:
        group_settings.set_track(at.session, at.kit, at.group, track, at.now)


def _programme(at: _Work) -> None:
    before = groups.programme(at.session)
    if at.reader.role is not Role.LEAD or before is None:
        raise NotYoursError("programme")
    changes: dict[str, Any] = dict(typed.waits(at.form, WAITS))
    after = replace(before, **changes)
    when = group_settings.hurried_lead(after)
    if when is not None:
        raise UnfitError(f"hurried_{when}")
    groups.set_programme(at.session, after, at.now)


def _away(at: _Work) -> None:
    """Oneself; the lead may say it for somebody who cannot."""
    team = staff.of_group(at.session, at.kit.vault, at.group.id)
    named = at.form.get("who", at.reader.id.hex)
    known = {each.id.hex: each.id for each in team} | {at.reader.id.hex: at.reader.id}
    who = known.get(named)
    if who is None or (who != at.reader.id and at.reader.role is not Role.LEAD):
        raise NotYoursError("away")
    scene = scene_of(at.session, at.kit, at.reader, at.now)
    chosen = at.form.get("span", "")
    if chosen == "back":
        out_of_office.come_back(scene, who)
        return
    clock = returns.zone_of(at.session, at.reader.id)
    spans = ready(clock, at.now)
    end = (
        spans.get(Span(chosen))
        if chosen in set(Span)
        else typed.moment(at.form.get("until", ""), clock)
    )
    if end is None:
        raise UnfitError("moment")
    why = odd(end, at.now)
    if why is not None:
        raise UnfitError(f"away_{why}")
    out_of_office.leave(scene, who, end)


PARTS: Mapping[str, Callable[[_Work], None]] = {
    "calendar": _calendar,
    "hours": _hours,
    "order": _order,
    "group": _group,
    "programme": _programme,
    "away": _away,
}
"""What each form of the page changes."""


def _waits(session: Session, reader: Reader) -> dict[str, str]:
    found: Programme | None = groups.programme(session)
    if reader.role is not Role.LEAD or found is None:
        return {}
    return {name: str(getattr(found, name)) for name in WAITS}


def _as_typed(page: Settings, part: str, form: Fields, problem: str) -> Settings:
    """The page with the fields of one form as they were sent."""

    def kept(name: str, usual: str) -> str:
        return form.get(name, usual)[: typed.LONGEST_TYPED]

    page = replace(page, part=part, problem=problem)
    match part:
        case "calendar":
            rows = typed.rows(form, "weekday", "starts", "minutes")
            return replace(page, sessions=rows, zone=kept("zone", page.zone))
        case "hours":
            return replace(page, hours=typed.rows(form, "weekday", "opens", "closes"))
        case "order":
            team = (
                replace(each, place=kept(f"place.{each.id.hex}", each.place)) for each in page.team
            )
            return replace(page, team=tuple(team))
        case "group":
            days, track = kept("quiet_days", page.quiet_days), kept("track", page.track)
            return replace(page, quiet_days=days, track=track)
        case "programme":
            waits = {name: kept(name, usual) for name, usual in page.waits.items()}
            return replace(page, waits=waits)
    return replace(page, extra={"until": kept("until", ""), "who": kept("who", "")})


def _sentence(kit: Kit, reader: Reader, unfit: UnfitError) -> str:
    values = dict(unfit.values)
    weekday = values.get("weekday")
    if isinstance(weekday, int):
        values["weekday"] = get_day_names("wide", locale=reader.language)[weekday]
    return kit.words.word(reader.language, f"office_settings.problems.{unfit.code}", **values)
