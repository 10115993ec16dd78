"""The words on a button of a page, typed instead of tapped; and the buttons of a page's question
that was answered in words, which go.

"No" typed below "could somebody make you pay for it? [Yes] [No]" was met with "I can't answer" and
twenty buttons, or went to the exercise that waited above.
"""

import re
from collections.abc import Collection
from datetime import timedelta

from markupsafe import escape

from bot.catalog.bare import bare
from bot.engine.answer.short import Short, short
from bot.engine.answer.yes_no import yes_or_no
from bot.engine.given import Said
from bot.messages.callback import MenuPress, unpack
from bot.messages.message import Button, Message
from bot.store import outbox, shown_buttons
from bot.store.runs import StoredRun
from bot.store.shown_buttons import ShownButton, ShownButtons
from bot.usecases import (
    below_card,
    carry_on,
    comments,
    gathering,
    pairs,
    press,
    put_off,
    roleplay,
    typed_label,
)
from bot.usecases.open_runs import waiting
from bot.usecases.scene import Scene
from bot.usecases.thanks import is_thanks

LONGEST = 64
"""No button has more characters; longer texts ask no database."""
A_WHILE = timedelta(hours=12)
"""What was sent unasked in the morning may be answered in the evening, in its button's words."""
FRESH = timedelta(minutes=30)
"""So long a bare yes or no belongs to it."""
ASKS = frozenset({pairs.VERB, roleplay.VERB, "here", "bring"})
"""Pages whose one button of yes, or of no, may be typed as that word."""
_NOT_PASSED = (
    ("line", f"{roleplay.VERB}.write.", ""),
    ("card", f"{roleplay.VERB}.part.", ".own"),
    ("promise", f"{pairs.VERB}.write.", ""),
    ("phrase", f"{pairs.VERB}.say.", ""),
)
"""What words may have been meant for, and with what the button begins and ends that takes them."""
_STUCK = f"m.{roleplay.VERB}.stuck."
_WAYS = ("go_on", "set_aside")
_WORD = re.compile(r"\w+")
_ARTICLES = frozenset({"a", "an", "the", "un", "una", "el", "la", "los", "las"})
_YES, _NO = frozenset({"yes", "si"}), frozenset({"no", "not"})
_SAID_YES = frozenset(
    {
        *("yes", "yes please", "yes ok", "yes sure", "yeah sure", "ok", "ok sure", "okay", "sure"),
        *("okay then", "ok then", "why not", "sounds good", "fine", "i guess so", "id like that"),
        *("si", "si por favor", "si vale", "vale", "vale si", "dale", "bueno", "por que no"),
        *("me parece bien", "esta bien", "claro que si"),
    }
)


def handle(scene: Scene, text: str) -> bool:
    """Presses the button these words are; False where they are none of those shown last."""
    shown = _meant(scene, text)
    if shown is None:
        return False
    press.handle(scene, shown.data)
    roleplay.heed(scene)
    if scene.settled:
        _answered(scene, shown.key)
    if scene.note and not scene.posted:  # there is no button to hang it on
        scene.post(Message(text=str(escape(scene.note))))
    return True


def _shown_last(scene: Scene) -> ShownButtons | None:
    """The buttons that stand open, or did before this happening showed others."""
    if scene.buttons:
        return scene.stood
    return shown_buttons.of_person(scene.session, scene.kit.vault, scene.person.id)


def take_away(scene: Scene, verbs: Collection[str]) -> None:
    """Their question was answered in words: its buttons go. One that stays above the answer is one
    slip away from being tapped."""
    page = _shown_last(scene)
    found = page.buttons if page is not None else ()
    key = next((each.key for each in reversed(found) if _verb(each) in verbs), None)
    if key is not None:
        _answered(scene, key)


