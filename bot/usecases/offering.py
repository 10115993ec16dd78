"""What is offered to one person: the library as their track, their therapist, the programme and
they themselves want it, and why something is not there."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from sqlmodel import Session

from bot.catalog.exercise import ALWAYS, Exercise, Modality, Topic
from bot.catalog.load import Library
from bot.catalog.search import SHORTEST, plain
from bot.catalog.text import said
from bot.catalog.topics import Wish
from bot.catalog.tracks import Choices, Offer, Track
from bot.catalog.workshop import Workshop
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message
from bot.store import enabled, groups, reviews, spared, track_choices
from bot.store.people import Participant
from bot.store.reviews import Signature
from bot.usecases import reviewing
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene

CORE_CHECK_IN = "check.core"


class Why(StrEnum):
    """Why an exercise cannot be begun."""

    THERAPIST = "therapist"
    REVIEW = "review"


class Whose(Protocol):
    """Whose library it is: a scene, or what is known of somebody who is not there."""

    session: Session
    kit: Kit
    person: Participant


class Offering:
    """One person's library in one transaction; each thing is read once, when asked for."""

    def __init__(self, scene: Whose) -> None:
        self._scene = scene

    @cached_property
    def track(self) -> Track | None:
        """The track of their group, None without one."""
        scene = self._scene
        return scene.kit.library.tracks.find(groups.track_of(scene.session, scene.person.id))

    @cached_property
    def check_in(self) -> str:
        """The id of their check-in."""
        return check_in_of(self._scene.kit.library, self.track)

    @cached_property
    def wishes(self) -> spared.Wishes:
        """What they want to be warned of or spared."""
        scene = self._scene
        return spared.of_person(scene.session, scene.kit.vault, scene.person.id)

    @cached_property
    def is_reviewed_only(self) -> bool:
        """Whether the programme hides what no clinician has signed."""
        return reviewing.is_required(self._scene.session)

    def _is_reviewed(self, exercise: Exercise) -> bool:
        if exercise.review.status == reviewing.REVIEWED:
            return True
        return reviewing.has_signature(exercise, self._signatures.get(exercise.id, ()))

    @cached_property
    def _signatures(self) -> Mapping[str, tuple[Signature, ...]]:
        return reviews.everything(self._scene.session)

    @cached_property
    def _enabled(self) -> frozenset[str]:
        return enabled.of_person(self._scene.session, self._scene.person.id)

    @cached_property
    def _chosen(self) -> Choices:
        return track_choices.everything(self._scene.session)

    def offer_of(self, exercise: Exercise) -> Offer | None:
        """How their track offers it; None for what waits until somebody offers it."""
        if self.track is not None:
            return self.track.offer_of(exercise, self._chosen)
        return None if exercise.opt else Offer.AVAILABLE

    def why_not(self, exercise: Exercise) -> Why | None:
        """Why they cannot begin it, None if they can."""
        if exercise.modality in ALWAYS:
            return None
        if self.is_reviewed_only and not self._is_reviewed(exercise):
            return Why.REVIEW
        offer = self.offer_of(exercise)
        if offer is None or offer.is_open or exercise.id in self._enabled:
            return None
        return Why.THERAPIST

    def waits(self, exercise: Exercise) -> bool:
        """Whether nothing closes it, and it only stands in no list until somebody gives it."""
        if exercise.modality in ALWAYS or self.why_not(exercise) is not None:
            return False
        is_given = self.offer_of(exercise) is not None or exercise.id in self._enabled
        return not is_given and not self._is_spared(exercise)

    def leads_through(self, workshop: Workshop) -> bool:
        """Whether no lesson of it leads to what only their therapist opens."""
        known = self._scene.kit.library.exercises
        steps = [known[name] for name in workshop.exercises if name in known]
        return not any(self.why_not(each) is Why.THERAPIST for each in steps)

    def touches(self, exercise: Exercise) -> tuple[Topic, ...]:
        """The topics they are to be warned of before it: their own, and outside the core of the
        track's file those it warns everybody of. No choice of a programme takes a warning away."""
        own = self.wishes.keys()
        is_core = self.track is not None and self.track.written(exercise) is Offer.CORE
        shared = self.track.warn if self.track is not None and not is_core else frozenset[Topic]()
        return tuple(each for each in exercise.topics if each in own or each in shared)

    def shelf(self) -> list[Exercise]:
        """What the lists hold: what the track puts first, then its core, then the shortest."""
        known = self._scene.kit.library.exercises.values()
        return sorted((each for each in known if self._is_listed(each)), key=self._order)

    def is_lead(self, exercise: Exercise) -> bool:
        """Whether their track puts it before everything else."""
        track = self.track
        return track is not None and (
            exercise.id in track.first or self.offer_of(exercise) is Offer.CORE
        )

    def closed(self) -> list[Exercise]:
        """What waits for a therapist."""
        known = self._scene.kit.library.exercises.values()
        return [each for each in known if not each.needs and self.why_not(each) is Why.THERAPIST]

    def titles_after(self, exercise: Exercise) -> dict[str, dict[str, str]]:
        """The titles of all that it suggests at its end and that can be offered."""
        known = self._scene.kit.library.exercises
        named = {name for suggestion in exercise.suggest for name in suggestion.offer}
        return {
            name: known[name].title
            for name in named & known.keys()
            if self.why_not(known[name]) is None and not self._is_spared(known[name])
        }

    def _is_listed(self, exercise: Exercise) -> bool:
        if exercise.modality is Modality.SAFETY or exercise.needs:
            return False
        if exercise.modality is Modality.CHECK_IN:
            other = exercise.id == CORE_CHECK_IN and self.check_in != CORE_CHECK_IN
            return exercise.id == self.check_in or not (exercise.opt or other)
        is_offered = self.offer_of(exercise) is not None or exercise.id in self._enabled
        return is_offered and self.why_not(exercise) is None and not self._is_spared(exercise)

    def _is_spared(self, exercise: Exercise) -> bool:
        return any(self.wishes.get(each) is Wish.SPARE for each in exercise.topics)

    def _order(self, exercise: Exercise) -> tuple[int, bool, int, str]:
        first = self.track.first if self.track is not None else ()
        place = first.index(exercise.id) if exercise.id in first else len(first)
        is_core = self.offer_of(exercise) is Offer.CORE
        return place, not is_core, exercise.minutes, self._title(exercise)

    def _title(self, exercise: Exercise) -> str:
        return said(exercise.title, self._scene.person.language)


