"""One page to print: somebody's week, a group before its session, one entry."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.catalog.steps import AskScale
from bot.catalog.text import said
from bot.reports import pdf
from bot.reports.figures import Day, Series
from bot.reports.figures import State as DayState
from bot.reports.logs.facts import Answer, Entry, Log, Scored
from bot.store import comments, groups, runs
from bot.usecases.kit import Kit
from bot.usecases.office import brief as briefs
from bot.usecases.office.curves import Curve as GroupCurve
from bot.usecases.office.curves import Curves as GroupCurves
from bot.usecases.office.export.entries import key_of
from bot.usecases.office.export.order import Placed, Subject, What
from bot.usecases.office.export.reading import Ask, log_of
from bot.usecases.office.reader import NotYoursError, record

CURVES = {"mood": ("mood",), "urge": ("craving_now", "urge")}
"""What is drawn of a week, and the questions of check-ins that ask it."""
WEEK = timedelta(days=7)
TOP = 10
"""Every scale is drawn from 0 to 10."""
_STATES = {each.value: each for each in DayState}


def paper(ask: Ask, kit: Kit, placed: Placed) -> bytes:
    """The PDF; it carries the notice itself. Raises NotYoursError where there is no such entry."""
    words = kit.words.short(placed.reader.language)["office_pdf"]
    stamp = ask(lambda session: stamp_of(session, placed))
    language = placed.reader.language
    match placed.order.what:
        case What.WEEK:
            return pdf.week(week(kit, placed, stamp, _only(ask, kit, placed)), words, language)
        case What.ENTRY:
            log = _only(ask, kit, placed)
            return pdf.entry(entry(ask, kit, placed, stamp, log), words, language)
        case What.BRIEF:
            return pdf.brief(
                ask(lambda session: brief(session, kit, placed, stamp)), words, language
            )
    raise NotYoursError("paper")


def stamp_of(session: Session, placed: Placed) -> pdf.Stamp:
    """Who made it, when, for which programme."""
    programme = groups.programme(session)
    return pdf.Stamp(
        programme=programme.name if programme is not None else "",
        made_by=placed.reader.name,
        made_at=placed.at,
        zone=placed.reader.zone,
        paper=pdf.paper_of(programme.country or "" if programme is not None else ""),
    )


def week(kit: Kit, placed: Placed, stamp: pdf.Stamp, log: Log) -> pdf.Week:
    """One person's week."""
    order, whose = placed.order, log.whose
    pages = kit.words.short(placed.reader.language)["office_export"]
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
        curves=tuple(_curves(log, order.since, order.until, pages["curves"])),
        exercises=tuple(_practised(each, placed.reader.language) for each in finished),
        checkins=tuple(_days(log)),
        measures=tuple(_measured(log.scores)),
        promises=tuple(
            pdf.Promised(pages["promise"], each.day, each.state) for each in log.promises
        ),
        attended=len({each.day for each in log.attended} & set(log.met)),
        sessions=len(log.met),
    )


def entry(ask: Ask, kit: Kit, placed: Placed, stamp: pdf.Stamp, log: Log) -> pdf.Entry:
    """One entry in full. Raises NotYoursError unless it is theirs, ended, and may be read."""
    run = placed.order.run
    key = key_of(kit, "entry", run) if run is not None else ""
    found = next((each for each in log.entries if each.key == key), None)
    if run is None or found is None or found.exercise is None or found.ended is None:
        raise NotYoursError("entry")
    written = ask(lambda session: comments.of_run(session, kit.vault, run))
    by = {each.entry: each.by for each in log.comments}
    first = next(iter(found.rated), None)
    return pdf.Entry(
        stamp=stamp,
        alias=log.whose.alias,
        title=said(found.exercise.title, placed.reader.language),
        began=found.began,
        ended=found.ended,
        state=found.status,
        columns=tuple(
            pdf.Column(each.label, each.question, _lines(each)) for each in found.answers
        ),
        about=found.about,
        before=first.before if first is not None else None,
        after=first.after if first is not None else None,
        comments=tuple(
            pdf.Comment(by.get(key, ""), each.written_at, each.text) for each in written
        ),
    )


def brief(session: Session, kit: Kit, placed: Placed, stamp: pdf.Stamp) -> pdf.Brief:
    """A group before its session, as its page has it; on record for everybody it is about."""
    group = placed.order.group
    if group is None:
        raise NotYoursError("group")
    found = briefs.brief(session, kit, placed.reader, group, placed.at)
    for subject in placed.subjects:
        record(
            session, placed.reader, subject.person, "participant.exported", placed.at, group=group
        )
    page, ring, there = found.page, found.page.ring, found.page.attendance
    words = kit.words.short(placed.reader.language)
    return pdf.Brief(
        stamp=stamp,
        group=page.group.name,
        meets_at=found.meeting.starts if found.meeting is not None else None,
        since=(placed.at - WEEK).astimezone(ZoneInfo(page.group.zone)).date(),
        members=tuple(
            pdf.Seen(each.alias, each.practised, each.last, quiet=each.quiet_days or 0)
            for each in page.rows
        ),
        exercise=page.given[0].title if page.given else "",
        attended=(there.there, there.people) if there is not None else None,
        ring=(ring.practised, ring.counted) if ring is not None else None,
        curve=next((_of_group(each, found.curves, words) for each in found.curves.curves), None),
        themes=tuple(_themes(found.themes, words["need"])),
        questions=(
            *(pdf.Question(each.title, each.alias) for each in found.entries),
            *(pdf.Question(each.text, each.alias) for each in found.answers),
        ),
    )


