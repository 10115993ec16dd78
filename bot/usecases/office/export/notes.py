"""Drafts for the progress note of a group: one paragraph a member, from counts and ratings.

Rules and no model; in the language of whoever edits it. What participants typed is not in it,
except from an entry they chose to bring to the session.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_interval
from babel.numbers import format_decimal

from bot.catalog.steps import AskText, ChooseFrom, Finish, Question, RateEach, Step
from bot.catalog.text import said
from bot.messages.fill import short
from bot.reports.logs.facts import Entry, Log, Rated, Scored
from bot.usecases.kit import Kit
from bot.usecases.office.export.order import Order, Placed

LISTED = 4
"""More examples than this are no paragraph any more."""
QUOTED = 160
"""So much of what is brought is quoted."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One member's paragraph."""

    alias: str
    text: str


@dataclass(frozen=True, slots=True)
class _Pen:
    """The words at hand and the language numbers and days are written in."""

    words: Mapping[str, Any]
    language: str

    def say(self, path: str, **values: object) -> str:
        found: Any = self.words
        for part in path.split("."):
            found = found[part]
        return str(found).format(**values)

    def day(self, when: date) -> str:
        return str(format_date(when, "d MMM", locale=self.language))

    def number(self, value: float) -> str:
        return str(format_decimal(value, "#,##0.##", locale=self.language))

    def several(self, names: list[str]) -> str:
        """ "one, two and three"."""
        if len(names) < 2:
            return "".join(names)
        return self.say("and", most=", ".join(names[:-1]), last=names[-1])


def draft(kit: Kit, placed: Placed, log: Log) -> Draft:
    """The paragraph about one member."""
    language = placed.reader.language
    pen = _Pen(kit.words.short(language)["office_notes"], language)
    alias = log.whose.alias or pen.say("nameless")
    sentences = [
        _attendance(pen, alias, log),
        _practice(pen, alias, log, placed.order),
        _check_ins(pen, log),
        _ratings(pen, log),
        _scores(pen, log),
        _brought(pen, log),
        pen.say("to_add"),
    ]
    return Draft(alias, " ".join(each for each in sentences if each))


def as_text(kit: Kit, placed: Placed, drafts: list[Draft], notice: str) -> str:
    """All paragraphs as a text file, which says what it is."""
    language, order = placed.reader.language, placed.order
    pen = _Pen(kit.words.short(language)["office_notes"], language)
    span = str(format_interval(order.since, order.until, "yMMMd", locale=language))
    parts = [notice, span, pen.say("draft"), *(each.text for each in drafts)]
    return "\n\n".join(parts) + "\n"


def _attendance(pen: _Pen, alias: str, log: Log) -> str:
    sessions = log.met
    came = sorted({each.day for each in log.attended} & set(sessions))
    days = pen.several([pen.day(each) for each in came])
    if not sessions:
        return pen.say("sessions.no", alias=alias)
    if not came and len(sessions) == 1:
        return pen.say("sessions.not_one", alias=alias, days=pen.day(sessions[0]))
    if not came:
        return pen.say("sessions.none", alias=alias, all=len(sessions))
    if len(sessions) == 1:
        return pen.say("sessions.one", alias=alias, days=days)
    return pen.say("sessions.some", alias=alias, n=len(came), all=len(sessions), days=days)


def _practice(pen: _Pen, alias: str, log: Log, order: Order) -> str:
    done = [each for each in log.entries if each.kind == "exercise" and each.status == "finished"]
    zone = ZoneInfo(log.whose.zone)
    days = len({(each.ended or each.began).astimezone(zone).date() for each in done})
    span = (order.until - order.since).days + 1
    if not log.whose.reads and not done:
        return pen.say("practice.withheld_none", alias=alias)
    if not log.whose.reads:
        return pen.say("practice.withheld", alias=alias, days=days, span=span)
    if not done:
        return pen.say("practice.none", alias=alias)
    counted = Counter(_title(each, pen.language) for each in done).most_common()
    names = [f"{title} ({many})" for title, many in counted[:LISTED]]
    if len(counted) > LISTED:
        names.append(pen.say("practice.others", n=len(counted) - LISTED))
    listed = pen.several(names)
    return pen.say("practice.some", alias=alias, list=listed, days=days, span=span)


