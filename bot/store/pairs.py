"""Pairs: which two, where each of them stands, who has whom."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot.care.pairing import Pair, Side, State, Step, after, ordered
from bot.store import tables
from bot.store.ids import new_id

_t = tables.pair
_s = tables.pair_side
_one = _s.alias("one")
_two = _s.alias("two")
_SIDE = ("accepted_at", "muted", "paused", "reported_at", "left", "stays", "live")
_COLUMNS = (
    select(
        *(_t.c.id, _t.c.group_id, _t.c.first_id, _t.c.second_id, _t.c.state, _t.c.reasons),
        *(_t.c.proposed_at, _t.c.approved_at, _t.c.active_at, _t.c.ended_at),
        *(_one.c[name].label(f"one_{name}") for name in _SIDE),
        *(_two.c[name].label(f"two_{name}") for name in _SIDE),
    )
    .join(_one, and_(_one.c.pair_id == _t.c.id, _one.c.participant_id == _t.c.first_id))
    .join(_two, and_(_two.c.pair_id == _t.c.id, _two.c.participant_id == _t.c.second_id))
)
_GET = _COLUMNS.where(_t.c.id == bindparam("pair"))
# Weaker than FOR UPDATE: both partners may hold the pair (`hold`) when one of them takes a step.
_THE = select(_t.c.id).where(_t.c.id == bindparam("pair"))
_LOCK = _THE.with_for_update(key_share=True)
_HOLD = _THE.with_for_update(read=True, key_share=True)
_LIVE = _COLUMNS.where(
    or_(
        and_(_one.c.participant_id == bindparam("person"), _one.c.live),
        and_(_two.c.participant_id == bindparam("person"), _two.c.live),
    )
)
_OF_GROUP = _COLUMNS.where(_t.c.group_id == bindparam("group")).order_by(_t.c.id)
_SAVE = (
    update(_t)
    .where(_t.c.id == bindparam("pair"))
    .values(
        state=bindparam("to"),
        approved_at=bindparam("approved", type_=_t.c.approved_at.type),
        active_at=bindparam("active", type_=_t.c.active_at.type),
        ended_at=bindparam("ended", type_=_t.c.ended_at.type),
    )
)
_APPROVED_BY = update(_t).where(_t.c.id == bindparam("pair")).values(approved_by=bindparam("by"))
_THIS_SIDE = and_(_s.c.pair_id == bindparam("pair"), _s.c.participant_id == bindparam("person"))
_SAVE_SIDE = (
    update(_s)
    .where(_THIS_SIDE)
    .values({name: bindparam(f"to_{name}", type_=_s.c[name].type) for name in _SIDE})
)
_NOTICED = select(_s.c.noticed_on).where(_THIS_SIDE)
_NOTICE = (
    update(_s).where(_THIS_SIDE).values(noticed_on=bindparam("day", type_=_s.c.noticed_on.type))
)
_LOOK = (
    update(_s)
    .where(_THIS_SIDE, or_(_s.c.looked_on.is_(None), _s.c.looked_on < bindparam("before")))
    .values(looked_on=bindparam("day", type_=_s.c.looked_on.type))
)


@dataclass(frozen=True, slots=True)
class StoredPair:
    """A pair as it is kept: `pair` says where it stands (`care.pairing`), `reasons` are codes."""

    id: UUID
    group: UUID
    pair: Pair
    reasons: tuple[str, ...]
    proposed_at: datetime
    approved_at: datetime | None = None
    active_at: datetime | None = None
    ended_at: datetime | None = None
    accepted_at: tuple[datetime | None, datetime | None] = (None, None)
    reported_at: tuple[datetime | None, datetime | None] = (None, None)

    @property
    def state(self) -> State:
        """Where it stands."""
        return self.pair.state

    @property
    def people(self) -> tuple[UUID, UUID]:
        """Both, always in the same order."""
        return self.pair.first.person, self.pair.second.person

    def partner_of(self, person: UUID) -> UUID:
        """The other one. KeyError for somebody who is not in this pair."""
        return self.pair.other(person).person


def propose(
    session: Session, group: UUID, two: tuple[UUID, UUID], reasons: tuple[str, ...], now: datetime
) -> StoredPair | None:
    """A new pair, to be looked at by the therapist; None where one of the two is in a live one."""
    first, second = ordered(*two)
    pair_id = new_id(now)
    row = {
        "id": pair_id,
        "group_id": group,
        "first_id": first,
        "second_id": second,
        "state": State.PROPOSED.value,
        "reasons": ",".join(reasons),
        "proposed_at": now,
    }
    flags = dict.fromkeys(("muted", "paused", "left", "stays"), False)
    sides = [
        {"pair_id": pair_id, "participant_id": me, "partner_id": other, "live": True, **flags}
        for me, other in ((first, second), (second, first))
    ]
    try:
        with session.begin_nested():
            session.connection().execute(insert(_t), row)
            session.connection().execute(insert(_s), sides)
    except IntegrityError:
        return None
    return get(session, pair_id)


def get(session: Session, pair_id: UUID) -> StoredPair | None:
    """A pair by its id, whatever its state."""
    row = session.connection().execute(_GET, {"pair": pair_id}).first()
    return None if row is None else _stored(row)


def live_of(session: Session, person: UUID) -> StoredPair | None:
    """The pair somebody is in, from proposed to paused; None where they are in none."""
    row = session.connection().execute(_LIVE, {"person": person}).first()
    return None if row is None else _stored(row)


def of_group(session: Session, group: UUID) -> list[StoredPair]:
    """All pairs of a group, oldest first, those that ended too."""
    return _all(session, _OF_GROUP, {"group": group})


def take(session: Session, pair_id: UUID, step: Step, now: datetime) -> StoredPair | None:
    """Does a step of `care.pairing` on the pair as it stands, locked; None where there is none.

    What the step does not allow changes nothing.
    """
    # Read only once it is locked: a look that waited for the lock would see the sides of before.
    session.connection().execute(_LOCK, {"pair": pair_id})
    before = get(session, pair_id)
    if before is None:
        return None
    pair = after(before.pair, step)
    if pair != before.pair:
        _save(session, before, pair, now)
    return get(session, pair_id)


def hold(session: Session, pair_id: UUID) -> bool:
    """Whether the pair is still there; it then stays until this transaction ends, so that what is
    written about it finds it, also while the other one is being erased."""
    return session.connection().execute(_HOLD, {"pair": pair_id}).first() is not None


def note_approval(session: Session, pair_id: UUID, by: UUID) -> None:
    """Which member of staff approved it."""
    session.connection().execute(_APPROVED_BY, {"pair": pair_id, "by": by})


def _save(session: Session, before: StoredPair, pair: Pair, now: datetime) -> None:
    def first_time(known: datetime | None, *states: State) -> datetime | None:
        return known or (now if pair.state in states else None)

    row = {
        "pair": before.id,
        "to": pair.state.value,
        "approved": first_time(before.approved_at, State.APPROVED),
        "active": first_time(before.active_at, State.ACTIVE),
        "ended": first_time(before.ended_at, State.ENDED),
    }
    session.connection().execute(_SAVE, row)
    sides = (pair.first, pair.second)
    for side, accepted, reported in zip(sides, before.accepted_at, before.reported_at, strict=True):
        values = {
            "pair": before.id,
            "person": side.person,
            "to_live": pair.is_live,
            "to_muted": side.muted,
            "to_paused": side.paused,
            "to_left": side.left,
            "to_stays": side.stays,
            "to_accepted_at": (accepted or now) if side.accepted else None,
            "to_reported_at": (reported or now) if side.reported else None,
        }
        session.connection().execute(_SAVE_SIDE, values)


def noticed_on(session: Session, pair_id: UUID, person: UUID) -> date | None:
    """The last local date on which their partner was told that they are quieter."""
    return session.connection().execute(_NOTICED, {"pair": pair_id, "person": person}).scalar()


def notice(session: Session, pair_id: UUID, person: UUID, day: date) -> None:
    """Their partner is told on this local date."""
    session.connection().execute(_NOTICE, {"pair": pair_id, "person": person, "day": day})


def look_back(session: Session, pair_id: UUID, person: UUID, day: date) -> bool:
    """They looked back on the week that ended on this date; False if they did before."""
    row = {"pair": pair_id, "person": person, "day": day, "before": day}
    return session.connection().execute(_LOOK, row).rowcount == 1


def _all(session: Session, query: Any, values: dict[str, UUID]) -> list[StoredPair]:
    return [_stored(row) for row in session.connection().execute(query, values).all()]


def _stored(row: Row[*tuple[Any, ...]]) -> StoredPair:
    def side(person: UUID, which: str) -> Side:
        said = {name: getattr(row, f"{which}_{name}") for name in _SIDE}
        return Side(
            person,
            accepted=said["accepted_at"] is not None,
            muted=said["muted"],
            paused=said["paused"],
            reported=said["reported_at"] is not None,
            left=said["left"],
            stays=said["stays"],
        )

    return StoredPair(
        row.id,
        row.group_id,
        Pair(side(row.first_id, "one"), side(row.second_id, "two"), State(row.state)),
        tuple(filter(None, row.reasons.split(","))),
        *(row.proposed_at, row.approved_at, row.active_at, row.ended_at),
        accepted_at=(row.one_accepted_at, row.two_accepted_at),
        reported_at=(row.one_reported_at, row.two_reported_at),
    )
