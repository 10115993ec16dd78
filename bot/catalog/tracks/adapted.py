"""An exercise as a track makes it: it says itself which overlays made it what it is."""

from bot.catalog.exercise import Exercise
from bot.catalog.steps import Part
from bot.catalog.text import Words


class Overlaid(Part):
    """One overlay an exercise went through: the track and the SHA-256 of its definition."""

    track: str
    sha: str


class Adapted(Exercise):
    """An exercise of one track. Never written by an author: a run keeps it as its revision, so
    that every answer can be traced to the exercise, the overlays and their wording.
    """

    overlays: tuple[Overlaid, ...] = ()
    stop_words: Words | None = None

    def is_stop_word(self, text: str) -> bool:
        """Whether somebody says, in any language, nothing but that they want to stop."""
        typed = text.strip(" .!¡…").casefold()
        words = (self.stop_words or {}).values()
        return any(typed == each.casefold() for several in words for each in several)
