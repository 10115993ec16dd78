"""The buttons somebody was shown last outside an exercise, sealed: what is typed may be one of
them, or answer their question."""

from datetime import UTC, datetime
from uuid import UUID

from pydantic import BaseModel, TypeAdapter
from sqlalchemy import bindparam, delete, select
from sqlmodel import Session

from bot.private import PRIVATE
from bot.store import tables
from bot.store.prepared import Prepared
from bot.store.upsert import Upsert
from bot.store.vault import Place, Vault

_t = tables.shown_buttons
_GET = Prepared(select(_t.c.sealed_body, _t.c.at).where(_t.c.participant_id == bindparam("person")))
_HOLD = Prepared(
    select(_t.c.sealed_body, _t.c.at)
    .where(_t.c.participant_id == bindparam("person"))
    .with_for_update()
)
_BEGIN = Upsert(_t, "participant_id")
_KEEP = Upsert(_t, "participant_id", replace=("sealed_body", "at"))
_DROP = Prepared(delete(_t).where(_t.c.participant_id == bindparam("person")))
_FORGET = delete(_t).where(_t.c.at < bindparam("before"))

LONG_AGO = datetime.min.replace(tzinfo=UTC)
"""When a button was shown that was kept without a time."""
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""The same for none at all, in a year that every time zone can write."""


class ShownButton(BaseModel):
    """One button: its words, what it carries, the outbox key of the message it stands under, and
    since when it stands there."""

    model_config = PRIVATE

    label: str
    data: str
    key: str
    at: datetime = LONG_AGO


class ShownButtons(BaseModel):
    """In the order shown; `at` is when the last of them were."""

    model_config = PRIVATE

    at: datetime
    buttons: tuple[ShownButton, ...]


_SEVERAL = TypeAdapter(tuple[ShownButton, ...], config=PRIVATE)


def keep(
    session: Session, vault: Vault, person: UUID, buttons: list[ShownButton], now: datetime
) -> None:
    """Keeps these; those of before are forgotten."""
    body = vault.seal(session, person, _place(person), _SEVERAL.dump_json(tuple(buttons)))
    row = {"participant_id": person, "sealed_body": body, "at": now}
    _KEEP.execute(session.connection(), row)


def of_person(
    session: Session, vault: Vault, person: UUID, *, held: bool = False
) -> ShownButtons | None:
    """The last ones; None where there are none. `held`: until the transaction ends nobody else
    writes them, for whoever adds to them without having locked the person."""
    if held:
        _begin(session, vault, person)
    row = (_HOLD if held else _GET).first(session.connection(), {"person": person})
    if row is None:
        return None
    body = vault.open(session, person, _place(person), row.sealed_body)
    return ShownButtons(at=row.at, buttons=_SEVERAL.validate_json(body))


def _begin(session: Session, vault: Vault, person: UUID) -> None:
    """What is not there cannot be locked."""
    body = vault.seal(session, person, _place(person), _SEVERAL.dump_json(()))
    _BEGIN.execute(
        session.connection(), {"participant_id": person, "sealed_body": body, "at": _NEVER}
    )


def answered(session: Session, vault: Vault, person: UUID, key: str) -> None:
    """Those under this message are not open any more."""
    shown = of_person(session, vault, person)
    if shown is None:
        return
    rest = [each for each in shown.buttons if each.key != key]
    if rest:
        keep(session, vault, person, rest, shown.at)
    else:
        _DROP.run(session.connection(), {"person": person})


def forget(session: Session, before: datetime) -> int:
    """Drops what was shown earlier; how many people's."""
    return session.connection().execute(_FORGET, {"before": before}).rowcount


def _place(person: UUID) -> Place:
    return Place("shown_buttons", "sealed_body", person.hex)
