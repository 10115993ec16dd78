"""/who: who opened what somebody wrote, when and why."""

from bot.messages.message import Message
from bot.store import audit, staff
from bot.store.audit import Entry
from bot.usecases.scene import Scene

SHOWN = 20
"""So many of the latest entries; /export has all."""


BY_STAFF = ("targets.chosen", "score.entered")
"""What staff do at the command line, also where nobody said who it was."""


def page(scene: Scene, _: str = "") -> None:
    """The latest first, in words; nothing of the content is on record, so none can be shown."""
    lines = [line(scene, each) for each in _latest(scene)]
    text = scene.kit.words.text(scene.language, "settings/who", lines=lines)
    scene.post(Message(text=text, protect=True))


def _latest(scene: Scene) -> list[Entry]:
    """The latest that are shown. What is not can be many in a row (an alert that grows with each
    message), and must not push out who looked: “nobody did” would be untrue."""
    many = SHOWN
    while True:
        found = audit.of_subject(scene.session, scene.person.id, many)
        shown = [each for each in found if is_shown(scene, each)]
        if len(shown) >= SHOWN or len(found) < many:
            return shown[:SHOWN]
        many *= 4


def is_shown(scene: Scene, entry: Entry) -> bool:
    """What others did, and of what happened by itself that the team was told."""
    by_itself = entry.actor is None and entry.action not in BY_STAFF
    return entry.actor != scene.person.id and (not by_itself or entry.action == "alert.raised")


def line(scene: Scene, entry: Entry) -> dict[str, str]:
    """One access: when, who, what they did and why."""
    return {
        "when": scene.viewer.day(entry.at),
        "who": name(scene, entry),
        "did": _known(scene, "did", entry.action),
        "why": _known(scene, "why", entry.reason, unknown=""),
    }


def name(scene: Scene, entry: Entry) -> str:
    """The name of whoever it was; somebody who has left is staff all the same."""
    if entry.actor is None and entry.action not in BY_STAFF:
        return scene.word("who.automatic")
    found = staff.get(scene.session, scene.kit.vault, entry.actor) if entry.actor else None
    return found.name if found is not None else scene.word("who.somebody")


def _known(scene: Scene, kind: str, code: str, unknown: str | None = None) -> str:
    """The words for a code; codes are few, and new ones are told in general words."""
    words = scene.kit.words.short(scene.language)["who"][kind]
    key = code.replace(".", "_")
    return str(words.get(key, words["other"] if unknown is None else unknown))
