"""A backup is whole or refused, holds no key, and whoever was erased since stays erased."""

import re
import sqlite3
import stat
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from sqlmodel import Session

from bot.errors import BetweenError
from bot.store import backup, dues, erasure, tables
from bot.store.alone import alone
from bot.store.database import DataLock, is_current, open_engine
from bot.store.master_key import create_master_key, load_master_key
from bot.store.outbox import Kind, Letter, enqueue
from bot.store.restoring import restore
from bot.store.vault import MasterKey, SealBroken, Vault
from tests.cli.terminal import between, set_up
from tests.operate.dying import restore_and_die
from tests.operate.world import ANN, BEN, NOW, World

CARL = 700_000_003
sqlite_only = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def _quiet(*_: object) -> None:
    """Progress that nobody looks at."""


def _put_back(world: World, file: Path) -> str:
    return restore(world.url, file, world.vault, world.listed, NOW + timedelta(days=2), _quiet)


def test_whoever_was_erased_after_the_backup_stays_erased(world: World, tmp_path: Path) -> None:
    """The rest comes back as it was; who came after the backup is in the database kept aside."""
    file = tmp_path / "monday.backup"
    backup.save(world.url, file, _quiet)
    world.erase(ANN)
    world.welcome(CARL)
    aside = _put_back(world, file)
    assert is_current(world.url)
    assert [world.knows(number) for number in (ANN, BEN, CARL)] == [False, True, False]
    assert aside
    assert world.listed.read_text().count("+00:00") == 1


def test_whoever_was_erased_and_not_yet_listed_is_listed_before_the_restore(
    world: World, tmp_path: Path
) -> None:
    """A crash may have come between the erasure and the list."""
    file = tmp_path / "monday.backup"
    backup.save(world.url, file, _quiet)
    world.erase(ANN)
    world.listed.unlink()
    _put_back(world, file)
    assert [world.knows(number) for number in (ANN, BEN)] == [False, True]


def test_whoever_was_told_that_all_is_deleted_stays_deleted(world: World, tmp_path: Path) -> None:
    """The bot was stopped within the minute that their last words have to arrive."""
    file = tmp_path / "monday.backup"
    backup.save(world.url, file, _quiet)
    ann, at = world.id_of(ANN), NOW + timedelta(days=1)
    world.do(lambda s: dues.set_due(s, ann, erasure.ERASE, None, None, at, "erase", at))
    _put_back(world, file)
    assert [world.knows(number) for number in (ANN, BEN)] == [False, True]


def test_what_may_have_gone_out_since_goes_out_once_at_most(world: World, tmp_path: Path) -> None:
    """A partner's phrase that waited in the backup is not sent again; an answer is."""
    vault, person = world.vault, world.welcome(ANN)
    for kind in (Kind.NUDGE, Kind.REPLY):
        letter = Letter(f"test.{kind}", person, kind, "{}", not_before=NOW)
        world.do(partial(enqueue, vault=vault, letter=letter, now=NOW))
    world.do(_sign_in)
    backup.save(world.url, tmp_path / "b", _quiet)
    _put_back(world, tmp_path / "b")
    states = select(tables.outbox.c.kind, tables.outbox.c.status)
    found = {row[0]: row[1] for row in world.do(lambda s: s.connection().execute(states).all())}
    assert found == {Kind.NUDGE: "uncertain", Kind.REPLY: "pending"}
    links = select(tables.page_link)
    assert world.do(lambda s: s.connection().execute(links).all()) == []


def _sign_in(session: Session) -> None:
    person = session.connection().execute(select(tables.participant.c.id)).scalar()
    row = {"token_hash": b"x", "participant_id": person, "purpose": "export", "expires_at": NOW}
    session.connection().execute(insert(tables.page_link), row)


@sqlite_only
def test_it_is_for_its_owner_and_holds_no_key(world: World, tmp_path: Path) -> None:
    """Rights 600, no journal beside it, neither the key's bytes nor its digits in it."""
    file = tmp_path / "copy"
    backup.save(world.url, file, _quiet)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.glob("copy*")] == ["copy"]
    secret, content = load_master_key(world.key).secret, file.read_bytes()
    assert secret not in content
    assert secret.hex().encode() not in content
    assert str(ANN).encode() not in content


@sqlite_only
def test_it_is_made_while_the_bot_writes(world: World, tmp_path: Path) -> None:
    """Writing goes on meanwhile, and the copy is of one moment."""
    stop, writes = threading.Event(), 0

    def write() -> None:
        nonlocal writes
        while not stop.is_set():
            world.welcome(800_000_000 + writes)
            writes += 1

    writer = threading.Thread(target=write)
    writer.start()
    while not writes:
        pass
    for number in range(3):
        backup.save(world.url, tmp_path / f"b{number}", _quiet)
    stop.set()
    writer.join()
    for number in range(3):
        with closing(sqlite3.connect(tmp_path / f"b{number}")) as copy:
            keys, people = (
                copy.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("person_key", "participant")
            )
        assert keys == people > 2


HALVES: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda whole: whole[: len(whole) // 2],
    "a page short": lambda whole: whole[:-4096],
    "a byte short": lambda whole: whole[:-1],
    "empty": lambda _: b"",
    "something else": lambda _: b"hello" * 100,
    "a page overwritten": lambda whole: whole[:8192] + bytes(4096) + whole[12288:],
}


