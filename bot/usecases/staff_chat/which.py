"""Which of their groups a member of staff means: the one they chose, or the only one."""

from bot.messages.callback import for_menu, short_id
from bot.messages.message import Button, Message
from bot.store.groups import Group
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import own
from bot.usecases.staff_chat.menu import back


def which_group(
    scene: Scene, chosen: str, verb: str, question: str = "staff/groups"
) -> Group | None:
    """The group that is meant; None after they were asked in the words of `question`, by buttons
    with this verb."""
    mine = own.own_groups(scene)
    only = mine[0] if len(mine) == 1 else None
    group = own.group_named(scene, chosen) if chosen else only
    if group is None:
        text = scene.kit.words.text(scene.language, question, some=bool(mine))
        rows = tuple(
            (Button(text=each.name, data=for_menu(verb, short_id(each.id))),) for each in mine
        )
        scene.post(Message(text=text, buttons=(*rows, *back(scene))))
    return group
