"""The ledger of what partners send each other: counted by direction and the receiver's date.

A note waits sealed under the receiver's key, so that it goes when the receiver goes.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.ids import new_id
from bot.store.upsert import Upsert
from bot.store.vault import Place, Vault

A_DAY = 3
"""So many may arrive in one direction on one date of the receiver (feature C5)."""

_t = tables.nudge
_o = tables.outbox
_ADD = Upsert(_t, "pair_id", "giver_id", "day", "place")
_COUNT = select(func.count()).where(
    _t.c.pair_id == bindparam("pair"),
    _t.c.giver_id == bindparam("giver"),
    _t.c.day == bindparam("on", type_=_t.c.day.type),
)
_SAID = _COUNT.where(_t.c.phrase == bindparam("phrase"))
_SAID_SINCE = _SAID.where(_t.c.at > bindparam("since", type_=_t.c.at.type))
_GET = select(
    *(_t.c.id, _t.c.pair_id, _t.c.giver_id, _t.c.day, _t.c.phrase, _t.c.sealed_note, _t.c.at)
).where(_t.c.id == bindparam("nudge"))
_FORGET = update(_t).where(_t.c.id == bindparam("nudge")).values(sealed_note=None)
_UNCERTAIN = (
    select(func.count()).select_from(_o).where(_o.c.key.like("nudge.%"), _o.c.status == "uncertain")
)


@dataclass(frozen=True, slots=True)
class Nudge:
    """One phrase (by its id) or note, from whom, in which pair, for which date of the receiver."""

    id: UUID
    pair: UUID
    giver: UUID
    day: date
    phrase: str | None
    sealed_note: bytes | None
    at: datetime

    @property
    def key(self) -> str:
        """What makes its message exist once."""
        return f"nudge.{self.id.hex}"


def add(
    session: Session,
    vault: Vault,
    pair: UUID,
    two: tuple[UUID, UUID],
    day: date,
    now: datetime,
    *,
    phrase: str | None = None,
    note: str | None = None,
) -> Nudge | None:
    """Keeps one more from the first of the two to the second; None where the day is full."""
    giver, receiver = two
    place = left(session, pair, giver, day)
    if place == 0:
        return None
    nudge_id = new_id(now)
    sealed = None
    if note is not None:
        sealed = vault.seal(session, receiver, _place(nudge_id), note.encode())
    row = {
        "id": nudge_id,
        "pair_id": pair,
        "giver_id": giver,
        "day": day,
        "at": now,
        "place": A_DAY - place + 1,
        "phrase": phrase,
        "sealed_note": sealed,
    }
    if not _ADD.execute(session.connection(), row):
        return None  # another device was quicker, and took the place
    return Nudge(nudge_id, pair, giver, day, phrase, sealed, now)


def left(session: Session, pair: UUID, giver: UUID, day: date) -> int:
    """How many may still go in this direction on that date of the receiver."""
    asked = {"pair": pair, "giver": giver, "on": day}
    used = session.connection().execute(_COUNT, asked).scalar_one()
    return max(0, A_DAY - int(used))


def was_said(
    session: Session,
    pair: UUID,
    giver: UUID,
    day: date,
    phrase: str,
    since: datetime | None = None,
) -> bool:
    """Whether this phrase went in this direction for that date of the receiver already, at all or
    after `since`."""
    asked = {"pair": pair, "giver": giver, "on": day, "phrase": phrase, "since": since}
    which = _SAID if since is None else _SAID_SINCE
    return bool(session.connection().execute(which, asked).scalar_one())


def get(session: Session, nudge: UUID) -> Nudge | None:
    """One nudge."""
    row = session.connection().execute(_GET, {"nudge": nudge}).first()
    if row is None:
        return None
    return Nudge(*(row.id, row.pair_id, row.giver_id, row.day, row.phrase, row.sealed_note, row.at))


def note_of(session: Session, vault: Vault, nudge: Nudge, receiver: UUID) -> str | None:
    """The words of a note, None for a phrase. They are forgotten once the message is queued."""
    if nudge.sealed_note is None:
        return None
    return vault.open(session, receiver, _place(nudge.id), nudge.sealed_note).decode()


def forget_note(session: Session, nudge: UUID) -> None:
    """Its words are in the outbox now, where they are forgotten after a day."""
    session.connection().execute(_FORGET, {"nudge": nudge})


def uncertain(session: Session) -> int:
    """How many nudges may or may not have arrived, and are never sent again."""
    return int(session.connection().execute(_UNCERTAIN).scalar_one())


def _place(nudge: UUID) -> Place:
    return Place("nudge", "sealed_note", nudge.hex)
