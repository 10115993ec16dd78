"""Around a session: an entry to bring, at hand; and "I was here"."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.catalog.consents import Scope
from bot.messages.callback import for_menu, long_id
from bot.messages.message import Button, Message
from bot.messages.summary import entry
from bot.store import attendance, brought, groups, members, revisions, runs
from bot.usecases import consented, menu
from bot.usecases.office import meetings
from bot.usecases.scene import Scene

FRESH = timedelta(days=2)
"""So long after a session it can still be said that one was there."""


def bring(scene: Scene, named: str) -> None:
    """Shows the entry, to have it at hand in the room, and notes that it is to be brought. Whoever
    lets the therapists read is told that they see which one; of others only a number is seen."""
    run_id = long_id(named)
    stored = runs.get_run(scene.session, scene.kit.vault, run_id) if run_id else None
    if stored is None or stored.person != scene.person.id:
        scene.note = scene.word("notes.old_button")
        menu.menu(scene)
        return
    exercise = revisions.recall(scene.session, stored.revision)
    scene.settled = True
    reads = consented.agreed(scene.session, scene.kit, scene.person.id, needs=Scope.THERAPIST_READS)
    noted = _note(scene, stored.id)
    which = "open" if noted and reads else "number" if noted else "only_you"
    text = scene.kit.words.text(scene.language, "clock/bring", which=which)
    leave = Button(text=scene.word("clock.leave_it"), data=for_menu("leave_it", named))
    scene.post(Message(text=text, buttons=((leave,),) if noted else ()))
    for message in entry(scene.kit.words, exercise, stored.run, stored.updated_at, scene.viewer):
        scene.post(message)


def leave_it(scene: Scene, named: str) -> None:
    """Not after all: nobody sees any more that it was to be brought."""
    run_id = long_id(named)
    if run_id is None or not brought.leave(scene.session, run_id, scene.person.id):
        scene.note = scene.word("notes.old_button")
        menu.menu(scene)
        return
    scene.settled = True
    text = scene.kit.words.text(scene.language, "clock/left")
    scene.post(Message(text=text, buttons=((menu.menu_button(scene),),)))


def _note(scene: Scene, run: UUID) -> bool:
    """For the session that comes or goes on; False where there is none."""
    group = groups.of_person(scene.session, scene.person.id)
    meeting = meetings.coming(scene.session, group, scene.now) if group is not None else None
    if group is None or meeting is None:
        return False
    brought.bring(scene.session, run, scene.person.id, group.id, meeting.day, scene.now)
    return True


def here(scene: Scene, argument: str) -> None:
    """Notes that somebody was in the session of that date, once."""
    answer, _, text = argument.partition(".")
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    group = groups.group(scene.session, member.group) if member is not None else None
    day = _date(text)
    if group is None or day is None or not _is_fresh(scene, day, group.zone):
        scene.note = scene.word("notes.old_button")
        menu.menu(scene)
        return
    scene.settled = True
    if answer == "yes":
        attendance.here(scene.session, scene.person.id, group.id, day, scene.now)
    text = scene.kit.words.text(scene.language, "clock/here", was_here=answer == "yes")
    scene.post(Message(text=text, buttons=((menu.menu_button(scene),),)))


def _is_fresh(scene: Scene, day: date, zone: str) -> bool:
    today = scene.now.astimezone(ZoneInfo(zone)).date()
    return timedelta(0) <= today - day <= FRESH


def _date(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 # a date has no zone
    except ValueError:
        return None
