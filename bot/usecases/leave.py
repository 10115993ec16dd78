"""Somebody wants everything of theirs deleted: words at once, the rest within a minute."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from bot.messages.callback import for_menu
from bot.messages.message import Button, Message
from bot.store import dues, erasure
from bot.usecases import alert
from bot.usecases.scene import Scene

ERASE = "erase"
"""The kind of due row that ends a person's existence here."""
GOODBYE = timedelta(seconds=40)
"""So long the last messages have to arrive before the person is forgotten."""
GAP = 10
"""Between two of our messages lie the person's own; more ids apart, they are somebody else's."""
AT_ONCE = 100
"""Telegram deletes so many messages in one call."""


def ask(scene: Scene, _: str = "") -> None:
    """Says what deleting means, and asks once."""
    buttons = (
        (Button(text=scene.word("leave.yes"), data=for_menu("leave", "yes")),),
        (Button(text=scene.word("leave.no"), data=for_menu("menu")),),
    )
    text = scene.kit.words.text(scene.language, "leave", gone=False)
    scene.post(Message(text=text, buttons=buttons))


def leave(scene: Scene, answer: str) -> None:
    """Deletes every word now; the messages in the chat, the key and the rest follow at once."""
    if answer != "yes":
        ask(scene)
        return
    person = scene.person.id
    messages = list(_with_answers(erasure.recent_messages(scene.session, person, scene.now)))
    alert.person_left(scene, "erased")
    erasure.forget_words(scene.session, person)
    for start in range(0, len(messages), AT_ONCE):
        scene.post(Message(text="", deletes=tuple(messages[start : start + AT_ONCE])))
    scene.say("leave", gone=True)
    at = scene.now + GOODBYE
    dues.set_due(scene.session, person, ERASE, None, None, at, f"erase.{person.hex}", scene.now)
    scene.rings_at = at


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
