"""One programme in a database and what people do in it, without Telegram: for tables of cases."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import Session

from bot.store import alerts, people, staff, tables
from bot.store.alert_items import Detail
from bot.store.alerts import Alert
from bot.store.outbox.letters import body_place
from bot.store.people import Standing
from bot.store.staff import Role
from bot.store.vault import Place
from bot.store.worker import Database
from bot.usecases import ring, set_up
from bot.usecases.incoming import Incoming, Press, Sender, What, Words
from bot.usecases.kit import Kit
from bot.usecases.receive import receive
from bot.usecases.set_up import Known

MAYA, RIVERA, LEAD = 1001, 1003, 1004
ZONE = "Europe/Madrid"
TUESDAY = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)  # ten o'clock in Madrid: the office is open
NOBODY = UUID(int=0)
NIGHT = datetime(2026, 3, 3, 22, 0, tzinfo=UTC)


@dataclass
class Theatre:
    """Maya is a member, Dr Rivera her therapist and on call, Dr Mora the lead."""

    database: Database
    kit: Kit
    now: datetime = TUESDAY
    updates: Any = field(default_factory=lambda: count(1))
    group: UUID = NOBODY
    rivera: UUID = NOBODY
    lead: UUID = NOBODY
    maya: UUID = NOBODY

    def build(self, *, on_call: bool = True) -> "Theatre":
        """Sets the programme up."""
        self.database.call(partial(self._build, on_call=on_call))
        return self

    def _build(self, session: Session, *, on_call: bool) -> None:
        group = set_up.demo_group(session, ZONE, self.now)
        self.group = group.id
        maya = Known(MAYA, "en", ZONE, "Heron")
        self.maya = set_up.enrol(session, self.kit, group.id, maya, self.now).id
        self.rivera = self._employ(session, "Dr Rivera", Role.THERAPIST, RIVERA, on_call=on_call)
        self.lead = self._employ(session, "Dr Mora", Role.LEAD, LEAD, on_call=False)

    def _employ(
        self, session: Session, name: str, role: Role, telegram_id: int, *, on_call: bool
    ) -> UUID:
        mine = (self.group,) if role is Role.THERAPIST else ()
        place = staff.add_staff(
            *(session, self.kit.vault, name, role, self.now),
            email=f"{role.value}@clinic.test",
            groups=mine,
            on_call_place=0 if on_call else None,
        )
        vault = self.kit.vault
        person = people.welcome(session, vault, telegram_id, "en", ZONE, self.now)
        taken = people.take_place(session, vault, place.id, telegram_id, person, self.now)
        people.set_standing(session, taken.id, Standing.STAFF)
        return place.id

    def does(self, telegram_id: int, what: What | str) -> str | None:
        """Somebody writes or taps; the small note they get."""
        if isinstance(what, str):
            what = Words(what, next(self.updates))
        incoming = Incoming(42, next(self.updates), Sender(telegram_id, "en"), what)
        kit, now = self.kit, self.now
        return self.database.call(lambda session: receive(session, incoming, now, kit)).note

    def taps(self, telegram_id: int, label: str) -> str | None:
        """Presses the newest button that begins like this."""
        for body in reversed(self.bodies(telegram_id)):
            for row in body.get("buttons", ()):
                for button in row:
                    if button["text"].startswith(label):
                        return self.does(telegram_id, Press(button["data"]))
        raise AssertionError(f"no button {label!r} among {self.heard(telegram_id)[-3:]}")

    def passes(self, **by: float) -> None:
        """Time passes, and everything that falls due meanwhile happens, in order."""
        until = self.now + timedelta(**by)
        while True:
            found = self.database.call(partial(ring.look, now=until))
            if not found.ripe:
                break
            for due in found.ripe:
                self.now = max(self.now, due.at)
                self.database.call(partial(ring.ring, due=due, now=self.now, kit=self.kit))
        self.now = until

    def bodies(self, telegram_id: int) -> list[dict[str, Any]]:
        """All messages to somebody, oldest first, whatever became of them."""
        return self.database.call(partial(self._bodies, telegram_id=telegram_id))

    def _bodies(self, session: Session, telegram_id: int) -> list[dict[str, Any]]:
        person = people.find(session, self.kit.vault, telegram_id)
        if person is None:
            return []
        t = tables.outbox
        query = select(t.c.key, t.c.sealed_body).where(t.c.participant_id == person.id)
        rows = session.connection().execute(query.order_by(t.c.id)).all()
        return [
            json.loads(self.kit.vault.open(session, person.id, body_place(key), sealed))
            for key, sealed in rows
        ]

    def heard(self, telegram_id: int) -> list[str]:
        """What somebody was told, oldest first."""
        return [str(each["text"]) for each in self.bodies(telegram_id) if each["text"]]

    def mails(self) -> list[tuple[str, str]]:
        """All e-mails: for whom, which key's word."""
        t = tables.mail
        query = select(t.c.staff_id, t.c.key).order_by(t.c.id)
        names = {self.rivera: "Rivera", self.lead: "lead"}
        rows = self.database.call(lambda session: session.connection().execute(query).all())
        return [(names[row.staff_id], row.key.split(".")[-2]) for row in rows]

    def arrives(self, status: str = "sent") -> None:
        """What waits in the outbox has this fate."""
        changed = update(tables.outbox).where(tables.outbox.c.status == "pending")
        self.run(lambda session: session.connection().execute(changed.values(status=status)))

    def run(self, unit: Callable[[Session], Any]) -> Any:
        """Something in a transaction."""
        return self.database.call(unit)

    def alert(self) -> tuple[Alert, Detail]:
        """Maya's newest alert and what is in it."""

        def read(session: Session) -> tuple[Alert, Detail]:
            found = alerts.newest_of(session, self.maya)
            assert found is not None
            return found, alerts.detail_of(session, self.kit.vault, found)

        return self.database.call(read)

    def leaves_number(self, number: str, when: str) -> None:
        """Maya has given a number to call, and the safe time for it."""

        def write(session: Session) -> None:
            plain = json.dumps({"number": number, "when": when}).encode()
            place = Place("member", "sealed_contact", self.maya.hex)
            sealed = self.kit.vault.seal(session, self.maya, place, plain)
            session.connection().execute(update(tables.member).values(sealed_contact=sealed))

        self.database.call(write)
