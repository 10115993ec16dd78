"""What the screen found in a text: hits, and the tier, categories and flags they add up to."""

from dataclasses import dataclass

from bot.catalog.risk import Flag, Tier


@dataclass(frozen=True, slots=True)
class Hit:
    """One phrase that was found; for clinicians.

    `tier` is what is left after the flags had their say; it can be `none` (denied, a song): then
    the hit is still here, but alarms nobody. `words` is what matched, normalised; `start` and
    `end` count the words of the normalised text.
    """

    family: str
    category: str
    tier: Tier
    reason: str
    words: str
    start: int
    end: int
    flags: frozenset[Flag] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome for one text: the hits, gravest first."""

    hits: tuple[Hit, ...] = ()

    @property
    def tier(self) -> Tier:
        """The highest tier of all hits."""
        return max((hit.tier for hit in self.hits), default=Tier.NONE)

    @property
    def categories(self) -> tuple[str, ...]:
        """What it is about, most serious first; only of hits that count."""
        return tuple(dict.fromkeys(hit.category for hit in self.hits if hit.tier > Tier.NONE))

    @property
    def flags(self) -> frozenset[Flag]:
        """Everything that was said about any hit."""
        return frozenset().union(*(hit.flags for hit in self.hits))


NOTHING = Finding()