def called(scene: Scene, text: str) -> list[Exercise]:
    """All exercises with these words in their title, offered or not."""
    words = plain(text)
    known = scene.kit.library.exercises.values() if len(words) >= SHORTEST else ()
    return [
        each
        for each in known
        if not each.needs and words in plain(said(each.title, scene.language))
    ]


def check_in_of(library: Library, track: Track | None) -> str:
    """The id of the check-in of a track: its overlay says which, else it is called like it."""
    if track is None:
        return CORE_CHECK_IN
    named = f"check.{track.id}" if track.cautious else track.check_in
    return named if library.find(named) is not None else CORE_CHECK_IN


def adapted(scene: Scene, exercise: Exercise) -> Exercise:
    """The exercise as the track of the person's group makes it."""
    track = groups.track_of(scene.session, scene.person.id)
    return scene.kit.library.tracks.adapt(exercise, track)


def is_open(scene: Scene, name: str) -> bool:
    """Whether there is such an exercise and the person can begin it."""
    found = scene.kit.library.find(name)
    return found is not None and Offering(scene).why_not(found) is None


def is_refused(scene: Scene, exercise: Exercise) -> bool:
    """Says why it cannot be begun now, in a sentence; False if it can."""
    why = Offering(scene).why_not(exercise)
    if why is not None:
        say_why(scene, [exercise], why)
    return why is not None


def say_why(scene: Scene, exercises: Iterable[Exercise], why: Why | None) -> None:
    """The sentence for what is closed, or (None) only waits to be given, with the way back to what
    is there."""
    titles = [said(each.title, scene.language) for each in exercises]
    text = scene.kit.words.text(scene.language, "closed", titles=titles, why=why or "waits")
    menu = Button(text=scene.word("buttons.menu"), data=for_menu("menu"))
    scene.post(Message(text=text, buttons=((menu,),)))


def is_warned(scene: Scene, exercise: Exercise) -> bool:
    """Asks first, where it touches on something the person wants to be warned of."""
    touched = Offering(scene).touches(exercise)
    if not touched:
        return False
    topics = [scene.word(f"topics.names.{each}") for each in touched]
    text = scene.kit.words.text(
        scene.language, "touches", title=said(exercise.title, scene.language), topics=topics
    )
    go_on = Button(text=scene.word("topics.go_on"), data=for_menu("touches", exercise.id))
    other = Button(text=scene.word("topics.another"), data=for_menu("menu"))
    scene.post(Message(text=text, buttons=((go_on,), (other,))))
    return True


def draft_note(scene: Scene, exercise: Exercise) -> str:
    """The line that stands above an exercise no clinician has signed yet; else nothing."""
    if exercise.modality in ALWAYS:
        return ""
    if reviewing.is_reviewed(scene.session, scene.kit, exercise):
        return ""
    return scene.kit.words.text(scene.language, "draft")
