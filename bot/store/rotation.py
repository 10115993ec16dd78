"""A new master key takes the place of the old one: every person's key is wrapped anew.

What people wrote is not touched: it is sealed by their own keys. The order makes `kill -9` at any
moment harmless: the new key is on the disk before anything is wrapped by it, both are loaded as
long as both lie there, and the old one moves aside only when nothing needs it.
"""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, bindparam, func, select, update
from sqlmodel import Session

from bot.errors import BetweenError
from bot.store import tables
from bot.store.master_key import MasterKey, load_master_key, next_to, write_key
from bot.store.vault import Vault, lookup_key
from bot.store.worker import Database

SLICE = 1000
"""So many keys in one transaction."""
_t = tables.person_key
_OLD = _t.c.master_version != bindparam("version")
_LEFT = select(func.count()).where(_OLD)
_SOME = (
    select(_t.c.participant_id, _t.c.wrapped, _t.c.master_version)
    .where(_OLD, _t.c.participant_id > bindparam("after", type_=_t.c.participant_id.type))
    .order_by(_t.c.participant_id)
    .limit(bindparam("many"))
    .with_for_update()
)
_REWRAP = (
    update(_t)
    .where(_t.c.participant_id == bindparam("person"))
    .values(wrapped=bindparam("anew"), master_version=bindparam("version"))
)
_COUNTS = (
    select(_t.c.master_version, func.count())
    .group_by(_t.c.master_version)
    .order_by(_t.c.master_version)
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a master key stands: how many keys each version wraps, and which old files lie there
    still. `to` is the version that is taking its place."""

    version: int
    to: int | None
    wraps: dict[int, int]
    old: tuple[Path, ...]


def standing(engine: Engine, file: Path) -> Standing:
    """How far the key in this file is."""
    master = load_master_key(file)
    rows = Database(engine).call(lambda session: session.connection().execute(_COUNTS).all())
    to = None if master.successor is None else master.successor.version
    return Standing(master.version, to, {row[0]: int(row[1]) for row in rows}, _old(file))


def rotate(engine: Engine, file: Path, told: Callable[[int, int], None]) -> MasterKey:
    """Puts a new key into this file, or goes on where it was interrupted; the bot must not run.

    The old one lies beside it afterwards, with its version behind its name.
    """
    master = load_master_key(file)
    if master.successor is None:
        _refuse_while_old(file)
        master = _begin(file, master)
    successor = master.successor
    assert successor is not None
    _rewrap_all(engine, Vault(master), successor.version, told)
    _finish(file, master.version)
    return successor


def _begin(file: Path, master: MasterKey) -> MasterKey:
    successor = MasterKey(secrets.token_bytes(32), master.version + 1, lookup_key(master))
    draft = file.with_name(f"{file.name}.draft")
    try:
        draft.unlink(missing_ok=True)
        write_key(draft, successor)
        draft.rename(next_to(file))  # whole from the first moment
        _settle(file.parent)
    except OSError as error:
        raise BetweenError(
            f"A new key cannot be written beside {file} ({error.strerror}). Name the file itself"
            " in MASTER_KEY_FILE, not a copy that a service was handed."
        ) from error
    return load_master_key(file)


def _rewrap_all(engine: Engine, vault: Vault, to: int, told: Callable[[int, int], None]) -> None:
    database = Database(engine)
    database.call(vault.check)  # before anything is changed
    of, done, last = database.call(lambda session: _left(session, to)), 0, UUID(int=0)
    told(done, of)
    while people := database.call(partial(_some, vault=vault, to=to, after=last)):
        done, last = done + len(people), people[-1]
        told(done, of)


def _left(session: Session, to: int) -> int:
    return int(session.connection().execute(_LEFT, {"version": to}).scalar_one())


def _some(session: Session, vault: Vault, to: int, after: UUID) -> list[UUID]:
    asked = {"version": to, "many": SLICE, "after": after}
    rows = session.connection().execute(_SOME, asked).all()
    anew = [vault.rewrap(row.participant_id, row.wrapped, row.master_version, to) for row in rows]
    if anew:
        marks = [
            {"person": each["participant_id"], "anew": each["wrapped"], "version": to}
            for each in anew
        ]
        session.connection().execute(_REWRAP, marks)
    return [row.participant_id for row in rows]


def _finish(file: Path, version: int) -> None:
    aside = file.with_name(f"{file.name}.{version}")
    with suppress(FileExistsError):  # we were here before, and were killed
        os.link(file, aside)
    if aside.read_bytes() != file.read_bytes():
        raise BetweenError(f"{aside} is another key. Move it away, then: between keys rotate")
    _settle(file.parent)
    next_to(file).replace(file)
    _settle(file.parent)


def _refuse_while_old(file: Path) -> None:
    old = _old(file)
    if old:
        raise BetweenError(
            f"The last rotation is complete, but the old key lies at {old[0]} still. Make a new"
            f" backup, then destroy it: shred -u {old[0]}"
        )


def _old(file: Path) -> tuple[Path, ...]:
    return tuple(
        sorted(each for each in file.parent.glob(f"{file.name}.*") if each.suffix[1:].isdigit())
    )


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
