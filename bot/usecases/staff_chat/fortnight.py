"""Two weeks of what one participant was sent by itself, date by date: times, never words."""

from babel.dates import format_date

from bot.messages import zones
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message
from bot.store import people
from bot.store.outbox import guards
from bot.store.people import Standing
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import own
from bot.usecases.staff_chat.menu import back
from bot.usecases.staff_chat.people import groups_page
from bot.usecases.timetable import Known
from bot.usecases.timetable.listing import Line, listing

DAYS = 14
REASONS = frozenset({"paused", "not_today", "backed_off", "done", "quiet", "busy"})
"""Reasons a therapist is told. Others are ours, or nobody's business."""


def page(scene: Scene, named: str) -> None:
    """The list, the newest day last, on the participant's own clock."""
    member = own.member_named(scene, named)
    person = people.look(scene.session, member.person) if member is not None else None
    if member is None or person is None or person.standing is not Standing.MEMBER:
        groups_page(scene)
        return
    known = Known(scene.session, scene.kit, person, scene.now)
    days: dict[str, list[str]] = {}
    for line in listing(known, DAYS):
        day = str(format_date(line.local_date, "EEE d MMM", locale=scene.language))
        days.setdefault(day, []).append(_said(scene, line, person.zone))
    text = scene.kit.words.text(
        scene.language,
        "staff/fortnight",
        alias=own.alias_of(scene, member),
        days=list(days.items()),
    )
    button = Button(text=scene.word("staff.one_person"), data=for_menu("participant", named))
    guard = f"{guards.works(scene.person.id)} {guards.member(member.person)}"
    scene.post(Message(text=text, buttons=((button,), *back(scene))), guard=guard)
    scene.record("fortnight.opened", member.person, "care")


def _said(scene: Scene, line: Line, zone: str) -> str:
    purpose = scene.word(f"fortnight.{line.stored.purpose}")
    outcome = scene.word(f"fortnight.{line.outcome}")
    clock = ""
    if line.at is not None and line.outcome in ("sent", "answered"):
        clock = f"{_clock(scene, line, zone)} "
    why = line.why.value if line.why is not None and line.why.value in REASONS else ""
    told = f" ({scene.word(f'fortnight.{why}')})" if why else ""
    return f"{clock}{purpose}: {outcome}{told}"


def _clock(scene: Scene, line: Line, zone: str) -> str:
    assert line.at is not None
    return zones.clock(zone, line.at, scene.language)