def _check_ins(pen: _Pen, log: Log) -> str:
    sent = [each for each in log.dates if each.purpose == "checkin"]
    answered = sum(each.outcome == "answered" for each in sent)
    reached = answered + sum(each.outcome == "sent" for each in sent)
    return pen.say("check_ins", n=answered, all=reached) if reached else ""


def _ratings(pen: _Pen, log: Log) -> str:
    """The strongest rating of each exercise, before and after, by what its question is called."""
    rated = [each for each in log.entries if each.rated and each.kind == "exercise"]
    if not rated:
        return ""
    lower = sum(_strongest(each).percent > 0 for each in rated)
    listed = "; ".join(_rating(pen, each, log.whose.zone) for each in rated[-LISTED:])
    return pen.say("ratings", list=listed, n=lower, all=len(rated))


def _rating(pen: _Pen, entry: Entry, zone: str) -> str:
    strongest = _strongest(entry)
    day = pen.day((entry.ended or entry.began).astimezone(ZoneInfo(zone)).date())
    return pen.say(
        "rating",
        title=_title(entry, pen.language),
        label=_called(entry, strongest.step, pen.language),
        before=strongest.before,
        after=strongest.after,
        high=strongest.high,
        day=day,
    )


def _scores(pen: _Pen, log: Log) -> str:
    """The newest of each score, and how far it is from the one before."""
    newest: dict[tuple[str, str], list[Scored]] = {}
    for each in sorted(log.scores, key=lambda each: each.at):
        newest.setdefault((each.exercise, each.score), []).append(each)
    lines = [_score(pen, several) for several in newest.values()]
    return pen.say("scores", list="; ".join(lines)) if lines else ""


def _score(pen: _Pen, several: list[Scored]) -> str:
    last = several[-1]
    said_so = pen.say(
        "score",
        label=last.label if last.label == last.title else f"{last.title}, {last.label}",
        value=pen.number(last.value),
        day=pen.day(last.day),
    )
    if len(several) < 2:
        return said_so
    change = last.value - several[-2].value
    way = "higher" if change > 0 else "lower" if change < 0 else "same"
    return said_so + pen.say(f"change.{way}", n=pen.number(abs(change)))


def _brought(pen: _Pen, log: Log) -> str:
    """What they chose to bring: the answer such an entry keeps in view, else its first words."""
    lines = [
        pen.say("quote", words=short(words, QUOTED), title=_title(each, pen.language))
        for each in log.entries
        if each.key in log.brought and (words := _in_view(each))
    ]
    return pen.say("brought", list="; ".join(lines)) if lines else ""


def _in_view(entry: Entry) -> str:
    kept = entry.exercise.keep_in_view if entry.exercise is not None else None
    typed = [
        (each.step, each.shown)
        for each in entry.answers
        if isinstance(each.shown, str) and isinstance(_step(entry, each.step), AskText | ChooseFrom)
    ]
    in_view = [words for step, words in typed if step == kept]
    return next(iter((*in_view, *(words for _, words in typed))), "")


def _step(entry: Entry, name: str) -> Step | None:
    return entry.exercise.find(name) if entry.exercise is not None else None


def _strongest(entry: Entry) -> Rated:
    """Of what was asked first, the one that was strongest before."""
    asked = entry.rated[0].step
    return max((each for each in entry.rated if each.step == asked), key=lambda each: each.before)


def _title(entry: Entry, language: str) -> str:
    return said(entry.exercise.title, language) if entry.exercise is not None else ""


def _called(entry: Entry, step: str, language: str) -> str:
    """What was rated, in words of the exercise's author: never an entry of somebody's list."""
    found = _step(entry, step)
    ends = entry.exercise.steps if entry.exercise is not None else ()
    for change in (each for end in ends if isinstance(end, Finish) for each in end.changes):
        if change.before == step and change.label:
            return said(change.label, language)
    if isinstance(found, RateEach):
        found = _step(entry, found.of)
    return said(found.label, language) if isinstance(found, Question) else ""
