"""A member of staff invites somebody: a link and a picture to scan, good for one person, once."""

from bot.messages.callback import for_menu, short_id
from bot.messages.message import Button, Message
from bot.store import invites
from bot.store.groups import Group
from bot.usecases.scene import Scene
from bot.usecases.staff_chat.menu import back
from bot.usecases.staff_chat.which import which_group

HOURS = int(invites.LIFE.total_seconds()) // 3600


def invite(scene: Scene, chosen: str = "") -> None:
    """Makes an invitation into the chosen group; asks which, where there are several."""
    group = which_group(scene, chosen, "invite", "staff/which_group")
    if group is not None:
        _invite_into(scene, group)


def _invite_into(scene: Scene, group: Group) -> None:
    if scene.kit.bot.username is None:  # Telegram has not told us our own name yet
        text = scene.kit.words.text(scene.language, "staff/no_name")
        again = Button(text=scene.word("staff.invite"), data=for_menu("invite", short_id(group.id)))
        scene.post(Message(text=text, buttons=((again,), *back(scene))))
        return
    code = invites.invite(
        scene.session, scene.kit.vault, scene.now, group=group.id, made_by=scene.person.id
    )
    link = scene.kit.bot.link(code)
    text = scene.kit.words.text(
        scene.language, "staff/invitation", link=link, group=group.name, hours=HOURS
    )
    copy = Button(text=scene.word("staff.copy_link"), copy_text=link)
    more = Button(text=scene.word("staff.invite_more"), data=for_menu("invite", short_id(group.id)))
    wait = Button(text=scene.word("staff.confirm"), data=for_menu("newcomers"))
    scene.post(Message(text=text, qr=link, buttons=((copy,), (wait,), (more,), *back(scene))))
