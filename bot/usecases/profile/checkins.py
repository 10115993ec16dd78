"""When somebody wants to be asked how it is: two times of day, on their own clock."""

from dataclasses import replace

from bot.care.hours import either, later, times, within
from bot.catalog.bare import bare
from bot.messages.message import Rows
from bot.store import members, people
from bot.usecases.profile import hours
from bot.usecases.profile.step import Step, button, chosen, declines, means, show
from bot.usecases.scene import Scene

FIRST, SECOND, ONCE = "first", "second", "once"
EARLY = ("07:00", "08:00", "09:00", "10:00", "12:00", "13:00")
LATE = ("17:00", "18:00", "19:00", "20:00", "21:00", "22:00")


def ask_first(scene: Scene) -> None:
    """The earlier one."""
    show(scene, "first_time", _rows(scene, FIRST, EARLY))


def ask_second(scene: Scene) -> None:
    """The later one."""
    show(scene, "second_time", _rows(scene, SECOND, LATE), first=next(iter(_known(scene)), ""))


def take_first(scene: Scene, text: str) -> bool:
    """Takes one time; two at once answer the second question as well."""
    found = _named(text)
    if len(found) not in (1, 2):
        show(scene, "time_unclear", _rows(scene, FIRST, EARLY))
        return False
    if _is_quiet(scene, found):
        show(scene, "time_quiet", _rows(scene, FIRST, EARLY))
        return False
    kept = found if len(found) == 2 else (*found, *_known(scene)[1:])
    _keep(scene, kept)
    return True


def take_second(scene: Scene, text: str) -> bool:
    """Takes the other time; the earlier one comes first, however they were named. Whoever would
    rather be asked once a day is."""
    known = _known(scene)[:1]
    if known and (text == ONCE or _wants_one(scene, text)):
        _keep(scene, known)
        return True
    found = later(text, *known) if known and not either(text) else _named(text)
    if len(found) != 1:
        show(scene, "time_unclear", _rows(scene, SECOND, LATE))
        return False
    if _is_quiet(scene, found):
        show(scene, "time_quiet", _rows(scene, SECOND, LATE))
        return False
    _keep(scene, (*known, *found))
    return True


def _meant(scene: Scene, text: str) -> str:
    """What was typed, or 11 where it says so in the person's language: “once” in Spanish, which in
    English asks for one time a day."""
    return "11" if bare(text.strip(" .!")) == scene.word("onboarding.eleven") else text


def _wants_one(scene: Scene, text: str) -> bool:
    label = chosen(scene, text, {"onboarding.once": ONCE})
    said = bare(text.strip(" .!")) in scene.kit.words.listed("onboarding.once_said")
    return bool(label) or said or means(scene, text, "no_words") or declines(scene, text)


def anew(scene: Scene) -> None:
    """Asks a newcomer for both once more."""
    members.set_checkins(scene.session, scene.person.id, ())
    people.set_onboarding(scene.session, scene.person.id, FIRST)
    scene.person = replace(scene.person, onboarding=FIRST)
    ask_first(scene)


def has_both(scene: Scene) -> bool:
    """Whether two different times are known."""
    return len(_known(scene)) == 2


def _named(text: str) -> tuple[str, ...]:
    """Of "7 or 8 ish" the first: kept as two, the one meant for the evening was never asked."""
    found = times(text)
    return found[:1] if len(found) == 2 and either(text) else found


def _keep(scene: Scene, found: tuple[str, ...]) -> None:
    members.set_checkins(scene.session, scene.person.id, tuple(sorted(set(found))))
    hours.changed(scene)


def _is_quiet(scene: Scene, found: tuple[str, ...]) -> bool:
    """Whether one of these times lies in the person's own quiet hours."""
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    quiet = member.quiet if member is not None else None
    return quiet is not None and any(within(each, *quiet) for each in found)


def _known(scene: Scene) -> tuple[str, ...]:
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    return member.checkins if member is not None else ()


def _rows(scene: Scene, step: str, offered: tuple[str, ...]) -> Rows:
    buttons = [button(each, step, each) for each in offered]
    rows = tuple(tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3))
    once = ((button(scene.word("onboarding.once"), SECOND, ONCE),),)
    return (*rows, *once) if step == SECOND and _known(scene) else rows


FIRST_STEP = Step(ask_first, take_first, lambda scene, text: take_first(scene, _meant(scene, text)))
SECOND_STEP = Step(
    ask_second, take_second, lambda scene, text: take_second(scene, _meant(scene, text))
)
