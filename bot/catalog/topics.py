"""What a person can wish about a topic that exercises touch on."""

from enum import StrEnum


class Wish(StrEnum):
    """WARN: say so before it begins. SPARE: leave it out of the lists, too."""

    WARN = "warn"
    SPARE = "spare"


def after(wish: Wish | None) -> Wish | None:
    """The next of: nothing, warn, spare, and nothing again."""
    match wish:
        case None:
            return Wish.WARN
        case Wish.WARN:
            return Wish.SPARE
        case Wish.SPARE:
            return None
