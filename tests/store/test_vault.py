"""What is sealed opens only where it belongs, for whom it belongs to, with the right key."""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from resource import RLIMIT_FSIZE, getrlimit, setrlimit
from uuid import UUID

import pytest
from sqlmodel import Session, select

from bot.errors import BetweenError
from bot.store import people, runs, tables
from bot.store.people import Participant, address_of
from bot.store.runs import StoredRun
from bot.store.tables import AnswerRow, PersonKeyRow
from bot.store.vault import (
    KeyGone,
    MasterKey,
    Place,
    SealBroken,
    Vault,
    create_master_key,
    load_master_key,
)
from bot.store.worker import Database

ANN, BEN = UUID(int=1), UUID(int=2)
HERE = Place("answer", "sealed_body", "row1")
WORDS = b"I did not sleep and I told nobody"


@pytest.fixture
def sealed(database: Database, vault: Vault) -> bytes:
    """Ann's words; Ben has a key, too."""

    def unit(session: Session) -> bytes:
        vault.new_key(session, ANN)
        vault.new_key(session, BEN)
        return vault.seal(session, ANN, HERE, WORDS)

    return database.call(unit)


def test_round_trip(database: Database, vault: Vault, sealed: bytes) -> None:
    """What was sealed opens in its place, is 33 bytes longer and shows nothing of itself."""
    assert database.call(lambda s: vault.open(s, ANN, HERE, sealed)) == WORDS
    assert len(sealed) == len(WORDS) + 33
    assert b"sleep" not in sealed


@pytest.mark.parametrize(
    ("person", "place"),
    [
        (BEN, HERE),
        (ANN, HERE._replace(table="run")),
        (ANN, HERE._replace(column="sealed_state")),
        (ANN, HERE._replace(row="row2")),
        (ANN, Place("answe", "rsealed_body", "row1")),
    ],
)
def test_a_sealed_copy_in_another_place_does_not_open(
    database: Database, vault: Vault, sealed: bytes, person: UUID, place: Place
) -> None:
    """A copy in another person's, table's, column's or row's place does not open."""
    with pytest.raises(SealBroken):
        database.call(lambda s: vault.open(s, person, place, sealed))


def test_no_byte_of_a_seal_may_be_changed_or_missing(
    database: Database, vault: Vault, sealed: bytes
) -> None:
    """No byte may be changed, and none may be missing."""
    flipped = [sealed[:n] + bytes([sealed[n] ^ 1]) + sealed[n + 1 :] for n in range(len(sealed))]
    for damaged in (*flipped, sealed[:-1], sealed[:20], sealed[:5], b""):
        with pytest.raises(SealBroken):
            database.call(partial(vault.open, person=ANN, place=HERE, sealed=damaged))


def test_never_the_same(database: Database, vault: Vault, sealed: bytes) -> None:
    """The same words sealed twice look different."""
    assert database.call(lambda s: vault.seal(s, ANN, HERE, WORDS)) != sealed


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (MasterKey(bytes(32)), "does not fit this database"),
        (MasterKey(bytes(range(32)), version=2), "version 1, and version 2 is in the key file"),
    ],
)
def test_wrong_master_key(database: Database, sealed: bytes, other: MasterKey, says: str) -> None:
    """Another master key opens nothing and says so."""
    with pytest.raises(SealBroken, match=says):
        database.call(lambda s: Vault(other).open(s, ANN, HERE, sealed))


def test_key_moved_to_another_person(database: Database, sealed: bytes) -> None:
    """A wrapped key copied to another person does not unwrap."""

    def swap(session: Session) -> None:
        rows = session.exec(select(PersonKeyRow)).all()
        rows[0].wrapped, rows[1].wrapped = rows[1].wrapped, rows[0].wrapped

    database.call(swap)
    fresh = Vault(MasterKey(bytes(range(32))))
    with pytest.raises(SealBroken):
        database.call(lambda s: fresh.open(s, ANN, HERE, sealed))


def test_key_destroyed(database: Database, vault: Vault, sealed: bytes) -> None:
    """Once the key is destroyed the words are gone, also for a vault that had it in memory."""
    database.call(lambda s: vault.destroy_key(s, ANN))
    with pytest.raises(KeyGone):
        database.call(lambda s: vault.open(s, ANN, HERE, sealed))
    with pytest.raises(KeyGone):
        database.call(lambda s: vault.seal(s, ANN, HERE, WORDS))
    assert database.call(lambda s: vault.seal(s, BEN, HERE, WORDS))


def test_sealed_before(database: Database, vault: Vault) -> None:
    """What an earlier version sealed opens still: the format is part of the data."""
    key = (
        "f0388e6f1cc9986cf6a9e14a1fe80933d105e0f0c236e8c337b2af3746ab3e66fa89eb877e5e5d857ab779de"
        "38d3fc26165927dadd567290eac69774"
    )
    words = (
        "010000000189805c9ab14e0680948fc3ede36ccb3d372fde89d3ab489c356601953dc916088162581c3d61f3"
        "88c35adf"
    )

    def unit(session: Session) -> bytes:
        wrapped = bytes.fromhex(key)
        session.add(PersonKeyRow(participant_id=ANN, wrapped=wrapped, master_version=1))
        session.flush()
        return vault.open(session, ANN, HERE, bytes.fromhex(words))

    assert database.call(unit) == b"I did not sleep"


def test_remembers_no_more_than_told(database: Database, sealed: bytes) -> None:
    """A vault that may remember one key still opens everybody's words."""
    small = Vault(MasterKey(bytes(range(32))), remembers=1)

    def unit(session: Session) -> list[bytes]:
        both = (ANN, BEN, ANN, BEN)
        bodies = [small.seal(session, who, HERE, WORDS) for who in both]
        return [
            small.open(session, who, HERE, body) for who, body in zip(both, bodies, strict=True)
        ]

    assert database.call(unit) == [WORDS] * 4


