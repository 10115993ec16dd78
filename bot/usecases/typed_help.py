"""Help me now, typed by hand: without the picture on its key, or as one word in need of it."""

import re

from bot.catalog.bare import bare
from bot.store.people import Standing
from bot.usecases import typed_label
from bot.usecases.incoming import What, Words
from bot.usecases.open_runs import waiting
from bot.usecases.scene import Scene

LONGEST = 40
"""No call for help that we know has more characters; longer texts ask no database."""
_WORD = re.compile(r"\w+")


def meant(scene: Scene, what: What) -> What:
    """What reached us, or the key *Help me now* where nothing but a call for help was typed.

    "Please tap a number" is no answer to "help". Only where words are the answer may "help" be one
    ("what did you need?"); the name of the key is none anywhere.
    """
    match what:
        case Words(text, mark, False) if len(text) <= LONGEST:
            said = " ".join(_WORD.findall(bare(text)))
            called = said in scene.kit.words.listed("help_now.typed.called")
            need = said in scene.kit.words.listed("help_now.typed.need")
            if (called or need) and _may_ask(scene, called=called):
                return Words(scene.word("keys.help_now"), mark)
    return what


def _may_ask(scene: Scene, *, called: bool) -> bool:
    if scene.person.standing is Standing.STAFF:
        return False
    if called or scene.person.standing is not Standing.MEMBER or scene.person.onboarding:
        return True
    stored = waiting(scene)
    return stored is None or typed_label.asks_for(scene, stored) == "tap"
