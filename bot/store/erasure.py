"""Forgetting one person: their rows go, their key is destroyed, a tombstone remains.

The tombstone holds the keyed hash of the Telegram id and a moment, nothing else: whoever restores
an older backup deletes again everybody who was deleted since.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine, bindparam, delete, or_, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.upsert import Upsert
from bot.store.vault import Vault

ERASE = "erase"
"""The kind of due row that ends a person's existence here, within a minute of their word."""
REACH = timedelta(hours=47)
"""Telegram lets a bot delete messages younger than 48 hours, on both sides of a private chat."""

_IN_THE_WAY = 250
"""Milliseconds that the emptying of the journal waits for whoever reads."""
_o = tables.outbox
_MESSAGES = (
    select(_o.c.message_id)
    .where(
        _o.c.participant_id == bindparam("person"),
        _o.c.message_id.is_not(None),
        _o.c.sent_at >= bindparam("since"),
    )
    .order_by(_o.c.message_id)
    .distinct()
)
_WORDS = tuple(
    delete(table).where(table.c.participant_id == bindparam("person"))
    for table in (
        *(tables.comment, tables.answer, tables.run, tables.due, tables.outbox),
        *(tables.staff_score, tables.target, tables.enabled, tables.spared, tables.trial),
        *(tables.alert, tables.recent, tables.page_link, tables.consent),
        *(tables.partner_promise, tables.pair_wish, tables.pair_block),
        *(tables.board_helped, tables.board_line, tables.shown_buttons),
    )
)
_PAIRS = delete(tables.pair).where(
    or_(
        tables.pair.c.first_id == bindparam("person"),
        tables.pair.c.second_id == bindparam("person"),
    )
)
_ENTRIES = (
    *(
        delete(table).where(table.c.participant_id == bindparam("person"))
        for table in (
            *(tables.comment, tables.answer, tables.run, tables.outbox, tables.staff_score),
            tables.target,
            *(tables.alert, tables.recent, tables.page_link, tables.attendance),
            *(tables.assignment, tables.board_helped, tables.shown_buttons, tables.pair_wish),
        )
    ),
    delete(tables.partner_promise).where(  # two may go on as partners, and promise each other more
        tables.partner_promise.c.participant_id == bindparam("person"),
        tables.partner_promise.c.state != "open",
    ),
    delete(tables.rehearsal_card).where(
        tables.rehearsal_card.c.giver_id == bindparam("person"),
        tables.rehearsal_card.c.given_at.is_not(None),
    ),
    delete(tables.schedule).where(
        tables.schedule.c.participant_id == bindparam("person"),
        tables.schedule.c.active.is_(False),
    ),
    delete(tables.board_line).where(
        tables.board_line.c.participant_id == bindparam("person"),
        tables.board_line.c.state.not_in(["held", "approved"]),
    ),
)
_REASONS = (  # why staff took something out: their words, but they may name the person
    update(tables.export)
    .where(tables.export.c.subject == bindparam("person"))
    .values(sealed_reason=None)
)
_m = tables.member
_NAMES = (
    update(_m)
    .where(_m.c.participant_id == bindparam("person"))
    .values(sealed_alias=None, sealed_code=None, sealed_contact=None)
)
_KEY_OF = select(tables.participant.c.telegram_key).where(
    tables.participant.c.id == bindparam("person")
)
_PERSON = delete(tables.participant).where(tables.participant.c.id == bindparam("person"))
_TOMBSTONE = Upsert(tables.tombstone, "telegram_key", replace=("at",))


def recent_messages(session: Session, person: UUID, now: datetime) -> list[int]:
    """The messages to this person that Telegram would still delete, oldest first."""
    rows = session.connection().execute(_MESSAGES, {"person": person, "since": now - REACH})
    return list(rows.scalars())


def forget_words(session: Session, person: UUID) -> None:
    """Deletes all they wrote or agreed to, all that is planned or queued, alerts about them, their
    pairs, alias and number; they still exist. (The rest goes with the person's row: ON DELETE
    CASCADE.)"""
    for statement in (*_WORDS, _PAIRS, _REASONS, _NAMES):
        session.connection().execute(statement, {"person": person})


def forget_entries(session: Session, person: UUID) -> None:
    """Deletes what somebody wrote in the programme. They stay, as do their key, their alias and
    number, what they agreed to and asked to be spared, a promise to a partner that is still open,
    and the lines that they chose to leave on the board."""
    for statement in _ENTRIES:
        session.connection().execute(statement, {"person": person})


def erase(session: Session, vault: Vault, person: UUID, now: datetime) -> bool:
    """Destroys the key and every row of this person; False if there is nobody any more."""
    connection = session.connection()
    key = connection.execute(_KEY_OF, {"person": person}).scalar()
    if key is None:
        return False
    forget(session, vault, person)
    _TOMBSTONE.execute(connection, {"telegram_key": key, "at": now})
    return True


def forget(session: Session, vault: Vault, person: UUID) -> None:
    """Destroys the key and every row, without a trace: for people who never took part."""
    vault.destroy_key(session, person)
    forget_words(session, person)
    session.connection().execute(_PERSON, {"person": person})


def empty_log(engine: Engine) -> bool:
    """After an erasure: SQLite's journal still holds what was deleted until it is emptied.

    False if somebody was in the way, as Litestream is for as long as it runs: then it must be
    asked again, and nothing that is due waits for it meanwhile. Raises sqlite3.Error where the disk
    is full. (PostgreSQL's write-ahead log and dead rows are ciphertext whose key is gone.)
    """
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        (usual,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout={_IN_THE_WAY}")
        try:
            busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:  # the next unit of work may get this connection
            cursor.execute(f"PRAGMA busy_timeout={usual}")
    finally:
        connection.close()
    return not busy
