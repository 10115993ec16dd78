"""Values over days as lines, with the days of the group's sessions marked."""

from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup

from bot.reports.figures.facts import Series
from bot.reports.figures.palette import INK, colour, dash, mark
from bot.reports.figures.parts import HIGH, TOP, Sample, dates, left_of, legend, levels, unit_line
from bot.reports.figures.scale import Along, Up, number, numbers, ordered
from bot.reports.figures.svg import WIDTH, Sheet, el, framed, headed, stacked

Point = tuple[date, float]
CROWDED = 70
"""Days from which on only values that stand alone get a mark of their own."""


def curve(
    series: Sequence[Series],
    marks: Sequence[date],
    *,
    title: str,
    unit: str,
    low: float,
    high: float,
    summary: str,
    language: str,
    start: date,
    end: date,
    mark_name: str = "",
    joined: int = 1,
    wide: int = WIDTH,
) -> Markup:
    """Up to five series from `start` to `end`, both included, as one figure.

    `marks` are the days of sessions, `mark_name` what the legend calls them. `unit` says what is
    counted and which end is which ("0 calm, 100 strongest"). `summary` says in words what is to be
    seen. A line runs only between values at most `joined` days apart: a gap stays a gap.
    """
    low, high = ordered(low, high)
    up = Up(low, high, TOP, TOP + HIGH)
    values = numbers(low, high)
    left = left_of(number(each, language) for each in values)
    along = Along(start, end, left + 6, wide - 12)
    shown = [each.between(start, end) for each in series]
    crowded = (end - start).days > CROWDED
    plot = Sheet(
        TOP + HIGH + 22,
        (
            levels(values, up, left, wide - 4, language),
            sessions([each for each in marks if start <= each <= end], along, up),
            *(lines(points, at, along, up, joined, crowded) for at, points in enumerate(shown)),
            dates(along, TOP + HIGH, language, wide),
        ),
    )
    names = [_sample(at, each.name) for at, each in enumerate(series)]
    if mark_name and marks:
        names.append((_session_sample(), mark_name))
    whole = stacked((legend(names, wide), unit_line(unit, wide), plot), 4)
    return framed(headed(title, whole, wide), title=title, summary=summary, wide=wide)


def lines(
    points: Sequence[Point],
    at: int,
    along: Along,
    up: Up,
    joined: int,
    crowded: bool = False,
    ink: str | None = None,
) -> Markup:
    """One series: a line through each unbroken stretch, and a mark at each value; where they are
    `crowded` only at those that stand alone."""
    parts: list[Markup] = []
    for stretch in stretches(points, joined):
        places = [(along.at(day), up.at(value)) for day, value in stretch]
        if len(places) > 1:
            parts.append(_line(places, at, ink))
        if not crowded or len(places) == 1:
            parts += [mark(at, x, y, 2.5 if crowded else 3.5, ink) for x, y in places]
    return el("g", *parts, class_=f"fig-series fig-series-{at}")


def _line(places: Sequence[tuple[float, float]], at: int, ink: str | None = None) -> Markup:
    return el(
        "polyline",
        class_=f"fig-line fig-{at}",
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in places),
        fill="none",
        stroke=ink or colour(at),
        stroke_width=2,
        stroke_linejoin="round",
        stroke_dasharray=dash(at),
    )


def stretches(points: Sequence[Point], joined: int) -> Iterator[list[Point]]:
    """The points in unbroken pieces: no two neighbours more than `joined` days apart."""
    piece: list[Point] = []
    for point in points:
        if piece and (point[0] - piece[-1][0]).days > joined:
            yield piece
            piece = []
        piece.append(point)
    if piece:
        yield piece


def sessions(marks: Sequence[date], along: Along, up: Up) -> Markup:
    """A dotted upright with a small flag on each day of a session."""
    return el(
        "g",
        *(_upright(along.at(day), up.top, up.bottom) for day in sorted(set(marks))),
        class_="fig-sessions",
    )


def _upright(x: float, top: float, bottom: float) -> Markup:
    line = el(
        "line",
        x1=x,
        x2=x,
        y1=top,
        y2=bottom,
        stroke=INK,
        stroke_opacity=0.45,
        stroke_dasharray="1 3",
    )
    flag = el("path", d=f"M{x - 4:.1f} {top - 7:.1f}h8l-4 7z", fill=INK, fill_opacity=0.6)
    return line + flag


def _sample(at: int, name: str) -> Sample:
    return (_line(((-9, 0), (9, 0)), at) + mark(at, 0, 0), name)


def _session_sample() -> Markup:
    return _upright(0.0, -2, 8)
