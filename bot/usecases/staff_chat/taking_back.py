"""What is assigned or given at present, and taking it back with one tap."""

from itertools import chain
from zoneinfo import ZoneInfo

from bot.catalog.text import said
from bot.messages.callback import for_menu, long_id, short_id
from bot.messages.message import Button, Message
from bot.store import assignments, groups
from bot.store.assignments import Assignment
from bot.usecases import assign as usecase
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import own
from bot.usecases.staff_chat.menu import back
from bot.usecases.workshops import enrol, gifts
from bot.usecases.workshops.gifts import Gift

WORKSHOP = "unenrol"
"""The button that takes a workshop back."""
MOST = 8
"""So many are listed, the newest first."""


def assigned(scene: Scene, _: str = "") -> None:
    """What is assigned at present; a tap takes it back."""
    newest = sorted(open_now(scene), key=lambda each: each.at, reverse=True)
    rows = tuple((_undo(scene, each),) for each in newest[:MOST])
    text = scene.kit.words.text(scene.language, "staff/assigned_now", some=bool(rows))
    scene.post(Message(text=text, buttons=(*rows, *back(scene))))


def _undo(scene: Scene, given: Assignment | Gift) -> Button:
    verb = "take_back" if isinstance(given, Assignment) else WORKSHOP
    label = {"title": _title(scene, given), "whom": _whom(scene, given)}
    return Button(
        text=scene.word("staff.take_back_one", **label), data=for_menu(verb, short_id(given.id))
    )


def take_back(scene: Scene, named: str) -> None:
    """Takes one back, if it is theirs to take back; pressed again, it says the same."""
    assignment_id = long_id(named)
    found = assignments.get(scene.session, assignment_id) if assignment_id is not None else None
    mine = found is not None and any(each.id == found.group for each in own.own_groups(scene))
    if found is None or not mine:
        scene.note = scene.word("notes.old_button")
        assigned(scene)
        return
    usecase.take_back(scene, found)
    scene.settled = True
    still = [
        _whom(scene, each)
        for each in _assigned(scene)
        if (each.group, each.exercise) == (found.group, found.exercise)
    ]
    text = scene.kit.words.text(
        *(scene.language, "staff/taken_back"),
        title=_title(scene, found),
        whom=_whom(scene, found),
        still=", ".join(still),
    )
    _say(scene, text)


def take_back_workshop(scene: Scene, named: str) -> None:
    """The same of a workshop; what it was given with is named by one of its enrolments."""
    enrolment = long_id(named)
    mine = own.own_groups(scene) if enrolment is not None else ()
    found = [gifts.of_enrolment(scene.session, each.id, enrolment) for each in mine if enrolment]
    gift = next(filter(None, found), None)
    if gift is None:
        scene.note = scene.word("notes.old_button")
        assigned(scene)
        return
    many = enrol.take_back(scene, gift)
    scene.settled = True
    text = scene.kit.words.text(
        *(scene.language, "staff/workshop_taken_back"),
        title=_title(scene, gift),
        whom=_whom(scene, gift),
        alone=gift.person is not None,
        many=many,
    )
    _say(scene, text)


def _say(scene: Scene, text: str) -> None:
    more = Button(text=scene.word("staff.assign"), data=for_menu("targets"))
    scene.post(Message(text=text, buttons=((more,), *back(scene))))


def open_now(scene: Scene) -> list[Assignment | Gift]:
    """What the own groups have to do, and the workshops they were given."""
    shops = (gifts.gifts(scene.session, group.id) for group in own.own_groups(scene))
    return [*_assigned(scene), *chain.from_iterable(shops)]


def _assigned(scene: Scene) -> list[Assignment]:
    return [
        each
        for group in own.own_groups(scene)
        for each in assignments.of_group(
            scene.session, group.id, scene.now.astimezone(ZoneInfo(group.zone)).date()
        )
    ]


def _title(scene: Scene, given: Assignment | Gift) -> str:
    if isinstance(given, Gift):
        return said(gifts.title(scene.session, given), scene.language)
    found = scene.kit.titles.get(given.exercise)
    return said(found, scene.language) if found else given.exercise


def _whom(scene: Scene, given: Assignment | Gift) -> str:
    if given.person is None:
        group = groups.group(scene.session, given.group)
        return group.name if group is not None else ""
    return own.alias_by_id(scene, given.person)
