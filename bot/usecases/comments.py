"""A therapist's comment on its way to the chat: at an hour that is not quiet, below its entry.

It says who wrote it and what about; nothing of that stands on a lock screen. It never comes
to somebody who took back their yes, paused, or left.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.care.cadence import after_quiet, is_quiet
from bot.catalog.consents import Scope
from bot.catalog.text import said
from bot.messages.callback import for_menu, long_id, short_id
from bot.messages.message import Button, Message
from bot.store import comments, dues, members, outbox, people, revisions, runs, staff
from bot.store.comments import Comment, Fate
from bot.store.dues import Due
from bot.store.outbox import Kind, guards
from bot.store.outbox import State as Sent
from bot.store.people import Participant, Standing
from bot.store.runs import StoredRun
from bot.usecases import consented
from bot.usecases.kit import Kit
from bot.usecases.ringing import ringing
from bot.usecases.scene import Scene
from bot.usecases.timetable.hours import quiet_of

COMMENT = "comment"
"""The kind of due row in which a comment waits for the end of the quiet hours."""
THANKS = "thanks"
LONGEST = 2000
"""Characters as Telegram counts them (UTF-16): with its heading it fits into one message."""


class State(StrEnum):
    """Where a comment stands. `unsure`: it may have arrived, and is not sent again by itself."""

    WAITING = "waiting"
    GOING = "going"
    DELIVERED = "delivered"
    UNSURE = "unsure"
    STOPPED = "stopped"


class Why(StrEnum):
    """Why a comment is not sent."""

    CONSENT = "consent"
    LEFT = "left"
    PAUSED = "paused"
    BLOCKED = "blocked"
    QUIET = "quiet"
    FAILED = "failed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Stands:
    """Where a comment stands: `at` is when it was sent, or until when it waits (UTC)."""

    state: State
    at: datetime | None = None
    why: Why | None = None


def obstacle(session: Session, kit: Kit, person: Participant | None, now: datetime) -> Why | None:
    """What keeps comments from somebody now; None where nothing does."""
    if person is None or person.standing is not Standing.MEMBER:
        return Why.LEFT
    if not consented.agreed(session, kit, person.id, needs=Scope.THERAPIST_READS):
        return Why.CONSENT
    if person.paused_until is not None and person.paused_until > now:
        return Why.PAUSED
    return None if person.reachable else Why.BLOCKED


def send(scene: Scene, comment: Comment) -> None:
    """Queues it, or has it wait while the hours are quiet. `scene` is the participant's."""
    session, person = scene.session, scene.person
    why = obstacle(session, scene.kit, person, scene.now)
    if why is not None:
        comments.set_stopped(session, comment.id, why)
        return
    comments.set_stopped(session, comment.id, None)
    member = members.get(session, scene.kit.vault, person.id)
    quiet = quiet_of(member) if member is not None else None
    at = after_quiet(quiet, scene.now, ZoneInfo(person.zone))
    if at > scene.now:
        dues.set_due(
            *(session, person.id, COMMENT, comment.id, None, at, comment.key, scene.now),
        )
        scene.expect(at)
    else:
        _post(scene, comment)


def _post(scene: Scene, comment: Comment) -> None:
    stored = runs.get_run(scene.session, scene.kit.vault, comment.run)
    assert stored is not None  # a comment goes with its entry
    attempt = comment.attempt + 1
    comments.set_attempt(scene.session, comment.id, attempt)
    person = scene.person.id
    needs = consented.guard(scene.kit, person, needs=Scope.THERAPIST_READS)
    scene.post(
        Message(
            text=scene.kit.words.text(
                scene.language,
                "comment",
                by=writer(scene, comment),
                title=title(scene, stored),
                day=scene.viewer.day(stored.updated_at),
                text=comment.text,
            ),
            buttons=(
                (Button(text=scene.word("comment.open"), data=_opens(stored)),),
                (Button(text=scene.word("comment.thanks"), data=_thanks(comment)),),
            ),
            protect=True,
            replies_to=outbox.shown_in(scene.session, stored.id),
        ),
        kind=Kind.CHECKIN,
        guard=f"{needs} {guards.awake(person)} {guards.loud(person)}",
        key=f"{comment.key}.{attempt}",
    )


