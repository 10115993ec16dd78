"""What several figures share: axes with their labels, and the legend."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from bot.reports.figures.palette import FAINT, INK, SOFT
from bot.reports.figures.scale import Along, Up, days, number
from bot.reports.figures.svg import LINE, SIZE, WIDTH, Sheet, el, fitted, text, width

HIGH = 150
"""Units from the lowest to the highest value."""
TOP = 8
SAMPLE = 26
"""Room for the sample before a name in a legend."""

Sample = tuple[Markup, str]
"""A piece drawn around (0, 0), 18 units wide, and what it stands for."""


def left_of(labels: Iterable[str]) -> float:
    """The room that numbers beside the axis take."""
    return max((width(each) for each in labels), default=0) + 8


def levels(values: Sequence[float], up: Up, left: float, right: float, language: str) -> Markup:
    """A faint line and a number at each value."""
    lines = [
        el(
            "line",
            class_="fig-grid",
            x1=left,
            x2=right,
            y1=up.at(value),
            y2=up.at(value),
            stroke=INK,
            stroke_opacity=FAINT,
        )
        for value in values
    ]
    words = [
        text(number(value, language), left - 6, up.at(value) + 4, anchor="end") for value in values
    ]
    return el("g", *lines, *words, class_="fig-levels")


def dates(along: Along, bottom: float, language: str, wide: int = WIDTH) -> Markup:
    """Short ticks and the days below the axis, kept within the figure."""
    parts = []
    for when, label in days(along, language):
        x, half = along.at(when), width(label) / 2
        inside = min(max(x, half), wide - half)
        parts.append(
            el("line", x1=x, x2=x, y1=bottom, y2=bottom + 4, stroke=INK, stroke_opacity=0.5)
        )
        parts.append(text(label, inside, bottom + 17, anchor="middle"))
    return el("g", *parts, class_="fig-dates")


def legend(samples: Sequence[Sample], wide: int = WIDTH) -> Sheet:
    """Samples with their names, side by side as far as they fit."""
    x, y, parts = 2.0, 0.0, []
    for piece, name in samples:
        label = fitted(name, wide - SAMPLE - 4)
        room = SAMPLE + width(label) + 12
        if x > 2 and x + room - 12 > wide:
            x, y = 2.0, y + LINE
        parts.append(el("g", piece, transform=f"translate({x + 9:.1f} {y + 9:.1f})"))
        parts.append(text(label, x + SAMPLE - 2, y + 13))
        x += room
    return Sheet(y + LINE if samples else 0.0, tuple(parts))


def unit_line(unit: str, wide: int = WIDTH) -> Sheet:
    """What the numbers beside the axis count."""
    words = fitted(unit, wide - 4)
    line = text(words, 2, SIZE, fill_opacity=SOFT, class_="fig-unit")
    return Sheet(LINE if unit else 0.0, (line,) if unit else ())
