"""A group before its session, on one page."""

from datetime import date, datetime

from bot.reports.figures import ring
from bot.reports.pdf.facts import Brief, Brought, Seen
from bot.reports.pdf.press import pressed
from bot.reports.pdf.said import Words, change, cut, day, figure, frame, full, moment

BESIDE = 540
"""Units across the curve beside the ring."""


def brief(facts: Brief, words: Words, language: str) -> bytes:
    """The PDF; `words` is the branch `office_pdf`."""
    its, stamp = words["brief"], facts.stamp
    changes = any(each.change is not None for each in facts.members)
    return pressed(
        "brief",
        {
            **frame(stamp, words, language, its["title"].format(group=facts.group)),
            "meets": _meets(facts, language),
            "since": its["since"].format(day=day(facts.since, language)),
            "words": its,
            "counts": _counts(facts, words),
            "ring": _ring(facts, words, language),
            "figures": [figure(facts.curve, words, language, BESIDE)] if facts.curve else [],
            "head": _row(its["member_head"], changes),
            "members": [
                _row(_member(each, stamp.zone, words, language), changes) for each in facts.members
            ],
            "themes": [
                [name, " · ".join(f"{cut(what, 50)} ({many})" for what, many in several)]
                for name, several in facts.themes
            ],
            "brought": [_brought(each) for each in facts.brought],
            "question": cut(facts.question, 160),
            "answers": [_brought(each) for each in facts.answers],
        },
        stamp.made_at,
    )


def _meets(facts: Brief, language: str) -> str:
    if facts.meets_at is None:
        return ""
    named = f" ({facts.meets_clock})" if facts.meets_clock else ""
    return full(facts.meets_at, facts.meets_in, language) + named


def _brought(each: Brought) -> str:
    return f"{each.alias}: {cut(each.text, 160)}" if each.alias else cut(each.text, 160)


def _row(cells: list[str], changes: bool) -> list[str]:
    """Without the column that would be empty for everybody."""
    return cells if changes else [*cells[:2], *cells[3:]]


def _counts(facts: Brief, words: Words) -> list[list[str]]:
    its = words["brief"]
    counts = []
    if facts.exercise:
        counts.append([its["exercise"], cut(facts.exercise, 60)])
    if facts.attended is not None:
        came, of = facts.attended
        counts.append([its["attended"], words["of"].format(n=came, all=of)])
    quiet = sum(each.quiet > 0 for each in facts.members)
    counts.append([its["not_seen"], str(quiet)])
    return counts


def _ring(facts: Brief, words: Words, language: str) -> dict[str, str]:
    if facts.ring is None:
        return {}
    practised, counted = facts.ring
    said = words["brief"]["ring"].format(n=practised, all=counted)
    label = words["brief"]["ring_label"]
    drawn = ring(
        practised, counted, title="", summary=said, language=language, label=label, wide=180
    )
    return {"svg": str(drawn), "alt": said}


def _member(each: Seen, zone: str, words: Words, language: str) -> list[str]:
    its = words["brief"]
    last = _last(each.last, zone, language) or its["never"]
    quiet = its["quiet_days"].format(n=each.quiet) if each.quiet else ""
    shift = "" if each.change is None else change(each.change, language)
    return [each.alias, str(each.practised), shift, last, quiet]


def _last(at: datetime | date | None, zone: str, language: str) -> str:
    match at:
        case datetime():
            return moment(at, zone, language)
        case date():
            return day(at, language)
    return ""
