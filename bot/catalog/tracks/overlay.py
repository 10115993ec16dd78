"""One overlay: what one track or workshop shows, says in other words, asks besides and guards."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from bot.catalog.exercise import Review, Topic
from bot.catalog.signal import Signal
from bot.catalog.steps import AnyStep, AskChoice, Part, StepId
from bot.catalog.text import Language, Text, Words


class Offer(StrEnum):
    """How an exercise is offered in a track (clinical brief, table B).

    CORE comes first in the menu, AVAILABLE after it. ADAPTED waits until a therapist enables it
    for a person; so does HIDDEN, which is not meant for the track at all.
    """

    CORE = "core"
    AVAILABLE = "available"
    ADAPTED = "adapted"
    HIDDEN = "hidden"

    @property
    def is_open(self) -> bool:
        """Whether it needs nobody's leave."""
        return self in (Offer.CORE, Offer.AVAILABLE)


class Renamed(Part):
    """Another name for one option; its id stays, because answers are kept under it."""

    id: StepId
    label: Text


class Reworded(Part):
    """Other words for one step of one exercise; whatever is left out stays as it is.

    `options` are new names of options, `suggest` the words offered by an `ask_list`.
    """

    exercise: str
    step: str
    label: Text | None = None
    text: Text | None = None
    plain: Text | None = None
    example: Text | None = None
    speaker: Text | None = None
    suggest: Words | None = None
    options: tuple[Renamed, ...] = ()


class AddedGate(Part):
    """A safety question asked before exercises; yes and unsure end with `stop` and `offer`.

    `to` names exercises or whole families ("ie.*"). An overlay adds gates and takes none away.
    """

    to: tuple[str, ...] = Field(min_length=1)
    ask: AskChoice
    stop: Text
    offer: tuple[str, ...] = ()


class Overlay(Part):
    """One file of `exercises/tracks/`. `on` names the track it stands on.

    `core`, `available`, `adapted` and `hidden` name exercises, or families ("sud.*"). `first` are
    on top of every list, in this order. `warn` are topics everybody here is warned of. `opening`
    is said before every exercise, `stop_words` end one when they are all that is typed.
    `present_only: true` holds the checker to it that nothing asks for the story of what happened.
    `check_in` names the check-in; `items` and `signals` are added to it. `notes` are for staff.
    """

    schema_version: Literal[1] = Field(alias="schema")
    track: StepId
    on: StepId | None = None
    title: Text
    languages: tuple[Language, ...] = Field(min_length=1)
    credits: tuple[str, ...] = Field(min_length=1)
    review: Review
    notes: tuple[Text, ...] = ()
    core: tuple[str, ...] = ()
    available: tuple[str, ...] = ()
    adapted: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    warn: tuple[Topic, ...] = ()
    opening: Text | None = None
    stop_words: Words | None = None
    present_only: bool = False
    check_in: str | None = None
    items: tuple[AnyStep, ...] = ()
    signals: tuple[Signal, ...] = ()
    gates: tuple[AddedGate, ...] = ()
    texts: tuple[Reworded, ...] = ()

    def named(self) -> dict[str, Offer]:
        """What each exercise or family it names is."""
        return {name: offer for offer in Offer for name in getattr(self, offer.value)}
