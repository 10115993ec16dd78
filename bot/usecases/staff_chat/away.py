"""A member of staff says how long they are away: ready spans, one tap, and back by itself."""

from collections.abc import Callable
from datetime import datetime

from bot.care.away import Span, ready
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message
from bot.store import away, staff
from bot.usecases import out_of_office, returns
from bot.usecases.alert import HandedOn
from bot.usecases.scene import Scene
from bot.usecases.staff_chat.menu import back

_NOTHING = HandedOn()


def page(scene: Scene, _: str = "", *, on: HandedOn = _NOTHING) -> None:
    """Until when they are away, who is there meanwhile, and the spans to choose from."""
    me = scene.person.id
    until = away.until(scene.session, me, scene.now)
    zone = returns.zone_of(scene.session, me)
    rows = [
        Button(
            text=scene.word(f"away.spans.{span}", when=returns.moment(scene, end, zone)),
            data=for_menu("away_until", _named(span, end)),
        )
        for span, end in ready(zone, scene.now).items()
    ]
    if until is not None:
        rows.insert(0, Button(text=scene.word("away.back"), data=for_menu("away_back")))
    text = scene.kit.words.text(
        scene.language,
        "staff/away",
        until=returns.moment(scene, until, zone) if until is not None else "",
        covers=", ".join(returns.covers(scene.session, scene.kit, me, scene.now)),
        uncalled=until is not None and _uncalled(scene),
        taken=returns.still_taken(scene.session, me),
        went_on=on.at_once,
        waiting=on.waiting,
    )
    scene.post(Message(text=text, buttons=(*((each,) for each in rows), *back(scene))))


def _uncalled(scene: Scene) -> bool:
    """Whether nobody is on call for their groups while they are away."""
    session, kit, now = scene.session, scene.kit, scene.now
    return any(
        returns.leaves_uncalled(session, kit, each, now)
        for each in staff.groups_of(session, scene.person.id)
    )


def until(scene: Scene, chosen: str) -> None:
    """[Until Monday 08:00]: from now on alerts go past them."""
    spans = ready(returns.zone_of(scene.session, scene.person.id), scene.now)
    end = next((at for span, at in spans.items() if _named(span, at) == chosen), None)
    if end is None:  # a button of another day, which names another date than it would mean now
        page(scene)
        return
    scene.settled = True
    page(scene, on=out_of_office.leave(scene, scene.person.id, end))


def _named(span: Span, end: datetime) -> str:
    return f"{span.value}.{end:%Y%m%d}"


def came_back(scene: Scene, _: str = "") -> None:
    """[I’m back]: before the time they said."""
    if away.until(scene.session, scene.person.id, scene.now) is not None:
        out_of_office.come_back(scene, scene.person.id)
    scene.settled = True
    page(scene)


VERBS: dict[str, Callable[[Scene, str], None]] = {
    "away": page,
    "away_until": until,
    "away_back": came_back,
}
"""What the buttons do."""
