"""What somebody wrote and a therapist asked to read: it stays back if they take it back meanwhile,
and nothing of it is left with anybody once they have deleted everything."""

from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlmodel import Session

from bot.catalog.consents import Scope
from bot.messages.callback import for_menu, short_id
from bot.store import board, consents, groups, staff, tables
from bot.store.board import Kind, State
from bot.store.consents import Event
from bot.store.outbox.letters import body_place
from bot.store.worker import Database
from bot.usecases.incoming import Press
from bot.usecases.kit import Kit
from tests.usecases.clockwork import LEO, MAYA, RIVERA
from tests.usecases.couple import HOUR, Couple
from tests.usecases.rehearsing import Rehearsing, rehearsing

SECRET = "xylophone"
DANGER = f"I want to kill myself with the {SECRET}"


@pytest.fixture
def works(database: Database, shipped: Kit) -> Rehearsing:
    """Maya and Leo are partners and may write notes; Dr Rivera looks after them."""
    both = rehearsing(database, shipped)
    both.pair_up()
    both.run(lambda s: both.programme(s, partner_notes=True))
    return both


def opens(works: Couple) -> None:
    """Dr Rivera opens what came about Maya, and chooses a PIN for it."""
    works.presses(RIVERA, "Open")
    for _ in range(2):
        works.types(RIVERA, "4711")


def holds_up(works: Couple, *who: int) -> None:
    """Telegram is slow with these; what they get stays queued."""
    works.slow = tuple(works.id_of(each) for each in who)


def kept(works: Couple, words: str) -> list[str]:
    """The messages, whatever became of them, in which these words can be read with our keys."""

    def read(session: Session) -> list[str]:
        t = tables.outbox
        query = select(t.c.key, t.c.participant_id, t.c.sealed_body)
        rows = session.connection().execute(query.where(t.c.sealed_body.is_not(None))).all()
        opened = partial(works.kit.vault.open, session)
        return [
            row.key
            for row in rows
            if words.encode() in opened(row.participant_id, body_place(row.key), row.sealed_body)
        ]

    return works.database.call(read)


def test_nothing_is_left_with_partner_and_therapist(works: Rehearsing) -> None:
    """A note that arrived at Leo's, an item Dr Rivera opened: their own keys opened both for a day
    after Maya had deleted everything."""
    works.types(MAYA, "/partner")
    works.presses(MAYA, "Write a short note")
    works.types(MAYA, f"the {SECRET} again")
    works.types(MAYA, DANGER)
    opens(works)
    assert works.told(LEO, SECRET)
    assert works.told(RIVERA, SECRET)
    works.types(MAYA, "/delete_me")
    works.presses(MAYA, "Yes, delete everything")
    assert kept(works, SECRET) == []
    works.live(HOUR)
    assert kept(works, "Heron") == []


def test_what_waits_for_a_therapist_goes_with_its_writer(works: Rehearsing) -> None:
    """Opened while Telegram was slow; then Maya deleted everything."""
    works.types(MAYA, DANGER)
    opened = len(works.to(RIVERA))
    works.presses(RIVERA, "Open")
    works.types(RIVERA, "4711")
    holds_up(works, RIVERA)
    works.types(RIVERA, "4711")
    assert kept(works, SECRET)
    works.types(MAYA, "/delete_me")
    works.presses(MAYA, "Yes, delete everything")
    works.slow = ()
    works.deliver()
    assert len(works.to(RIVERA)) > opened
    assert not works.told(RIVERA, SECRET)
    assert kept(works, SECRET) == []


def test_an_item_opens_only_for_whom_it_is_when_the_pin_is_typed(works: Rehearsing) -> None:
    """Asked for the PIN, and no longer of that group a minute later."""
    works.types(MAYA, DANGER)
    works.presses(RIVERA, "Open")
    works.types(RIVERA, "4711")
    works.run(partial(_leaves_the_group, works=works))
    works.types(RIVERA, "4711")
    assert not works.told(RIVERA, SECRET)


def _leaves_the_group(session: Session, works: Rehearsing) -> None:
    """And nobody ever told them of it."""
    who = works.person(session, RIVERA).id
    staff.leave_group(session, who, groups.groups(session)[0].id)
    session.connection().execute(tables.alert_notice.delete())


def test_a_line_taken_back_is_not_shown_any_more(works: Rehearsing) -> None:
    """It was to be read by Dr Rivera, and waited in her queue."""
    line = works.database.call(partial(_writes_a_line, works=works))
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "The group between sessions")
    works.presses(RIVERA, "Read what waits")
    works.types(RIVERA, "4711")
    holds_up(works, RIVERA)
    works.types(RIVERA, "4711")
    assert kept(works, SECRET)
    works.run(lambda s: board.remove(s, line))
    works.slow = ()
    works.deliver()
    assert not works.told(RIVERA, SECRET)


def _writes_a_line(session: Session, works: Rehearsing) -> UUID:
    vault, now, person = works.kit.vault, works.now, works.person(session, MAYA).id
    _says(session, works, MAYA, Scope.BOARD_LINES, granted=True)
    group = groups.groups(session)[0].id
    line = board.begin(session, vault, person, group, Kind.HELPED, "evening", "en", now)
    begun = board.get(session, vault, line)
    assert begun is not None
    board.write(session, vault, begun, SECRET, State.HELD, "en", now)
    return line


def _says(session: Session, works: Rehearsing, who: int, scope: Scope, *, granted: bool) -> None:
    text = works.kit.consents.texts[scope]
    event = Event(scope.value, granted, text.version, "", works.now)
    consents.record(session, works.person(session, who).id, event)


def test_cards_stay_back_once_their_writer_says_no(works: Rehearsing) -> None:
    """Leo let Dr Rivera read, and took it back while Telegram was slow."""
    works.invite()
    works.presses(LEO, "Sí")
    works.ring()
    works.round(LEO, MAYA)
    works.presses(LEO, "Escribir la tarjeta")
    works.presses(LEO, "Fuiste breve")
    for _ in range(4):
        works.presses(LEO, "Dejarlo fuera")
    works.presses(LEO, "Entregarla")
    works.ring()
    reads = partial(_says, works=works, who=LEO, scope=Scope.THERAPIST_READS)
    works.run(partial(reads, granted=True))
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Feedback cards")
    works.types(RIVERA, "4711")
    holds_up(works, RIVERA)
    works.types(RIVERA, "4711")
    assert kept(works, "You kept it short")
    works.run(partial(reads, granted=False))
    works.slow = ()
    works.deliver()
    assert not works.told(RIVERA, "You kept it short")


def test_what_a_therapist_opened_of_somebody_goes_with_them(works: Rehearsing) -> None:
    """Maya's page and her fortnight, asked for while Telegram was slow; then she deleted
    everything, and her name here reached nobody any more."""
    named = short_id(works.id_of(MAYA))
    told = len(works.told(RIVERA, "Heron"))
    holds_up(works, RIVERA)
    for verb in ("participant", "fortnight"):
        works.does(RIVERA, Press(for_menu(verb, named)))
    assert len(kept(works, "Heron")) > 1
    works.types(MAYA, "/delete_me")
    works.presses(MAYA, "Yes, delete everything")
    works.slow = ()
    works.live(HOUR)
    assert len(works.told(RIVERA, "Heron")) == told
    assert kept(works, "Heron") == []
