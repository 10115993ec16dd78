"""What Between brings beside its exercises, read once for all tests of a process."""

from functools import cache

from bot.catalog.board import Board
from bot.catalog.consents import Consents
from bot.catalog.load_board import load_board
from bot.catalog.load_consents import load_consents
from bot.catalog.load_phrases import load_phrases
from bot.catalog.load_talks import load_talks
from bot.catalog.phrases import Phrases
from bot.catalog.talks import Talks
from bot.config import Settings

_SETTINGS = Settings()


@cache
def consents() -> Consents:
    """The texts people agree to."""
    return load_consents(_SETTINGS.consents_file)[0]


@cache
def board() -> Board:
    """What there is to choose from for the shared board."""
    return load_board(_SETTINGS.board_dir)[0]


@cache
def phrases() -> Phrases:
    """What partners can send each other."""
    return load_phrases(_SETTINGS.phrases_dir)[0]


@cache
def talks() -> Talks:
    """The talks that partners can practise."""
    return load_talks(_SETTINGS.scenes_dir)[0]
