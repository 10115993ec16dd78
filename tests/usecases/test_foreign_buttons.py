"""Whoever makes up the data of a button gets nothing of another group's: every verb, every id."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlmodel import Session

from bot.catalog.risk.kinds import Tier
from bot.messages.callback import LONGEST, for_menu, short_id
from bot.store import alerts, board, groups, pairs, tables
from bot.store.alert_items import Detail, Item
from bot.store.board import Kind, State
from bot.store.outbox.letters import body_place
from bot.store.worker import Database
from bot.usecases import press, sending, set_up, staff_alerts, watch
from bot.usecases.incoming import Incoming, Press, Sender
from bot.usecases.kit import Kit
from bot.usecases.profile.steps import STEPS
from bot.usecases.receive import receive
from bot.usecases.set_up import Known
from bot.usecases.staff_chat import trying
from bot.usecases.staff_chat.chat import VERBS
from tests.usecases.clinic import ADA, MORA, THOUGHT, Clinic
from tests.usecases.clockwork import MADRID, MAYA, RIVERA

FINCH, SECRET = 1010, "xylophone"
THEIRS = ("Wren", "Goldfinch", "Friday-A", SECRET)
"""What nobody of Dr Rivera's group may ever read."""
EVERY = sorted(
    {*press.PAGES, *VERBS, *staff_alerts.VERBS, *watch.SAFETY, sending.VERB, trying.TRIAL}
    | {f"step.{name}" for name in STEPS}
)
TAILS = ("", ".0", ".yes", ".cbt.thought7")
Rows = dict[str, str]


class UndoneError(Exception):
    """Nothing of it stays."""


@dataclass
class Forger:
    """A clinic, and what is known of the other group's: an id of each kind, and all its rows."""

    clinic: Clinic
    ids: dict[str, UUID]

    def tries(self, who: int, verb: str) -> tuple[str, Rows]:
        """Presses this button with each of the ids; what came of it to read, and what is in the
        database by then. None of it stays."""
        found: list[tuple[str, Rows]] = []

        def work(session: Session) -> None:
            numbers = count(900_000_000)
            notes = []
            for data in self._made_up(verb):
                incoming = Incoming(42, next(numbers), Sender(who, "en"), Press(data))
                now = self.clinic.now + timedelta(seconds=next(numbers) - 900_000_000)
                got = receive(session, incoming, now, self.clinic.kit)
                notes.append(got.note or "")
            found.append((" ".join([*notes, *self._told(session, who)]), self.rows(session)))
            raise UndoneError

        with pytest.raises(UndoneError):
            self.clinic.run(work)
        return found[0]

    def _made_up(self, verb: str) -> Iterator[str]:
        name, _, step = verb.partition(".")
        for each in self.ids.values():
            for tail in TAILS:
                data = for_menu(name, ".".join(filter(None, (step, short_id(each)))) + tail)
                if len(data) <= LONGEST:
                    yield data

    def _told(self, session: Session, who: int) -> list[str]:
        t, vault = tables.outbox, self.clinic.kit.vault
        me = self.clinic.id_in(session, who)
        waits = t.c.participant_id == me, t.c.status == "pending"
        rows = session.connection().execute(select(t.c.key, t.c.sealed_body).where(*waits)).all()
        return [
            vault.open(session, me, body_place(row.key), row.sealed_body).decode() for row in rows
        ]

    def rows(self, session: Session) -> Rows:
        """Everything of the other group, but the trail of what was refused, and that its therapist
        is told of an alert where nobody else is there."""
        theirs, found = [each for name, each in self.ids.items() if name != "therapist"], {}
        for table in tables.metadata.sorted_tables:
            for column in table.c:
                is_id = column.type.python_type is UUID
                if is_id and table.name != "audit":
                    query = select(table).where(column.in_(theirs))
                    rows = session.connection().execute(query).all()
                    found[f"{table.name}.{column.name}"] = repr(sorted(map(repr, rows)))
        return found


@pytest.fixture
def forger(database: Database, shipped: Kit) -> Forger:
    """Dr Mora's group has an entry, an alert, a line, a pair; somebody has all of their ids."""
    clinic = Clinic(database, shipped).open()
    run = clinic.goes_through(ADA, "cbt.thought7", *THOUGHT)
    made = Forger(clinic, {"run": run.id})
    clinic.run(lambda session: _furnish(session, made))
    return made


def _furnish(session: Session, made: Forger) -> None:
    clinic, kit, now = made.clinic, made.clinic.kit, made.clinic.now
    programme = groups.programme(session)
    assert programme is not None
    groups.set_programme(session, replace(programme, partner_pairs=True), now)
    (group,) = (each.id for each in groups.groups(session) if each.name == "Friday-A")
    ada = clinic.id_in(session, ADA)
    known = Known(FINCH, "en", MADRID, "Goldfinch")
    finch = set_up.enrol(session, kit, group, known, now).id
    pair = pairs.propose(session, group, (ada, finch), (), now)
    said = Item(at=now, tier="crisis", source="words", text=SECRET)
    detail = Detail(routed_at=now, items=(said,))
    alert = alerts.add(session, kit.vault, ada, group, Tier.CRISIS, "words", detail, now)
    line = board.begin(session, kit.vault, ada, group, Kind.HELPED, "evening", "en", now)
    begun = board.get(session, kit.vault, line)
    assert begun is not None
    assert pair is not None
    board.write(session, kit.vault, begun, SECRET, State.HELD, "en", now)
    s = tables.schedule
    plan = select(s.c.id).where(s.c.participant_id.in_([ada, finch])).limit(1)
    made.ids |= {
        "person": ada,
        "partner": finch,
        "group": group,
        "pair": pair.id,
        "alert": alert.id,
        "line": line,
        "schedule": session.connection().execute(plan).scalar_one(),
        "therapist": clinic.id_in(session, MORA),
    }


def test_their_own_therapist_gets_something(forger: Forger) -> None:
    """Else the test below would prove nothing."""
    seen, _ = forger.tries(MORA, "participant")
    assert "Wren" in seen
    _, after = forger.tries(MORA, "finished")
    assert after != forger.clinic.database.call(forger.rows)


@pytest.mark.long
@pytest.mark.parametrize("who", [MAYA, RIVERA])
def test_no_button_reaches_another_group(forger: Forger, who: int) -> None:
    """A participant's, a therapist's: nothing of theirs is read, and no row of theirs changes."""
    before = forger.clinic.database.call(forger.rows)
    for verb in EVERY:
        seen, after = forger.tries(who, verb)
        assert not [each for each in THEIRS if each in seen], verb
        assert after == before, verb
