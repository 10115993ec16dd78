"""What one process received and another handles: each person's updates in order, each once.

Claiming an update is deleting its row in the transaction that handles it, so that no lease is
needed: whoever dies gives it back. Only the oldest of a lane may be claimed.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, exists, func, or_, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.upsert import Upsert
from bot.store.vault import Place, Vault

HOLDER = UUID(int=1)
"""Under whose key the inbox is sealed: nobody's, since it may be from somebody we do not know."""

_t = tables.inbox
_earlier = _t.alias("earlier")
_PUT = Upsert(_t, "bot_id", "update_id")
_IS_HEAD = ~exists().where(
    _earlier.c.lane == _t.c.lane,
    _earlier.c.bot_id == _t.c.bot_id,
    _earlier.c.update_id < _t.c.update_id,
)
# What was not tried yet waits for no moment: the clock of who received it may run ahead of ours.
_IS_TIME = or_(_t.c.attempts == 0, _t.c.not_before <= bindparam("now"))
_LOOK = (
    select(_t.c.bot_id, _t.c.update_id, _t.c.lane, _t.c.kind, _t.c.attempts)
    .where(_t.c.bot_id == bindparam("bot"), _IS_TIME, _IS_HEAD)
    .order_by(_t.c.update_id)
    .limit(bindparam("many"))
)
_THIS = (_t.c.bot_id == bindparam("bot"), _t.c.update_id == bindparam("number"))
_FREE = (
    select(_t.c.update_id).where(*_THIS, _IS_HEAD).with_for_update(of=_t, skip_locked=True)
).scalar_subquery()
_TAKE = (
    delete(_t)
    .where(_t.c.bot_id == bindparam("bot"), _t.c.update_id == _FREE)
    .returning(_t.c.sealed_update)
)
_LATER = (
    update(_t)
    .where(*_THIS)
    .values(
        attempts=_t.c.attempts + 1,
        not_before=bindparam("at", type_=_t.c.not_before.type),
    )
)
_WAITING = select(func.count(), func.min(_t.c.received_at, type_=_t.c.received_at.type)).where(
    _t.c.bot_id == bindparam("bot")
)


@dataclass(frozen=True, slots=True)
class Head:
    """The oldest update of a lane. `attempts` counts how often handling it failed."""

    bot_id: int
    update_id: int
    lane: bytes
    kind: str
    attempts: int


def prepare(session: Session, vault: Vault) -> None:
    """Before the first update: the key it is sealed with. `SealBroken` if ours is another one."""
    vault.ensure_key(session, HOLDER)


def put(
    session: Session, vault: Vault, bot_id: int, batch: Iterable[dict[str, Any]], now: datetime
) -> None:
    """Keep a batch of updates, in order; those that are there already stay as they are."""
    connection = session.connection()
    for raw in batch:
        number, kind = raw["update_id"], kind_of(raw)
        sealed = vault.seal(session, HOLDER, _place(bot_id, number), json.dumps(raw).encode())
        row = {
            "bot_id": bot_id,
            "update_id": number,
            "lane": _lane(vault, raw, kind),
            "kind": kind,
            "sealed_update": sealed,
            "attempts": 0,
            "not_before": now,
            "received_at": now,
        }
        _PUT.execute(connection, row)


def look(session: Session, bot_id: int, now: datetime, limit: int) -> list[Head]:
    """The oldest update of each lane, as far as its time has come; nothing is claimed yet."""
    found = session.connection().execute(_LOOK, {"bot": bot_id, "now": now, "many": limit})
    return [Head(*row) for row in found]


def take(session: Session, vault: Vault, head: Head) -> dict[str, Any] | None:
    """Claim one update and get it; None if somebody else has it, or an older one came between.

    It is gone once the transaction commits. `SealBroken` if what was kept does not open.
    """
    which = {"bot": head.bot_id, "number": head.update_id}
    sealed = session.connection().execute(_TAKE, which).scalar()
    if sealed is None:
        return None
    plain = vault.open(session, HOLDER, _place(head.bot_id, head.update_id), sealed)
    raw: dict[str, Any] = json.loads(plain)
    return raw


def drop(session: Session, head: Head) -> bool:
    """Claim one update without opening it; False if somebody else has it."""
    which = {"bot": head.bot_id, "number": head.update_id}
    return session.connection().execute(_TAKE, which).scalar() is not None


def later(session: Session, head: Head, at: datetime) -> None:
    """Handling it failed: again then. Its lane waits for it."""
    which = {"bot": head.bot_id, "number": head.update_id, "at": at}
    session.connection().execute(_LATER, which)


def waiting(session: Session, bot_id: int) -> tuple[int, datetime | None]:
    """How many updates wait, and since when the oldest does."""
    many, since = session.connection().execute(_WAITING, {"bot": bot_id}).one()
    return int(many), since


def kind_of(raw: dict[str, Any]) -> str:
    """Telegram's word for what an update holds; "other" for what has no such word."""
    known = (name for name in raw if name != "update_id" and isinstance(raw[name], dict))
    return next(known, "other")


def _lane(vault: Vault, raw: dict[str, Any], kind: str) -> bytes:
    sender = raw[kind].get("from") if kind != "other" else None
    number = sender.get("id") if isinstance(sender, dict) else None
    # Nobody's update stands alone: nothing has to wait for it.
    return vault.lookup("lane", f"u{raw['update_id']}" if number is None else str(number))


def _place(bot_id: int, update_id: int) -> Place:
    return Place("inbox", "sealed_update", f"{bot_id}.{update_id}")
