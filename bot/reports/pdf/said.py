"""How days, moments and numbers are written in a document, and what frames every page."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_decimal

from bot.reports.figures import curve
from bot.reports.pdf.facts import Curve, Stamp

Words = Mapping[str, Any]
"""The branch `office_pdf` of the short words in one language."""
PART_2 = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
"""The statement that 42 CFR 2.32(a)(2) gives word for word, in English in every language."""
WIDE = 740
"""Units across a figure as wide as the page, so that its letters are as high as those there."""
HALF = 370
"""Units across one of two figures beside each other."""
CUT = 110
"""Signs of a line that must not grow."""


def moment(at: datetime, zone: str, language: str) -> str:
    """Day and time in that zone."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{format_skeleton('MMMd', local, locale=language)}, {local:%H:%M}"


def full(at: datetime, zone: str, language: str) -> str:
    """With its year."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{format_skeleton('yMMMd', local, locale=language)}, {local:%H:%M}"


def day(when: date, language: str) -> str:
    """Month and day."""
    return str(format_skeleton("MMMd", when, locale=language))


def weekday(when: date, language: str) -> str:
    """The day of the week, short."""
    return str(format_date(when, "EEE d", locale=language))


def span(start: date, end: date, language: str) -> str:
    """From a day to a day with the year, without saying anything twice."""
    return str(format_interval(start, end, "yMMMd", locale=language))


def number(value: float | None, language: str) -> str:
    """With one decimal at most; nothing for nothing."""
    return "" if value is None else str(format_decimal(round(value, 1), locale=language))


def change(value: float | None, language: str) -> str:
    """With its sign, a real minus."""
    if value is None:
        return ""
    written = number(abs(value), language)
    return written if value == 0 else f"{'−' if value < 0 else '+'}{written}"


def cut(words: str, most: int = CUT) -> str:
    """In one line, with "…" where it was longer."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def frame(stamp: Stamp, words: Words, language: str, title: str) -> dict[str, Any]:
    """What header, footer and notice say."""
    return {
        "language": language,
        "paper": stamp.paper,
        "title": title,
        "programme": stamp.programme,
        "made": words["made"].format(
            at=full(stamp.made_at, stamp.zone, language), by=stamp.made_by
        ),
        "part2": PART_2,
        "notice": words["notice"],
        "unprintable": words["unprintable"],
        "notice_title": words["notice_title"],
        "page": words["page"],
        "more": words["more"],
    }


def figure(drawn: Curve, words: Words, language: str, wide: int = WIDE) -> dict[str, str]:
    """A curve with what is read aloud in its place."""
    picture = curve(
        drawn.series,
        drawn.sessions,
        title=drawn.title,
        unit=drawn.unit,
        low=drawn.low,
        high=drawn.high,
        summary=drawn.summary,
        language=language,
        start=drawn.start,
        end=drawn.end,
        mark_name=words["session"],
        wide=wide,
    )
    return {"svg": str(picture), "alt": f"{drawn.title}. {drawn.summary}"}
