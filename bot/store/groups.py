"""The programme and its groups: name, track, weekly sessions, office hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.ids import new_id
from bot.store.prepared import Prepared
from bot.store.upsert import Upsert

QUIET_DAYS = 7
"""How long somebody is quiet before their therapists are told, where nobody chose otherwise."""
_p = tables.programme
_g = tables.care_group
_s = tables.group_session
_o = tables.office_hours
_SETTINGS = (
    *("name", "zone", "country", "export_as_file", "alerts_in_chat", "retention_days"),
    *("partner_pairs", "partner_notes"),
    *("open_backup_minutes", "open_lead_minutes", "closed_backup_minutes", "closed_lead_minutes"),
    "reviewed_only",
)
_SET_PROGRAMME = Upsert(_p, "id", replace=_SETTINGS)
_PROGRAMME = Prepared(select(_p))
_STAFF_CLOCK = (
    update(tables.participant)
    .where(tables.participant.c.standing == "staff")
    .values(zone=bindparam("to"))
)
_GROUPS = select(_g.c.id, _g.c.name, _g.c.track, _g.c.zone, _g.c.quiet_days).order_by(_g.c.name)
_GROUP = _GROUPS.where(_g.c.id == bindparam("group"))
_m = tables.member
_OF_PERSON = _GROUPS.join(_m, _m.c.group_id == _g.c.id).where(
    _m.c.participant_id == bindparam("person")
)
_TRACK_OF = Prepared(
    select(_g.c.track)
    .join(_m, _m.c.group_id == _g.c.id)
    .where(_m.c.participant_id == bindparam("person"))
)
_RENAME = update(_g).where(_g.c.id == bindparam("group")).values(name=bindparam("to"))
_HOLD = select(_g.c.id).where(_g.c.id == bindparam("group")).with_for_update()
_REMOVE = delete(_g).where(_g.c.id == bindparam("group"))
_SET_QUIET = update(_g).where(_g.c.id == bindparam("group")).values(quiet_days=bindparam("days"))
_SET_ZONE = update(_g).where(_g.c.id == bindparam("group")).values(zone=bindparam("to"))
_SET_TRACK = update(_g).where(_g.c.id == bindparam("group")).values(track=bindparam("to"))
_NO_SESSIONS = delete(_s).where(_s.c.group_id == bindparam("group"))
_NO_HOURS = delete(_o).where(_o.c.group_id == bindparam("group"))
_SESSIONS = (
    select(_s.c.weekday, _s.c.starts, _s.c.minutes)
    .where(_s.c.group_id == bindparam("group"))
    .order_by(_s.c.weekday, _s.c.starts)
)
_HOURS = (
    select(_o.c.weekday, _o.c.opens, _o.c.closes)
    .where(_o.c.group_id == bindparam("group"))
    .order_by(_o.c.weekday, _o.c.opens)
)


@dataclass(frozen=True, slots=True)
class Programme:
    """What the clinic chose. Minutes: after so long an alert nobody took goes to the back-up and
    then to the lead, while the clinic is open and while it is closed (clinical brief, D5).
    `reviewed_only`: exercises no clinician has signed are not offered; `partner_pairs`: pairs are
    proposed; `partner_notes`: partners may also send short notes."""

    name: str
    zone: str
    country: str | None = None
    export_as_file: bool = False
    alerts_in_chat: bool = True
    retention_days: int = 90
    partner_pairs: bool = False
    partner_notes: bool = False
    open_backup_minutes: int = 15
    open_lead_minutes: int = 30
    closed_backup_minutes: int = 30
    closed_lead_minutes: int = 60
    reviewed_only: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A therapy group; its times are counted in its IANA zone. After `quiet_days` of silence its
    therapists are told that somebody is quiet; 0: never."""

    id: UUID
    name: str
    track: str | None
    zone: str
    quiet_days: int = QUIET_DAYS


