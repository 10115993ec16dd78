"""What is assigned at present, and taking it back with one tap."""

from zoneinfo import ZoneInfo

from bot.catalog.text import said
from bot.messages.callback import for_menu, long_id, short_id
from bot.messages.message import Button, Message
from bot.store import assignments, groups, members
from bot.store.assignments import Assignment
from bot.usecases import assign as usecase
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import own
from bot.usecases.staff_chat.menu import back

MOST = 8
"""So many are listed, the newest first."""


def assigned(scene: Scene, _: str = "") -> None:
    """What is assigned at present; a tap takes it back."""
    rows = tuple(
        (
            Button(
                text=scene.word(
                    "staff.take_back_one", title=_title(scene, each), whom=_whom(scene, each)
                ),
                data=for_menu("take_back", short_id(each.id)),
            ),
        )
        for each in open_now(scene)[:MOST]
    )
    text = scene.kit.words.text(scene.language, "staff/assigned_now", some=bool(rows))
    scene.post(Message(text=text, buttons=(*rows, *back(scene))))


def take_back(scene: Scene, named: str) -> None:
    """Takes one back, if it is theirs to take back; pressed again, it says the same."""
    assignment_id = long_id(named)
    found = assignments.get(scene.session, assignment_id) if assignment_id is not None else None
    mine = found is not None and any(each.id == found.group for each in own.own_groups(scene))
    if found is None or not mine:
        assigned(scene)
        return
    usecase.take_back(scene, found)
    scene.settled = True
    still = [
        _whom(scene, each)
        for each in open_now(scene)
        if (each.group, each.exercise) == (found.group, found.exercise)
    ]
    text = scene.kit.words.text(
        *(scene.language, "staff/taken_back"),
        title=_title(scene, found),
        whom=_whom(scene, found),
        still=", ".join(still),
    )
    more = Button(text=scene.word("staff.assign"), data=for_menu("targets"))
    scene.post(Message(text=text, buttons=((more,), *back(scene))))


def open_now(scene: Scene) -> list[Assignment]:
    """What the own groups have to do."""
    return [
        each
        for group in own.own_groups(scene)
        for each in assignments.of_group(
            scene.session, group.id, scene.now.astimezone(ZoneInfo(group.zone)).date()
        )
    ]


def _title(scene: Scene, given: Assignment) -> str:
    found = scene.kit.titles.get(given.exercise)
    return said(found, scene.language) if found else given.exercise


def _whom(scene: Scene, given: Assignment) -> str:
    if given.person is None:
        group = groups.group(scene.session, given.group)
        return group.name if group is not None else ""
    member = members.get(scene.session, scene.kit.vault, given.person)
    return (member.alias if member is not None else None) or scene.word("staff.no_alias")
