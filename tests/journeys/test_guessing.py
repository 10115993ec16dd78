"""Ten thousand guessed codes: none works, and nobody who was really invited is locked out."""

import secrets
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlmodel import Session

from bot.config import Settings
from bot.store import invites, tables
from bot.store.master_key import create_master_key
from bot.store.worker import Database
from bot.usecases import set_up
from bot.usecases.incoming import Command, Incoming, Sender
from bot.usecases.kit import Kit
from bot.usecases.receive import receive
from bot.wiring import make_kit

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
GUESSES, USERS, INVITED = 10_000, 500, 5


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """Content and keys, as the bot has them."""
    create_master_key(tmp_path / "master.key")
    return make_kit(Settings(master_key_file=tmp_path / "master.key"), NOW.date())


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_ten_thousand_guesses(database: Database, kit: Kit) -> None:
    """From 500 accounts with twenty guesses each; in between five are invited, and come in."""
    updates = iter(range(GUESSES * 2))

    def opens(session: Session, telegram_id: int, code: str) -> None:
        what = Command("start", code)
        incoming = Incoming(42, next(updates), Sender(telegram_id), what)
        receive(session, incoming, NOW, kit)

    def invite(session: Session) -> list[str]:
        group = set_up.demo_group(session, "UTC", NOW)
        return [invites.invite(session, kit.vault, NOW, group=group.id) for _ in range(INVITED)]

    def guess(session: Session, first: int) -> None:
        for user in range(first, first + USERS // INVITED):
            for _ in range(GUESSES // USERS):
                opens(session, user, secrets.token_urlsafe(invites.BYTES))

    codes = database.call(invite)
    for at, code in enumerate(codes):
        database.call(partial(guess, first=1_000 + at * USERS))
        # A guesser who opens a real invitation has to wait; the invited person is let in.
        database.call(partial(opens, telegram_id=1_000 + at * USERS, code=code))
        database.call(partial(opens, telegram_id=10 + at, code=code))

    def standings(session: Session) -> dict[str, int]:
        _p = tables.participant
        counted = select(_p.c.standing, func.count().label("many")).group_by(_p.c.standing)
        return {row.standing: row.many for row in session.connection().execute(counted).all()}

    assert database.call(standings) == {"stranger": USERS, "pending": INVITED}