@dataclass(frozen=True, slots=True)
class SessionTime:
    """A weekly session: weekday 0 (Monday) to 6, local HH:MM, minutes."""

    weekday: int
    starts: str
    minutes: int = 90


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When entries are read: weekday 0 (Monday) to 6, local HH:MM to HH:MM."""

    weekday: int
    opens: str
    closes: str


def set_programme(session: Session, programme: Programme, now: datetime) -> None:
    """Keep the programme's settings; there is one programme. Its staff live by its clock: nobody
    asks them for another, and theirs would stay that of an older setting, or of the server."""
    settings = {name: getattr(programme, name) for name in _SETTINGS}
    _SET_PROGRAMME.execute(session.connection(), {"id": 1, "created_at": now, **settings})
    session.connection().execute(_STAFF_CLOCK, {"to": programme.zone})


def programme(session: Session) -> Programme | None:
    """The programme, once it was set up."""
    row = _PROGRAMME.first(session.connection(), {})
    return None if row is None else Programme(**{name: getattr(row, name) for name in _SETTINGS})


def add_group(
    session: Session,
    name: str,
    zone: str,
    now: datetime,
    *,
    track: str | None = None,
    sessions: tuple[SessionTime, ...] = (),
    hours: tuple[OfficeHours, ...] = (),
    quiet_days: int = QUIET_DAYS,
) -> Group:
    """Make a group. Raises IntegrityError where the name is taken."""
    group = Group(new_id(now), name, track, zone, quiet_days)
    row = {"id": group.id, "name": name, "track": track, "zone": zone, "created_at": now}
    row |= {"quiet_days": quiet_days}
    session.connection().execute(insert(_g), row)
    set_sessions(session, group.id, sessions, now)
    set_hours(session, group.id, hours, now)
    return group


def set_sessions(
    session: Session, group_id: UUID, sessions: Iterable[SessionTime], now: datetime
) -> None:
    """The group meets at these times and no others."""
    session.connection().execute(_NO_SESSIONS, {"group": group_id})
    for each in sessions:
        row = {"weekday": each.weekday, "starts": each.starts, "minutes": each.minutes}
        session.connection().execute(insert(_s), {"id": new_id(now), "group_id": group_id, **row})


def set_hours(
    session: Session, group_id: UUID, hours: Iterable[OfficeHours], now: datetime
) -> None:
    """The group's therapists read at these times and no others."""
    session.connection().execute(_NO_HOURS, {"group": group_id})
    for span in hours:
        row = {"weekday": span.weekday, "opens": span.opens, "closes": span.closes}
        session.connection().execute(insert(_o), {"id": new_id(now), "group_id": group_id, **row})


def rename(session: Session, group_id: UUID, name: str) -> None:
    """The group is called this from now on. Raises IntegrityError where the name is taken."""
    session.connection().execute(_RENAME, {"group": group_id, "to": name})


def hold(session: Session, group_id: UUID) -> None:
    """Nobody is given a place in it from here to the end of the transaction; whoever is being given
    one at this moment is waited for."""
    session.connection().execute(_HOLD, {"group": group_id})


def remove(session: Session, group_id: UUID) -> None:
    """The group is no more, and with it goes what was kept of it alone: its calendar, who looked
    after it, its invitations and assignments, its board. Raises IntegrityError while somebody has
    a place in it."""
    session.connection().execute(_REMOVE, {"group": group_id})


def set_zone(session: Session, group_id: UUID, zone: str) -> None:
    """The group's times are counted in this IANA zone."""
    session.connection().execute(_SET_ZONE, {"group": group_id, "to": zone})


def set_track(session: Session, group_id: UUID, track: str | None) -> None:
    """The group follows this track, or none."""
    session.connection().execute(_SET_TRACK, {"group": group_id, "to": track})


def set_quiet_days(session: Session, group_id: UUID, days: int) -> None:
    """After so many days of silence the group's therapists are told; 0: never."""
    session.connection().execute(_SET_QUIET, {"group": group_id, "days": days})


def groups(session: Session) -> list[Group]:
    """All groups, by name."""
    return [_group(row) for row in session.connection().execute(_GROUPS).all()]


def group(session: Session, group_id: UUID) -> Group | None:
    """One group."""
    row = session.connection().execute(_GROUP, {"group": group_id}).first()
    return None if row is None else _group(row)


def of_person(session: Session, person: UUID) -> Group | None:
    """The group somebody has or had a place in."""
    row = session.connection().execute(_OF_PERSON, {"person": person}).first()
    return None if row is None else _group(row)


def track_of(session: Session, person: UUID) -> str | None:
    """The track of this person's group; None without a group, or without a track."""
    return _TRACK_OF.scalar(session.connection(), {"person": person})


def sessions_of(session: Session, group_id: UUID) -> list[SessionTime]:
    """When the group meets."""
    rows = session.connection().execute(_SESSIONS, {"group": group_id}).all()
    return [SessionTime(row.weekday, row.starts, row.minutes) for row in rows]


def hours_of(session: Session, group_id: UUID) -> list[OfficeHours]:
    """When the group's therapists read."""
    rows = session.connection().execute(_HOURS, {"group": group_id}).all()
    return [OfficeHours(row.weekday, row.opens, row.closes) for row in rows]


def _group(row: Row[*tuple[Any, ...]]) -> Group:
    return Group(row.id, row.name, row.track, row.zone, row.quiet_days)
