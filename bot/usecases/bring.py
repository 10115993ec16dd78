"""Around a session: one entry to bring, at hand; and "I was here"."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.messages.callback import long_id
from bot.messages.message import Message
from bot.messages.summary import entry
from bot.store import attendance, groups, members, revisions, runs
from bot.usecases import menu
from bot.usecases.scene import Scene

FRESH = timedelta(days=2)
"""So long after a session it can still be said that one was there."""


def bring(scene: Scene, named: str) -> None:
    """Shows the entry, to have it at hand in the room; nobody else is shown anything."""
    run_id = long_id(named)
    stored = runs.get_run(scene.session, scene.kit.vault, run_id) if run_id else None
    if stored is None or stored.person != scene.person.id:
        scene.note = scene.word("notes.old_button")
        menu.menu(scene)
        return
    exercise = revisions.recall(scene.session, stored.revision)
    scene.settled = True
    scene.say("clock/bring")
    for message in entry(scene.kit.words, exercise, stored.run, stored.updated_at, scene.viewer):
        scene.post(message)


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
