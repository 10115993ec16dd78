"""The menu of a member of staff, their help page and their first words."""

from collections.abc import Callable

from bot.messages.callback import for_menu
from bot.messages.message import Button, Message, Rows
from bot.store import away, board, groups, open_items
from bot.store.board import State
from bot.store.staff import Staff
from bot.usecases import pages, returns, staff_alerts, staff_commands
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import own, signing_in


def _alerts(scene: Scene) -> Button:
    count = staff_alerts.waiting_for(scene)
    label = scene.word("staff.alerts_some", count=count) if count else scene.word("staff.alerts")
    return Button(text=label, data=for_menu("alerts"))


def _newcomers(scene: Scene) -> Button:
    count = len(own.own_newcomers(scene))
    label = scene.word("staff.confirm_some", count=count) if count else scene.word("staff.confirm")
    return Button(text=label, data=for_menu("newcomers"))


def _invite(scene: Scene) -> Button:
    return Button(text=scene.word("staff.invite"), data=for_menu("invite"))


def _groups(scene: Scene) -> Button:
    return Button(text=scene.word("staff.groups"), data=for_menu("groups"))


def _assign(scene: Scene) -> Button:
    return Button(text=scene.word("staff.assign"), data=for_menu("targets"))


def _pairs(scene: Scene) -> Button | None:
    """Only where the programme has pairs."""
    programme = groups.programme(scene.session)
    if programme is None or not programme.partner_pairs:
        return None
    return Button(text=scene.word("staff.pairs"), data=for_menu("pairs"))


def _life(scene: Scene) -> Button:
    mine = [each.id for each in own.own_groups(scene)]
    unread = sum(each.many for each in open_items.shown_answers(scene.session, mine))
    count = board.count(scene.session, mine, State.HELD) + unread
    label = scene.word("group_life.open_some", count=count) if count else ""
    return Button(text=label or scene.word("group_life.open"), data=for_menu("life"))


def _cards(scene: Scene) -> Button | None:
    """Where partners may practise with each other."""
    programme = groups.programme(scene.session)
    if programme is None or not programme.partner_pairs:
        return None
    return Button(text=scene.word("staff.cards"), data=for_menu("cards"))


def _away(scene: Scene) -> Button:
    """Says until when, while they are away."""
    me = scene.person.id
    until = away.until(scene.session, me, scene.now)
    label = scene.word("away.button")
    if until is not None:
        when = returns.moment(scene, until, returns.zone_of(scene.session, me))
        label = scene.word("away.until", when=when)
    return Button(text=label, data=for_menu("away"))


def _digest(scene: Scene) -> Button:
    return Button(text=scene.word("digest.button"), data=for_menu("digest"))


MENU: tuple[Callable[[Scene], Button | None], ...] = (
    *(_alerts, signing_in.button, _newcomers, _invite, _assign, _pairs, _cards, _life, _groups),
    *(_digest, _away),
)
"""The buttons of the menu, from the top; None where there is nothing to press."""


def menu(scene: Scene, _: str = "") -> None:
    """What there is to do."""
    text = scene.kit.words.text(scene.language, "staff/menu")
    buttons = (button(scene) for button in MENU)
    rows = tuple((button,) for button in buttons if button is not None)
    scene.post(Message(text=text, buttons=rows))


def welcome(scene: Scene, who: Staff) -> None:
    """The first words to somebody who took their place."""
    staff_commands.show(scene)
    text = scene.kit.words.text(scene.language, "staff/welcome", who=who.name)
    scene.post(Message(text=text, keys=((scene.word("keys.menu"),),)))
    menu(scene)


def spoken(scene: Scene) -> None:
    """They read another language from now on."""
    staff_commands.show(scene)
    menu(scene)


def start(scene: Scene) -> None:
    """The same to somebody who begins again."""
    who = own.me(scene)
    assert who is not None  # whoever works here no longer never comes this far
    welcome(scene, who)


def help_page(scene: Scene) -> None:
    """What can be done here, and what must not be expected of it."""
    who = own.me(scene)
    scene.say("staff/help", reviewer=who is not None and who.reviewer)
    menu(scene)


def privacy(scene: Scene) -> None:
    """What is kept of them; then the page that participants read, as that."""
    scene.say("staff/privacy")
    pages.privacy(scene)


def back(scene: Scene) -> Rows:
    """The way back to the menu."""
    return ((Button(text=scene.word("buttons.menu"), data=for_menu("menu")),),)
