"""Lines people wrote for their group: sealed under the writer's own key, from begun to approved.

A line stays under its writer's key after it was approved, so whoever is erased takes it along.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Row, bindparam, delete, func, insert, select, update
from sqlmodel import Session

from bot.private import STRICT
from bot.store import tables
from bot.store.ids import new_id
from bot.store.vault import KeyGone, Place, Vault


class Kind(StrEnum):
    """What a line is: what helped in a situation, one good thing of the week, an answer."""

    HELPED = "helped"
    GOOD = "good"
    QUESTION = "question"


class State(StrEnum):
    """Where a line stands. Begun: asked for, not written yet. Kept: for the writer alone. Shown:
    to the therapists as well. Held: a therapist has to decide. Approved: the group may read it."""

    BEGUN = "begun"
    KEPT = "kept"
    SHOWN = "shown"
    HELD = "held"
    APPROVED = "approved"
    SENT_BACK = "sent_back"


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One line. `about` is the id of its situation or question, "" for a good thing; `reason` the
    id of the ready reason it was sent back with."""

    id: UUID
    person: UUID
    group: UUID
    kind: Kind
    state: State
    language: str
    about: str
    text: str
    reason: str | None
    written_at: datetime
    decided_at: datetime | None
    decided_by: UUID | None


class _Body(BaseModel):
    model_config = STRICT
    about: str
    text: str


_t = tables.board_line
_ALL = select(_t).order_by(_t.c.id)
_GET = _ALL.where(_t.c.id == bindparam("line"))
_OF_PERSON = _ALL.where(_t.c.participant_id == bindparam("person"))
_OF_GROUPS = _ALL.where(
    _t.c.group_id.in_(bindparam("groups", expanding=True)), _t.c.state == bindparam("wanted")
)
_COUNT = select(func.count()).where(
    _t.c.group_id.in_(bindparam("groups", expanding=True)), _t.c.state == bindparam("wanted")
)
_WRITE = (
    update(_t)
    .where(_t.c.id == bindparam("line"), _t.c.state == bindparam("before"))
    .values(
        state=bindparam("after"),
        sealed_body=bindparam("body"),
        language=bindparam("spoken"),
        written_at=bindparam("at"),
        reason=None,
    )
)
_DECIDE = (
    update(_t)
    .where(_t.c.id == bindparam("line"), _t.c.state == bindparam("before"))
    .values(
        state=bindparam("after"),
        reason=bindparam("why", type_=_t.c.reason.type),
        decided_at=bindparam("at", type_=_t.c.decided_at.type),
        decided_by=bindparam("by", type_=_t.c.decided_by.type),
    )
)
_REMOVE = delete(_t).where(_t.c.id == bindparam("line"))
_FORGET_BEGUN = delete(_t).where(
    _t.c.participant_id == bindparam("person"), _t.c.state == State.BEGUN.value
)
_KEEP_ALL = (
    update(_t)
    .where(
        _t.c.participant_id == bindparam("person"),
        _t.c.state.in_([each.value for each in (State.HELD, State.APPROVED, State.SENT_BACK)]),
    )
    .values(state=State.KEPT.value, reason=None)
)


def begin(
    session: Session,
    vault: Vault,
    person: UUID,
    group: UUID,
    kind: Kind,
    about: str,
    language: str,
    now: datetime,
) -> UUID:
    """Somebody is asked to write a line; its id."""
    line = new_id(now)
    row = {
        "id": line,
        "participant_id": person,
        "group_id": group,
        "kind": kind.value,
        "state": State.BEGUN.value,
        "language": language,
        "sealed_body": _sealed(session, vault, person, line, about, ""),
        "written_at": now,
    }
    session.connection().execute(insert(_t), row)
    return line


def write(
    session: Session,
    vault: Vault,
    line: BoardLine,
    text: str,
    state: State,
    language: str,
    now: datetime,
) -> bool:
    """Keeps the words; False where the line does not stand as it was read any more."""
    body = _sealed(session, vault, line.person, line.id, line.about, text)
    row: dict[str, Any] = {"line": line.id, "before": line.state.value, "after": state.value}
    row |= {"body": body, "at": now, "spoken": language}
    return session.connection().execute(_WRITE, row).rowcount == 1


def decide(
    session: Session,
    line: BoardLine,
    state: State,
    now: datetime,
    *,
    by: UUID | None = None,
    reason: str | None = None,
) -> bool:
    """Moves a line on, with its reason; False where somebody else was faster."""
    row: dict[str, Any] = {"line": line.id, "before": line.state.value, "after": state.value}
    row |= {"why": reason, "at": now, "by": by}
    return session.connection().execute(_DECIDE, row).rowcount == 1


def get(session: Session, vault: Vault, line_id: UUID) -> BoardLine | None:
    """One line."""
    return next(iter(_read(session, vault, _GET, {"line": line_id})), None)


def of_person(session: Session, vault: Vault, person: UUID) -> list[BoardLine]:
    """All somebody wrote, the oldest first."""
    return _read(session, vault, _OF_PERSON, {"person": person})


def of_groups(
    session: Session, vault: Vault, groups: Collection[UUID], state: State
) -> list[BoardLine]:
    """The lines of these groups that stand there, the oldest first."""
    return _read(session, vault, _OF_GROUPS, {"groups": list(groups), "wanted": state.value})


def count(session: Session, groups: Collection[UUID], state: State) -> int:
    """How many there are, without opening any."""
    asked = {"groups": list(groups), "wanted": state.value}
    return session.connection().execute(_COUNT, asked).scalar() or 0


def remove(session: Session, line_id: UUID) -> None:
    """The line is gone, and who was helped by it with it."""
    session.connection().execute(_REMOVE, {"line": line_id})


def take_back_all(session: Session, person: UUID) -> None:
    """Everything somebody gave to the board is gone from it, and theirs alone again: one tap too
    many must not cost them their words."""
    for statement in (_FORGET_BEGUN, _KEEP_ALL):
        session.connection().execute(statement, {"person": person})


def _read(session: Session, vault: Vault, query: Any, asked: dict[str, Any]) -> list[BoardLine]:
    opened = (_line(session, vault, row) for row in session.connection().execute(query, asked))
    return [each for each in opened if each is not None]


def _line(session: Session, vault: Vault, row: Row[*tuple[Any, ...]]) -> BoardLine | None:
    person = row.participant_id
    try:
        plain = vault.open(session, person, _place(row.id), row.sealed_body)
    except KeyGone:  # erased by another process since the row was read: the line is gone as well
        return None
    body = _Body.model_validate_json(plain)
    return BoardLine(
        *(row.id, person, row.group_id, Kind(row.kind), State(row.state), row.language),
        *(body.about, body.text, row.reason, row.written_at, row.decided_at, row.decided_by),
    )


def _sealed(
    session: Session, vault: Vault, person: UUID, line: UUID, about: str, text: str
) -> bytes:
    body = _Body(about=about, text=text).model_dump_json().encode()
    return vault.seal(session, person, _place(line), body)


def _place(line: UUID) -> Place:
    return Place("board_line", "sealed_body", line.hex)
