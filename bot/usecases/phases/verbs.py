"""What the buttons around a phase do: for members, and for people who finished."""

from collections.abc import Callable

from bot.usecases import good_thing
from bot.usecases.phases import alumni, back_in, handover, staying
from bot.usecases.scene import Scene

VERBS: dict[str, Callable[[Scene, str], None]] = {
    "stay": staying.page,
    "round": good_thing.page,
    "handover": handover.page,
}
ALUMNI_VERBS: dict[str, Callable[[Scene, str], None]] = {
    "alumni": alumni.answer,
    "back_in": back_in.ask,
    "handover": handover.page,
    "round": good_thing.page,
}