def test_a_lookup_hash_is_stable_and_tells_kinds_apart(vault: Vault) -> None:
    """A lookup hash is stable, tells kinds apart and depends on the master key."""
    same = vault.lookup("telegram", "7")
    assert same == Vault(MasterKey(bytes(range(32)))).lookup("telegram", "7")
    others = {
        vault.lookup("telegra", "m7"),
        vault.lookup("telegram", "8"),
        Vault(MasterKey(bytes(32))).lookup("telegram", "7"),
    }
    assert len(others | {same}) == 4


def test_nothing_readable_on_disk(
    database: Database,
    database_url: str,
    database_kind: str,
    vault: Vault,
    meet: Callable[[], Participant],
    begin: Callable[[Participant], StoredRun],
    now: datetime,
) -> None:
    """Neither words nor Telegram ids, nor a destroyed key, are found in the file or its journal."""
    if database_kind == "postgresql":
        pytest.skip("the server's files are not ours to read")
    person = meet()
    stored = begin(person)
    database.call(lambda s: runs.save_answer(s, vault, stored, "situation", WORDS.decode(), now))
    wrapped = database.call(lambda s: s.exec(select(PersonKeyRow)).one().wrapped)
    file = Path(database_url.removeprefix("sqlite:///"))
    journal = file.with_name(file.name + "-wal")
    before = file.read_bytes() + journal.read_bytes()
    assert wrapped in before
    assert not any(plain in before for plain in (WORDS, b"sleep", b"700000001"))

    database.call(lambda s: vault.destroy_key(s, person.id))
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    after = file.read_bytes() + journal.read_bytes()
    assert wrapped not in after
    assert not any(plain in after for plain in (WORDS, b"sleep", b"700000001"))
    with pytest.raises(KeyGone):
        database.call(lambda s: runs.answers(s, vault, stored.id))


def test_answer_moved_by_hand(
    database: Database,
    vault: Vault,
    meet: Callable[[], Participant],
    begin: Callable[[Participant], StoredRun],
    now: datetime,
) -> None:
    """Somebody who copies one row's bytes into another, inside the database, is found out."""
    one, two = begin(meet()), begin(meet())

    def swap(session: Session) -> None:
        for stored in (one, two):
            runs.save_answer(session, vault, stored, "mood", stored.id.hex, now)
        rows = session.exec(select(AnswerRow)).all()
        rows[0].sealed_body = rows[1].sealed_body

    database.call(swap)
    with pytest.raises(SealBroken):
        database.call(lambda s: [runs.answers(s, vault, stored.id) for stored in (one, two)])


def test_address_sealed(database: Database, vault: Vault, meet: Callable[[], Participant]) -> None:
    """The chat id is sealed in the participant's row."""
    person = meet()
    sealed = database.call(
        lambda s: s.connection().execute(select(tables.participant.c.sealed_address)).scalar_one()
    )
    found = database.call(lambda s: vault.open(s, person.id, address_of(person.id), sealed))
    assert found == b"700000001"


def test_master_key_file(tmp_path: Path) -> None:
    """A key file is private, comes back as it was made, is never overwritten and never printed."""
    path = tmp_path / "master.key"
    made = create_master_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_master_key(path) == made
    assert made.secret.hex() not in repr(made)
    with pytest.raises(BetweenError, match="exists already"):
        create_master_key(path)
    assert load_master_key(path) == made


@pytest.mark.parametrize(
    ("content", "mode", "says"),
    [
        (None, 0o600, "There is no master key"),
        ("1 " + "ab" * 32, 0o640, "chmod 600"),
        ("1 " + "ab" * 32, 0o604, "chmod 600"),
        ("1 " + "ab" * 31, 0o600, "32 bytes"),
        ("1 " + "ab" * 33, 0o600, "32 bytes"),
        ("ab" * 32, 0o600, "is not a master key"),
        ("", 0o600, "is not a master key"),
        ("\xff\xfe", 0o600, "cannot be read"),
    ],
)
def test_bad_master_key_file(tmp_path: Path, content: str | None, mode: int, says: str) -> None:
    """A key file that is missing, open to others or damaged is refused in plain words."""
    path = tmp_path / "master.key"
    if content is not None:
        path.write_bytes(content.encode("latin-1"))
        path.chmod(mode)
    with pytest.raises(BetweenError, match=says):
        load_master_key(path)


def test_people_outlive_the_memory(
    database: Database, meet: Callable[[], Participant], vault: Vault
) -> None:
    """A vault that never saw a person's key reads it from the database."""
    person = meet()
    fresh = Vault(MasterKey(bytes(range(32))))
    place = address_of(person.id)
    sealed = database.call(lambda s: fresh.seal(s, person.id, place, b"x"))
    assert database.call(lambda s: vault.open(s, person.id, place, sealed)) == b"x"
    assert database.call(lambda s: people.find(s, fresh, 700_000_001)) == person


def test_a_full_disk_leaves_no_half_key(tmp_path: Path) -> None:
    """An empty file was taken for the key by the next `between init`, and opened nothing."""
    path, before = tmp_path / "master.key", getrlimit(RLIMIT_FSIZE)
    setrlimit(RLIMIT_FSIZE, (0, before[1]))
    try:
        with pytest.raises(BetweenError, match="cannot be written"):
            create_master_key(path)
    finally:
        setrlimit(RLIMIT_FSIZE, before)
    assert not path.exists()
    assert create_master_key(path) == load_master_key(path)
