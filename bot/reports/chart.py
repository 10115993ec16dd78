"""The picture behind /progress: how strong it felt before and after, and how often, by week.

Every word comes with the figures; nothing here knows a language. Blue and orange of the
Okabe–Ito palette, told apart by shape as well, so that colour is never the only sign.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BEFORE, AFTER, INK, FAINT = "#0072B2", "#E69F00", "#222222", "#cccccc"


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Pair(_Fact):
    """Strength before and after one exercise, 0 to 100; `at` is local time, only its order and
    label matter."""

    at: datetime
    label: str
    before: float
    after: float


class Bar(_Fact):
    """How many exercises in one week."""

    label: str
    count: int


class Chart(_Fact):
    """Everything that is drawn, words included."""

    title: str
    y_label: str
    before: str
    after: str
    pairs: tuple[Pair, ...]
    bars_title: str
    bars_label: str
    bars: tuple[Bar, ...]


def draw(chart: Chart) -> bytes:
    """The chart as a PNG, 900 × 1000 pixels, readable at phone width.

    Takes some 100 ms of processor time (more the first time): call it in a process of its own.
    """
    from matplotlib.figure import Figure  # a second of import, only for drawing

    figure = Figure(figsize=(4.5, 5.0), dpi=200, layout="constrained", facecolor="white")
    top, bottom = figure.subplots(2, 1, height_ratios=(3, 2))
    _pairs(top, chart)
    _bars(bottom, chart)
    out = BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def _pairs(axes: Axes, chart: Chart) -> None:
    places = range(len(chart.pairs))
    for place, pair in zip(places, chart.pairs, strict=True):
        axes.plot((place, place), (pair.before, pair.after), color=FAINT, linewidth=2, zorder=1)
    befores, afters = [pair.before for pair in chart.pairs], [pair.after for pair in chart.pairs]
    axes.plot(places, befores, "o", color=BEFORE, markersize=7, label=chart.before)
    axes.plot(places, afters, "D", color=AFTER, markersize=7, label=chart.after)
    axes.set_ylim(-4, 104)
    axes.set_xlim(-0.6, max(len(chart.pairs) - 0.4, 0.6))
    step = max(1, -(-len(chart.pairs) // 6))
    axes.set_xticks(list(places)[::step], [pair.label for pair in chart.pairs][::step])
    axes.set_ylabel(chart.y_label)
    axes.set_title(chart.title, loc="left", fontweight="bold", color=INK)
    if chart.pairs:
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, -0.32), ncols=2, frameon=False)
    _calm(axes)


def _bars(axes: Axes, chart: Chart) -> None:
    places = range(len(chart.bars))
    counts = [bar.count for bar in chart.bars]
    axes.bar(places, counts, color=BEFORE, width=0.6)
    for place, count in zip(places, counts, strict=True):
        if count:
            axes.text(place, count, str(count), ha="center", va="bottom", color=INK)
    axes.set_xticks(list(places)[::2], [bar.label for bar in chart.bars][::2])
    axes.set_ylim(0, max(4, *counts) * 1.2)
    axes.set_yticks([])
    axes.set_ylabel(chart.bars_label)
    axes.set_title(chart.bars_title, loc="left", fontweight="bold", color=INK)
    _calm(axes)


def _calm(axes: Axes) -> None:
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.grid(axis="y", color=FAINT, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.tick_params(colors=INK, labelsize=8)
