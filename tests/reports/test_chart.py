"""The picture behind /progress: drawn in a process of its own, from facts that were queued."""

import struct
from datetime import UTC, datetime
from typing import Any

from bot.reports.chart import Bar, Chart, Pair
from bot.reports.drawing import Drawing
from bot.reports.drawn_chart import as_svg, draw

NOW = datetime(2026, 11, 26, 15, tzinfo=UTC)


def a_chart(**other: Any) -> Chart:
    facts: dict[str, Any] = {
        "title": "Con qué fuerza lo sentí",
        "y_label": "fuerza, de 0 a 100",
        "before": "antes",
        "after": "después",
        "pairs": tuple(Pair(at=NOW, label=f"{at} nov", before=80, after=40) for at in range(14)),
        "bars_title": "Ejercicios por semana",
        "bars_label": "cantidad",
        "bars": tuple(Bar(label=f"{at} nov", count=at) for at in range(8)),
        "language": "es",
    }
    return Chart(**{**facts, **other})


def size(png: bytes) -> tuple[int, int]:
    """Its width and height in pixels."""
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_it_is_a_png_that_a_phone_can_show() -> None:
    """As wide as a phone shows it sharply, and small enough to send at once."""
    png = draw(a_chart())
    assert size(png)[0] == 960
    assert len(png) < 200_000
    assert png == draw(a_chart())


def test_what_was_never_rated_is_not_drawn() -> None:
    """Without ratings there are weeks only, and no empty axes."""
    assert "antes" in as_svg(a_chart())
    alone = a_chart(pairs=())
    assert "antes" not in as_svg(alone)
    assert size(draw(alone))[1] < size(draw(a_chart()))[1]


def test_any_words_can_be_drawn() -> None:
    """Long ones are cut, and nothing in them is markup."""
    assert size(draw(a_chart(title="</svg>& " * 200, before="w" * 500, bars=())))[0] == 960


async def test_the_drawing_process_draws_what_was_queued() -> None:
    """Also what was queued before a chart knew its language; a second one comes, too."""
    drawing = Drawing()
    try:
        queued = a_chart().model_dump(mode="json")
        assert await drawing.draw(queued) == draw(a_chart())
        del queued["language"]
        assert size(await drawing.draw(queued))[0] == 960
    finally:
        await drawing.stop()
