"""The pages of alerts: what is open and on whose desk, one of them in full, taking and closing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from bot.catalog.risk import Tier
from bot.store import alerts, groups, members, staff, tellings
from bot.store.alerts import Alert
from bot.store.tellings import Notice
from bot.usecases import alert as alarms
from bot.usecases import alert_view
from bot.usecases.alert import LONGEST_NOTE, Coming
from bot.usecases.alert_view import Seen
from bot.usecases.kit import Kit
from bot.usecases.office.acting import scene_of
from bot.usecases.office.reader import NotYoursError, Reader, record

PAST = timedelta(days=90)
"""So far back closed alerts are listed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One alert in the list, without anything that was written. `taker` and `closer` are names, ""
    where there is none; `coming` is what happens next to one that nobody has taken."""

    id: UUID
    alias: str
    group: str
    tier: Tier
    not_meant: bool
    opened_at: datetime
    latest_at: datetime
    told: str
    taker: str
    taken_by: UUID | None
    taken_at: datetime | None
    is_mine: bool
    coming: Coming | None
    closer: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Listed:
    """What is open, the oldest first, and what was closed lately, the newest first."""

    open: tuple[Line, ...]
    closed: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of one member of staff: by `channel` chat or mail, and how it fared."""

    name: str
    channel: str
    at: datetime
    status: str


@dataclass(frozen=True, slots=True)
class Opened:
    """One alert in full: where it stands, what was written, who was told, the closing note."""

    line: Line
    person: UUID
    seen: Seen
    told: tuple[Told, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of closing one: closed, or why not ("empty", "long"; "grown": something new came
    since the page was drawn; "closed": somebody else has) with the alert once more."""

    why: str = ""
    opened: Opened | None = None


def listed(session: Session, kit: Kit, reader: Reader, now: datetime) -> Listed:
    """Every alert that is this reader's to see."""
    names = _Names(session, kit)
    going = [each for each in alerts.all_open(session) if may_open(session, reader, each)]
    over = alerts.closed_since(session, now - PAST)
    mine = [each for each in over if may_open(session, reader, each)]
    return Listed(
        tuple(_line(session, kit, reader, each, names, now) for each in going),
        tuple(_line(session, kit, reader, each, names, now) for each in mine),
    )


def opened(session: Session, kit: Kit, reader: Reader, alert_id: UUID, now: datetime) -> Opened:
    """One alert, on record as it is in the chat. Raises NotYoursError."""
    return _opened(session, kit, reader, _named(session, reader, alert_id), now)


def take(
    session: Session, kit: Kit, reader: Reader, alert_id: UUID, now: datetime, *, had: str = ""
) -> bool:
    """Takes it, as [I take it] does in the chat: the person and the others are told; or takes it
    over from the colleague whose id (hex) is in `had`. False where somebody else has it, or it is
    closed. Raises NotYoursError."""
    alert = _named(session, reader, alert_id)
    taker = alert.taken_by
    if alert.is_closed or taker == reader.id:
        return taker == reader.id
    if taker is not None and taker.hex != had:
        return False
    alarms.take(scene_of(session, kit, reader, now), alert)
    return True


def close(
    session: Session,
    kit: Kit,
    reader: Reader,
    alert_id: UUID,
    note: str,
    now: datetime,
    *,
    read_to: str = "",
) -> Outcome:
    """Closes it with the note that is required for it; `read_to` says up to which moment (ISO) its
    reader has seen it, "" where nobody knows. Raises NotYoursError."""
    alert = _named(session, reader, alert_id)
    if alert.closed_by == reader.id:  # pressed twice
        return Outcome()
    why = _against(alert, note, read_to)
    if why:
        return Outcome(why, _opened(session, kit, reader, alert, now))
    alarms.close(scene_of(session, kit, reader, now), alert, note.strip())
    return Outcome()


def _against(alert: Alert, note: str, read_to: str) -> str:
    """Why it is not closed; "" where it is."""
    if alert.is_closed:  # somebody was faster; their note stands
        return "closed"
    if not alarms.is_note(note):
        return "empty"
    if len(note.strip()) > LONGEST_NOTE:
        return "long"
    # Closed with what nobody has read, it would never be read.
    return "grown" if read_to and read_to != alert.latest_at.isoformat() else ""


def may_open(session: Session, reader: Reader, alert: Alert) -> bool:
    """Those of one's groups, and whichever one was told of (on call, or as the back-up) or has."""
    if reader.is_lead or (alert.group is not None and reader.may_see(alert.group)):
        return True
    return alert.taken_by == reader.id or alarms.was_told(session, alert, reader.id)


def _named(session: Session, reader: Reader, alert_id: UUID) -> Alert:
    found = alerts.get(session, alert_id)
    if found is None or not may_open(session, reader, found):
        raise NotYoursError("alert")
    return found


def _opened(session: Session, kit: Kit, reader: Reader, alert: Alert, now: datetime) -> Opened:
    names = _Names(session, kit)
    record(
        *(session, reader, alert.person, alarms.VIEWED, now),
        group=alert.group,
        reason=alert.source,
    )
    return Opened(
        line=_line(session, kit, reader, alert, names, now),
        person=alert.person,
        seen=alert_view.seen(scene_of(session, kit, reader, now), alert),
        told=tuple(_told(each, names) for each in tellings.of_alert(session, alert)),
        note=alerts.note_of(session, kit.vault, alert),
    )


def _line(
    session: Session, kit: Kit, reader: Reader, alert: Alert, names: "_Names", now: datetime
) -> Line:
    member = members.get(session, kit.vault, alert.person)
    group = groups.group(session, alert.group) if alert.group is not None else None
    return Line(
        id=alert.id,
        alias=(member.alias if member is not None else None) or "",
        group=group.name if group is not None else "",
        tier=alert.tier,
        not_meant=alert.not_meant,
        opened_at=alert.opened_at,
        latest_at=alert.latest_at,
        told=alert.told,
        taker=names.of(alert.taken_by),
        taken_by=alert.taken_by,
        taken_at=alert.taken_at,
        is_mine=alert.taken_by == reader.id,
        coming=alarms.coming(session, kit, alert, now),
        closer=names.of(alert.closed_by),
        closed_at=alert.closed_at,
    )


def _told(notice: Notice, names: "_Names") -> Told:
    return Told(names.of(notice.staff), notice.channel, notice.queued_at, notice.status or "")


class _Names:
    """Names of the staff, each read once; also of those who left."""

    def __init__(self, session: Session, kit: Kit) -> None:
        self._session, self._kit = session, kit
        self._known: dict[UUID, str] = {}

    def of(self, staff_id: UUID | None) -> str:
        """The name, "" for nobody."""
        if staff_id is None:
            return ""
        if staff_id not in self._known:
            found = staff.get(self._session, self._kit.vault, staff_id)
            self._known[staff_id] = found.name if found is not None else ""
        return self._known[staff_id]
