"""Maya, who is Heron, and Leo, who is Colibrí, in a programme with pairs; both in Madrid."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import Session

from bot.care.pairing import Step
from bot.store import groups, members, outbox, pairs, people, tables
from bot.store.outbox import Parcel
from bot.store.pairs import StoredPair
from bot.store.worker import Database
from bot.usecases import set_up
from bot.usecases.discharge import discharge
from bot.usecases.incoming import Press
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene
from bot.usecases.set_up import Known
from tests.usecases import content
from tests.usecases.clockwork import CORE, LEO, MADRID, MAYA, RIVERA, Clockwork, Sent

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
YES = {MAYA: "Yes, I’d like that", LEO: "Sí, me gustaría"}
LEAST = {MAYA: "Whether I was here: yes", LEO: "Si pasé por aquí: sí"}


class Couple(Clockwork):
    """The clockwork with pairs switched on, and what two partners do. Whoever is in `slow` gets
    nothing for a while, as when Telegram is slow: it stays queued."""

    slow: tuple[UUID, ...] = ()

    def _claim(self, session: Session) -> list[Parcel]:
        vault, busy = self.kit.vault, self.slow
        parcels = outbox.claim(session, vault, owner="test", now=self.now, busy=busy)
        for parcel in parcels:
            outbox.sent(session, parcel.id, "test", parcel.id, self.now)
        return parcels

    def _enrol(self, session: Session) -> None:
        self.kit = replace(self.kit, consents=content.consents(), phrases=content.phrases())
        group = set_up.demo_group(session, MADRID, self.now)
        self.programme(session, partner_pairs=True)
        for known in (Known(MAYA, "en", MADRID, "Heron"), Known(LEO, "es", MADRID, "Colibrí")):
            set_up.enrol(session, self.kit, group.id, replace(known, checkins=("20:00",)), self.now)
        therapist = Known(RIVERA, "en", MADRID, "")
        set_up.employ(session, self.kit, group.id, "Dr Rivera", therapist, self.now)

    def programme(self, session: Session, **changes: Any) -> None:
        """The programme changes its mind."""
        found = groups.programme(session)
        assert found is not None
        groups.set_programme(session, replace(found, **changes), self.now)

    def approve(self) -> None:
        """Dr Rivera opens the pairs and approves what the rules propose."""
        self.types(RIVERA, "/menu")
        self.presses(RIVERA, "Pairs")
        self.presses(RIVERA, "Approve")
        self.ring()

    def accepts(self, who: int, level: str = "") -> None:
        """One of the two says yes, and chooses what the other may see."""
        self.presses(who, YES[who])
        self.presses(who, level or LEAST[who])
        self.ring()

    def pair_up(self) -> "Couple":
        """Everything up to the first promise."""
        self.approve()
        self.accepts(MAYA)
        self.accepts(LEO)
        return self

    def partner_page(self, who: int) -> str:
        """What /partner shows."""
        self.types(who, "/partner")
        return self.to(who)[-1].text

    def opens_phrases(self) -> None:
        """Maya looks at what she can send."""
        self.types(MAYA, "/partner")
        self.presses(MAYA, "Send a phrase")

    def pair(self) -> StoredPair:
        """The newest pair of Maya's."""

        def look(session: Session) -> StoredPair:
            maya = self.id_of_in(session, MAYA)
            group = groups.of_person(session, maya)
            assert group is not None
            found = pairs.of_group(session, group.id)
            return [each for each in found if maya in each.people][-1]

        return self.database.call(look)

    def id_of_in(self, session: Session, who: int) -> UUID:
        """Our own id of somebody, inside a transaction."""
        return self.person(session, who).id

    def finishes(self, who: int) -> None:
        """Dr Rivera ends somebody's time in the programme."""

        def work(session: Session) -> None:
            scene = Scene(session, self.kit, self.person(session, RIVERA), self.now, "finished")
            assert discharge(scene, self.person(session, who).id)

        self.run(work)

    def step(self, step: Step) -> None:
        """Something happens to the pair without anybody's phone."""
        pair = self.pair().id
        self.run(lambda s: (pairs.take(s, pair, step, self.now), None)[1])

    def does_note(self, who: int, data: str) -> str | None:
        """Somebody presses a button; the small note they get."""
        return self.does(who, Press(data)).note

    def told(self, who: int, part: str) -> list[Sent]:
        """What somebody was sent that holds these words."""
        return [each for each in self.to(who) if part in each.text]

    def nudges(self) -> int:
        """How many stand in the ledger."""
        query = select(func.count()).select_from(tables.nudge)
        return self.database.call(lambda s: int(s.connection().execute(query).scalar_one()))

    def states(self, like: str) -> list[str]:
        """What became of the messages whose key begins like this."""
        t = tables.outbox
        query = select(t.c.status).where(t.c.key.like(f"{like}%")).order_by(t.c.id)
        return self.database.call(lambda s: list(s.connection().execute(query).scalars()))

    def set_quiet(self, who: int, start: str, end: str) -> None:
        """Somebody's quiet hours."""
        self.run(lambda s: members.set_quiet(s, self.id_of_in(s, who), (start, end)))

    def pauses(self, who: int, span: timedelta) -> None:
        """Somebody pauses everything that comes unasked."""
        until = self.now + span
        self.run(lambda s: people.set_paused(s, self.id_of_in(s, who), until))


def couple(database: Database, kit: Kit) -> Couple:
    """Everybody enrolled, nobody paired."""
    works = Couple(database, kit)
    works.build(CORE)
    return works
