"""What works in the chat of a member of staff: commands, buttons, typed words."""

from bot.usecases import door, pages, staff_alerts
from bot.usecases.incoming import What
from bot.usecases.plain_chat import HELP, Page, PlainChat, Verb, speaking
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import (
    assigning,
    confirming,
    feedback,
    fortnight,
    inviting,
    menu,
    pairing,
    people,
)
from bot.usecases.staff_chat.own import is_at_work

COMMANDS: dict[str, Page] = {
    "start": menu.start,
    "menu": menu.menu,
    "invite": inviting.invite,
    "help": menu.help_page,
    "language": pages.languages,
    "privacy": pages.privacy,
}
VERBS: dict[str, Verb] = {
    **HELP,
    "menu": menu.menu,
    "invite": inviting.invite,
    "newcomers": confirming.newcomers_page,
    "turn_away": confirming.turn_away,
    "turned_away": confirming.turned_away,
    "groups": people.groups_page,
    "participant": people.person_page,
    "finish": people.finish,
    "finished": people.finished,
    "fortnight": fortnight.page,
    "targets": assigning.targets,
    "assign": assigning.choose,
    "give": assigning.give,
    **pairing.VERBS,
    **feedback.VERBS,
    "lang": speaking(menu.menu),
}
WORDS = (confirming.typed,)
"""Asked in this order whether typed words are for them."""

CHAT = PlainChat(COMMANDS, VERBS, otherwise=menu.menu, words=WORDS)


def handle(scene: Scene, what: What) -> None:
    """Answers a member of staff; to somebody who works here no longer, what strangers hear."""
    if not is_at_work(scene):
        door.knock(scene)
    elif not feedback.handle(scene, what) and not staff_alerts.handle(
        scene, what
    ):  # what it asked for (a PIN, a note) comes first
        CHAT.handle(scene, what)
