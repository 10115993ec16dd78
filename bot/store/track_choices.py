"""What the programme chose for its tracks: which exercise is offered how, by whom, and why."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session

from bot.catalog.tracks import Choices, Offer
from bot.store import tables
from bot.store.upsert import Upsert
from bot.store.vault import Place, Vault

_t = tables.track_choice
_KEEP = Upsert(_t, "track", "exercise_id", replace=("offer", "by", "at", "sealed_why"))
_ALL = select(_t.c.track, _t.c.exercise_id, _t.c.offer)
_OF = select(_t).where(_t.c.exercise_id == bindparam("exercise"))
_DROP = delete(_t).where(_t.c.track == bindparam("name"), _t.c.exercise_id == bindparam("exercise"))


@dataclass(frozen=True, slots=True)
class Choice:
    """How one track offers one exercise, who of the staff chose so, and why in their words."""

    track: str
    exercise: str
    offer: Offer
    by: UUID
    at: datetime
    why: str


def keep(session: Session, vault: Vault, choice: Choice) -> None:
    """Keeps it in the place of an earlier one."""
    place = _place(choice.track, choice.exercise)
    row = {
        "track": choice.track,
        "exercise_id": choice.exercise,
        "offer": choice.offer.value,
        "by": choice.by,
        "at": choice.at,
        "sealed_why": vault.seal(session, choice.by, place, choice.why.encode()),
    }
    _KEEP.execute(session.connection(), row)


def drop(session: Session, track: str, exercise: str) -> bool:
    """The track's file decides again; False where it did already."""
    asked = {"name": track, "exercise": exercise}
    return session.connection().execute(_DROP, asked).rowcount == 1


def everything(session: Session) -> Choices:
    """All choices; a handful, so they are read at once."""
    rows = session.connection().execute(_ALL).all()
    return {(row.track, row.exercise_id): Offer(row.offer) for row in rows}


def of_exercise(session: Session, vault: Vault, exercise: str) -> dict[str, Choice]:
    """What was chosen for one exercise, by track."""
    rows = session.connection().execute(_OF, {"exercise": exercise}).all()
    return {
        row.track: Choice(
            *(row.track, exercise, Offer(row.offer), row.by, row.at),
            vault.open(session, row.by, _place(row.track, exercise), row.sealed_why).decode(),
        )
        for row in rows
    }


def _place(track: str, exercise: str) -> Place:
    return Place("track_choice", "sealed_why", f"{track}/{exercise}")
