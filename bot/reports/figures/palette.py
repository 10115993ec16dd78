"""How one series is told from another: by colour, by dashes and by the shape of its marks.

Four colours of the Okabe–Ito palette, chosen because each has a contrast of 3 to 1 on a white and
on a dark page (WCAG 2.2, 1.4.11), then the colour of the text itself.
"""

from markupsafe import Markup

from bot.reports.figures.svg import el

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "currentColor")
DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 4")
INK = "currentColor"
FAINT = 0.18
"""Opacity of lines that only help to read."""
SOFT = 0.72
"""Opacity of small words; still 4.5 to 1 on both pages."""


def colour(at: int) -> str:
    """The colour of series number `at`; they begin again after the last."""
    return COLOURS[at % len(COLOURS)]


def dash(at: int) -> str | None:
    """The dashes of a line, None for a whole one."""
    return DASHES[at % len(DASHES)] or None


def mark(at: int, x: float, y: float, size: float = 3.5, ink: str | None = None) -> Markup:
    """One value: circle, diamond, square, triangle, cross; in its colour unless `ink` is given."""
    kind, fill = f"fig-mark fig-{at % len(COLOURS)}", ink or colour(at)
    match at % len(COLOURS):
        case 0:
            return el("circle", class_=kind, cx=x, cy=y, r=size, fill=fill)
        case 1:
            far = size * 1.35
            path = f"M{x:.1f} {y - far:.1f}L{x + far:.1f} {y:.1f}"
            path += f"L{x:.1f} {y + far:.1f}L{x - far:.1f} {y:.1f}z"
        case 2:
            far = size * 0.95
            path = f"M{x - far:.1f} {y - far:.1f}h{2 * far:.1f}v{2 * far:.1f}h{-2 * far:.1f}z"
        case 3:
            far = size * 1.25
            path = f"M{x:.1f} {y - far:.1f}l{far:.1f} {2 * far:.1f}h{-2 * far:.1f}z"
        case _:
            path = (
                f"M{x - size:.1f} {y - size:.1f}l{2 * size:.1f} {2 * size:.1f}"
                f"m0 {-2 * size:.1f}l{-2 * size:.1f} {2 * size:.1f}"
            )
            return el("path", class_=kind, d=path, fill="none", stroke=fill, stroke_width=2)
    return el("path", class_=kind, d=path, fill=fill)
