"""Somebody sends faster than anybody types: it is read for danger, and nothing else."""

from bot.store.people import Standing
from bot.usecases import help_now, watch
from bot.usecases.incoming import Flood, Incoming, Press, Words
from bot.usecases.scene import Scene


def flooded(scene: Scene, incoming: Incoming) -> None:
    """Help stays one tap away, words are screened as ever; the rest is refused, once in words."""
    watch.watch(scene, incoming.what)
    if scene.person.standing is Standing.STRANGER:  # who had their answer of the day already
        return
    match incoming.what:
        case Words(text) if scene.kit.words.is_word(text, "keys.help_now"):
            help_now.help_now(scene)
        case Press() if watch.press(scene, incoming.what):
            pass
        case _ if incoming.flood is Flood.BEGINS:
            scene.say("too_fast")
        case Press():
            scene.note = scene.word("notes.too_fast")
