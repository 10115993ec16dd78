"""Invitations: a link lets one person in, once, within 72 hours. Only a keyed hash is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, bindparam, delete, insert, or_, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.ids import new_id
from bot.store.vault import Vault

LIFE = timedelta(hours=72)
BYTES = 16
"""128 random bits: 22 letters, digits, - and _, as Telegram allows them in a link."""
LONGEST = 64
"""Telegram passes on no longer word after /start; whatever is longer was never ours."""

_t = tables.invite
_INVITE = insert(_t).inline()
_FIND = select(
    *(_t.c.id, _t.c.group_id, _t.c.staff_id, _t.c.made_by),
    *(_t.c.expires_at, _t.c.used_at, _t.c.used_by),
).where(_t.c.code_hash == bindparam("hash"))
_USE = (
    update(_t)
    .where(
        _t.c.id == bindparam("invite"),
        _t.c.used_at.is_(None),
        _t.c.expires_at > bindparam("at", type_=_t.c.used_at.type),
    )
    .values(used_at=bindparam("at", type_=_t.c.used_at.type), used_by=bindparam("by"))
    .execution_options(preserve_rowcount=True)
)
_VOID = delete(_t).where(
    _t.c.used_at.is_(None),
    or_(_t.c.made_by == bindparam("staff"), _t.c.staff_id == bindparam("staff")),
)
_VOID_PLACE = delete(_t).where(_t.c.used_at.is_(None), _t.c.staff_id == bindparam("staff"))
_VOID_INTO = delete(_t).where(
    _t.c.used_at.is_(None),
    _t.c.made_by == bindparam("staff"),
    _t.c.group_id == bindparam("group"),
)


@dataclass(frozen=True, slots=True)
class Invite:
    """One invitation: into a group, or into the place prepared for a member of staff."""

    id: UUID
    group: UUID | None
    staff: UUID | None
    made_by: UUID | None
    expires_at: datetime
    used_at: datetime | None
    used_by: UUID | None

    def is_open(self, now: datetime) -> bool:
        """Whether it still lets somebody in."""
        return self.used_at is None and now < self.expires_at


def invite(
    session: Session,
    vault: Vault,
    now: datetime,
    *,
    group: UUID | None = None,
    staff: UUID | None = None,
    made_by: UUID | None = None,
) -> str:
    """Make an invitation and get its code, which is kept nowhere.

    Give either the `group` a participant will join or the `staff` id of a prepared place;
    `made_by` is the member of staff who asked for it, None on the command line.
    """
    code = secrets.token_urlsafe(BYTES)
    row = {
        "id": new_id(now),
        "code_hash": _hash(vault, code),
        "group_id": group,
        "staff_id": staff,
        "made_by": made_by,
        "made_at": now,
        "expires_at": now + LIFE,
    }
    session.connection().execute(_INVITE, row)
    return code


def find(session: Session, vault: Vault, code: str) -> Invite | None:
    """The invitation with this code, open or not."""
    if not 0 < len(code) <= LONGEST:
        return None
    row = session.connection().execute(_FIND, {"hash": _hash(vault, code)}).first()
    return None if row is None else Invite(*row)


def use(session: Session, invite_id: UUID, by: UUID, now: datetime) -> bool:
    """Use it up; False where somebody else was quicker, or it is too old."""
    result: CursorResult[Any] = session.connection().execute(
        _USE, {"invite": invite_id, "by": by, "at": now}
    )
    return result.rowcount == 1


def void(session: Session, staff: UUID) -> None:
    """Take back every unused invitation that this member of staff made or was to take."""
    session.connection().execute(_VOID, {"staff": staff})


def void_place(session: Session, staff: UUID) -> None:
    """Take back every unused one into the place of this member of staff: there is a newer one, or
    they are here. Whoever found an older one would sit in it."""
    session.connection().execute(_VOID_PLACE, {"staff": staff})


def void_into(session: Session, staff: UUID, group: UUID) -> None:
    """Take back the unused ones into a group that this member of staff looks after no longer."""
    session.connection().execute(_VOID_INTO, {"staff": staff, "group": group})


def _hash(vault: Vault, code: str) -> bytes:
    return vault.lookup("invite", code)
