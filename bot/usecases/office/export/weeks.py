"""Somebody's week on one page: the same curves, changes and bands as on the page of the person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from bot.catalog.text import said
from bot.reports import pdf
from bot.reports.figures import Day, Series, State
from bot.reports.logs.facts import Entry, Log, Scored, Whose
from bot.reports.pdf.said import number
from bot.store import past_runs
from bot.usecases.kit import Kit
from bot.usecases.office.export.order import Placed
from bot.usecases.office.person import FAR
from bot.usecases.office.person.measured import Measured, measured
from bot.usecases.office.person.ratings import TOP, Curve, curves
from bot.usecases.office.person.stretch import Stretch
from bot.usecases.office.reader import reads_words

DRAWN = ("mood", "urge")
"""What is drawn of a week; two figures stand beside each other."""
_STATES = {each.value: each for each in State}


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page of the person draws: curves, and questionnaires over all time."""

    curves: tuple[Curve, ...] = ()
    measured: tuple[Measured, ...] = ()


def seen(session: Session, kit: Kit, placed: Placed, person: UUID, whose: Whose) -> Seen:
    """Nothing where they do not let their therapists read."""
    if not reads_words(session, kit, person):
        return Seen()
    span = Stretch(1, placed.order.since, placed.order.until, whose.zone)
    found = past_runs.history(session, kit.vault, person, limit=FAR, since=span.since, ended=True)
    return Seen(
        curves(session, found, span), measured(session, kit, person, span, placed.reader.language)
    )


def week(kit: Kit, placed: Placed, stamp: pdf.Stamp, log: Log, told: Seen) -> pdf.Week:
    """One person's week."""
    order, whose, language = placed.order, log.whose, placed.reader.language
    pages = kit.words.short(language)["office_export"]
    finished = [
        each for each in log.entries if each.kind == "exercise" and each.status == "finished"
    ]
    return pdf.Week(
        stamp=stamp,
        alias=whose.alias,
        group=whose.group,
        start=order.since,
        end=order.until,
        readable=whose.reads,
        curves=tuple(_curves(log, order.since, order.until, told, pages["curves"], language)),
        exercises=tuple(_practised(each, language) for each in finished),
        checkins=tuple(_days(log)),
        measures=tuple(_measured(each, told) for each in sorted(log.scores, key=_when)),
        promises=tuple(
            pdf.Promised(pages["promise"], each.day, each.state) for each in log.promises
        ),
        attended=len({each.day for each in log.attended} & set(log.met)),
        sessions=len(log.met),
    )


def _curves(
    log: Log, start: date, end: date, told: Seen, words: dict[str, str], language: str
) -> Iterator[pdf.Curve]:
    for each in (one for name in DRAWN for one in told.curves if one.code == name):
        values = [value for _, value in each.points]
        name = words[each.code]
        yield pdf.Curve(
            title=name,
            unit="",
            summary=words["summary"].format(
                name=name,
                n=len(values),
                low=number(min(values), language),
                high=number(max(values), language),
            ),
            series=(Series(name, each.points),),
            sessions=log.met,
            start=start,
            end=end,
            high=TOP,
        )


def _practised(entry: Entry, language: str) -> pdf.Practised:
    """With what the page shows: of the first feeling compared, the strongest before."""
    at = entry.ended or entry.began
    title = said(entry.exercise.title, language) if entry.exercise is not None else ""
    same = [each for each in entry.rated if each.step == entry.rated[0].step]
    main = max(same, key=lambda each: each.before, default=None)
    if main is None:
        return pdf.Practised(at, title)
    return pdf.Practised(at, title, main.before, main.after, main.high)


def _days(log: Log) -> Iterator[Day]:
    """One state a day: what was answered counts before what was only sent."""
    found: dict[date, State] = {}
    for each in log.dates:
        if each.purpose == "checkin":
            paused = each.why == "paused"
            state = State.PAUSED if paused else _STATES.get(each.outcome, State.NONE)
            found[each.day] = min(found.get(each.day, state), state, key=list(State).index)
    for day, state in sorted(found.items()):
        yield Day(day, state)


def _measured(score: Scored, told: Seen) -> pdf.Measured:
    """With the change since the time before, whenever that was."""
    before = [
        value
        for each in told.measured
        if (each.title, each.label) == (score.title, score.label)
        for day, value in each.points
        if day < score.day
    ]
    change = score.value - before[-1] if before else None
    return pdf.Measured(score.at, score.label, score.value, score.high, score.band, change)


def _when(score: Scored) -> tuple[date, str]:
    return score.day, score.label