def tapped(scene: Scene, data: str) -> None:
    """A tap answered it: typed once more, its other buttons are not pressed."""
    if not scene.settled or scene.buttons or not isinstance(unpack(data), MenuPress):
        return
    page = _shown_last(scene)
    found = [each.key for each in page.buttons if each.data == data] if page is not None else []
    for key in found[-1:]:
        shown_buttons.answered(scene.session, scene.kit.vault, scene.person.id, key)


def _answered(scene: Scene, key: str) -> None:
    scene.closes = outbox.sent_in(scene.session, key)
    if not scene.buttons:
        shown_buttons.answered(scene.session, scene.kit.vault, scene.person.id, key)


def _meant(scene: Scene, text: str) -> ShownButton | None:
    if len(text) > LONGEST or scene.heavy or scene.kit.words.is_key(text):
        return None
    stand, said = _standing(scene), _words(text)
    if not stand:
        return None
    if below_card.stands(scene):  # “no” below it may answer whether it was meant
        return _last(_named(stand, said)) if len(said) > 1 else None
    stored = waiting(scene)
    asked_at = stored.run.asked_at if stored is not None else None
    below = [each for each in stand if asked_at is None or each.at > asked_at]
    named = _named(below, said) or _begun(below, said) or _said_otherwise(scene, below, text)
    named = named or _is_stuck(below, text) or _puts_off(scene, below, text)
    named = named or _speaks(scene, below, said)
    if named:
        return named[-1]
    if stored is not None and len(below) < len(stand):  # the exercise asked after these
        above = _named(stand, said)
        if above and _is_no_answer(scene, stored, text):
            return above[-1]
    fresh = below and scene.now - below[-1].at < FRESH
    return _yes_or_no(below, said, text) if fresh else None


def _standing(scene: Scene) -> list[ShownButton]:
    """The buttons that may still be meant: those of long ago are answers to nothing."""
    page = _shown_last(scene)
    shown = page.buttons if page is not None else ()
    return [each for each in shown if timedelta(0) <= scene.now - each.at < A_WHILE]


def _last(shown: list[ShownButton]) -> ShownButton | None:
    return shown[-1] if shown else None


def _named(shown: list[ShownButton], said: list[str]) -> list[ShownButton]:
    thanks = is_thanks(" ".join(said))
    return [
        each
        for each in shown
        if said and (_words(each.label) == said or (thanks and _verb(each) == comments.THANKS))
    ]


def _said_otherwise(scene: Scene, shown: list[ShownButton], text: str) -> list[ShownButton]:
    """By what people say for the two words of “go on with it, or set it aside?”: below it, “déjalo
    a un lado” became an answer of the exercise."""
    words, plain = scene.kit.words, bare(text.strip(" .!¡"))
    name = next((each for each in _WAYS if plain in words.listed(f"typed_buttons.{each}")), None)
    labels = {words.word(each, f"buttons.{name}") for each in words.languages} if name else set()
    return [each for each in shown if each.label in labels]


def _puts_off(scene: Scene, shown: list[ShownButton], text: str) -> list[ShownButton]:
    """“Luego” or “hoy no”, below what came by itself: a reminder, a lesson."""
    words, plain = scene.kit.words, bare(text.strip(" .!¡"))
    choice = next(
        (each for each in put_off.TYPED if plain in words.listed(f"clock.typed.{each}")), None
    )
    labels = {words.word(each, f"clock.{choice}") for each in words.languages} if choice else set()
    return [each for each in shown if each.label in labels]


def _speaks(scene: Scene, shown: list[ShownButton], said: list[str]) -> list[ShownButton]:
    """“Inglés” is [English]: each language may be named in the other one."""
    words = scene.kit.words
    called = {each: bare(words.word(each, "onboarding.called")).split() for each in words.languages}
    meant = {f"m.lang.{each}" for each, names in called.items() if said and set(said) <= {*names}}
    return [each for each in shown if each.data in meant]


