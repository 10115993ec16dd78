"""Questionnaires: their wording is installed once, and from then on they are exercises."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from bot.catalog.check import check
from bot.catalog.load import Library
from bot.catalog.load_measures import Measures
from bot.catalog.measure import EnteredScore, Measure, StaffMeasure, Wording
from bot.catalog.text import said
from bot.catalog.wording import languages_of, worded
from bot.errors import BetweenError
from bot.store import audit, dues, measure_texts, staff_scores
from bot.store.staff_scores import Entered
from bot.usecases.kit import Kit
from bot.usecases.timetable.keep import FOLLOW


def install(session: Session, measure: Measure, wording: Wording, now: datetime) -> int:
    """Keeps the programme's own copy of the wording; its version.

    Raises BetweenError where no language is complete or a text does not fit.
    """
    if not languages_of(measure, wording):
        raise BetweenError(f"No language of {measure.measure} is complete in this file.")
    wrong = check(worded(measure, wording), own_words=False)  # ours were held to it in the file
    if wrong:
        raise BetweenError("\n".join(f"{each.code} {each.message}" for each in wrong))
    dues.bring_forward(session, (FOLLOW,), now)  # everybody's schedules take it in at once
    return measure_texts.install(session, measure.measure, wording, now)


def shelve(session: Session, kit: Kit) -> None:
    """Puts what was installed since the last look among the exercises; the usual case is one
    small query."""
    latest = measure_texts.latest(session)
    if latest != kit.shelf.seen:
        offer(kit.library, kit.measures, measure_texts.installed(session))
        kit.shelf.seen = latest


def offer(
    library: Library, measures: Measures, installed: Mapping[str, tuple[int, Wording]]
) -> None:
    """The measures whose wording is there, as exercises of this library."""
    for measure in measures.offered:
        _, wording = installed.get(measure.measure, (0, {}))
        if languages_of(measure, wording):
            library.exercises[measure.id] = worded(measure, wording)
        else:
            library.exercises.pop(measure.id, None)


def measure_for(measures: Measures, library: Library, name: str, *, attended: bool) -> str | None:
    """The exercise to send for this measure now; None where nothing may be sent.

    `attended`: whether somebody can answer an alarm (clinic open, or somebody on call). A measure
    that needs this gives way to its `instead` while nobody can.
    """
    measure = measures.find(name)
    if not isinstance(measure, Measure):
        return None
    if measure.attended and not attended:
        return (
            measure_for(measures, library, measure.instead, attended=attended)
            if measure.instead
            else None
        )
    return measure.id if library.find(measure.id) is not None else None


def enter(
    session: Session,
    kit: Kit,
    measure: StaffMeasure,
    person: UUID,
    scores: Mapping[str, float],
    day: date,
    by: UUID | None,
    now: datetime,
) -> None:
    """Keeps scores from the programme's own form; the person finds it in /who.

    Raises BetweenError for what cannot be one.
    """
    known = {each.id: each for each in measure.scores}
    for name, value in scores.items():
        if name not in known:
            has = ", ".join(known)
            raise BetweenError(f"{measure.measure} has no score “{name}”. It has: {has}.")
        _within(known[name], value)
    for name in known:
        if name not in scores:
            raise BetweenError(f"“{name}” is missing.")
    staff_scores.enter(
        session, kit.vault, person, Entered(measure.measure, day, dict(scores), now), by
    )
    audit.write(session, actor=by, subject=person, action="score.entered", reason="care", now=now)


def _within(score: EnteredScore, value: float) -> None:
    low, high = score.min, score.max
    name = said(score.label, "en")
    if (low is not None and value < low) or (high is not None and value > high):
        span = f"from {low:g} to {high:g}" if high is not None else f"{low:g} or more"
        raise BetweenError(f"{name} is {span}; {value:g} cannot be one.")
    if round(value, score.decimals) != value:
        places = f"{score.decimals} decimals" if score.decimals else "a whole number"
        raise BetweenError(f"{name} has {places}.")
