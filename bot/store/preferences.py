"""What somebody wants besides words: sounds, moving pictures."""

from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import Session

from bot.store import tables
from bot.store.upsert import Upsert

_t = tables.preference
_GET = select(_t.c.sounds, _t.c.pictures).where(_t.c.participant_id == bindparam("person"))
_SET = Upsert(_t, "participant_id", replace=("sounds", "pictures"))


@dataclass(frozen=True, slots=True)
class Preferences:
    """Both, until somebody says otherwise."""

    sounds: bool = True
    pictures: bool = True


def get(session: Session, person: UUID) -> Preferences:
    """What this person wants."""
    row = session.connection().execute(_GET, {"person": person}).first()
    return Preferences() if row is None else Preferences(row.sounds, row.pictures)


def put(session: Session, person: UUID, wanted: Preferences) -> None:
    """Writes it down."""
    _SET.execute(session.connection(), {"participant_id": person, **asdict(wanted)})
