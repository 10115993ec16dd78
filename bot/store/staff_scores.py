"""Scores that staff entered from the programme's own forms: always sealed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import bindparam, insert, select
from sqlmodel import Session

from bot.store import tables
from bot.store.ids import new_id
from bot.store.vault import Place, Vault

_t = tables.staff_score
_SCORES: TypeAdapter[dict[str, float]] = TypeAdapter(dict[str, float])
_OF = (
    select(_t.c.id, _t.c.measure, _t.c.day, _t.c.sealed_body, _t.c.entered_at)
    .where(_t.c.participant_id == bindparam("person"))
    .order_by(_t.c.day, _t.c.entered_at)
)


@dataclass(frozen=True, slots=True)
class Entered:
    """The scores of one form: of which measure, of which day (the person's), by score id."""

    measure: str
    day: date
    scores: dict[str, float]
    entered_at: datetime


def enter(
    session: Session,
    vault: Vault,
    person: UUID,
    entered: Entered,
    by: UUID | None,
) -> UUID:
    """Keep them; a correction is a later entry of the same day."""
    row_id = new_id(entered.entered_at)
    body = vault.seal(session, person, _place(row_id), _SCORES.dump_json(entered.scores))
    row = {
        "id": row_id,
        "participant_id": person,
        "measure": entered.measure,
        "day": entered.day,
        "sealed_body": body,
        "entered_by": by,
        "entered_at": entered.entered_at,
    }
    session.connection().execute(insert(_t), row)
    return row_id


def of_person(session: Session, vault: Vault, person: UUID) -> list[Entered]:
    """Everything entered for this person, oldest day first."""
    rows = session.connection().execute(_OF, {"person": person}).all()
    return [
        Entered(
            row.measure,
            row.day,
            _SCORES.validate_json(vault.open(session, person, _place(row.id), row.sealed_body)),
            row.entered_at,
        )
        for row in rows
    ]


def _place(row_id: UUID) -> Place:
    return Place("staff_score", "sealed_body", row_id.hex)
