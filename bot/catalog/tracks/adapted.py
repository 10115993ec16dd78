"""An exercise as a track makes it: it says itself which overlays made it what it is."""

from pydantic import ConfigDict

from bot.catalog.exercise import Exercise
from bot.catalog.steps import Part
from bot.catalog.text import Words


def is_one_of(text: str, words: Words | None) -> bool:
    """Whether this is nothing but one of the words, in any language."""
    typed = text.strip(" .!¡…").casefold()
    return any(typed == each.casefold() for several in (words or {}).values() for each in several)


class Overlaid(Part):
    """One overlay an exercise went through: the track and the SHA-256 of its definition."""

    track: str
    sha: str


class Adapted(Exercise):
    """An exercise of one track. Never written by an author: a run keeps it as its revision, so
    that every answer can be traced to the exercise, the overlays and their wording.
    """

    model_config = ConfigDict(defer_build=True)  # most programmes have groups without a track

    overlays: tuple[Overlaid, ...] = ()
    stop_words: Words | None = None

    def is_stop_word(self, text: str) -> bool:
        """Whether somebody says, in any language, nothing but that they want to stop."""
        return is_one_of(text, self.stop_words)
