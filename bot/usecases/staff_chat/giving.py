"""A workshop for a group or for one person: which one, and that it was given."""

from bot.catalog.text import said
from bot.messages.callback import for_menu, short_id
from bot.messages.message import Button, Message
from bot.store import groups
from bot.store.enrolments import Enrolment
from bot.store.members import Member
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import taking_back
from bot.usecases.staff_chat.assigning import name_of, target_of, targets
from bot.usecases.staff_chat.menu import back
from bot.usecases.workshops.enrol import give as enrol


def choose(scene: Scene, named: str) -> None:
    """Which workshop: by name, with its number of lessons."""
    target = target_of(scene, named)
    if target is None:
        targets(scene)
        return
    shelf = scene.kit.workshops.known.values()
    rows = tuple(
        (
            Button(
                text=f"{said(each.title, scene.language)} · {len(each.lessons)}",
                data=for_menu("enrol", f"{named}.{each.id}"),
            ),
        )
        for each in shelf
    )
    text = scene.kit.words.text(
        scene.language,
        "staff/workshop_what",
        whom=name_of(scene, target),
        offered=[
            {
                "title": said(each.title, scene.language),
                "summary": said(each.summary, scene.language),
            }
            for each in shelf
        ],
    )
    scene.post(Message(text=text, buttons=(*rows, *back(scene))))


def give(scene: Scene, argument: str) -> None:
    """Does it, and says to how many it is new."""
    named, _, name = argument.partition(".")
    target, workshop = target_of(scene, named), scene.kit.workshops.find(name)
    if target is None or workshop is None:
        targets(scene)
        return
    person = target.person if isinstance(target, Member) else None
    group = groups.group(scene.session, target.group if isinstance(target, Member) else target.id)
    assert group is not None
    fresh = enrol(scene, group, person, workshop)
    scene.settled = True
    text = scene.kit.words.text(
        scene.language,
        "staff/workshop_given",
        title=said(workshop.title, scene.language),
        whom=name_of(scene, target),
        many=len(fresh),
        alone=person is not None,
        days=workshop.days,
    )
    undo = ((_undo(scene, fresh[0]),),) if fresh else ()
    more = Button(text=scene.word("staff.assign"), data=for_menu("targets"))
    scene.post(Message(text=text, buttons=(*undo, (more,), *back(scene))))


def _undo(scene: Scene, first: Enrolment) -> Button:
    data = for_menu(taking_back.WORKSHOP, short_id(first.id))
    return Button(text=scene.word("staff.take_back"), data=data)
