"""A member of staff chooses on which day and at which hour the digest of their groups comes."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from babel.dates import get_day_names

from bot.messages.callback import for_menu
from bot.messages.keyboard import by_length
from bot.messages.message import Button, Message
from bot.store import audit, digests
from bot.usecases import briefing
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import opening
from bot.usecases.staff_chat.menu import back

HOURS = ("07:00", "08:00", "09:00", "12:00", "16:00")
"""On the programme's clock."""
NEVER = "never"


def page(scene: Scene, _: str = "") -> None:
    """When it comes now, and what can be chosen."""
    chosen = digests.of(scene.session, scene.person.id)
    names = get_day_names("wide", locale=scene.language)
    days = [
        Button(
            text=f"{names[day]}{' ✓' if day == chosen.weekday else ''}",
            data=for_menu("digest_day", str(day)),
        )
        for day in range(7)
    ]
    hours = [
        Button(
            text=f"{hour}{' ✓' if hour == chosen.hour else ''}",
            data=for_menu("digest_hour", hour.replace(":", "")),
        )
        for hour in HOURS
    ]
    never = Button(text=scene.word("digest.never"), data=for_menu("digest_day", NEVER))
    address, rows = opening.way(scene, "/office")
    text = scene.kit.words.text(
        scene.language,
        "staff/digest_when",
        day=names[chosen.weekday] if chosen.weekday is not None else "",
        hour=chosen.hour,
        address=address,
    )
    off = () if chosen.weekday is None else ((never,),)
    when = () if chosen.weekday is None else tuple(by_length(hours))
    buttons = (*by_length(days), *when, *off, *rows, *back(scene))
    scene.post(Message(text=text, buttons=buttons))


def choose_day(scene: Scene, named: str) -> None:
    """[Monday], or never."""
    days = {str(day): day for day in range(7)}
    if named in days or named == NEVER:
        _keep(scene, weekday=days.get(named))
    page(scene)


def choose_hour(scene: Scene, named: str) -> None:
    """[08:00]."""
    hours = {each.replace(":", ""): each for each in HOURS}
    if named in hours:
        _keep(scene, hour=hours[named])
    page(scene)


def _keep(scene: Scene, **change: object) -> None:
    me = scene.person.id
    chosen = replace(digests.of(scene.session, me), **change)  # type: ignore[arg-type] # its fields
    digests.choose(scene.session, me, chosen)
    briefing.plan_digest(scene.session, me, scene.now)
    scene.settled = True
    audit.write(
        scene.session,
        actor=me,
        subject=None,
        action="digest.chosen",
        reason="pages",
        now=scene.now,
    )


VERBS: Mapping[str, Callable[[Scene, str], None]] = {
    "digest": page,
    "digest_day": choose_day,
    "digest_hour": choose_hour,
}
"""What the buttons do."""
