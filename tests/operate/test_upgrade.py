"""A database of an earlier version, with people in it, becomes one of this version, or stays."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, text

from bot.store.database import is_current, migrate, migrations, open_engine
from tests.cli.terminal import between
from tests.operate.dying import migrate_and_die

BEFORE = "0014"
PEOPLE = 40
MESSAGES = 1000
_MOMENT = "2026-03-02 09:00:00+00:00"
_PERSON = """
INSERT INTO participant
    (id, telegram_key, sealed_address, language, zone, reachable, standing, created_at)
VALUES (:id, :key, :key, 'en', 'UTC', true, 'member', :at)
"""
_PROGRAMME = """
INSERT INTO programme (id, name, zone, created_at, export_as_file, alerts_in_chat, retention_days,
    partner_pairs, partner_notes, open_backup_minutes, open_lead_minutes, closed_backup_minutes,
    closed_lead_minutes, reviewed_only)
VALUES (1, 'Riverside', 'America/New_York', :at, false, true, 90, false, false, 15, 30, 30, 60,
    false)
"""
_KEY = "INSERT INTO person_key (participant_id, wrapped, master_version) VALUES (:id, :key, 1)"
_MESSAGE = """
INSERT INTO outbox (key, participant_id, kind, policy, redraws, status, attempts, ambiguous,
    not_before, created_at, sealed_body)
VALUES (:name, :id, 3, 'at_most_once', false, 'uncertain', 0, 0, :at, :at, :key)
"""


@pytest.fixture
def old_url(blank_url: str) -> str:
    """A database as version 0014 left it, with people, their keys and messages."""
    command.upgrade(migrations(blank_url), BEFORE)
    engine = open_engine(blank_url)
    with engine.begin() as connection:
        for number in range(PEOPLE):
            row = {"id": f"{number:032x}", "key": number.to_bytes(32), "at": _MOMENT}
            for each in (_PERSON, _KEY):
                connection.execute(text(each), row)
            for count in range(MESSAGES // PEOPLE):
                connection.execute(text(_MESSAGE), row | {"name": f"{number}.{count}"})
    engine.dispose()
    return blank_url


def _held(engine: Engine) -> dict[str, object]:
    """The revision, and every row of what people have here."""
    with engine.connect() as connection:
        found: dict[str, object] = {
            table: sorted(map(str, connection.execute(text(f"SELECT {what} FROM {table}")).all()))
            for table, what in (
                ("participant", "id, telegram_key, sealed_address, language, standing"),
                ("person_key", "participant_id, wrapped, master_version"),
                ("outbox", "id, key, participant_id, status, sealed_body"),
            )
        }
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    return found | {"revision": revision}


def test_killed_at_each_step_it_begins_where_it_began(old_url: str) -> None:
    """kill -9 after each migration: nothing of it is there; run again, everything is."""
    engine = open_engine(old_url)
    before = _held(engine)
    engine.dispose()
    kills = 0
    while migrate_and_die(old_url, steps=kills):
        kills += 1
        engine = open_engine(old_url)
        assert _held(engine) == before
        engine.dispose()
    assert kills >= 5
    assert is_current(old_url)
    engine = open_engine(old_url)
    after = _held(engine)
    engine.dispose()
    assert before["revision"] == BEFORE
    assert before | {"revision": after["revision"]} == after


def test_staff_who_joined_earlier_live_by_the_clock_of_their_programme(blank_url: str) -> None:
    """They had that of the server, and nobody asks them; members keep the one they chose."""
    command.upgrade(migrations(blank_url), "0022")
    engine = open_engine(blank_url)
    with engine.begin() as connection:
        for number, standing in enumerate(("member", "staff")):
            row = {"id": f"{number:032x}", "key": number.to_bytes(32), "at": _MOMENT}
            connection.execute(text(_PERSON.replace("'member'", f"'{standing}'")), row)
        connection.execute(text(_PROGRAMME), {"at": _MOMENT})
    migrate(blank_url)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT zone FROM participant ORDER BY id")).scalars()
        assert list(found) == ["UTC", "America/New_York"]
    engine.dispose()


def test_it_tells_how_far_it_is(old_url: str) -> None:
    """One step after the other, up to all there are."""
    told: list[tuple[int, int]] = []
    migrate(old_url, lambda done, of: told.append((done, of)))
    many = len(told)
    assert many >= 5
    assert told == [(number, many) for number in range(1, many + 1)]


@pytest.mark.long
def test_as_an_operator_types_it(tmp_path: Path) -> None:
    """The bar is on the error stream, the sentence on the other; a second time nothing is done."""
    (tmp_path / "data").mkdir(mode=0o700)
    command.upgrade(migrations(f"sqlite:///{tmp_path / 'data' / 'between.db'}"), BEFORE)
    for _ in range(2):
        done = between(tmp_path, "db", "upgrade")
        assert done.returncode == 0, done.stderr
        assert "up to date" in done.stdout
        assert "Upgrading" in done.stderr
        assert "100%" in done.stderr
