"""The official wording of measures, as the programme installed it: every version is kept."""

import json
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select
from sqlmodel import Session

from bot.store import tables
from bot.store.prepared import Prepared

_t = tables.measure_text
_LATEST = Prepared(select(func.max(_t.c.id)))
_ALL = select(_t.c.measure, _t.c.version, _t.c.body).order_by(_t.c.id)
_VERSION = select(func.max(_t.c.version)).where(_t.c.measure == bindparam("name"))

Wording = dict[str, dict[str, str]]
"""Words by key and language."""


def latest(session: Session) -> int:
    """A number that grows whenever something was installed; 0 while nothing is."""
    return _LATEST.scalar(session.connection(), {}) or 0


def install(session: Session, measure: str, wording: Wording, now: datetime) -> int:
    """Keep this wording from now on; its version, counted from 1."""
    version = (session.connection().execute(_VERSION, {"name": measure}).scalar() or 0) + 1
    row = {
        "measure": measure,
        "version": version,
        "body": json.dumps(wording, ensure_ascii=False),
        "installed_at": now,
    }
    session.connection().execute(insert(_t), row)
    return version


def installed(session: Session) -> dict[str, tuple[int, Wording]]:
    """For each measure the version that counts and its words."""
    rows = session.connection().execute(_ALL).all()
    return {row.measure: (row.version, json.loads(row.body)) for row in rows}
