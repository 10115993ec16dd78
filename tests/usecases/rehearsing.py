"""Maya and Leo as partners who practise a talk: she in English, he in Spanish."""

from dataclasses import replace

from sqlmodel import Session

from bot.store import rehearsals
from bot.store.rehearsals import StoredRehearsal
from bot.store.worker import Database
from bot.usecases.kit import Kit
from tests.engine.playing import exercise_of
from tests.usecases import content
from tests.usecases.clockwork import CORE, LEO, MAYA
from tests.usecases.couple import Couple

SOLO = exercise_of(
    """
- {id: line, type: ask_text, text: {en: What do you say?, es: ¿Qué dices?}}
- {id: end, type: finish, text: {en: Done., es: Hecho.}}
""",
    """
id: rp.refuse
title: {en: Practise saying no, es: Practicar el no}
""",
)
BUTTONS = {
    MAYA: ("Use this one", "Write my own line", "I’m stuck"),
    LEO: ("Usar esta", "Escribir mi frase", "No me sale"),
}


class Rehearsing(Couple):
    """The couple with the talks that Between comes with."""

    def _enrol(self, session: Session) -> None:
        super()._enrol(session)
        self.kit = replace(self.kit, talks=content.talks())

    def invite(self) -> None:
        """Maya asks Leo to practise saying no to an old friend."""
        self.types(MAYA, "/partner")
        self.presses(MAYA, "Practise a talk")
        self.presses(MAYA, "Saying no")
        self.presses(MAYA, "An old friend")
        self.presses(MAYA, "No")
        self.ring()

    def begin(self) -> "Rehearsing":
        """A pair, an invitation, a yes."""
        self.pair_up()
        self.invite()
        self.presses(LEO, "Sí")
        self.ring()
        return self

    def uses(self, who: int) -> None:
        """Says the ready line, or the first idea."""
        use, _, stuck = BUTTONS[who]
        buttons = [
            button.text
            for each in reversed(self.to(who))
            for row in each.message.buttons
            for button in row
        ]
        newest = next(each for each in buttons if each.startswith((use, stuck)))
        if newest.startswith(stuck):
            self.presses(who, stuck)
        self.presses(who, use)
        self.ring()

    def writes(self, who: int, text: str) -> None:
        """Says a line of their own."""
        self.presses(who, BUTTONS[who][1])
        self.types(who, text)
        self.ring()

    def round(self, plays: int, practises: int) -> None:
        """Three lines each, all ready ones."""
        for _ in range(3):
            self.uses(plays)
            self.uses(practises)

    def rehearsal(self) -> StoredRehearsal:
        """Maya's newest."""

        def find(session: Session) -> StoredRehearsal:
            found = rehearsals.newest_of(session, self.id_of_in(session, MAYA))
            assert found is not None
            return found

        return self.database.call(find)


def rehearsing(database: Database, kit: Kit) -> Rehearsing:
    """Everybody enrolled, nobody paired."""
    works = Rehearsing(database, kit)
    works.build(CORE, SOLO)
    return works
