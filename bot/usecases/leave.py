"""Somebody wants everything of theirs deleted: words at once, the rest within a minute.

While a member is asked whether, what they type is about that, and never the answer to an exercise.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from bot.messages.callback import for_menu, number_in
from bot.messages.message import Button, Message
from bot.store import dues, erasure, people
from bot.store.people import Standing
from bot.usecases import alert, asked, menu
from bot.usecases.incoming import What, Words
from bot.usecases.profile.step import chosen, means
from bot.usecases.scene import Scene

ERASE = erasure.ERASE
GOODBYE = timedelta(seconds=40)
"""So long the last messages have to arrive before the person is forgotten."""
GAP = 10
"""Between two of our messages lie the person's own; more ids apart, they are somebody else's."""
AT_ONCE = 100
"""Telegram deletes so many messages in one call."""
ASKED = "leave"
"""The question is open, and typed words are about it."""


def ask(scene: Scene, _: str = "") -> None:
    """Says what deleting means, and asks once."""
    asked.open_for(scene, ASKED)
    _ask(scene, "leave", gone=False)


def handle(scene: Scene, what: What) -> bool:
    """Takes typed words as the answer to the question; anything else puts it away."""
    if not asked.is_open(scene, ASKED):
        return False
    match what:
        case Words(text, _, False) if not scene.kit.words.is_key(text):
            labels = {"leave.yes": "yes", "leave.no": "no"}
            answer = chosen(scene, text, labels)
            if answer == "yes":
                _delete(scene)
            elif answer == "no" or means(scene, text, "no_words"):
                asked.close(scene)
                _keep(scene)
            else:  # "ok" and "sí" too: it cannot be undone, so the button's own words are asked for
                _ask(scene, "leave_still")
            return True
    asked.close(scene)
    return False


def _ask(scene: Scene, template: str, **values: object) -> None:
    no = for_menu("leave", "no") if asked.is_open(scene, ASKED) else for_menu("menu")
    buttons = (
        (Button(text=scene.word("leave.yes"), data=for_menu("leave", f"yes.{_minute(scene)}")),),
        (Button(text=scene.word("leave.no"), data=no),),
    )
    text = scene.kit.words.text(scene.language, template, **values)
    scene.post(Message(text=text, buttons=buttons))


def leave(scene: Scene, answer: str) -> None:
    """The button under the question. A yes counts as long as the question is fresh: tapped by
    mistake weeks later, it deleted everything at once."""
    word, _, number = answer.partition(".")
    minute = number_in(number, 10)
    if word == "yes" and minute is not None and _is_fresh(scene, minute):
        _delete(scene)
        return
    scene.settled = True  # a yes that stays above a no is one slip away from being tapped
    if word == "no":
        _keep(scene)
    else:
        ask(scene)


def _is_fresh(scene: Scene, minute: int) -> bool:
    """From a clock that ran far ahead as well, it is no question of now."""
    return abs(_minute(scene) - minute) <= asked.PATIENCE


def _minute(scene: Scene) -> int:
    return int(scene.now.timestamp()) // asked.MINUTE


def _keep(scene: Scene) -> None:
    # Without the menu below it, which is longer than a phone: this is what must be read now.
    text = scene.kit.words.text(scene.language, "leave_kept")
    ways_on = menu.column(*menu.go_on_buttons(scene), menu.menu_button(scene))
    scene.post(Message(text=text, buttons=ways_on))


def _delete(scene: Scene) -> None:
    """Deletes every word now; the messages in the chat, the key and the rest follow at once."""
    person = scene.person.id
    messages = list(_with_answers(erasure.recent_messages(scene.session, person, scene.now)))
    alert.person_left(scene, "erased")
    erasure.forget_words(scene.session, person)
    for start in range(0, len(messages), AT_ONCE):
        scene.post(Message(text="", deletes=tuple(messages[start : start + AT_ONCE])))
    scene.say("leave", gone=True)
    at = scene.now + GOODBYE
    dues.set_due(scene.session, person, ERASE, None, None, at, _key(scene), scene.now)
    scene.expect(at)
    # What they write until then would go with them: no exercise may begin, no alert be promised.
    people.set_standing(scene.session, person, Standing.STRANGER)
    scene.person = replace(scene.person, standing=Standing.STRANGER)


def is_leaving(scene: Scene) -> bool:
    """Whether they have deleted everything, and are forgotten within the minute."""
    if scene.person.standing is not Standing.STRANGER:
        return False
    return dues.planned(scene.session, _key(scene)) is not None


def _key(scene: Scene) -> str:
    return f"erase.{scene.person.id.hex}"


def _with_answers(ours: list[int]) -> Iterator[int]:
    """Our messages and, between them, the person's own."""
    for here, there in pairwise(ours):
        yield here
        if there - here <= GAP:
            yield from range(here + 1, there)
    yield from ours[-1:]


def erase(scene: Scene) -> bool:
    """The end: key destroyed, rows gone, a tombstone left."""
    return erasure.erase(scene.session, scene.kit.vault, scene.person.id, scene.now)
