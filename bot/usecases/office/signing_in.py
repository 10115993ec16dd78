"""Signing in to the pages: a browser asks, the chat approves, the second factor is given.

Nobody is named by whoever asks, so nothing can be learned here about who works in the programme:
either the chat gave the address, or the chat is told the code that the browser shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session

from bot.messages.callback import for_menu, short_id
from bot.messages.message import Button, Message
from bot.store import page_links, people, sign_ins, staff, staff_sessions
from bot.store.people import Standing
from bot.store.sign_ins import Attempt, State
from bot.usecases.kit import Kit
from bot.usecases.office import factor, sessions
from bot.usecases.office.factor import Given, Offer
from bot.usecases.scene import Scene

STARTS = 5
"""So many attempts one member of staff may begin in ten minutes."""
OPEN = 200
"""So many attempts may wait for somebody whose they are, over all browsers."""
PRESS = "signin"
"""The verb of the numbers in the chat: the attempt's id and the number."""


class Stage(StrEnum):
    """Where an attempt stands, as its browser shows it."""

    CODE = "code"
    NUMBER = "number"
    FACTOR = "factor"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the browser shows: the number to find again in the chat, or the second factor.

    `offer` is there the first time; `asked` says whether a code is asked at all.
    """

    stage: Stage
    language: str | None
    number: int = 0
    offer: Offer | None = None
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a typed code: signed in (`session`), with codes for a lost phone the first
    time; or still out."""

    given: Given
    session: UUID | None = None
    language: str = "en"
    codes: Sequence[str] = ()


def language_of(session: Session, token: str, now: datetime) -> str | None:
    """The language of whoever got this link; None when it is used, old, unknown, for other pages.

    Nothing is used up by looking.
    """
    return _language(session, page_links.peek(session, token, now, signs_in=True))


def begin_by_link(
    session: Session, kit: Kit, token: str, secret_hash: bytes, browser: str, now: datetime
) -> bool:
    """Uses a link of the chat up for this browser, and asks in the chat. False: it was not one."""
    spent = page_links.spend(session, token, now, signs_in=True)
    if spent is None or not _may_begin(session, kit, spent.person, now):
        return False
    attempt = sign_ins.begin(session, secret_hash, browser, now, staff=spent.person)
    _ask(session, kit, attempt, spent.person, now)
    return True


def begin_by_code(
    session: Session, code: str, secret_hash: bytes, browser: str, now: datetime
) -> bool:
    """An attempt that is nobody's until its code is typed in a chat. False: too many wait."""
    if sign_ins.open_now(session, now) >= OPEN:
        return False
    sign_ins.begin(session, secret_hash, browser, now, code=code)
    return True


def bind(scene: Scene, typed: str) -> bool:
    """A member of staff typed the code of a browser in their chat: it is theirs. False: no such
    code. The numbers follow."""
    attempt = sign_ins.of_code(scene.session, typed, scene.now)
    if attempt is None or not _may_begin(scene.session, scene.kit, scene.person.id, scene.now):
        return False
    if not sign_ins.bind(scene.session, attempt.id, scene.person.id):
        return False
    scene.post(_question(scene, attempt), expires_at=attempt.expires_at)
    return True


def _may_begin(session: Session, kit: Kit, person: UUID, now: datetime) -> bool:
    who = staff.get(session, kit.vault, person)
    is_here = who is not None and who.active
    return is_here and sign_ins.begun_by(session, person, now) < STARTS


def _ask(session: Session, kit: Kit, attempt: Attempt, person_id: UUID, now: datetime) -> None:
    person = people.get(session, person_id)
    if person is None or person.standing is not Standing.STAFF:
        return
    scene = Scene(session, kit, person, now, f"signin.{attempt.id.hex}")
    scene.post(_question(scene, attempt), expires_at=attempt.expires_at)


