"""Sealing what people tell us: a data key per person, wrapped by a master key kept elsewhere.

A sealed field is `0x01 | key version (4) | nonce (12) | AES-256-GCM`. The place it lives in and
the person it belongs to are authenticated with it, so a copy put anywhere else does not open.
"""

import hmac
import os
import threading
import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot.errors import BetweenError
from bot.store import tables
from bot.store.master_key import MasterKey, create_master_key, load_master_key
from bot.store.prepared import Prepared

__all__ = [
    "KeyGone",
    "MasterKey",
    "Place",
    "SealBroken",
    "Vault",
    "create_master_key",
    "load_master_key",
]

_FORMAT = b"\x01"
_KEY_VERSION = (1).to_bytes(4)
_NONCE = 12
_HEADER = len(_FORMAT) + len(_KEY_VERSION)
_KEY_LIFE = 600.0  # seconds a person's key may stay unwrapped in memory

_WRAPPED = Prepared(
    select(tables.person_key.c.wrapped, tables.person_key.c.master_version).where(
        tables.person_key.c.participant_id == bindparam("person")
    )
)
_VERSIONS = select(tables.person_key.c.master_version).distinct()
_ANY_OF = (
    select(tables.person_key.c.participant_id)
    .where(tables.person_key.c.master_version == bindparam("version"))
    .limit(1)
)
_KEEP_KEY = insert(tables.person_key).inline()
_DESTROY = delete(tables.person_key).where(
    tables.person_key.c.participant_id == bindparam("person")
)


class SealBroken(BetweenError):  # noqa: N818  the name says what happened
    """What was stored does not open: it was moved or changed, or the master key is another one."""


class KeyGone(BetweenError):  # noqa: N818  the name says what happened
    """The person's key was destroyed; what they told us cannot be read by anybody any more."""


class Place(NamedTuple):
    """Where a sealed field lives. `row` is the row's own id, known before it is written."""

    table: str
    column: str
    row: str


@dataclass(slots=True)
class _Unwrapped:
    key: bytes
    until: float


class _Cipher(NamedTuple):
    person: UUID
    cipher: AESGCM
    until: float


