"""One made-up person going through exercises, each from its first question to its end."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.cli.made_up.walking import Walks, walk
from bot.engine.advance import Day
from bot.engine.run import Value
from bot.store import revisions
from bot.store.ids import new_id
from bot.store.people import Participant
from bot.store.runs import Ended, StoredRun
from bot.usecases.kit import Kit


class Answering:
    """It has state: of which exercises the database keeps the definition already."""

    def __init__(self, session: Session, kit: Kit, person: Participant, walks: Walks | None = None):
        self._session, self._kit, self._person = session, kit, person
        self._walk = walk if walks is None else walks.walk
        self._kept: dict[str, str] = {}

    def ended(self, name: str, answers: Mapping[str, Value], at: datetime) -> Ended:
        """One that began at that moment."""
        exercise, person = self._kit.library.exercises[name], self._person
        day = at.astimezone(ZoneInfo(person.zone)).date() if exercise.daily else None
        walked = self._walk(
            *(exercise, answers, at),
            language=person.language,
            zone=person.zone,
            day=None if day is None else Day(day),
        )
        if name not in self._kept:
            self._kept[name] = revisions.keep(self._session, exercise, at)
        sha = self._kept[name]
        stored = StoredRun(new_id(at), person.id, sha, walked.run, at, walked.ended_at)
        return Ended(stored, walked.answers)
