"""Whether somebody turned to something else than the page that asked them something."""

from bot.messages.callback import MenuPress, unpack
from bot.usecases.incoming import Command, Press, What


def leads_away(what: What, verb: str) -> bool:
    """A command, or any button but those of the page itself, which carry its verb."""
    match what:
        case Press(data):
            meant = unpack(data)
            return not (isinstance(meant, MenuPress) and meant.verb == verb)
        case Command():
            return True
    return False