def _is_stuck(shown: list[ShownButton], text: str) -> list[ShownButton]:
    """“No sé”, below one's turn in a talk, asks for its three ideas."""
    unsure = short(text) in (Short.UNSURE, Short.BLANK)
    return [each for each in shown if unsure and each.data.startswith(_STUCK)]


def _is_no_answer(scene: Scene, stored: StoredRun, text: str) -> bool:
    """Whether the exercise could make nothing of it: “Yes, I’d like that”, below a scale."""
    if typed_label.press(scene, stored, text) is not None:
        return False
    return carry_on.refuses(scene, stored, Said(text, 0))


def _begun(shown: list[ShownButton], said: list[str]) -> list[ShownButton]:
    """The one button whose words begin so: “thinking of you” is a phrase for a partner."""
    found = [each for each in shown if _words(each.label)[: len(said)] == said]
    return found if len(said) > 1 and len({each.data for each in found}) == 1 else []


def not_passed(scene: Scene) -> bool:
    """Of words below the phrases for a partner, a turn in a talk, a card, or the places of a line
    for the group: that they went nowhere.
    “I can’t answer” left open whether the other one had them."""
    page, stored = _shown_last(scene), pairs.live(scene)
    if page is None or not timedelta(0) <= scene.now - page.at < FRESH:
        return False
    if _not_added(scene, page):
        return True
    if stored is None:
        return False
    for what, begins, ends in _NOT_PASSED:
        found = [
            each
            for each in page.buttons
            if each.data.startswith(f"m.{begins}") and each.data.endswith(ends)
        ]
        if found:
            alias = pairs.partner(scene, stored)
            text = scene.kit.words.text(scene.language, "pairs/not_passed", what=what, alias=alias)
            again = Button(text=found[0].label, data=found[0].data)
            rows = () if what == "phrase" else ((again,),)
            scene.post(Message(text=text, buttons=rows, protect=True))
            return True
    return False


def _not_added(scene: Scene, page: ShownButtons) -> bool:
    """The same of a line for the group, typed below “when did it help you?”."""
    places = [each for each in page.buttons if each.data.startswith("m.board_add.")]
    if len(places) < 2:  # below the lines of one situation there is one such button
        return False
    rows = tuple((Button(text=each.label, data=each.data),) for each in places)
    text = scene.kit.words.text(scene.language, "board/not_added")
    scene.post(Message(text=text, buttons=rows))
    return True


def _yes_or_no(shown: list[ShownButton], said: list[str], text: str) -> ShownButton | None:
    """The one button that says yes, or no, where the newest question has both."""
    newest = [each for each in shown if each.key == shown[-1].key]
    yes = [each for each in newest if _says(each, _YES, _NO)]
    no = [each for each in newest if _says(each, _NO, _YES)]
    if len(yes) != 1 or len(no) != 1:
        return None
    sentence = yes_or_no(text)
    if " ".join(said) in _SAID_YES or short(text) is Short.YES or sentence == "yes":
        return yes[0]
    return no[0] if short(text) in (Short.NO, Short.THANKS) or sentence == "no" else None


def _says(shown: ShownButton, word: frozenset[str], other: frozenset[str]) -> bool:
    if short(shown.label) is Short.UNSURE:  # [No lo sé] begins with a no
        return False
    meant = unpack(shown.data)
    if isinstance(meant, MenuPress) and meant.verb == gathering.HERE:  # [Estuve] has no yes in it
        return meant.argument.startswith("yes" if word is _YES else "no")
    words = _words(shown.label)
    ends = {*words[:1], *words[-1:]}
    return _verb(shown) in ASKS and bool(ends & word) and not set(words) & other


def _verb(shown: ShownButton) -> str:
    meant = unpack(shown.data)
    return meant.verb if isinstance(meant, MenuPress) else ""


def _words(text: str) -> list[str]:
    """Without an article in front: “family party” is [A family party]."""
    found = _WORD.findall(bare(text))
    return found[1:] if len(found) > 1 and found[0] in _ARTICLES else found