def _of_group(curve: GroupCurve, curves: GroupCurves, words: Mapping[str, Any]) -> pdf.Curve:
    """The middle of the group and the span of its middle half; nobody's own line."""
    its = words["office_brief"]["curve"]
    series = [
        Series(its[name], tuple((each.day, getattr(each, name)) for each in curve.days))
        for name in ("middle", "high", "low")
    ]
    last = curve.days[-1]
    return pdf.Curve(
        title=its["titles"][curve.code],
        unit=its["units"][curve.code],
        summary=its["summary"].format(
            days=len(curve.days),
            day=last.day.isoformat(),
            middle=round(last.middle),
            low=round(last.low),
            high=round(last.high),
        ),
        series=tuple(series),
        sessions=curves.marks,
        start=curves.start,
        end=curves.end,
        high=TOP,
    )


def _themes(themes: briefs.Themes, needs: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    yield from ((each.what, each.people) for each in themes.exercises)
    yield from ((needs[each.what.value], each.people) for each in themes.needs)
    yield from (
        (f"{each.what.question}: {each.what.option}", each.people) for each in themes.choices
    )


def span_of(session: Session, kit: Kit, placed: Placed, subject: Subject) -> Placed | None:
    """The same order for the days of its one entry; None where the person has no such entry."""
    order = placed.order
    stored = runs.get_run(session, kit.vault, order.run) if order.run is not None else None
    if stored is None or stored.person != subject.person:
        return None
    day = stored.started_at.date()
    around = timedelta(days=1)  # whatever the person's zone
    return replace(placed, order=replace(order, since=day - around, until=day + around))


def _only(ask: Ask, kit: Kit, placed: Placed) -> Log:
    (subject,) = placed.subjects
    wanted: Placed | None = placed
    if placed.order.what is What.ENTRY:
        wanted = ask(lambda session: span_of(session, kit, placed, subject))
    log = log_of(ask, kit, wanted, subject) if wanted is not None else None
    if log is None:
        raise NotYoursError("participant")
    return log


def _curves(log: Log, start: date, end: date, words: dict[str, str]) -> Iterator[pdf.Curve]:
    for name, steps in CURVES.items():
        points = tuple(_points(log, steps))
        if points:
            values = [value for _, value in points]
            yield pdf.Curve(
                title=words[name],
                unit="",
                summary=words["summary"].format(
                    name=words[name], n=len(values), low=round(min(values)), high=round(max(values))
                ),
                series=(Series(words[name], points),),
                sessions=log.met,
                start=start,
                end=end,
                high=TOP,
            )


def _points(log: Log, steps: tuple[str, ...]) -> Iterator[tuple[date, float]]:
    """The mean of each day's ratings, on the person's own dates."""
    days: dict[date, list[float]] = {}
    for each in log.entries:
        for answer in each.answers:
            step = each.exercise.find(answer.step) if each.exercise is not None else None
            if each.kind != "check_in" or answer.step not in steps or answer.number is None:
                continue
            if isinstance(step, AskScale):
                low, high = step.scale.min, step.scale.max
                day = each.about or _local(log, answer.at)
                days.setdefault(day, []).append(TOP * (answer.number - low) / (high - low))
    for day in sorted(days):
        yield day, sum(days[day]) / len(days[day])


def _practised(entry: Entry, language: str) -> pdf.Practised:
    at = entry.ended or entry.began
    title = said(entry.exercise.title, language) if entry.exercise is not None else ""
    first = max(entry.rated, key=lambda each: each.before, default=None)
    if first is None:
        return pdf.Practised(at, title)
    share = 100 / (first.high - first.low)
    return pdf.Practised(
        at, title, share * (first.before - first.low), share * (first.after - first.low)
    )


def _days(log: Log) -> Iterator[Day]:
    """One state a day: what was answered counts before what was only sent."""
    found: dict[date, DayState] = {}
    for each in log.dates:
        if each.purpose == "checkin":
            paused = each.why == "paused"
            state = DayState.PAUSED if paused else _STATES.get(each.outcome, DayState.NONE)
            found[each.day] = min(found.get(each.day, state), state, key=_rank)
    for day, state in sorted(found.items()):
        yield Day(day, state)


def _rank(state: DayState) -> int:
    return list(DayState).index(state)


def _measured(scores: tuple[Scored, ...]) -> Iterator[pdf.Measured]:
    before: dict[tuple[str, str], float] = {}
    for each in sorted(scores, key=lambda each: each.at):
        name = (each.exercise, each.score)
        change = each.value - before[name] if name in before else None
        before[name] = each.value
        yield pdf.Measured(each.at, each.label, each.value, each.high or 0, each.band, change)


def _lines(answer: Answer) -> tuple[str, ...]:
    match answer.shown:
        case tuple() as several:
            return several
        case dict() as ratings:
            return tuple(f"{name}: {number}" for name, number in ratings.items())
        case None:
            return ()
        case one:
            return (f"{one} {answer.unit}" if answer.unit == "s" else str(one),)


def _local(log: Log, at: datetime) -> date:
    return at.astimezone(ZoneInfo(log.whose.zone)).date()
