"""A newcomer reads out four digits, the therapist types them here: so the right one comes in.

Names from Telegram play no part: whoever takes another's name gains nothing. A number that fits
nobody counts against everybody who waits, because nobody can say whose it was meant to be; after
three of them the numbers change, so that guessing never pays.
"""

import re

from bot.messages.callback import for_menu, short_id
from bot.messages.message import Button, Message
from bot.store import groups, newcomers, people
from bot.store.newcomers import Newcomer
from bot.usecases import confirm, pending
from bot.usecases.incoming import What, Words
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import own
from bot.usecases.staff_chat.menu import back
from bot.usecases.staff_chat.time import time_of_day

DIGITS = 4
MISSES = 3
"""So many wrong numbers, and everybody who waits gets another one."""
BETWEEN = " -.·\t\n"
"""What people put between digits they heard."""
_HEARD = re.compile(r"\d(?:[ .·-]?\d)*")
"""Digits in a sentence, as they were heard: “8869”, “88 69”."""


def newcomers_page(scene: Scene, _: str = "") -> None:
    """Who waits, and what to do: type the number."""
    waiting = own.own_newcomers(scene)
    text = scene.kit.words.text(scene.language, "staff/newcomers", count=len(waiting))
    away = tuple((_button(scene, each),) for each in waiting)
    scene.post(Message(text=text, buttons=(*away, *back(scene))))


def _button(scene: Scene, newcomer: Newcomer) -> Button:
    label = scene.word("staff.turn_away", newcomer=_described(scene, newcomer))
    return Button(text=label, data=for_menu("turn_away", short_id(newcomer.person)))


def _described(scene: Scene, newcomer: Newcomer) -> str:
    """Their group and when they came; there is nothing else to know them by."""
    group = groups.group(scene.session, newcomer.group)
    assert group is not None
    return f"{group.name}, {time_of_day(scene, newcomer.joined_at, group.zone)}"


def typed(scene: Scene, text: str) -> bool:
    """Takes four digits as the number of a newcomer; False for any other words."""
    code = "".join(sign for sign in text if sign not in BETWEEN)
    if len(code) != DIGITS or not code.isdecimal():
        return False
    code = "".join(str(int(sign)) for sign in code)
    waiting = own.own_newcomers(scene)
    found = [each for each in waiting if each.code == code]
    if len(found) == 1:
        _confirmed(scene, found[0])
    else:  # two who came in the same moment may have the same: nobody can say whose it is
        _missed(scene, waiting, renews=found)
    return True


def known(scene: Scene, what: What) -> bool:
    """Takes the number of somebody who waits before anything else that was asked: typed while a PIN
    was to be chosen, it became the PIN, and in the room nothing happened."""
    if not isinstance(what, Words) or what.edited:
        return False
    code = "".join(sign for sign in what.text if sign not in BETWEEN)
    if len(code) != DIGITS or not any(each.code == code for each in own.own_newcomers(scene)):
        return False
    return typed(scene, what.text)


def within(scene: Scene, text: str) -> bool:
    """“The number is 8869”, and digits that are not four, while somebody waits: the menu was all
    that came, and in the room nobody knew why."""
    waiting = own.own_newcomers(scene)
    heard = _HEARD.findall(text) if waiting else []
    if len(heard) == 1 and sum(sign.isdecimal() for sign in heard[0]) == DIGITS:
        return typed(scene, heard[0])
    if not heard or any(sign not in BETWEEN and not sign.isdecimal() for sign in text):
        return False
    values = {"count": len(waiting), "renewed": False, "other": True}
    said = scene.kit.words.text(scene.language, "staff/no_match", **values)
    scene.post(Message(text=said, buttons=back(scene)))
    return True


def _confirmed(scene: Scene, newcomer: Newcomer) -> None:
    group = groups.group(scene.session, newcomer.group)
    assert group is not None
    confirm.confirm(scene, newcomer)
    text = scene.kit.words.text(scene.language, "staff/confirmed", group=group.name)
    scene.post(Message(text=text, buttons=back(scene)))


def _missed(scene: Scene, waiting: list[Newcomer], renews: list[Newcomer]) -> None:
    over = [
        each
        for each in waiting
        if newcomers.missed(scene.session, each.person) >= MISSES or each in renews
    ]
    for each in over:
        person = people.get(scene.session, each.person)
        if person is not None:
            pending.give_new_number(scene.beside(person))
    text = scene.kit.words.text(
        scene.language, "staff/no_match", count=len(waiting), renewed=bool(over), other=False
    )
    scene.post(Message(text=text, buttons=back(scene)))


def turn_away(scene: Scene, named: str) -> None:
    """Asks once whether somebody who waits really does not belong here."""
    newcomer = own.newcomer_named(scene, named)
    if newcomer is None:
        newcomers_page(scene)
        return
    who = _described(scene, newcomer)
    text = scene.kit.words.text(scene.language, "staff/turn_away", newcomer=who)
    yes = Button(text=scene.word("staff.turn_away_yes"), data=for_menu("turned_away", named))
    no = Button(text=scene.word("staff.turn_away_no"), data=for_menu("newcomers"))
    scene.post(Message(text=text, buttons=((yes,), (no,))))


def turned_away(scene: Scene, named: str) -> None:
    """Does it, and shows who still waits."""
    newcomer = own.newcomer_named(scene, named)
    if newcomer is not None:
        confirm.turn_away(scene, newcomer)
        scene.settled = True
    newcomers_page(scene)
