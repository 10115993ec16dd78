"""How many of a group practised, as a ring with a piece for each."""

from math import cos, pi, sin

from markupsafe import Markup

from bot.reports.figures.palette import COLOURS, INK
from bot.reports.figures.svg import WIDTH, Sheet, el, fitted, framed, headed, text

FAR, MIDDLE = 62.0, 80.0
INSIDE = 96
"""Units across, between the pieces, where words can stand."""
PIECES = 30
"""From so many on the ring is drawn in two pieces."""


def ring(
    practised: int,
    counted: int,
    *,
    title: str,
    summary: str,
    language: str,
    label: str = "",
    wide: int = WIDTH,
) -> Markup:
    """`practised` of `counted`, as thick pieces among thin ones and in numbers in the middle.

    `label` stands below the numbers ("practised"). Nobody has a place of their own: the thick
    pieces come first. Whether a group is large enough to be shown is not decided here.
    """
    counted = max(counted, 0)
    practised = min(max(practised, 0), counted)
    middle = wide / 2
    parts = [
        text(
            f"{practised}/{counted}",
            middle,
            MIDDLE + (4 if label else 9),
            anchor="middle",
            font_size=26,
            font_weight="600",
            lang=language,
        )
    ]
    if label:
        parts.append(text(fitted(label, INSIDE), middle, MIDDLE + 22, anchor="middle"))
    parts += _pieces(practised, counted, middle)
    sheet = Sheet(2 * MIDDLE, tuple(parts))
    return framed(headed(title, sheet, wide), title=title, summary=summary, wide=wide)


def _pieces(practised: int, counted: int, x: float) -> list[Markup]:
    if counted == 0:
        return [_circle(x, thick=False)]
    if practised in (0, counted) and (counted == 1 or counted > PIECES):
        return [_circle(x, thick=practised > 0)]
    if counted > PIECES:
        share = practised / counted
        return [_arc(x, 0, share, thick=True), _arc(x, share, 1, thick=False)]
    gap = 0.006
    return [
        _arc(x, at / counted + gap, (at + 1) / counted - gap, thick=at < practised)
        for at in range(counted)
    ]


def _look(*, thick: bool) -> dict[str, object]:
    return {
        "fill": "none",
        "stroke": COLOURS[0] if thick else INK,
        "stroke_width": 16 if thick else 5,
        "stroke_opacity": None if thick else 0.35,
        "class_": "fig-done" if thick else "fig-open",
    }


def _circle(x: float, *, thick: bool) -> Markup:
    return el("circle", cx=x, cy=MIDDLE, r=FAR, **_look(thick=thick))


def _arc(x: float, start: float, end: float, *, thick: bool) -> Markup:
    (x1, y1), (x2, y2) = _on(x, start), _on(x, end)
    large = 1 if end - start > 0.5 else 0
    path = f"M{x1:.2f} {y1:.2f}A{FAR:.0f} {FAR:.0f} 0 {large} 1 {x2:.2f} {y2:.2f}"
    return el("path", d=path, **_look(thick=thick))


def _on(x: float, share: float) -> tuple[float, float]:
    turn = 2 * pi * share
    return x + FAR * sin(turn), MIDDLE - FAR * cos(turn)
