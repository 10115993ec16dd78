"""Around a session of the group: what to bring, two hours before; who was there, after it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.care.cadence import Chance, Verdict
from bot.catalog.text import said
from bot.messages.callback import for_menu, short_id
from bot.messages.message import Button, Message
from bot.store import attendance, past_runs
from bot.store.schedules import Stored
from bot.usecases import reminder
from bot.usecases.board import discussion
from bot.usecases.menu import begin_button
from bot.usecases.scene import Scene
from bot.usecases.sending import Sending, speak
from bot.usecases.timetable import Known

WEEK = timedelta(days=7)
BRING = 4
"""So many of the week's entries are offered to bring."""
MOST = 50
HERE = "here"
"""What the button "I was here" begins with; the local date of the session follows."""


def against(_: Known, __: Stored, ___: Chance) -> Verdict | None:
    """Nothing."""
    return None


def is_done(known: Known, stored: Stored, span: Chance) -> bool:
    """After a session: whether they have said that they were there."""
    if not stored.name.endswith(".after") or known.group is None:
        return False
    day = session_date(stored, span.planned, known.group.zone)
    return day in attendance.dates(known.session, known.person.id, day)


def session_date(stored: Stored, planned: datetime, zone: str) -> date:
    """The local date (of the group) of the session a moment hangs on."""
    anchor = stored.plan.anchor
    assert anchor.kind == "session"
    return (planned - timedelta(minutes=anchor.minutes)).astimezone(ZoneInfo(zone)).date()


def send(scene: Scene, sending: Sending) -> None:
    """One of the two."""
    speak(scene, sending, rows=())
    known = sending.known
    if sending.stored.name.endswith(".after"):
        _after(scene, known)
    else:
        _before(scene, known)


def _before(scene: Scene, known: Known) -> None:
    """How much was practised, what was assigned and is still open, and what to bring."""
    assert scene.unasked is not None
    done = past_runs.history(
        *(scene.session, scene.kit.vault, scene.person.id),
        limit=MOST,
        since=scene.now - WEEK,
    )
    left = reminder.to_do(known)
    begins = next(iter(each for each in known.sessions if each > scene.now), scene.now)
    text = scene.kit.words.text(
        scene.language,
        "clock/before",
        clock=scene.viewer.clock(begins),
        count=len(done),
        left=said(left[0][1].title, scene.language) if left else "",
        offered=bool(done),
    )
    asked, answer = discussion.offer(scene, known.group) if known.group is not None else ("", ())
    rows = tuple(
        (
            Button(
                text=f"{scene.viewer.day(each.updated_at)} · {_title(scene, each.run.exercise)}",
                data=for_menu("bring", short_id(each.id)),
            ),
        )
        for each in done[:BRING]
    )
    if left:
        rows = ((begin_button(scene, left[0][1]),), *rows)  # by its name: start what?
    if asked:
        text += "\n\n" + scene.kit.words.text(scene.language, "board/before", question=asked)
    buttons = (*answer, *rows)
    scene.post(Message(text=f"{scene.unasked.head}\n\n{text}", buttons=buttons, protect=True))


def _title(scene: Scene, exercise: str) -> str:
    found = scene.kit.titles.get(exercise)
    return said(found, scene.language) if found else exercise


def _after(scene: Scene, known: Known) -> None:
    assert scene.unasked is not None
    group = known.group
    zone = group.zone if group is not None else scene.person.zone
    span = scene.now  # the session it asks about is the last one that has begun
    begun = [each for each in known.sessions if each <= span]
    day = (begun[-1] if begun else span).astimezone(ZoneInfo(zone)).date()
    yes = Button(text=scene.word("clock.here"), data=for_menu(HERE, f"yes.{day:%Y%m%d}"))
    no = Button(text=scene.word("clock.not_here"), data=for_menu(HERE, f"no.{day:%Y%m%d}"))
    text = scene.kit.words.text(scene.language, "clock/after")
    scene.post(Message(text=f"{scene.unasked.head}\n\n{text}", buttons=((yes,), (no,))))
