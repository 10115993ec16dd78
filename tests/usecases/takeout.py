"""A programme with something to take out: two groups, a thought record, check-ins, a PHQ-9."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from uuid import UUID

from sqlmodel import Session

from bot.catalog.consents import Consents, Scope
from bot.catalog.load import Library, read_library
from bot.catalog.load_measures import Measures, read_measures, stand_in
from bot.catalog.measure import Measure
from bot.config import Settings
from bot.engine.run import Run, Status, Value
from bot.store import attendance, consents, groups, members, people, revisions, runs
from bot.store.consents import Event
from bot.store.groups import SessionTime
from bot.usecases import measures, set_up
from bot.usecases.kit import Kit, Shelf
from bot.usecases.office.reader import Reader, reader_of
from bot.usecases.set_up import Known
from tests.usecases import content
from tests.usecases.theatre import MAYA, ZONE, Theatre

FORMULA = '=HYPERLINK("http://evil.example","here")'
WIDE = "＝1+1"
THURSDAY = datetime(2026, 2, 26, 17, 30, tzinfo=UTC)
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
RECORD: dict[str, Value] = {
    "situation": FORMULA,
    "moods": ("fear", "\tshame"),
    "moods_before": {"fear": 80, "\tshame": 60},
    "thoughts": ("nobody likes me", "+1 more"),
    "hot_thought": "nobody likes me",
    "belief_before": 90,
    "evidence_for": ("- she left early",),
    "evidence_against": ("＝she wrote later", "日本 🙂"),
    "balanced": "@some people do\x07",
    "balanced_belief": 50,
    "belief_after": 40,
    "moods_after": {"fear": 30, "\tshame": 50},
    "next_action": None,
}
PHQ9: dict[str, Value] = {**{f"q{number}": "a1" for number in range(1, 11)}, "acting": "no"}
SETTINGS = Settings()


@cache
def stock() -> tuple[Library, Measures, Consents]:
    """What Between comes with, read once."""
    return (
        read_library(SETTINGS.exercises_dir, SETTINGS.cache),
        read_measures(SETTINGS.measures_dir, SETTINGS.cache),
        content.consents(),
    )


def stocked(kit: Kit) -> Kit:
    """With the exercises, measures and consents that Between comes with."""
    library, known, texts = stock()
    return replace(kit, library=library, measures=known, consents=texts, shelf=Shelf())


class Clinic(Theatre):
    """Heron's alias is a formula; Leo's, too, in full width; Noor is in a group of others."""

    leo: UUID
    noor: UUID
    others: UUID

    def furnish(self) -> "Clinic":
        """Adds Leo, Noor and the wording of the PHQ-9."""
        self.run(self._furnish)
        return self

    def _furnish(self, session: Session) -> None:
        vault = self.kit.vault
        members.set_alias(session, vault, self.maya, FORMULA)
        leo = Known(2002, "es", "America/New_York", WIDE)
        self.leo = set_up.enrol(session, self.kit, self.group, leo, self.now).id
        meets = (SessionTime(0, "10:00", 60),)
        self.others = groups.add_group(session, "Monday-A", ZONE, self.now, sessions=meets).id
        noor = Known(2003, "en", ZONE, "Noor")
        self.noor = set_up.enrol(session, self.kit, self.others, noor, self.now).id
        phq9 = self.kit.measures.find("phq9")
        assert isinstance(phq9, Measure)
        measures.install(session, phq9, stand_in(phq9), self.now)
        measures.shelve(session, self.kit)

    def agrees(self, person: UUID, *, granted: bool = True) -> None:
        """Yes or no to being read by the therapists."""
        text = self.kit.consents.texts[Scope.THERAPIST_READS]
        event = Event(text.scope.value, granted, text.version, text.sha("en"), self.now)
        self.run(lambda session: consents.record(session, person, event))

    def did(
        self,
        person: UUID,
        exercise: str,
        answers: dict[str, Value],
        at: datetime = THURSDAY,
        *,
        status: Status = Status.FINISHED,
        language: str = "en",
    ) -> UUID:
        """An exercise somebody went through in ten minutes."""
        write = partial(self._did, person, exercise, answers, at, status, language)
        found: UUID = self.run(write)
        return found

    def _did(
        self,
        person: UUID,
        exercise: str,
        answers: dict[str, Value],
        at: datetime,
        status: Status,
        language: str,
        session: Session,
    ) -> UUID:
        definition = self.kit.library.exercises[exercise]
        sha = revisions.keep(session, definition, at)
        cursor = "done" if status is Status.FINISHED else definition.questions[0]
        begun = Run(
            exercise=exercise, language=language, cursor=cursor, asked_at=at, status=Status.PAUSED
        )
        vault, ended = self.kit.vault, at + timedelta(minutes=10)
        stored = runs.begin_run(session, vault, person, sha, begun, at)
        for number, (step, value) in enumerate(answers.items()):
            given = at + timedelta(seconds=30 * number)
            runs.save_answer(session, vault, stored, step, value, given)
        run = begun.model_copy(update={"answers": answers, "status": status})
        runs.save_run(session, vault, stored, run, ended)
        return stored.id

    def was_there(self, person: UUID, day: datetime = THURSDAY) -> None:
        """Somebody says that they were in the session."""
        here = partial(attendance.here, person=person, group=self.group, day=day.date(), now=day)
        self.run(here)

    def reader(self, staff: UUID, *, opened: frozenset[UUID] = frozenset()) -> Reader:
        """Who reads."""
        found: Reader = self.run(lambda session: reader_of(session, self.kit, staff, opened=opened))
        assert found is not None
        return found

    def person(self, session: Session) -> people.Participant:
        """Maya's row."""
        found = people.find(session, self.kit.vault, MAYA)
        assert found is not None
        return found
