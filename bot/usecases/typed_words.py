"""Words that a person typed, and what they are meant for."""

from collections.abc import Callable
from datetime import timedelta

from bot.catalog.bare import bare
from bot.catalog.exercise import Need
from bot.engine.advance import is_late
from bot.engine.given import Pressed, Said
from bot.engine.run import Status
from bot.store.runs import StoredRun
from bot.usecases import (
    below_card,
    carry_on,
    help_now,
    menu,
    pages,
    put_off,
    search,
    stop_word,
    typed_label,
)
from bot.usecases.open_runs import at_hand, open_run
from bot.usecases.scene import Scene

_GO_ON = ("alerts.buttons.go_on", "buttons.go_on", "typed_buttons.go_on")
A_WHILE = timedelta(hours=1)
"""So long after a question, words that name a need are about now."""


def handle(scene: Scene, said: Said) -> None:
    """Gives words to whatever they are meant for: a key, the card, a need, the open question, or
    else the search."""
    key = _key(scene, said.text)
    if key is not None:
        key(scene)
        return
    stored = open_run(scene)
    if not (said.edited or scene.heavy) and put_off.typed(scene, said.text):
        return
    if _goes_on(scene, said.text) and _may_go_on(scene, stored, said):
        pages.open_question(scene, "")
        return
    if (
        stored is None
        or (stored.run.lies_aside and not _may_belong_there(scene, stored, said))
        or (not said.edited and _is_elsewhere(scene, stored))
        or _needs_something(scene, stored, said)
        or not (
            _cannot_skip(scene, stored, said)
            or _is_done_already(scene, stored, said)
            or carry_on.give(scene, stored, _meant(scene, stored, said))
        )
    ):
        search.find(scene, said.text, edited=said.edited)


def _goes_on(scene: Scene, text: str) -> bool:
    plain, words = bare(text.strip(" .!¡")), scene.kit.words
    return any(plain in words.listed(each) for each in _GO_ON)


def _may_go_on(scene: Scene, stored: StoredRun | None, said: Said) -> bool:
    """Where nothing waits for words these could be: below "which of these?", "keep going" was met
    with “I can’t tell which answer that is”."""
    if stored is None or stored.run.lies_aside:
        return True
    return not said.edited and carry_on.refuses(scene, stored, said)


def _may_belong_there(scene: Scene, stored: StoredRun, said: Said) -> bool:
    """Whether words soon after a pause, which name nothing else, may be what was asked for: they
    are kept and asked about. They were met with “I can’t answer”, and lost."""
    return (
        len(said.text.split()) > 1
        and not (said.edited or scene.heavy or below_card.stands(scene))
        and at_hand(scene) is not None
        and typed_label.asks_for(scene, stored) == "words"
        and search.need(scene, said.text) is None
        and not search.names_exercise(scene, said.text)
    )


def _is_elsewhere(scene: Scene, stored: StoredRun) -> bool:
    """Whether words are about something else than a question that was left long ago: of danger, or
    written after the card. "Welcome back, is that your answer?" was all that stood there."""
    was_left = stored.run.status is Status.PAUSED or is_late(stored.run, scene.now)
    return was_left and (scene.heavy or below_card.stands(scene))


def _needs_something(scene: Scene, stored: StoredRun, said: Said) -> bool:
    """Whether words below a scale are no answer and name what is needed now: "I can't breathe" was
    met with "please tap a number". Other needs count where the question was asked a good while ago,
    as the evening's for whoever cannot sleep; sooner, "sad" is a try at an answer. Long after, the
    name of an exercise counts, too: "diary card. Is that your answer?"."""
    if said.edited or scene.heavy or not typed_label.asks_a_number(scene, stored):
        return False
    need = search.need(scene, said.text)
    is_old = scene.now - stored.run.asked_at >= A_WHILE
    if is_late(stored.run, scene.now) and need is None:
        names_one = search.names_exercise(scene, said.text)
    else:
        names_one = need == Need.PANIC or (need is not None and is_old)
    return names_one and carry_on.refuses(scene, stored, _meant(scene, stored, said))


def _cannot_skip(scene: Scene, stored: StoredRun, said: Said) -> bool:
    """Says that a question has no Skip, where that was typed and refused: “please tap a number”
    left open why."""
    if said.edited or scene.heavy or not typed_label.asks_to_skip(scene, said.text):
        return False
    if not carry_on.refuses(scene, stored, _meant(scene, stored, said)):
        return False
    return carry_on.repeat(scene, stored, note=scene.word("refused.no_skip"))


def _is_done_already(scene: Scene, stored: StoredRun, said: Said) -> bool:
    """Says that a question of words needs no Done, where that was typed."""
    if said.edited or scene.heavy or is_late(stored.run, scene.now):
        return False
    if not typed_label.asks_for_nothing_more(scene, stored, said.text):
        return False
    return carry_on.repeat(scene, stored, note=scene.word("refused.no_done"))


def _meant(scene: Scene, stored: StoredRun, said: Said) -> Said | Pressed:
    """What was typed, or the button it stands for; an edit is only ever the words themselves."""
    if said.edited:
        return said
    stop = stop_word.of_run(scene, stored, said.text)
    return stop or typed_label.press(scene, stored, said.text) or said


def _key(scene: Scene, text: str) -> Callable[[Scene], None] | None:
    """What a key below the text field stands for, in any language; it is never an answer."""
    if scene.kit.words.is_word(text, "keys.help_now"):
        return help_now.help_now
    return menu.menu if scene.kit.words.is_word(text, "keys.menu") else None
