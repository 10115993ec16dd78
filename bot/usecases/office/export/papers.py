"""One page to print: somebody's week, a group before its session, one entry."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.catalog.exercise import Exercise
from bot.catalog.text import said
from bot.engine.run import Run
from bot.messages import zones
from bot.messages.fill import question_said
from bot.reports import pdf
from bot.reports.figures import Series
from bot.reports.logs.facts import Log
from bot.reports.pdf.said import day, number
from bot.store import comments, groups, runs
from bot.usecases.kit import Kit
from bot.usecases.office import brief as briefs
from bot.usecases.office import columns as laid
from bot.usecases.office.curves import Curve as GroupCurve
from bot.usecases.office.curves import Curves as GroupCurves
from bot.usecases.office.export import weeks
from bot.usecases.office.export.entries import key_of
from bot.usecases.office.export.order import Placed, Subject, What
from bot.usecases.office.export.reading import Ask, log_of
from bot.usecases.office.meetings import Meeting
from bot.usecases.office.reader import NotYoursError, record

WEEK = timedelta(days=7)
TOP = 10
"""Every scale is drawn from 0 to 10."""


def paper(ask: Ask, kit: Kit, placed: Placed) -> bytes:
    """The PDF; it carries the notice itself. Raises NotYoursError where there is no such entry."""
    words = kit.words.short(placed.reader.language)["office_pdf"]
    stamp = ask(lambda session: stamp_of(session, placed))
    language = placed.reader.language
    match placed.order.what:
        case What.WEEK:
            (subject,) = placed.subjects
            log = _only(ask, kit, placed)
            seen = ask(lambda session: weeks.seen(session, kit, placed, subject.person, log.whose))
            return pdf.week(weeks.week(kit, placed, stamp, log, seen), words, language)
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
    stored = ask(lambda session: runs.get_run(session, kit.vault, run))
    if stored is None:
        raise NotYoursError("entry")
    language = placed.reader.language
    columns = tuple(_columns(kit, found.exercise, stored.run, language))
    rest = tuple(_in_no_column(found.exercise, stored.run, language))
    return pdf.Entry(
        stamp=stamp,
        alias=log.whose.alias,
        title=said(found.exercise.title, language),
        began=found.began,
        ended=found.ended,
        state=found.status,
        columns=columns or rest,
        besides=rest if columns else (),
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
    language = placed.reader.language
    words = kit.words.short(language)
    return pdf.Brief(
        stamp=stamp,
        group=page.group.name,
        meets_at=found.meeting.starts if found.meeting is not None else None,
        meets_in=page.group.zone,
        meets_clock=_clock(found.meeting, placed, words, language),
        since=(placed.at - WEEK).astimezone(ZoneInfo(page.group.zone)).date(),
        members=tuple(
            pdf.Seen(each.alias, each.practised, each.last, quiet=each.quiet_days or 0)
            for each in page.rows
        ),
        exercise=page.given[0].title if page.given else "",
        attended=(there.there, there.people) if there is not None else None,
        ring=(ring.practised, ring.counted) if ring is not None else None,
        curve=next(
            (_of_group(each, found.curves, words, language) for each in found.curves.curves), None
        ),
        themes=tuple(_themes(found.themes, words)),
        brought=tuple(pdf.Brought(each.title, each.alias) for each in found.entries),
        question=found.question,
        answers=tuple(pdf.Brought(each.text, each.alias) for each in found.answers),
    )


def _clock(meeting: Meeting | None, placed: Placed, words: Mapping[str, Any], language: str) -> str:
    """Whose clock a session is told on, where that is not the one of whoever reads."""
    if meeting is None or not zones.is_other(meeting.zone, placed.reader.zone, meeting.starts):
        return ""
    said: str = words["office_hours"]["of"]
    return said.format(city=zones.city(meeting.zone, language))


def _columns(kit: Kit, exercise: Exercise, run: Run, language: str) -> Iterator[pdf.Column]:
    """A thought record as on its page; nothing for all other exercises."""
    words = kit.words.short(language)["office_entry"]
    for column in laid.columns(exercise, run, language):
        there = column.answers
        lines = there[0].lines if len(there) == 1 else tuple(_named(there))
        yield pdf.Column(words["columns"][column.name], "", lines or (words["empty"],))


def _named(answers: tuple[laid.Said, ...]) -> Iterator[str]:
    """Each under what it is called, in one line where it is one."""
    for each in answers:
        if len(each.lines) == 1:
            yield f"{each.label}: {each.lines[0]}"
        else:
            yield from (f"{each.label}:", *(f"• {line}" for line in each.lines))


def _in_no_column(exercise: Exercise, run: Run, language: str) -> Iterator[pdf.Column]:
    """Question and answer: the programme's words in the language of whoever prints them, however
    they were asked; the person's own as they were typed."""
    asked = run.model_copy(update={"language": language})
    for step in laid.in_no_column(exercise, run):
        found = laid.said_of(exercise, run, step, language)
        question = question_said(exercise, step, asked) or found.label
        yield pdf.Column(found.label, question, found.lines)


def _of_group(
    curve: GroupCurve, curves: GroupCurves, words: Mapping[str, Any], language: str
) -> pdf.Curve:
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
            day=day(last.day, language),
            middle=number(last.middle, language),
            low=number(last.low, language),
            high=number(last.high, language),
        ),
        series=tuple(series),
        sessions=curves.marks,
        start=curves.start,
        end=curves.end,
        high=TOP,
    )


def _themes(
    themes: briefs.Themes, words: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[tuple[str, int], ...]]]:
    """Each kind under its name: what an exercise is for is not what somebody felt."""
    its, needs = words["office_brief"], words["need"]
    parts = {
        "exercises": [(each.what, each.people) for each in themes.exercises],
        "needs": [(needs[each.what.value], each.people) for each in themes.needs],
        "choices": [
            (f"{each.what.question}: {each.what.option}", each.people) for each in themes.choices
        ],
    }
    yield from ((its[name], tuple(several)) for name, several in parts.items() if several)


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
