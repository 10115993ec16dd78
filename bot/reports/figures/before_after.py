"""How strong something felt before and after each exercise, and how many there were by week."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.reports.figures.facts import Bar, Pair
from bot.reports.figures.palette import COLOURS, INK, mark
from bot.reports.figures.parts import HIGH, TOP, left_of, legend, levels, unit_line
from bot.reports.figures.scale import Up, number, numbers
from bot.reports.figures.svg import WIDTH, Sheet, el, fitted, stacked, text, width

BARS = 90
"""Units of the highest bar."""


def pair_sheet(pairs: Sequence[Pair], unit: str, before: str, after: str, language: str) -> Sheet:
    """Each exercise as two marks joined by an upright, oldest first, 0 to 100; not yet framed."""
    up = Up(0, 100, TOP, TOP + HIGH)
    values = numbers(0, 100)
    left = left_of(number(each, language) for each in values)
    step = (WIDTH - left - 8) / max(len(pairs), 1)
    places = [left + (at + 0.5) * step for at in range(len(pairs))]
    parts = [levels(values, up, left, WIDTH - 4, language)]
    for x, pair in zip(places, pairs, strict=True):
        y1, y2 = up.at(pair.before), up.at(pair.after)
        parts.append(el("line", x1=x, x2=x, y1=y1, y2=y2, stroke=INK, stroke_opacity=0.4))
        parts += [mark(0, x, y1, 4), mark(1, x, y2, 4)]
    parts += _below(places, [each.label for each in pairs], up.bottom + 17)
    names = legend([(mark(0, 0, 0, 4), before), (mark(1, 0, 0, 4), after)])
    return stacked((names, unit_line(unit), Sheet(up.bottom + 22, tuple(parts))), 4)


def bar_sheet(bars: Sequence[Bar], unit: str) -> Sheet:
    """Counts side by side, each with its number; not yet framed."""
    most = max((each.count for each in bars), default=0)
    up = Up(0, max(most, 4), 18, 18 + BARS)
    step = (WIDTH - 8) / max(len(bars), 1)
    places = [4 + (at + 0.5) * step for at in range(len(bars))]
    floor = el(
        "line", x1=4, x2=WIDTH - 4, y1=up.bottom, y2=up.bottom, stroke=INK, stroke_opacity=0.5
    )
    parts = [floor]
    for x, bar in zip(places, bars, strict=True):
        if bar.count > 0:
            top, broad = up.at(bar.count), min(step * 0.6, 28)
            column = {"x": x - broad / 2, "y": top, "width": broad, "height": up.bottom - top}
            parts.append(el("rect", class_="fig-bar", fill=COLOURS[0], rx=2, **column))
    numbered = [str(each.count) if each.count > 0 else "" for each in bars]
    if all(width(each) <= step for each in numbered):
        parts += [
            text(label, x, up.at(each.count) - 5, anchor="middle")
            for x, label, each in zip(places, numbered, bars, strict=True)
            if label
        ]
    parts += _below(places, [each.label for each in bars], up.bottom + 17)
    return stacked((unit_line(unit), Sheet(up.bottom + 22, tuple(parts))), 4)


def _below(places: Sequence[float], labels: Sequence[str], y: float) -> list[Markup]:
    """As many labels as fit, counted back from the newest."""
    parts: list[Markup] = []
    taken = WIDTH + 99.0
    for x, label in reversed(list(zip(places, labels, strict=True))):
        words = fitted(label, WIDTH)
        half = width(words) / 2
        middle = min(max(x, half), WIDTH - half)
        if middle + half + 8 <= taken and words:
            parts.append(text(words, middle, y, anchor="middle"))
            taken = middle - half
    return parts
