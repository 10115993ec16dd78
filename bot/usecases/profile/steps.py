"""All questions about the person by name, and in which order a newcomer is asked them."""

from collections.abc import Callable

from bot.usecases.profile import (
    agree,
    alias,
    checkins,
    contact,
    frame,
    home,
    media,
    quiet,
    tongue,
    topics,
    zone,
)
from bot.usecases.profile.step import Step, asks_back, show
from bot.usecases.scene import Scene

STEPS: dict[str, Step] = {
    frame.NAME: frame.STEP,
    tongue.NAME: tongue.STEP,
    alias.NAME: alias.STEP,
    zone.NAME: zone.STEP,
    checkins.FIRST: checkins.FIRST_STEP,
    checkins.SECOND: checkins.SECOND_STEP,
    quiet.NAME: quiet.STEP,
    agree.NAME: agree.STEP,
    contact.NUMBER: contact.NUMBER_STEP,
    contact.SAFE: contact.SAFE_STEP,
    home.NAME: home.STEP,
    media.NAME: media.STEP,
    topics.NAME: topics.STEP,
}

_NEEDLESS: dict[str, Callable[[Scene], bool]] = {
    checkins.SECOND: checkins.has_both,
    contact.SAFE: lambda scene: not contact.has_number(scene),
    home.NAME: lambda scene: scene.person.country is not None,
    media.NAME: lambda _: True,  # found in /settings; a newcomer has enough to answer
    topics.NAME: lambda _: True,  # nobody is asked on the first day what hurts; it is in /settings
}
"""When a question need not be asked any more."""


_FREE = frozenset({contact.SAFE, topics.NAME})
"""What may have to be said in words of danger: who must not hear a call, what hurts."""


def typed(scene: Scene, name: str, text: str) -> bool:
    """Takes typed words as the answer to a question. Words of danger are none: as a name they would
    stand before the group. The question comes again below the card, without a word about them."""
    if scene.heavy and name not in _FREE:
        if not scene.halts:
            STEPS[name].ask(scene)
        return False
    if name != frame.NAME and asks_back(scene, text, free=name in _FREE):
        show(scene, "reason", step=name)
        STEPS[name].ask(scene)
        return False
    return STEPS[name].typed(scene, text)


def following(scene: Scene, step: str) -> str | None:
    """The next question a newcomer has still to answer; None after the last."""
    order = list(STEPS)
    later = order[order.index(step) + 1 :]
    return next(
        (name for name in later if name not in _NEEDLESS or not needless(scene, name)), None
    )


def needless(scene: Scene, step: str) -> bool:
    """Whether there is nothing to ask."""
    return step in _NEEDLESS and _NEEDLESS[step](scene)
