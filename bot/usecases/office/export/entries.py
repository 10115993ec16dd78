"""One run as an entry of an export: answers under their questions, in the words of its revision."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.care.feedback import Shift, moved
from bot.catalog.exercise import Exercise, Modality
from bot.catalog.span import reach, span
from bot.catalog.steps import AskNumber, AskWhen, Change, Finish, Timed
from bot.catalog.text import said
from bot.engine.moment import local_of
from bot.engine.run import Status, Value
from bot.engine.score import number_of, total
from bot.messages.fill import entry_said, question_said
from bot.messages.lines import named
from bot.reports.logs.facts import Answer, Entry, Rated, Scored, Shown
from bot.store import revisions
from bot.store.runs import StoredRun
from bot.usecases.kit import Kit

_KINDS = {Modality.CHECK_IN: "check_in", Modality.MEASURE: "questionnaire"}
Times = dict[tuple[UUID, str], datetime]


def key_of(kit: Kit, kind: str, row: UUID) -> str:
    """What a row is called outside: a keyed hash, the same in every export, that tells nobody
    without the master key which row it is."""
    return kit.vault.lookup(f"export.{kind}", row.hex)[:16].hex()


def entry_of(session: Session, kit: Kit, stored: StoredRun, times: Times, *, reads: bool) -> Entry:
    """The entry; without consent (`reads`), and while it goes on, times and states only."""
    run, exercise = stored.run, revisions.recall(session, stored.revision)
    bare = Entry(
        key=key_of(kit, "entry", stored.id),
        kind=_KINDS.get(exercise.modality, "exercise"),
        status=run.status.value,
        language=run.language,
        revision=stored.revision if reads else "",
        began=stored.started_at,
        ended=None if run.is_open else stored.updated_at,
    )
    if not reads or run.is_open:
        return bare
    return Entry(
        *(bare.key, bare.kind, bare.status, bare.language, bare.revision),
        *(bare.began, bare.ended),
        about=run.about,
        exercise=exercise,
        title=said(exercise.title, run.language),
        answers=tuple(
            _answer(exercise, stored, name, value, times)
            for name, value in run.answers.items()
            if name in exercise.places and value not in (None, "", (), {})
        ),
        rated=tuple(_rated(exercise, stored)),
    )


def scores_of(
    session: Session, kit: Kit, stored: StoredRun, zone: str, language: str | None = None
) -> list[Scored]:
    """What a finished entry came to, where enough was answered; in the words it was answered in, or
    in those of a `language`."""
    run, exercise = stored.run, revisions.recall(session, stored.revision)
    language = language or run.language
    if run.status is not Status.FINISHED:
        return []
    found = []
    for score in exercise.scores:
        value = total(exercise, score, run.answers)
        if value is None:
            continue
        low, high = reach(exercise, score) or (None, None)
        band = score.band(value)
        found.append(
            Scored(
                entry=key_of(kit, "entry", stored.id),
                exercise=exercise.id,
                title=said(exercise.title, language),
                revision=stored.revision,
                language=language,
                score=score.id,
                label=said(score.label, language),
                value=value,
                low=low,
                high=high,
                band=said(band.label, language) if band is not None else "",
                loinc=score.codes.loinc,
                by="self",
                day=run.about or stored.updated_at.astimezone(ZoneInfo(zone)).date(),
                at=stored.updated_at,
            )
        )
    return found


def _answer(exercise: Exercise, stored: StoredRun, name: str, value: Value, times: Times) -> Answer:
    step, run = exercise.step(name), stored.run
    number = None if isinstance(value, dict) else number_of(exercise, name, value)
    return Answer(
        step=name,
        label=named(exercise, name, run.language),
        question=question_said(exercise, name, run) or named(exercise, name, run.language),
        value=value,
        shown=_shown(exercise, name, value, run.language),
        number=number,
        unit="s" if isinstance(step, Timed) else _unit(exercise, name, run.language),
        at=times.get((stored.id, name), stored.updated_at),
    )


def _shown(exercise: Exercise, name: str, value: Value, language: str) -> Shown:
    def label(entry: str) -> str:
        return entry_said(exercise, name, entry, language)

    match value:
        case str() if isinstance(exercise.find(name), AskWhen):
            local = local_of(value)
            return value if local is None else local.isoformat(timespec="minutes")
        case str():
            return label(value)
        case tuple():
            return tuple(label(each) for each in value)
        case dict():
            return {label(each): number for each, number in value.items()}
    return value


def _unit(exercise: Exercise, name: str, language: str) -> str:
    """The unit of a number, or else the ends of its scale."""
    step = exercise.step(name)
    if isinstance(step, AskNumber) and step.unit:
        return said(step.unit, language)
    ends = span(step)
    return "" if ends is None else f"{ends[0]:g}–{ends[1]:g}"


def _rated(exercise: Exercise, stored: StoredRun) -> list[Rated]:
    """Every rating that was compared at the end, of a finished entry; how strong something felt
    comes before how far something was believed."""
    run = stored.run
    end = exercise.find(run.cursor)
    if run.status is not Status.FINISHED or not isinstance(end, Finish):
        return []
    found = moved(exercise, end, run.answers)
    return [
        _one(exercise, shift, change, run.language)
        for change, several in sorted(found, key=lambda pair: pair[0].kind != "intensity")
        for shift in several
    ]


def _one(exercise: Exercise, shift: Shift, change: Change, language: str) -> Rated:
    item = entry_said(exercise, change.before, shift.item, language) if shift.item else ""
    label = said(change.label, language) if change.label else ""
    name = item or label or named(exercise, change.before, language)
    return Rated(
        change.before, name, shift.before, shift.after, shift.low, shift.high, shift.percent
    )
