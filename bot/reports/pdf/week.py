"""One person's week on one page."""

from bot.reports.pdf.facts import Measured, Practised, Promised, Week
from bot.reports.pdf.press import pressed
from bot.reports.pdf.said import (
    HALF,
    WIDE,
    Words,
    change,
    cut,
    day,
    figure,
    frame,
    moment,
    number,
    span,
    weekday,
)


def week(facts: Week, words: Words, language: str) -> bytes:
    """The PDF; `words` is the branch `office_pdf`. Lists too long for the page end with how many
    more there are."""
    its = words["week"]
    return pressed(
        "week",
        {
            **frame(facts.stamp, words, language, its["title"].format(alias=facts.alias)),
            "span": span(facts.start, facts.end, language),
            "group": facts.group,
            "words": its,
            "withheld": "" if facts.readable else words["withheld"],
            "counts": _counts(facts, words),
            "figures": _figures(facts, words, language) if facts.readable else [],
            "days": [
                [weekday(each.day, language), words["days"][each.state.value], each.state.value]
                for each in sorted(facts.checkins, key=lambda each: each.day)
                if facts.start <= each.day <= facts.end
            ],
            "exercises": [_exercise(each, facts, language) for each in facts.exercises],
            "measures": [_measure(each, facts, language) for each in facts.measures]
            if facts.readable
            else [],
            "promises": [_promise(each, words, language) for each in facts.promises]
            if facts.readable
            else [],
        },
        facts.stamp.made_at,
    )


def _figures(facts: Week, words: Words, language: str) -> list[dict[str, str]]:
    wide = HALF if len(facts.curves) > 1 else WIDE
    return [figure(each, words, language, wide) for each in facts.curves[:2]]


def _counts(facts: Week, words: Words) -> list[list[str]]:
    its = words["week"]
    sent = [each for each in facts.checkins if each.state.value in {"answered", "sent", "skipped"}]
    answered = sum(each.state.value == "answered" for each in sent)
    of = words["of"]
    counts = [[its["practised"], str(len(facts.exercises))]]
    if sent:
        counts.append([its["answered"], of.format(n=answered, all=len(sent))])
    if facts.attended is not None:
        counts.append([its["attended"], of.format(n=facts.attended, all=facts.sessions)])
    return counts


def _exercise(each: Practised, facts: Week, language: str) -> list[str]:
    at = moment(each.at, facts.stamp.zone, language)
    if not facts.readable:
        return [at, cut(each.title, 60), "", "", ""]
    before, after = each.before, each.after
    shift = None if before is None or after is None else after - before
    rated = [_of(value, each.most, language) for value in (before, after)]
    written = [*rated, change(shift, language)]
    return [at, cut(each.title, 60), *written]


def _of(value: float | None, most: float | None, language: str) -> str:
    if value is None or most is None:
        return number(value, language)
    return f"{number(value, language)}/{number(most, language)}"


def _measure(each: Measured, facts: Week, language: str) -> list[str]:
    total = _of(each.total, each.most, language)
    at = moment(each.at, facts.stamp.zone, language)
    return [at, cut(each.name, 40), total, cut(each.band, 30), change(each.change, language)]


def _promise(each: Promised, words: Words, language: str) -> list[str]:
    return [cut(each.text, 80), day(each.by, language), words["kept"][each.state]]