@sqlite_only
@pytest.mark.parametrize("half", HALVES)
def test_a_half_written_backup_is_refused(world: World, tmp_path: Path, half: str) -> None:
    """In one sentence, and the database stays as it was."""
    file = tmp_path / "b"
    backup.save(world.url, file, _quiet)
    file.write_bytes(HALVES[half](file.read_bytes()))
    world.welcome(CARL)
    with pytest.raises(BetweenError, match=r"backup"):
        _put_back(world, file)
    assert all(world.knows(number) for number in (ANN, BEN, CARL))


def test_a_backup_of_another_key_is_refused(world: World, tmp_path: Path) -> None:
    """Nobody could read it; the database stays as it was."""
    file = tmp_path / "b"
    backup.save(world.url, file, _quiet)
    other = tmp_path / "other.key"
    create_master_key(other)
    vault = Vault(load_master_key(other))
    with pytest.raises(BetweenError, match="does not fit"):
        restore(world.url, file, vault, world.listed, NOW, _quiet)
    assert all(world.knows(number) for number in (ANN, BEN))


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_a_dump_that_was_cut_off_is_refused(world: World, tmp_path: Path) -> None:
    """It is read to its end before anything is touched."""
    file = tmp_path / "b"
    backup.save(world.url, file, _quiet)
    file.write_bytes(file.read_bytes()[:-2000])
    with pytest.raises(BetweenError, match="pg_restore"):
        _put_back(world, file)
    assert all(world.knows(number) for number in (ANN, BEN))


def test_a_running_bot_is_not_robbed_of_its_database(world: World, tmp_path: Path) -> None:
    """Whoever uses it has to stop first."""
    with DataLock(tmp_path):
        engine = open_engine(world.url)
        with (
            engine.connect(),
            pytest.raises(BetweenError, match="Stop"),
            alone(world.url, tmp_path),
        ):
            pass
        engine.dispose()


@sqlite_only
def test_a_broken_database_is_kept_aside_with_its_journal(world: World, tmp_path: Path) -> None:
    """The reason for restoring may be that nothing of it opens any more."""
    file, place = tmp_path / "b", tmp_path / "between.db"
    backup.save(world.url, file, _quiet)
    place.write_bytes(b"broken" * 1000)
    (tmp_path / "between.db-wal").write_bytes(b"old journal")
    aside = Path(_put_back(world, file))
    assert aside.read_bytes().startswith(b"broken")
    assert not (tmp_path / "between.db-wal").exists()
    assert all(world.knows(number) for number in (ANN, BEN))


@sqlite_only
def test_killed_at_any_moment_there_is_the_old_database_or_the_new_one(
    world: World, tmp_path: Path
) -> None:
    """kill -9 before each third step: never none, never half of one; run again, it is done."""
    backup.save(world.url, tmp_path / "copy", _quiet)
    world.erase(ANN)
    world.welcome(CARL)
    steps = 0
    while restore_and_die(world.url, tmp_path, steps):
        steps += 3
        assert (tmp_path / "between.db").exists()
        assert [world.knows(number) for number in (ANN, BEN)] == [False, True]
    assert steps >= 15
    assert not world.knows(CARL)
    assert not (tmp_path / "between.db.restoring").exists()


@sqlite_only
def test_two_restores_in_one_second_keep_both_databases_aside(world: World, tmp_path: Path) -> None:
    """The second ended in a traceback, because the name of the first was taken."""
    file = tmp_path / "monday.backup"
    backup.save(world.url, file, _quiet)
    kept = [_put_back(world, file) for _ in range(3)]
    assert len({Path(each).stat().st_ino for each in kept}) == 3
    assert [each.rpartition("Z")[2] for each in kept] == ["", "-2", "-3"]


@sqlite_only
def test_what_could_not_be_put_back_leaves_no_copy_behind(world: World, tmp_path: Path) -> None:
    """A backup of another key is refused; whoever was erased since is not left lying beside it."""
    backup.save(world.url, tmp_path / "copy", _quiet)
    world.erase(ANN)
    other = Vault(MasterKey(b"o" * 32))
    with pytest.raises(SealBroken):
        restore(world.url, tmp_path / "copy", other, world.listed, NOW, _quiet)
    assert not list(tmp_path.glob("*.restoring*"))
    assert [world.knows(number) for number in (ANN, BEN)] == [False, True]


def test_as_an_operator_types_it(tmp_path: Path) -> None:
    """Made, never overwritten, never beside the key, put back; the old one is named."""
    set_up(tmp_path)
    made = between(tmp_path, "backup", "--to", "b")
    assert made.returncode == 0, made.stderr
    assert "whole" in made.stdout
    assert "exists already" in between(tmp_path, "backup", "--to", "b").stderr
    assert "master key" in between(tmp_path, "backup", "--to", "keys/b").stderr
    back = between(tmp_path, "restore", "b")
    assert back.returncode == 0, back.stderr
    assert re.search(r"kept as .*between\.db\.before-\d{8}T\d{6}Z", back.stdout)
    with DataLock(tmp_path / "data"):
        refused = between(tmp_path, "restore", "b")
    assert refused.returncode == 1
    assert "Stop it first" in refused.stderr
    assert "Traceback" not in refused.stderr