class Vault:
    """Seals and opens with the keys of people; remembers the unwrapped keys for ten minutes.

    `remembers` is how many. What is remembered is the key, not a cipher made of it, which takes
    2.5 KB; only the last one is, as what is done in a row is mostly done for one person.
    """

    def __init__(self, master: MasterKey, *, remembers: int = 1_000) -> None:
        self._version = master.version
        self._lookup_key = lookup_key(master)
        self._wrapping = {each.version: _wrapping(each) for each in master.all}
        self._remembers = remembers
        self._keys: OrderedDict[UUID, _Unwrapped] = OrderedDict()
        self._last: _Cipher | None = None
        self._lock = threading.Lock()

    def lookup(self, kind: str, plain: str) -> bytes:
        """A keyed hash: finds the same thing again without keeping it readable."""
        return hmac.digest(self._lookup_key, _framed(kind.encode(), plain.encode()), "sha256")

    def new_key(self, session: Session, person: UUID) -> None:
        """Give a person a key of their own, wrapped, in the database."""
        session.connection().execute(_KEEP_KEY, self._wrap(person, os.urandom(32), self._version))

    def rewrap(self, person: UUID, wrapped: bytes, version: int, to: int) -> dict[str, object]:
        """The row of a person's key when another of our master keys wraps it."""
        return self._wrap(person, self._opened(person, wrapped, version), to)

    def check(self, session: Session) -> None:
        """`SealBroken` in plain words unless our master keys open the keys in this database."""
        connection = session.connection()
        for version in connection.execute(_VERSIONS).scalars().all():
            if version in self._wrapping:
                self._unwrap(
                    session, connection.execute(_ANY_OF, {"version": version}).scalar_one()
                )
            elif version > max(self._wrapping):
                raise SealBroken(
                    f"Some keys are wrapped by master key version {version} already: a rotation was"
                    " not finished. Run: between keys rotate"
                )
            else:
                raise SealBroken(_wrong_version(version, self._version))

    def ensure_key(self, session: Session, holder: UUID) -> None:
        """A key for a holder that is no person, made once for all processes. `SealBroken` if it
        was wrapped by another master key than ours."""
        if _WRAPPED.first(session.connection(), {"person": holder}) is None:
            with suppress(IntegrityError), session.begin_nested():  # another process was quicker
                self.new_key(session, holder)
        self._unwrap(session, holder)

    def seal(self, session: Session, person: UUID, place: Place, plain: bytes) -> bytes:
        """Lock `plain` to this place and this person."""
        nonce = os.urandom(_NONCE)
        context = _context(person, place)
        sealed = self._key_of(session, person).encrypt(nonce, plain, context)
        return b"".join((_FORMAT, _KEY_VERSION, nonce, sealed))

    def open(self, session: Session, person: UUID, place: Place, sealed: bytes) -> bytes:
        """Read what `seal` locked; `SealBroken` if anything about it is not as it was."""
        if sealed[:_HEADER] != _FORMAT + _KEY_VERSION:
            raise SealBroken(f"{place.table}.{place.column}: unknown format of a sealed field")
        cipher = self._key_of(session, person)
        nonce, body = sealed[_HEADER : _HEADER + _NONCE], sealed[_HEADER + _NONCE :]
        try:
            return cipher.decrypt(nonce, body, _context(person, place))
        except (InvalidTag, ValueError):
            raise SealBroken(
                f"{place.table}.{place.column}: a sealed field does not open"
            ) from None

    def destroy_key(self, session: Session, person: UUID) -> None:
        """Make everything sealed for this person unreadable, here and in what is copied later."""
        session.connection().execute(_DESTROY, {"person": person})
        with self._lock:
            self._keys.pop(person, None)
            if self._last is not None and self._last.person == person:
                self._last = None

    def _key_of(self, session: Session, person: UUID) -> AESGCM:
        last = self._last
        if last is not None and last.person == person and last.until >= time.monotonic():
            return last.cipher
        return self._remembered(person) or self._unwrapped(session, person)

    def _unwrapped(self, session: Session, person: UUID) -> AESGCM:
        key = _Unwrapped(self._unwrap(session, person), time.monotonic() + _KEY_LIFE)
        with self._lock:
            self._keys[person] = key
            if len(self._keys) > self._remembers:
                self._keys.popitem(last=False)
            return self._made(person, key)

    def _remembered(self, person: UUID) -> AESGCM | None:
        with self._lock:
            known = self._keys.get(person)
            if known is None:
                return None
            if known.until < time.monotonic():
                del self._keys[person]
                return None
            self._keys.move_to_end(person)
            return self._made(person, known)

    def _made(self, person: UUID, known: _Unwrapped) -> AESGCM:
        self._last = _Cipher(person, AESGCM(known.key), known.until)
        return self._last.cipher

    def _unwrap(self, session: Session, person: UUID) -> bytes:
        row = _WRAPPED.first(session.connection(), {"person": person})
        if row is None:
            raise KeyGone("This person's key was destroyed; what they told us is unreadable.")
        return self._opened(person, row.wrapped, row.master_version)

    def _wrap(self, person: UUID, key: bytes, version: int) -> dict[str, object]:
        nonce = os.urandom(_NONCE)
        sealed = self._wrapping[version].encrypt(nonce, key, _wrap_context(person, version))
        return {"participant_id": person, "wrapped": nonce + sealed, "master_version": version}

    def _opened(self, person: UUID, wrapped: bytes, version: int) -> bytes:
        wrapping = self._wrapping.get(version)
        if wrapping is None:
            raise SealBroken(_wrong_version(version, self._version))
        nonce, sealed = wrapped[:_NONCE], wrapped[_NONCE:]
        try:
            return wrapping.decrypt(nonce, sealed, _wrap_context(person, version))
        except (InvalidTag, ValueError):
            raise SealBroken(
                "The master key does not fit this database. Load the one it was made with."
            ) from None


def lookup_key(master: MasterKey) -> bytes:
    """What keyed hashes are made with: the same for all versions of a master key, since nobody can
    hash again who was erased."""
    return master.lookup or _derive(master, b"between lookup")


def _wrapping(master: MasterKey) -> AESGCM:
    return AESGCM(_derive(master, b"between wrap"))


def _wrap_context(person: UUID, version: int) -> bytes:
    return _framed(b"between1", b"key", person.bytes, version.to_bytes(4))


def _wrong_version(found: int, loaded: int) -> str:
    return (
        f"This database needs master key version {found}, and version {loaded} is in the key file."
        f" Put the key there that begins with {found}, or name its file in MASTER_KEY_FILE."
    )


def _derive(master: MasterKey, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(master.secret)


def _framed(*parts: bytes) -> bytes:
    # Lengths, not separators: no two different lists of parts may give the same bytes.
    return b"".join(len(part).to_bytes(4) + part for part in parts)


def _context(person: UUID, place: Place) -> bytes:
    return _framed_column(place.table, place.column) + _framed(
        place.row.encode(), person.bytes, _KEY_VERSION
    )


@lru_cache(maxsize=256)  # all columns there are
def _framed_column(table: str, column: str) -> bytes:
    return _framed(b"between1", table.encode(), column.encode())
