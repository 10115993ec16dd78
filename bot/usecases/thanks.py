"""Words that thank, and ask for nothing."""

import re

from bot.catalog.bare import bare
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message, Rows
from bot.store import alerts
from bot.usecases import menu
from bot.usecases.scene import A_DAY, Scene

_THANKS = frozenset({
    "thanks", "thank you", "thank u", "ty", "thx", "cheers", "many thanks", "thanks a lot",
    "thanks so much", "thank you so much", "thank you very much", "ok thanks", "ok thank you",
    "thanks for everything", "thank you for everything",
    "gracias", "muchas gracias", "mil gracias", "muchisimas gracias", "ok gracias", "vale gracias",
    "bueno gracias", "gracias doctora", "gracias doctor", "gracias por todo", "🙏",
})  # fmt: skip
_SIGNS = re.compile(r"[\w🙏]+")


def is_thanks(text: str) -> bool:
    """Whether it thanks and says no more."""
    return " ".join(_SIGNS.findall(bare(text))) in _THANKS


def answer(scene: Scene) -> bool:
    """One line: “I can’t answer in words of my own” and twenty buttons were cold. False where an
    exercise lies open, which the menu names."""
    if menu.go_on_buttons(scene):
        return False
    text = scene.kit.words.text(scene.language, "thanked")
    scene.post(Message(text=text, buttons=(*_help(scene), (menu.menu_button(scene),))))
    return True


def _help(scene: Scene) -> Rows:
    """Within a day of words of danger “gracias por todo” may be a goodbye: help is one tap away."""
    newest = alerts.newest_of(scene.session, scene.person.id)
    if newest is None or newest.not_meant or abs(scene.now - newest.latest_at) >= A_DAY:
        return ()
    return ((Button(text=scene.word("keys.help_now"), data=for_menu("help")),),)
