"""What an exercise follows for one person, as their clinician chose it: always sealed."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import bindparam, select
from sqlmodel import Session

from bot.private import PRIVATE
from bot.store import tables
from bot.store.upsert import Upsert
from bot.store.vault import Place, Vault

_t = tables.target
_SET = Upsert(
    _t, "participant_id", "exercise_id", replace=("sealed_body", "chosen_by", "chosen_at")
)
_OF = (_t.c.participant_id == bindparam("person")) & (_t.c.exercise_id == bindparam("exercise"))
_GET = select(_t.c.sealed_body).where(_OF)


class Chosen(BaseModel):
    """The ids of the targets that are followed, and targets in the person's own words."""

    model_config = PRIVATE

    targets: tuple[str, ...]
    own: tuple[str, ...] = ()


def choose(
    session: Session,
    vault: Vault,
    person: UUID,
    exercise: str,
    chosen: Chosen,
    by: UUID | None,
    now: datetime,
) -> None:
    """Follow these from now on; entries made before keep what they were asked."""
    body = vault.seal(session, person, _place(person, exercise), chosen.model_dump_json().encode())
    row = {
        "participant_id": person,
        "exercise_id": exercise,
        "sealed_body": body,
        "chosen_by": by,
        "chosen_at": now,
    }
    _SET.execute(session.connection(), row)


def chosen(session: Session, vault: Vault, person: UUID, exercise: str) -> Chosen | None:
    """What was chosen for this person; None where the usual targets apply."""
    values = {"person": person, "exercise": exercise}
    body = session.connection().execute(_GET, values).scalar()
    if body is None:
        return None
    plain = vault.open(session, person, _place(person, exercise), body)
    return Chosen.model_validate_json(plain)


def _place(person: UUID, exercise: str) -> Place:
    return Place("target", "sealed_body", f"{person.hex}.{exercise}")
