"""Help me now and Menu, typed by hand: without the picture on the key, or in one word of need."""

import re
from functools import lru_cache

from bot.catalog.bare import bare
from bot.messages import words as wording
from bot.store.people import Standing
from bot.usecases import asked, typed_label
from bot.usecases.incoming import What, Words
from bot.usecases.open_runs import waiting
from bot.usecases.scene import Scene

LONGEST = 40
"""No call for help that we know has more characters; longer texts ask no database."""
_WORD = re.compile(r"\w+")


def meant(scene: Scene, what: What) -> What:
    """What reached us, or the key *Help me now* where nothing but a call for help was typed, or the
    key *Menu* for its bare name: below four switches it brought the switches back.

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
            if said in _menu_names(scene.kit.words) and _may_leave(scene):
                return Words(scene.word("keys.menu"), mark)
    return what


@lru_cache(maxsize=1)
def _menu_names(words: wording.Words) -> frozenset[str]:
    labels = (words.word(language, "keys.menu") for language in words.languages)
    return frozenset(" ".join(_WORD.findall(bare(each))) for each in labels)


def _may_leave(scene: Scene) -> bool:
    if scene.person.standing is not Standing.MEMBER or asked.is_arriving(scene.person):
        return False
    return _may_ask(scene, called=False)


def _may_ask(scene: Scene, *, called: bool) -> bool:
    if scene.person.standing is Standing.STAFF:
        return False
    if called or scene.person.standing is not Standing.MEMBER or scene.person.onboarding:
        return True
    stored = waiting(scene)
    return stored is None or typed_label.asks_for(scene, stored) == "tap"
