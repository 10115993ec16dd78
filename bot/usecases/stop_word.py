"""The words by which somebody in a track stops whatever is open: an exercise, a form, a talk."""

from bot.store import groups
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
        case Words(text, edited=False) if len(text) <= LONGEST and _is_stop(scene, text):
            return Command("stop")
        case _:
            return what


def _is_stop(scene: Scene, text: str) -> bool:
    track = scene.kit.library.tracks.find(groups.track_of(scene.session, scene.person.id))
    return track is not None and track.is_stop_word(text)
