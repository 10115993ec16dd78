"""A questionnaire's totals over time, on the named bands of its score."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from bot.reports.figures.curves import Point, lines
from bot.reports.figures.facts import Band, Series
from bot.reports.figures.palette import INK
from bot.reports.figures.parts import HIGH, TOP, Sample, dates, left_of, legend, levels, unit_line
from bot.reports.figures.scale import Along, Up, number, numbers, ordered, spaced
from bot.reports.figures.svg import WIDTH, Sheet, el, framed, headed, stacked, text, width

JOINED = 62
"""Days: questionnaires come every few weeks; two further apart are not joined by a line."""


def bands(
    points: Sequence[Point],
    bands: Sequence[Band],
    *,
    title: str,
    unit: str,
    low: float,
    high: float,
    summary: str,
    language: str,
    start: date,
    end: date,
) -> Markup:
    """The totals with their numbers, on bands that are darker the higher they are.

    `bands` may be empty (a score without named bands). Their names stand in the legend with their
    ranges, so that no word lies over a value.
    """
    low, high = ordered(low, high)
    up = Up(low, high, TOP + 12, TOP + 12 + HIGH)
    named = sorted(bands, key=lambda each: each.low)
    values = spaced([each.low for each in named] + [high] if named else numbers(low, high), up)
    left = left_of(number(each, language) for each in values)
    along = Along(start, end, left + 14, WIDTH - 16)
    shown = Series("", tuple(points)).between(start, end)
    plot = Sheet(
        up.bottom + 22,
        (
            *_stripes(named, up, left, WIDTH - 4),
            levels(values, up, left, WIDTH - 4, language),
            lines(shown, 0, along, up, JOINED, ink=INK),
            *_totals(shown, along, up, language),
            dates(along, up.bottom, language),
        ),
    )
    names = legend(
        [_sample(_shade(at, len(named)), each, language) for at, each in enumerate(named)]
    )
    whole = stacked((unit_line(unit), plot, names), 4)
    return framed(headed(title, whole), title=title, summary=summary)


def _shade(at: int, many: int) -> float:
    """Light enough for the line and the numbers over it."""
    return 0.04 + 0.2 * at / max(many - 1, 1)


def _stripes(named: Sequence[Band], up: Up, left: float, right: float) -> list[Markup]:
    """Each band up to where the next begins: between two whole numbers nothing is left out."""
    ends = [*(each.low for each in named[1:]), up.high][: len(named)]
    parts = []
    for at, (band, end) in enumerate(zip(named, ends, strict=True)):
        top, bottom = up.at(end), up.at(band.low)
        stripe = {"x": left, "width": right - left, "y": top, "height": max(bottom - top, 0.0)}
        parts.append(
            el(
                "rect",
                class_=f"fig-band-{at}",
                fill=INK,
                fill_opacity=_shade(at, len(named)),
                **stripe,
            )
        )
    return parts


def _totals(shown: Sequence[Point], along: Along, up: Up, language: str) -> list[Markup]:
    """A number above each value that has room for it; the last one always has its own."""
    parts: list[Markup] = []
    taken = along.right + 99
    for day, value in reversed(shown):
        label, x = number(value, language), along.at(day)
        if x + width(label) / 2 + 4 <= taken:
            parts.append(text(label, x, up.at(value) - 8, anchor="middle", font_weight="600"))
            taken = x - width(label) / 2
    return parts


def _sample(shade: float, band: Band, language: str) -> Sample:
    swatch = el(
        "rect",
        x=-9,
        y=-6,
        width=18,
        height=12,
        fill=INK,
        fill_opacity=shade,
        stroke=INK,
        stroke_opacity=0.4,
    )
    ends = dict.fromkeys(number(each, language) for each in (band.low, band.high))
    return swatch, f"{'–'.join(ends)} {band.name}"
