"""The words by which somebody in a track stops whatever is open: an exercise, a form, a talk."""

from bot.catalog.tracks import Adapted
from bot.engine.given import STOP, Pressed
from bot.store import groups, revisions
from bot.store.runs import StoredRun
from bot.usecases.incoming import Command, What, Words
from bot.usecases.scene import Scene

LONGEST = 24
"""No stop word has more characters, dots around it included; longer texts ask no database."""


def meant(scene: Scene, what: What) -> What:
    """What reached us, or /stop where nothing but a stop word of the track was typed.

    Not only in an exercise: the opening promises that the word stops at once, and whoever is
    pulled away by a memory does not first look which page is open.
    """
    match what:
        case Words(text, edited=False) if len(text) <= LONGEST and _of_group(scene, text):
            return Command("stop")
        case _:
            return what


def of_run(scene: Scene, stored: StoredRun, text: str) -> Pressed | None:
    """The stop that was typed, by a word of the track the open exercise was begun in: whoever has
    changed groups since then was promised that one."""
    if len(text) > LONGEST:
        return None
    exercise = revisions.recall(scene.session, stored.revision)
    if isinstance(exercise, Adapted) and exercise.is_stop_word(text):
        return Pressed(stored.run.turn, STOP)
    return None


def _of_group(scene: Scene, text: str) -> bool:
    track = scene.kit.library.tracks.find(groups.track_of(scene.session, scene.person.id))
    return track is not None and track.is_stop_word(text)
