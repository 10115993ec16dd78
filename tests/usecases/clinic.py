"""Two groups with a therapist each, in Madrid, with everything that is shipped: for the pages."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session

from bot.catalog.consents import Scope
from bot.catalog.load import Library, read_library
from bot.catalog.load_measures import Measures, read_measures
from bot.config import Settings
from bot.store import groups, past_runs
from bot.store.runs import StoredRun
from bot.usecases import consented, set_up
from bot.usecases.incoming import Press
from bot.usecases.kit import Shelf
from bot.usecases.office.reader import Reader, reader_of
from bot.usecases.scene import Scene
from bot.usecases.set_up import Known
from tests.usecases import content
from tests.usecases.clockwork import LEO, MADRID, MAYA, RIVERA, Clockwork

MORA, ADA = 1005, 1006
"""Another group's therapist and one of its members."""
T = TypeVar("T")
THOUGHT = (
    "Maya came home and nobody was there.",
    *("sad", "ashamed", "Done", "80", "60"),
    *("Nobody wants me\nI ruin it all", "Done", "1 · Nobody wants me", "90"),
    *("The flat was dark.", "Done", "My brother wrote at noon.", "Done"),
    *("I was alone tonight, and he did write.", "70", "40", "40", "30", "Call him tomorrow."),
)
"""What Maya answers in the seven-column thought record, from the first question to the last."""


@cache
def shelf() -> tuple[Library, Measures]:
    """Everything that is shipped; read once."""
    settings = Settings()
    library = read_library(settings.exercises_dir, settings.cache)
    return library, read_measures(settings.measures_dir, settings.cache)


class Clinic(Clockwork):
    """The clockwork with a second group, and what its therapists do on their pages."""

    def open(self) -> "Clinic":
        """Enrols everybody; Maya and Leo are Dr Rivera's, Ada is Dr Mora's."""
        library, measures = shelf()
        library = Library(dict(library.exercises), (), library.tracks)
        self.kit = replace(
            self.kit, library=library, measures=measures, shelf=Shelf(), consents=content.consents()
        )
        self.database.call(self._enrol)
        self.beat()
        return self

    def _enrol(self, session: Session) -> None:
        group = set_up.demo_group(session, MADRID, self.now)
        known = Known(MAYA, "en", MADRID, "Heron", checkins=())
        for each in (known, replace(known, telegram_id=LEO, language="es", alias="Colibrí")):
            set_up.enrol(session, self.kit, group.id, each, self.now)
        rivera = Known(RIVERA, "en", MADRID, "")
        set_up.employ(session, self.kit, group.id, "Dr Rivera", rivera, self.now)
        other = groups.add_group(session, "Friday-A", MADRID, self.now)
        set_up.enrol(
            session, self.kit, other.id, replace(known, telegram_id=ADA, alias="Wren"), self.now
        )
        mora = Known(MORA, "es", MADRID, "")
        set_up.employ(session, self.kit, other.id, "Dr Mora", mora, self.now)

    def agrees(self, who: int, *, granted: bool = True) -> None:
        """Somebody lets their therapists read, or no longer."""

        def work(session: Session) -> None:
            scene = Scene(session, self.kit, self.person(session, who), self.now, f"c{self.now}")
            consented.decide(scene, Scope.THERAPIST_READS, granted=granted)

        self.run(work)

    def goes_through(self, who: int, exercise: str, *answers: str) -> StoredRun:
        """An exercise from beginning to end, a button or typed words at a time; the entry."""
        self.does(who, Press(f"m.begin.{exercise}"))
        for answer in answers:
            message = self.to(who)[-1].message
            labels = {each.text: each for row in message.buttons for each in row}
            if answer in labels:
                data = labels[answer].data
                assert data is not None
                self.does(who, Press(data))
            else:
                self.types(who, answer)
        return self.entries(who)[0]

    def entries(self, who: int) -> list[StoredRun]:
        """What somebody finished or stopped, the newest first."""
        person = self.id_of(who)
        return self.database.call(
            lambda s: past_runs.history(s, self.kit.vault, person, limit=50, ended=True)
        )

    def reads(self, ask: Callable[..., T], *named: object, who: int = RIVERA) -> T:
        """A member of staff asks for a page, or does something on one."""

        def work(session: Session) -> T:
            return ask(session, self.kit, self.reader(session, who), *named, self.now)

        return self.database.call(work)

    def reader(self, session: Session, who: int) -> Reader:
        """A member of staff at the pages."""
        found = reader_of(session, self.kit, self.person(session, who).id)
        assert found is not None
        return found

    def other(self) -> UUID:
        """Ada, who is in the other group."""
        return self.id_of(ADA)

    def id_in(self, session: Session, who: int = MAYA) -> UUID:
        """Our own id of somebody, inside a transaction."""
        return self.person(session, who).id
