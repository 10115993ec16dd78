"""Choosing for a track: how it offers one exercise, within what its file leaves open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.catalog.exercise import Exercise
from bot.catalog.text import said
from bot.catalog.tracks import Latitude, Offer, Track
from bot.store import audit, staff, track_choices
from bot.store.track_choices import Choice
from bot.usecases.kit import Kit
from bot.usecases.office.reader import NotYoursError, Reader
from bot.usecases.office.typed import UnfitError

AS_WRITTEN = "file"
"""What a form says for going back to the track's file."""
LONGEST_WHY = 500


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice that counts: whose, when, why, and for which track (by its title) it was made."""

    by: str
    at: datetime
    why: str
    track: str


@dataclass(frozen=True, slots=True)
class Placed:
    """How one track offers an exercise: as its file says (`written`) and as it stands (`offer`);
    None for what is not listed. `own` says that the choice that counts was made for this very
    track; `on` is the title of the track it stands on."""

    track: str
    title: str
    on: str
    offer: Offer | None
    written: Offer | None
    latitude: Latitude
    chosen: Chosen | None = None
    own: bool = False

    @property
    def stands(self) -> str:
        """What a form carries to say what it was drawn over."""
        return self.offer.value if self.own and self.offer is not None else AS_WRITTEN


def placed(session: Session, kit: Kit, reader: Reader, exercise: Exercise) -> tuple[Placed, ...]:
    """Every track by its title; those that stand on another behind all that do not."""
    rows = track_choices.of_exercise(session, kit.vault, exercise.id)
    names = {each.id: each.name for each in staff.all_ever(session, kit.vault)} if rows else {}
    chosen = {(name, exercise.id): each.offer for name, each in rows.items()}

    def place(track: Track) -> Placed:
        by = track.chosen_in(exercise, chosen)
        row = rows[by] if by is not None else None
        return Placed(
            track=track.id,
            title=title(kit, track.id, reader),
            on=title(kit, track.overlays[0].track, reader) if len(track.overlays) > 1 else "",
            offer=track.offer_of(exercise, chosen),
            written=track.written(exercise),
            latitude=track.latitude(exercise),
            chosen=None if row is None else _said(kit, reader, row, names.get(row.by, "")),
            own=by == track.id,
        )

    found = [place(each) for each in _tracks(kit)]
    return tuple(sorted(found, key=lambda each: (each.on, each.title.casefold())))


def choose(
    session: Session,
    kit: Kit,
    reader: Reader,
    exercise: Exercise,
    name: str,
    wanted: str,
    why: str,
    stood: str,
    now: datetime,
) -> bool:
    """The track offers it so from now on, on record with who, when and why; back to its file with
    AS_WRITTEN. False where somebody else has chosen since the page was drawn over `stood`.

    Raises UnfitError for what the file does not leave open and for a choice without a reason, and
    NotYoursError for somebody without the right, and for a track that is not there.
    """
    track = kit.library.tracks.find(name)
    if not reader.may_choose or track is None:
        raise NotYoursError("track")
    row = track_choices.of_exercise(session, kit.vault, exercise.id).get(track.id)
    stands = row.offer.value if row is not None else AS_WRITTEN
    if wanted == stands:
        return True
    if wanted != AS_WRITTEN:
        _fit(track, exercise, wanted, why)
    if stands != stood:
        return False
    if wanted == AS_WRITTEN:
        track_choices.drop(session, track.id, exercise.id)
    else:
        choice = Choice(track.id, exercise.id, Offer(wanted), reader.id, now, why)
        track_choices.keep(session, kit.vault, choice)
    audit.write(
        session,
        actor=reader.id,
        subject=None,
        action=f"track.{wanted}",
        reason=f"{exercise.id}/{track.id}",
        now=now,
    )
    return True


def title(kit: Kit, name: str, reader: Reader) -> str:
    """What a track is called; its name where its file cannot be read."""
    track = kit.library.tracks.find(name)
    found = track.overlays[-1].title if track is not None and track.overlays else {}
    return said(found, reader.language) if found else name


def _said(kit: Kit, reader: Reader, row: Choice, by: str) -> Chosen:
    return Chosen(by, row.at, row.why, title(kit, row.track, reader))


def _fit(track: Track, exercise: Exercise, wanted: str, why: str) -> None:
    allowed = track.latitude(exercise)
    if wanted not in allowed.offers:
        raise UnfitError(allowed.held or "choice")
    if not why:
        raise UnfitError("why")
    if len(why) > LONGEST_WHY:
        raise UnfitError("long")


def _tracks(kit: Kit) -> Iterator[Track]:
    for name in kit.library.tracks.names:
        found = kit.library.tracks.find(name)
        if found is not None:
            yield found
