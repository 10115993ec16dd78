"""What became of each day's check-in, week below week."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from babel import Locale
from markupsafe import Markup

from bot.reports.figures.facts import Day, State
from bot.reports.figures.palette import COLOURS, INK, SOFT
from bot.reports.figures.parts import Sample, legend
from bot.reports.figures.scale import day as said_day
from bot.reports.figures.svg import WIDTH, Sheet, el, framed, headed, stacked, text, width

SMALL_FROM = 14
"""Weeks from which on the rows are lower and the days carry no number."""
TALL, LOW = 30.0, 16.0


def calendar(
    days: Sequence[Day],
    *,
    title: str,
    summary: str,
    names: Mapping[State, str],
    language: str,
    start: date,
    end: date,
) -> Markup:
    """A row for each week from `start` to `end`; each state has a shape of its own.

    `names` says what the legend calls each state; only states that occur are listed. Of several
    states on one day the last one given is shown.
    """
    states = {each.day: each.state for each in days if start <= each.day <= end}
    first = _week_start(start, language)
    weeks = max(((end - first).days // 7 + 1) if end >= start else 0, 0)
    high = LOW if weeks >= SMALL_FROM else TALL
    left = width("30 nov.") + 8
    step = (WIDTH - left) / 7
    parts: list[Markup] = [*_head(first, left, step, language)]
    for week in range(weeks):
        monday = first + timedelta(days=7 * week)
        top = 20 + week * high
        if high == TALL or week % 2 == 0:
            parts.append(text(said_day(monday, language), 2, top + high / 2 + 4))
        for at in range(7):
            day = monday + timedelta(days=at)
            if start <= day <= end:
                state = states.get(day, State.NONE)
                parts.append(_cell(day, state, left + at * step, top, step, high))
    found = [each for each in State if each in set(states.values()) and each in names]
    listed = legend([_sample(each, names[each]) for each in found])
    grid = Sheet(20 + weeks * high, tuple(parts))
    whole = stacked((grid, listed), 6)
    return framed(headed(title, whole), title=title, summary=summary)


def _week_start(day: date, language: str) -> date:
    """The first day of its week; people count weeks differently in different languages."""
    return day - timedelta(days=(day.weekday() - Locale.parse(language).first_week_day) % 7)


def _head(first: date, left: float, step: float, language: str) -> list[Markup]:
    short = Locale.parse(language).days["stand-alone"]["narrow"]
    return [
        text(
            short[(first + timedelta(days=at)).weekday()],
            left + (at + 0.5) * step,
            13,
            anchor="middle",
        )
        for at in range(7)
    ]


def _cell(day: date, state: State, x: float, y: float, step: float, high: float) -> Markup:
    middle_x, middle_y = x + step / 2, y + high / 2
    if high == LOW:
        return el("g", shape(state, 6), transform=f"translate({middle_x:.1f} {middle_y:.1f})")
    number = text(str(day.day), middle_x - 1, middle_y + 4, anchor="end", fill_opacity=SOFT)
    place = f"translate({middle_x + 10:.1f} {middle_y:.1f})"
    return el("g", number, el("g", shape(state, 7.5), transform=place))


def shape(state: State, size: float) -> Markup:
    """Told apart without colour: full, empty, crossed once, two bars, hatched, a dot."""
    box = {"x": -size, "y": -size, "width": 2 * size, "height": 2 * size, "rx": 2}
    kind = f"fig-day-{state.value}"
    blue, orange = COLOURS[0], COLOURS[1]
    match state:
        case State.ANSWERED:
            tick = el(
                "path",
                d=f"M{-size * 0.5:.1f} 0l{size * 0.38:.1f} {size * 0.42:.1f}"
                f"l{size * 0.66:.1f} {-size * 0.85:.1f}",
                fill="none",
                stroke="#fff",
                stroke_width=1.8,
            )
            return el("rect", class_=kind, fill=blue, **box) + tick
        case State.SENT:
            return el("rect", class_=kind, fill="none", stroke=INK, stroke_width=1.5, **box)
        case State.SKIPPED:
            line = _stroke(f"M{-size:.1f} {size:.1f}L{size:.1f} {-size:.1f}", INK)
            return el("rect", class_=kind, fill="none", stroke=INK, stroke_width=1.5, **box) + line
        case State.PAUSED:
            bars = f"M{-size * 0.35:.1f} {-size * 0.6:.1f}v{size * 1.2:.1f}"
            bars += f"M{size * 0.35:.1f} {-size * 0.6:.1f}v{size * 1.2:.1f}"
            return el("g", _stroke(bars, INK, 2.5), class_=kind)
        case State.OUTAGE:
            cross = f"M{-size:.1f} {-size:.1f}L{size:.1f} {size:.1f}"
            cross += f"M{-size:.1f} {size:.1f}L{size:.1f} {-size:.1f}"
            return el("g", _stroke(cross, orange, 2.5), class_=kind)
        case State.NONE:
            return el("circle", class_=kind, r=1.5, fill=INK, fill_opacity=0.35)


def _stroke(path: str, ink: str, wide: float = 1.5) -> Markup:
    return el("path", d=path, fill="none", stroke=ink, stroke_width=wide)


def _sample(state: State, name: str) -> Sample:
    return shape(state, 6), name
