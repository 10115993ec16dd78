"""All rows of one person's own, for the copy they may have of them."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, select
from sqlmodel import Session

from bot.store import runs, tables
from bot.store.runs import StoredRun
from bot.store.vault import Vault

_r = tables.run
_a = tables.alert
_o = tables.outbox
_RUNS = select(_r.c.id).where(_r.c.participant_id == bindparam("person")).order_by(_r.c.id)
_ALERTS = (
    select(_a.c.id, _a.c.opened_at, _a.c.tier, _a.c.state, _a.c.taken_at, _a.c.closed_at)
    .where(_a.c.participant_id == bindparam("person"))
    .order_by(_a.c.opened_at)
)
_MESSAGES = (
    select(_o.c.created_at, _o.c.kind, _o.c.status, _o.c.sent_at)
    .where(_o.c.participant_id == bindparam("person"))
    .order_by(_o.c.id)
)


def runs_of(session: Session, vault: Vault, person: UUID) -> list[StoredRun]:
    """Every exercise they began, the oldest first."""
    ids = session.connection().execute(_RUNS, {"person": person}).scalars().all()
    found = (runs.get_run(session, vault, each) for each in ids)
    return [each for each in found if each is not None]


def alerts_of(session: Session, person: UUID) -> list[Row[*tuple[Any, ...]]]:
    """When the team was told that they may need help, and what became of it."""
    return list(session.connection().execute(_ALERTS, {"person": person}).all())


def messages_of(session: Session, person: UUID) -> list[Row[*tuple[Any, ...]]]:
    """What was sent to them, without words."""
    return list(session.connection().execute(_MESSAGES, {"person": person}).all())