def _opens(stored: StoredRun) -> str:
    return for_menu("entry", short_id(stored.id))


def _thanks(comment: Comment) -> str:
    return for_menu(THANKS, short_id(comment.id))


def title(scene: Scene, stored: StoredRun) -> str:
    """What the entry is called, in the person's language."""
    return said(revisions.recall(scene.session, stored.revision).title, scene.language)


def writer(scene: Scene, comment: Comment) -> str:
    """Who wrote it; somebody who has left is staff all the same."""
    found = staff.get(scene.session, scene.kit.vault, comment.by)
    return found.name if found is not None else scene.word("who.somebody")


def ring(scene: Scene, due: Due) -> None:
    """The quiet hours are over."""
    found = comments.get(scene.session, scene.kit.vault, due.subject) if due.subject else None
    if found is not None and found.person == scene.person.id:
        send(scene, found)


def thank(scene: Scene, argument: str) -> None:
    """A silent tick for whoever wrote it; once."""
    comment = long_id(argument)
    found = comments.get(scene.session, scene.kit.vault, comment) if comment else None
    if found is None or found.person != scene.person.id:
        scene.note = scene.word("notes.not_yours")
        return
    comments.thank(scene.session, found.id, scene.now)
    scene.note = scene.word("comment.thanked", by=writer(scene, found))


def stands(session: Session, kit: Kit, comment: Comment, now: datetime) -> Stands:
    """Where a comment stands now."""
    if comment.stopped is not None:
        return Stands(State.STOPPED, why=Why(comment.stopped))
    at = dues.planned(session, comment.key)
    if at is not None:
        return Stands(State.WAITING, at)
    fate = comments.fate(session, comment)
    if fate is None or fate.status == Sent.UNCERTAIN:
        return Stands(State.UNSURE)
    if fate.status == Sent.SENT:
        return Stands(State.DELIVERED, fate.sent_at)
    if fate.status in (Sent.PENDING, Sent.SENDING):
        return Stands(State.GOING)
    return Stands(State.STOPPED, why=_why(session, kit, comment, fate, now))


def _why(session: Session, kit: Kit, comment: Comment, fate: Fate, now: datetime) -> Why:
    """What holds now is the likeliest reason of what did not hold when it was to be sent."""
    if fate.status == Sent.FAILED:
        return Why.FAILED
    if fate.error == "unreachable":
        return Why.BLOCKED
    person = people.look(session, comment.person)
    member = members.get(session, kit.vault, comment.person)
    found = obstacle(session, kit, person, now)
    if found is None and person is not None and member is not None:
        return Why.QUIET if is_quiet(quiet_of(member), now, ZoneInfo(person.zone)) else Why.CHANGED
    return found or Why.LEFT


def arrived(scene: Scene, stored: StoredRun) -> list[Comment]:
    """The comments on an entry that reached the person, oldest first."""
    there = (State.DELIVERED, State.UNSURE)
    return [
        each
        for each in comments.of_run(scene.session, scene.kit.vault, stored.id)
        if stands(scene.session, scene.kit, each, scene.now).state in there
    ]


def take_back(session: Session, comment: Comment) -> bool:
    """It was never written; False once it is on its way or has arrived."""
    fate = comments.fate(session, comment)
    outbox.call_off(session, comment.letter)
    if fate is not None and fate.status not in _NEVER_SENT:
        fate = comments.fate(session, comment)  # perhaps it was called off just now
        if fate is None or fate.status not in _NEVER_SENT:
            return False
    dues.clear_due(session, comment.key)
    comments.remove(session, comment.id)
    return True


_NEVER_SENT = (Sent.CANCELLED, Sent.FAILED, Sent.EXPIRED)
RINGS = {COMMENT: ringing(ring)}
"""What the due rows of comments do."""
VERBS: dict[str, Callable[[Scene, str], None]] = {THANKS: thank}
"""What the buttons below a comment do, besides opening the entry."""
