"""The list in the library: finding an exercise among all there are, and what is not installed."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from bot.catalog.exercise import Exercise, Modality
from bot.catalog.measure import AnyMeasure, Measure
from bot.catalog.search import exercises_of
from bot.catalog.text import said
from bot.store import measure_texts, reviews
from bot.usecases import measures, reviewing
from bot.usecases.kit import Kit
from bot.usecases.office.reader import Reader

LONGEST_QUERY = 80


@dataclass(frozen=True, slots=True)
class Title:
    """One exercise in the list."""

    id: str
    title: str
    summary: str
    modality: Modality
    minutes: int
    languages: tuple[str, ...]
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Form:
    """One questionnaire whose wording is not installed, and how to get it; `staff` says that its
    scores are written down from paper."""

    id: str
    title: str
    licence: str
    staff: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """What was found of all there is; `drafts` are unreviewed, `reviewed_only` says that those are
    not offered."""

    query: str
    approach: str
    approaches: tuple[Modality, ...]
    found: tuple[Title, ...]
    total: int
    drafts: int
    reviewed_only: bool
    forms: tuple[Form, ...]


def shelf(session: Session, kit: Kit, reader: Reader, query: str, approach: str) -> Shelf:
    """The exercises that hold these words and belong to this approach ("" for all)."""
    measures.shelve(session, kit)
    everything = sorted(
        kit.library.exercises.values(),
        key=lambda each: said(each.title, reader.language).casefold(),
    )
    signed = reviews.everything(session)

    def is_reviewed(exercise: Exercise) -> bool:
        mine = signed.get(exercise.id, ())
        in_file = exercise.review.status == reviewing.REVIEWED
        return in_file or (bool(mine) and reviewing.has_signature(exercise, mine))

    words = query.strip()[:LONGEST_QUERY]
    found = _found(everything, words)
    shown = [each for each in found if approach in ("", each.modality.value)]
    return Shelf(
        query=words,
        approach=approach,
        approaches=tuple(each for each in Modality if any(e.modality is each for e in everything)),
        found=tuple(_title(each, reader, reviewed=is_reviewed(each)) for each in shown),
        total=len(everything),
        drafts=sum(not is_reviewed(each) for each in everything),
        reviewed_only=reviewing.is_required(session),
        forms=tuple(_missing(session, kit, reader)),
    )


def _found(everything: list[Exercise], words: str) -> list[Exercise]:
    """By words of the title or summary in any language, or by a part of the id."""
    if not words:
        return everything
    by_id = [each for each in everything if words.casefold() in each.id]
    found = exercises_of(words, everything)
    return [*found, *(each for each in by_id if each not in found)]


def _title(exercise: Exercise, reader: Reader, *, reviewed: bool) -> Title:
    return Title(
        id=exercise.id,
        title=said(exercise.title, reader.language),
        summary=said(exercise.summary, reader.language),
        modality=exercise.modality,
        minutes=exercise.minutes,
        languages=exercise.languages,
        reviewed=reviewed,
    )


def _missing(session: Session, kit: Kit, reader: Reader) -> Iterable[Form]:
    there = measure_texts.installed(session)
    known: list[AnyMeasure] = sorted(kit.measures.known.values(), key=lambda each: each.measure)
    for each in known:
        if each.measure not in there:
            title = said(each.title, reader.language)
            yield Form(each.measure, title, each.licence, not isinstance(each, Measure))
