"""What works in the chat of a member of staff: commands, buttons, typed words."""

from bot.usecases import door, pages, staff_alerts
from bot.usecases.incoming import What
from bot.usecases.plain_chat import HELP, Page, PlainChat, Verb, speaking
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import (
    assigning,
    away,
    behind_pin,
    confirming,
    digesting,
    enabling,
    feedback,
    fortnight,
    giving,
    group_life,
    in_danger,
    inviting,
    menu,
    moderating,
    pairing,
    people,
    phases,
    sent,
    signing_in,
    taking_back,
    trying,
)
from bot.usecases.staff_chat.own import is_at_work

COMMANDS: dict[str, Page] = {
    "start": menu.start,
    "menu": menu.menu,
    "invite": inviting.invite,
    "help": menu.help_page,
    "language": pages.languages,
    "privacy": menu.privacy,
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
    "look": assigning.look,
    "see": assigning.see,
    "enabling": enabling.page,
    enabling.ALLOW: enabling.enable,
    "enable": enabling.enable,  # as those buttons said it that were shown until now
    "shops": giving.choose,
    "enrol": giving.give,
    "assigned": taking_back.assigned,
    "take_back": taking_back.take_back,
    taking_back.WORKSHOP: taking_back.take_back_workshop,
    **pairing.VERBS,
    "life": group_life.page,
    "lines": moderating.open_lines,
    "line_yes": moderating.approve,
    "line_back": moderating.send_back,
    "line_reason": moderating.reason,
    "pick": group_life.questions,
    "quiet": group_life.quiet_days,
    "phase": phases.move,
    "returning": phases.returning,
    "take_in": phases.take_in,
    **feedback.VERBS,
    **digesting.VERBS,
    **away.VERBS,
    **signing_in.VERBS,
    "lang": speaking(menu.spoken, "keys.menu"),
}
WORDS = (confirming.typed, in_danger.typed, confirming.within)
"""Asked in this order whether typed words are for them."""

FIRST = (
    confirming.known,
    *(moderating.LOCKED.handle, feedback.LOCKED.handle, staff_alerts.handle),
    behind_pin.while_locked,
    *(sent.handle, trying.handle, signing_in.handle),
)
"""Asked in this order before all else."""

CHAT = PlainChat(COMMANDS, VERBS, otherwise=menu.menu, words=WORDS)


def handle(scene: Scene, what: What) -> None:
    """Answers a member of staff; to somebody who works here no longer, what strangers hear."""
    if not is_at_work(scene):
        door.knock(scene)
    # What was asked for (a PIN, a note) comes first.
    elif not any(takes(scene, what) for takes in FIRST):
        CHAT.handle(scene, what)