def _question(scene: Scene, attempt: Attempt) -> Message:
    browser = attempt.browser or scene.word("signin.browser")
    text = scene.kit.words.text(scene.language, "staff/sign_in", which="ask", browser=browser)
    named = short_id(attempt.id)
    numbers = tuple(
        Button(text=str(each), data=for_menu(PRESS, f"{named}.{each}")) for each in attempt.numbers
    )
    no = Button(text=scene.word("signin.not_me"), data=for_menu(PRESS, f"{named}.0"))
    return Message(text=text, buttons=(numbers, (no,)))


def answer(scene: Scene, attempt: Attempt, number: int) -> bool:
    """The number tapped in the chat: the right one lets the browser go on, any other ends it.

    Only whose attempt it is may answer, once.
    """
    is_right = number == attempt.number
    becomes = State.APPROVED if is_right else State.REFUSED
    if not sign_ins.decide(scene.session, attempt.id, State.ASKED, becomes):
        return False
    if is_right:
        factor.offer(scene.session, scene.kit, scene.person.id, scene.now)
    else:
        sessions.note(scene.session, scene.person.id, "page.sign_in_refused", scene.now)
    return is_right


def look(session: Session, kit: Kit, secret_hash: bytes, now: datetime) -> Shown | None:
    """What an attempt's browser shows now; None once there is no attempt. It changes nothing."""
    attempt = sign_ins.of_browser(session, secret_hash, now)
    if attempt is None:
        return None
    language = _language(session, attempt.staff)
    match attempt.state:
        case State.OPEN:
            return Shown(Stage.CODE, language)
        case State.ASKED:
            return Shown(Stage.NUMBER, language, number=attempt.number)
        case State.REFUSED:
            return Shown(Stage.REFUSED, language)
    assert attempt.staff is not None
    return Shown(
        Stage.FACTOR,
        language,
        offer=factor.offered(session, kit, attempt.staff),
        asked=factor.is_asked(kit),
    )


def finish(
    session: Session, kit: Kit, secret_hash: bytes, typed: str, new_hash: bytes, now: datetime
) -> Ended | None:
    """The second factor was typed: a session under a new secret, and the attempt is gone. None
    when there is no approved attempt in this browser."""
    attempt = sign_ins.of_browser(session, secret_hash, now)
    if attempt is None or attempt.staff is None or attempt.state is not State.APPROVED:
        return None
    who = staff.get(session, kit.vault, attempt.staff)
    person = people.get(session, attempt.staff)
    if who is None or person is None or not who.active:
        return None
    is_first = not factor.has_one(session, kit, who.id)
    given = factor.prove(session, kit, who.id, typed, now)
    if given is Given.LOCKED:
        sign_ins.decide(session, attempt.id, State.APPROVED, State.REFUSED)
    if given is not Given.RIGHT:
        return Ended(given, language=person.language)
    if not sign_ins.remove(session, attempt.id):
        return None
    codes = factor.new_codes(session, kit, who.id, now) if is_first and kit.second_factor else ()
    begun = staff_sessions.begin(session, who.id, new_hash, attempt.browser, now)
    sessions.note(session, who.id, "page.signed_in", now)
    scene = Scene(session, kit, person, now, f"signed-in.{begun.hex}")
    scene.post(_notice(scene, attempt))
    return Ended(given, begun, person.language, codes)


def _notice(scene: Scene, attempt: Attempt) -> Message:
    """Whoever else has the chat cannot sign in without its owner reading of it."""
    browser = attempt.browser or scene.word("signin.browser")
    text = scene.kit.words.text(scene.language, "staff/sign_in", which="in", browser=browser)
    out = Button(text=scene.word("signin.everywhere"), data=for_menu("signout"))
    return Message(text=text, buttons=((out,),))


def _language(session: Session, person_id: UUID | None) -> str | None:
    person = people.get(session, person_id) if person_id is not None else None
    return person.language if person is not None else None


def tidy(session: Session, now: datetime) -> None:
    """Attempts that are over leave nothing behind."""
    sign_ins.forget_over(session, now)
