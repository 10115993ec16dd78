"""One's own account: where one is signed in, the second factor, the codes for a lost phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from bot.store import second_factors, staff_sessions
from bot.store.groups import Group
from bot.store.staff_sessions import Signed
from bot.usecases.kit import Kit
from bot.usecases.office import factor, sessions
from bot.usecases.office.factor import Given
from bot.usecases.office.reader import Reader, open_groups


@dataclass(frozen=True, slots=True)
class Account:
    """`confirmed_at` is since when the second factor is in use; None in the demo."""

    groups: Sequence[Group]
    sessions: Sequence[Signed]
    confirmed_at: datetime | None
    codes_left: int
    asks_code: bool


def account(session: Session, kit: Kit, reader: Reader, now: datetime) -> Account:
    """What there is to know about one's own account."""
    known = second_factors.get(session, kit.vault, reader.id)
    mine = staff_sessions.of_staff(session, reader.id)
    return Account(
        groups=open_groups(session, reader),
        sessions=[each for each in mine if not sessions.is_over(each, now)],
        confirmed_at=known.confirmed_at if known is not None else None,
        codes_left=second_factors.codes_left(session, reader.id),
        asks_code=factor.is_asked(kit),
    )


def end(session: Session, reader: Reader, session_id: UUID, now: datetime) -> None:
    """Signs out of one browser; somebody else's session is none."""
    sessions.sign_out(session, reader, session_id, now)


def renew_codes(
    session: Session, kit: Kit, reader: Reader, code: str, now: datetime
) -> tuple[Given, Sequence[str]]:
    """New codes for a lost phone, for a code of the app; the old ones are void."""
    given = factor.prove(session, kit, reader.id, code, now)
    if given is not Given.RIGHT or not factor.is_asked(kit):
        return given, ()
    return given, factor.new_codes(session, kit, reader.id, now)
