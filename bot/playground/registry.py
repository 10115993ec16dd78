"""Which Bot API methods exist here, by their lower-cased names."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.playground.call import Call
from bot.playground.world import World

Handler = Callable[[World, Call], Any]
Same = TypeVar("Same", bound=Handler)


@dataclass(frozen=True, slots=True)
class Method:
    """A method by its name as Telegram spells it."""

    name: str
    handler: Handler


METHODS: dict[str, Method] = {}


def method(*names: str) -> Callable[[Same], Same]:
    """Register the decorated function as Bot API methods `names`."""

    def register(handler: Same) -> Same:
        for name in names:
            METHODS[name.lower()] = Method(name, handler)
        return handler

    return register
