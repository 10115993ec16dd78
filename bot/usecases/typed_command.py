"""A command by another name: “/ayuda” is /help and “/menú” is /menu, in any language.

Telegram lists ours in English. “/ayuda” brought the menu, and “/quién”, which Telegram takes for
words, was kept as the answer to the question that stood there.
"""

import re

from bot.catalog.bare import bare
from bot.usecases.incoming import Command, What, Words
from bot.usecases.scene import Scene

_SLASHED = re.compile(r"/(\w{1,64})\s*")


def meant(scene: Scene, what: What) -> What:
    """What reached us, or the command that was meant."""
    match what:
        case Command(name, argument):
            known = _named(scene, name)
            return Command(known, argument) if known else what
        case Words(text, _, False) if slashed := _SLASHED.fullmatch(text):
            known = _named(scene, bare(slashed[1]))
            return Command(known) if known else what
    return what


def _named(scene: Scene, name: str) -> str:
    """The command that goes by this name too; "" where none does."""
    words = scene.kit.words
    others = words.short("en")["typed_commands"]
    return next((each for each in others if name in words.listed(f"typed_commands.{each}")), "")
