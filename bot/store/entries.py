"""What somebody told of one kind of exercise since some day, as facts for the rules of `care`."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.care.entry import Entry
from bot.store import past_runs
from bot.store.runs import StoredRun
from bot.store.vault import Vault

MOST = 200
"""So many entries are read at most; six weeks of several a day."""


def entries(
    session: Session,
    vault: Vault,
    person: UUID,
    exercises: Collection[str],
    since: datetime,
    zone: str,
    *,
    ended: bool = False,
) -> list[Entry]:
    """Those that were finished since then, newest first; with `ended`, also those that were
    stopped on the way. `zone` is the person's own."""
    found = [
        each
        for name in exercises
        for each in past_runs.history(
            *(session, vault, person), limit=MOST, exercise=name, since=since, ended=ended
        )
    ]
    return sorted((entry_of(each, zone) for each in found), key=lambda each: each.at, reverse=True)


def entry_of(stored: StoredRun, zone: str) -> Entry:
    """One run as an entry."""
    local = stored.started_at.astimezone(ZoneInfo(zone)).date()
    return Entry(stored.updated_at, stored.run.about or local, stored.run.answers)
