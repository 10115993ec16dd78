"""How pages are drawn: templates, the words and times of whoever reads, the ways on top."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal, format_percent
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from bot.messages import zones
from bot.messages.words import Words
from bot.usecases.office.meetings import Meeting
from bot.usecases.office.reader import Reader

TEMPLATES = Path(__file__).parent.parent / "templates"
WAYS = (
    ("today", "/office"),
    ("alerts", "/office/alerts"),
    ("board", "/office/board"),
    ("pairs", "/office/pairs"),
    ("library", "/office/library"),
    ("export", "/office/export"),
    ("record", "/office/record"),
    ("account", "/office/account"),
)
"""The ways on top of each page: the word below `office.nav`, the address."""


class Drawing:
    """Draws templates/office/*.html.j2. `ways` are those whose page is there."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.ways: tuple[tuple[str, str], ...] = ()
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.filters |= {
            "fill": _fill,
            "day": _day,
            "short_day": _short_day,
            "clock": _clock,
            "city": _city,
            "moment": _moment,
            "meets": _meets,
            "over_at": _over_at,
            "number": _number,
            "percent": _percent,
            "iso": _iso,
        }

    def draw(
        self,
        template: str,
        facts: Mapping[str, object],
        *,
        language: str,
        reader: Reader | None = None,
        csrf: str = "",
        path: str = "",
    ) -> str:
        """One page as HTML, for somebody who is signed in or (None) for anybody."""
        return self._templates.get_template(f"office/{template}.html.j2").render(
            {
                "w": self.words.short(language),
                "language": language if language in self.words.languages else "en",
                "zone": reader.zone if reader is not None else "UTC",
                "reader": reader,
                "csrf": csrf,
                "path": path,
                "here": self._here(path),
                "ways": self.ways,
                **facts,
            }
        )

    def _here(self, path: str) -> str:
        """The way this page lies on: the longest address it begins with."""
        below = [each for _, each in self.ways if path == each or path.startswith(f"{each}/")]
        return max(below, key=len, default="")


def _fill(text: object, **values: object) -> str:
    """Words with {values} filled in: `{{ w.office.x | fill(count=3) }}`; plain text, escaped."""
    return str(text).format(**values)


@pass_context
def _day(context: Context, at: datetime | date) -> str:
    """Thu 26 Nov 2026, on the reader's clock."""
    return _date(context, at, "EEE d MMM y")


@pass_context
def _short_day(context: Context, at: datetime | date) -> str:
    """26 Nov."""
    return _date(context, at, "d MMM")


@pass_context
def _clock(context: Context, at: datetime) -> str:
    """18:05."""
    return str(format_time(_local(context, at), "HH:mm", locale=context["language"]))


@pass_context
def _city(context: Context, zone: str) -> str:
    """Madrid, Nueva York: what people call a time zone."""
    return zones.city(zone, context["language"])


@pass_context
def _moment(context: Context, at: datetime) -> str:
    """26 Nov 2026, 18:05."""
    return str(format_datetime(_local(context, at), "d MMM y, HH:mm", locale=context["language"]))


@pass_context
def _meets(context: Context, meeting: Meeting) -> str:
    """Thu 26 Nov 2026, 18:00, on the group's clock, which is named where it is not the reader's."""
    local = meeting.starts.astimezone(ZoneInfo(meeting.zone))
    said = str(format_datetime(local, "EEE d MMM y, HH:mm", locale=context["language"]))
    if not zones.is_other(meeting.zone, context["zone"], meeting.starts):
        return said
    city = zones.city(meeting.zone, context["language"])
    return f"{said} ({_fill(context['w']['office_hours']['of'], city=city)})"


@pass_context
def _over_at(context: Context, meeting: Meeting) -> str:
    """19:30, on the group's clock."""
    return zones.clock(meeting.zone, meeting.ends, context["language"])


@pass_context
def _number(context: Context, number: float, pattern: str = "#,##0.##") -> str:
    return str(format_decimal(number, pattern, locale=context["language"]))


@pass_context
def _percent(context: Context, part: float) -> str:
    return str(format_percent(part, locale=context["language"]))


def _iso(at: datetime | date) -> str:
    """For the attribute of <time>."""
    return at.astimezone(UTC).isoformat() if isinstance(at, datetime) else at.isoformat()


def _local(context: Context, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(context["zone"]))


def _date(context: Context, at: datetime | date, pattern: str) -> str:
    day = _local(context, at).date() if isinstance(at, datetime) else at
    return str(format_date(day, pattern, locale=context["language"]))
