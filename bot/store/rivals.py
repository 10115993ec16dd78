"""Somebody else receives with our token: how often it was noticed, and when last."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.upsert import Upsert


class Rival(StrEnum):
    """Another process that polls, or a webhook that is not ours."""

    SECOND_COPY = "second_copy"
    FOREIGN_WEBHOOK = "foreign_webhook"


@dataclass(frozen=True, slots=True)
class Noticed:
    """How often a rival was noticed; `before` is the time before the last one (UTC)."""

    kind: Rival
    times: int
    last_at: datetime
    before: datetime | None = None


_t = tables.rival
_FIRST = Upsert(_t, "bot_id", "kind")
_ONE = (
    select(_t.c.times, _t.c.last_at)
    .where(_t.c.bot_id == bindparam("bot"), _t.c.kind == bindparam("what"))
    .with_for_update()
)
_AGAIN = (
    update(_t)
    .where(_t.c.bot_id == bindparam("bot"), _t.c.kind == bindparam("what"))
    .values(times=_t.c.times + 1, last_at=bindparam("at", type_=_t.c.last_at.type))
)
_ALL = select(_t.c.kind, _t.c.times, _t.c.last_at).where(_t.c.bot_id == bindparam("bot"))


def notice(session: Session, bot_id: int, kind: Rival, now: datetime) -> Noticed:
    """Write down that it was noticed."""
    connection = session.connection()
    row = {"bot_id": bot_id, "kind": kind.value, "times": 1, "first_at": now, "last_at": now}
    if _FIRST.execute(connection, row):
        return Noticed(kind, 1, now)
    which = {"bot": bot_id, "what": kind.value}
    known = connection.execute(_ONE, which).one()
    connection.execute(_AGAIN, {**which, "at": now})
    return Noticed(kind, known.times + 1, now, known.last_at)


def noticed(session: Session, bot_id: int) -> list[Noticed]:
    """All that were noticed so far."""
    rows = session.connection().execute(_ALL, {"bot": bot_id}).all()
    return [Noticed(Rival(row.kind), row.times, row.last_at) for row in rows]
