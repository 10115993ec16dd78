"""One exercise as a picture: which step can lead to which, from the top down.

An arrow that passes layers goes around what stands there; arrows that lead back are dashed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from bot.catalog.exercise import Exercise
from bot.catalog.flow import falls_through, next_in_file, targets
from bot.catalog.steps import AskChoice, Branch, Finish, Question, Say, Step, Timed
from bot.catalog.text import said
from bot.reports.condition_line import condition_line
from bot.reports.map_layout import BELOW, HIGH, MARGIN, WIDE, Arrow, laid_out, top

LETTERS = 28
"""More of a label does not fit into a box."""
SAID = 22
"""Letters that stand beside an arrow."""

_TAG = re.compile(r"<[^>]+>")


def exercise_map(exercise: Exercise, language: str = "en", *, styled: bool = True) -> str:
    """The picture as SVG that needs no other file; it follows the reader's light or dark theme.

    Inside a page that forbids inline styles (`styled` False) its stylesheet draws `.exercise-map`.
    """
    arrows = list(_arrows(exercise, language))
    layout = laid_out(exercise, arrows)
    layer, x, ways = layout.layer, layout.x, layout.ways
    backwards = sum(arrow not in ways for arrow in arrows)
    width = layout.width + 14 * backwards + (MARGIN if backwards else 0)
    drawing = _Drawing(x, layer, width)
    parts = [
        *(drawing.down(arrow, way) for arrow, way in ways.items()),
        *(drawing.back(arrow, at) for at, arrow in enumerate(a for a in arrows if a not in ways)),
        *(_box(exercise.step(name), x[name], top(layer[name]), language) for name in layer),
    ]
    title = escape(said(exercise.title, language))
    return _PAGE.format(
        width=round(width),
        height=layout.height,
        title=title,
        style=_STYLE if styled else "",
        parts="\n".join(parts),
    )


def _arrows(exercise: Exercise, language: str) -> Iterator[Arrow]:
    """Each pair of steps once, with all that leads that way."""
    found: dict[tuple[str, str], list[str]] = {}
    for step in exercise.steps:
        for place, end in targets(step):
            if end in exercise.places:
                found.setdefault((step.id, end), []).append(_why(step, place, language))
        below = next_in_file(exercise, step)
        if falls_through(step) and below is not None:
            found.setdefault((step.id, below), []).append(_otherwise(step, language))
    for (start, end), labels in found.items():
        yield Arrow(start, end, ", ".join(dict.fromkeys(each for each in labels if each)))


def _why(step: Step, place: tuple[str | int, ...], language: str) -> str:
    match step, place:
        case AskChoice(options=options), ("options", int(at), "goto"):
            return said(options[at].label, language)
        case Branch(), ("then",):
            return "yes"
        case Branch(), ("else",):
            return "no"
        case Timed(), ("stopped",):
            return "stopped"
    return ""


def _otherwise(step: Step, language: str) -> str:
    """The options of a choice that lead nowhere in particular, if others do."""
    if not isinstance(step, AskChoice) or all(each.goto is None for each in step.options):
        return ""
    return ", ".join(said(each.label, language) for each in step.options if each.goto is None)


@dataclass(frozen=True, slots=True)
class _Drawing:
    x: dict[str, float]
    layer: dict[str, int]
    width: float

    def down(self, arrow: Arrow, way: tuple[str, ...]) -> str:
        """A smooth line through its lanes; its label stands where it leaves."""
        first = self.layer[arrow.start]
        x, y = self.x[arrow.start], top(first) + HIGH
        path = [f"M{x:.0f} {y}"]
        for at, name in enumerate(way[1:], first + 1):
            end_x, end_y = self.x[name], top(at)
            middle = (y + end_y) / 2
            path.append(f"C{x:.0f} {middle:.0f} {end_x:.0f} {middle:.0f} {end_x:.0f} {end_y}")
            x, y = end_x, end_y
            if name.startswith("~"):
                y += HIGH
                path.append(f"V{y}")
        aim = self.x[way[1]]
        share = 0.4 if self.x[arrow.start] < aim else 0.75  # so that two beside each other differ
        label_x = self.x[arrow.start] + share * (aim - self.x[arrow.start])
        return f'<path class="way" d="{" ".join(path)}"/>' + _label(
            arrow.label, label_x, top(first) + HIGH + BELOW * share + 4
        )

    def back(self, arrow: Arrow, at: int) -> str:
        """A dashed line around the right side."""
        x, end_x = (self.x[name] + WIDE / 2 for name in (arrow.start, arrow.end))
        y, end_y = (top(self.layer[name]) + HIGH / 2 for name in (arrow.start, arrow.end))
        far = self.width - MARGIN / 2 - 14 * at
        path = f"M{x:.0f} {y:.0f} H{far:.0f} V{end_y:.0f} H{end_x:.0f}"
        return f'<path class="way back" d="{path}"/>' + _label(arrow.label, x + 60, y - 6)


def _label(text: str, x: float, y: float) -> str:
    if not text:
        return ""
    return f'<text class="on" x="{x:.0f}" y="{y:.0f}">{escape(_short(text, SAID))}</text>'


def _box(step: Step, x: float, top: int, language: str) -> str:
    match step:
        case Finish():
            kind, words = "end", said(step.text, language) if step.text else ""
        case Branch():
            kind, words = "fork", condition_line(step.when)
        case Say():
            kind, words = "say", said(step.text, language)
        case AskChoice(gate=True):
            kind, words = "gate", said(step.label, language)
        case Question() | Timed():
            kind, words = "ask", said(step.label, language)
        case _:
            kind, words = "ask", ""
    left = x - WIDE / 2
    kind_of = f"{step.id} · {getattr(step, 'type', '')}"
    return (
        f'<g class="{kind}"><title>{escape(kind_of)}</title>'
        f'<rect x="{left:.0f}" y="{top}" width="{WIDE}" height="{HIGH}" rx="10"/>'
        f'<text class="id" x="{x:.0f}" y="{top + 22}">{escape(kind_of)}</text>'
        f'<text x="{x:.0f}" y="{top + 41}">{escape(_short(words))}</text></g>'
    )


def _short(words: str, letters: int = LETTERS) -> str:
    line = " ".join(_TAG.sub("", words).split())
    return line if len(line) <= letters else f"{line[: letters - 1].rstrip()}…"


_STYLE = """<style>
svg { background: #fff; color: #1d2b28; font: 13px system-ui, sans-serif; text-anchor: middle; }
rect { fill: #eef5f3; stroke: #3d7a6c; stroke-width: 1.2; }
text { fill: currentColor; } .id { font-weight: 600; font-size: 12px; }
.way { fill: none; stroke: #5d716c; stroke-width: 1.4; marker-end: url(#tip); }
.back { stroke-dasharray: 5 4; }
.on { font-size: 12px; font-style: italic; paint-order: stroke; stroke: #fff; stroke-width: 5px; }
.say rect { fill: #fff; } .fork rect { fill: #fbf3e0; stroke: #a37b1f; }
.gate rect { fill: #fdeceb; stroke: #b04a42; } .end rect { fill: #dfeee9; stroke-width: 2.4; }
@media (prefers-color-scheme: dark) {
 svg { background: #14201d; color: #e6efec; } rect { fill: #1f322d; } .on { stroke: #14201d; }
 .say rect { fill: #14201d; } .fork rect { fill: #3a2f14; } .gate rect { fill: #40211f; }
 .end rect { fill: #2a463e; }
}
</style>
"""
_PAGE = """<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" \
viewBox="0 0 {width} {height}" role="img" aria-label="{title}" class="exercise-map">
{style}<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" \
orient="auto"><path d="M0 0L8 4L0 8z" fill="#5d716c"/></marker></defs>
<title>{title}</title>
{parts}
</svg>
"""
