"""How the team may call somebody, and when that is safe: both optional, both sealed."""

import re
from dataclasses import replace

from bot.care.alias import neat
from bot.store import contacts
from bot.usecases.profile.step import Step, button, chosen, declines, means, show
from bot.usecases.scene import Scene

NUMBER, SAFE = "number", "safe"
FEWEST, MOST = 5, 15
"""Digits of a telephone number (E.164 allows 15)."""
LONGEST = 160
"""When it is safe to call, in the person's own words."""
SKIP = "skip"
OFFERED = ("any", "mornings", "evenings", "text_first")
_NUMBER = re.compile(r"(?:\+|\()?[0-9][0-9()\-./ ]*")
_EXTENSION = re.compile(
    r"(?<=[0-9)\s,;])(?:ext(?:ensi[oó]n)?|int(?:erno)?|anexo|x|#)\s*[.:]?\s*([0-9]{1,6})(?![0-9])",
    re.IGNORECASE,
)
"""What is dialled after the number, at a workplace or a hotel."""


def ask_number(scene: Scene) -> None:
    """The number; one can go on without."""
    show(scene, "number", ((button(scene.word("buttons.skip"), NUMBER, SKIP),),))


def skip_number(scene: Scene, _: str) -> bool:
    """Leaves none, or takes away the one there was."""
    contacts.put(scene.session, scene.kit.vault, scene.person.id, contacts.Contact())
    return True


def type_number(scene: Scene, text: str) -> bool:
    """Takes whatever can be dialled, also out of a sentence; a plain no is a skip."""
    if chosen(scene, text, {"buttons.skip": SKIP}) or _is_no(scene, text):
        return skip_number(scene, SKIP)
    number = _dialled(neat(text))
    if number is None:
        show(scene, "number_unfit", ((button(scene.word("buttons.skip"), NUMBER, SKIP),),))
        return False
    _keep(scene, number=number)
    return True


def _is_no(scene: Scene, text: str) -> bool:
    return means(scene, text, "no_words") or declines(scene, text)


def _dialled(text: str) -> str | None:
    """The one number in a text, with its extension; None where there is none, or more than one."""
    extensions = _EXTENSION.findall(text)
    text = _EXTENSION.sub(" ", text, count=1)
    found = [each.strip(" .-/") for each in _NUMBER.findall(text)]
    long_enough = [each for each in found if FEWEST <= _digits(each) <= MOST]
    if len(long_enough) != 1 or len(found) != 1:
        return None
    return " ext. ".join((long_enough[0], *extensions))


def _digits(text: str) -> int:
    return sum(sign.isdigit() for sign in text)


def has_number(scene: Scene) -> bool:
    """Whether there is a number to ask a safe time for."""
    return bool(contacts.get(scene.session, scene.kit.vault, scene.person.id).number)


def ask_safe(scene: Scene) -> None:
    """When nobody else would pick up or listen."""
    rows = tuple((button(scene.word(f"onboarding.safe.{each}"), SAFE, each),) for each in OFFERED)
    show(scene, "safe", (*rows, (button(scene.word("buttons.skip"), SAFE, SKIP),)))


def press_safe(scene: Scene, choice: str) -> bool:
    """Keeps the words on the button."""
    if choice != SKIP:
        _keep(scene, when=scene.word(f"onboarding.safe.{choice}") if _is_offered(choice) else "")
    return True


def type_safe(scene: Scene, text: str) -> bool:
    """Keeps their own words; [Skip], typed, is none."""
    if chosen(scene, text, {"buttons.skip": SKIP}) or declines(scene, text):
        return press_safe(scene, SKIP)
    _keep(scene, when=neat(text)[:LONGEST])
    return True


def _is_offered(choice: str) -> bool:
    return choice in OFFERED


def _keep(scene: Scene, **what: str) -> None:
    session, vault, person = scene.session, scene.kit.vault, scene.person.id
    contacts.put(session, vault, person, replace(contacts.get(session, vault, person), **what))


NUMBER_STEP = Step(ask_number, skip_number, type_number)
SAFE_STEP = Step(ask_safe, press_safe, type_safe)
