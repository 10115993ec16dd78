"""A track as people are in it: one overlay, or one that stands on another."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from bot.catalog.exercise import ALWAYS, Exercise, Topic
from bot.catalog.revised import canonical
from bot.catalog.tracks.adapted import Overlaid, is_one_of
from bot.catalog.tracks.choice import Choices, Latitude, latitude
from bot.catalog.tracks.overlay import Offer, Overlay

CORE_CHECK_IN = "check.core"
FAMILY = ".*"
"""How a whole family is named: "sud.*"."""
NOTHING: Choices = MappingProxyType({})


def fits(name: str, exercise_id: str) -> bool:
    """Whether the exercise is the one named, or of the family named."""
    if name.endswith(FAMILY):
        return exercise_id.startswith(name[: -len(FAMILY)] + ".")
    return name == exercise_id


@dataclass(frozen=True)
class Track:
    """`overlays` from the ground up: the addiction track before the alcohol workshop on it."""

    id: str
    overlays: tuple[Overlay, ...]
    cautious: bool = False

    @cached_property
    def marks(self) -> tuple[Overlaid, ...]:
        """What an exercise that went through it says of it."""
        return tuple(Overlaid(track=each.track, sha=sha_of(each)) for each in self.overlays)

    @cached_property
    def check_in(self) -> str:
        """The id of its check-in."""
        named = [each.check_in for each in self.overlays if each.check_in is not None]
        return named[-1] if named else CORE_CHECK_IN

    @cached_property
    def first(self) -> tuple[str, ...]:
        """What stands on top of every list: the workshop's own before its ground's."""
        order = [name for each in reversed(self.overlays) for name in each.first]
        return tuple(dict.fromkeys(order))

    @cached_property
    def warn(self) -> frozenset[Topic]:
        """What everybody here is warned of."""
        return frozenset(topic for each in self.overlays for topic in each.warn)

    def is_stop_word(self, text: str) -> bool:
        """Whether somebody says, in any language, nothing but that they want to stop."""
        return any(is_one_of(text, each.stop_words) for each in self.overlays)

    def offer_of(self, exercise: Exercise, chosen: Choices = NOTHING) -> Offer | None:
        """How it is offered: as the programme chose, as far as the files let it, else as they say;
        None for what is kept out of the menu until somebody offers it."""
        by = self.chosen_in(exercise, chosen)
        return self.written(exercise) if by is None else chosen[by, exercise.id]

    def chosen_in(self, exercise: Exercise, chosen: Choices) -> str | None:
        """The track whose choice counts for it: this one or its ground; None without one."""
        if not chosen:
            return None
        allowed = self.latitude(exercise).offers
        for overlay in reversed(self.overlays):
            if chosen.get((overlay.track, exercise.id)) in allowed:
                return overlay.track
            if _named(overlay, exercise) is not None:
                return None
        is_cautious = self.cautious and chosen.get((self.id, exercise.id)) in allowed
        return self.id if is_cautious else None

    def latitude(self, exercise: Exercise) -> Latitude:
        """What may be chosen for it here."""
        present_only = any(each.present_only for each in self.overlays)
        return latitude(exercise, self.written(exercise), present_only=present_only)

    def written(self, exercise: Exercise) -> Offer | None:
        """How the files say it is offered, whatever was chosen.

        The overlay on top decides before its ground, an id before a family. A family says nothing
        of `opt` exercises: those are named one by one.
        """
        if self.cautious and exercise.avoid:
            return Offer.HIDDEN
        for overlay in reversed(self.overlays):
            offer = _named(overlay, exercise)
            if offer is not None:
                return offer
        return None if exercise.opt else Offer.AVAILABLE

    def changes(self, exercise: Exercise) -> bool:
        """Whether any text, gate or item of it is about this exercise."""
        return any(
            any(each.exercise == exercise.id for each in overlay.texts)
            or any(fits(name, exercise.id) for gate in overlay.gates for name in gate.to)
            or (bool(overlay.items or overlay.signals) and exercise.id == self.check_in)
            for overlay in self.overlays
        )


def _named(overlay: Overlay, exercise: Exercise) -> Offer | None:
    named = overlay.named()
    if exercise.id in named:
        return named[exercise.id]
    return None if exercise.opt else named.get(exercise.id.partition(".")[0] + FAMILY)


CAUTIOUS = Track("", (), cautious=True)
"""For people whose track cannot be read: whatever is not for everybody stays hidden."""


def is_opened(exercise: Exercise) -> bool:
    """Whether an overlay's opening belongs before it: check-ins and safety begin at once."""
    return exercise.modality not in ALWAYS


def sha_of(overlay: Overlay) -> str:
    """SHA-256 of what it means, in hex, whatever the layout of its file."""
    return hashlib.sha256(canonical(overlay).encode()).hexdigest()
