"""Figures: what they show, what they say in words, and what must never happen to them."""

import string
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from math import inf, nan
from time import process_time
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot.reports.chart import Bar as Weekly
from bot.reports.chart import Chart
from bot.reports.chart import Pair as Rated
from bot.reports.drawn_chart import as_svg
from bot.reports.figures import (
    Band,
    Day,
    Series,
    State,
    as_rows,
    bands,
    calendar,
    curve,
    ring,
)
from bot.reports.figures.scale import numbers
from bot.reports.figures.svg import width, wrapped

SVG = "{http://www.w3.org/2000/svg}"
START, END = date(2026, 11, 2), date(2026, 11, 26)
RTL = "שלום לכולם: איך היה השבוע"
EVIL = '<script>alert("1")</script> & \x00"\''
AT = datetime(2026, 11, 2, tzinfo=UTC)
NAMES = {state: state.value for state in State}


def day(at: int) -> date:
    """So many days after the first."""
    return START + timedelta(days=at)


def drawn(points: tuple[tuple[date, float], ...], **given: object) -> Markup:
    """A curve of one series."""
    asked: dict[str, object] = {
        "title": "Mood",
        "unit": "0 low, 100 high",
        "low": 0,
        "high": 100,
        "summary": "Mood went up.",
        "language": "en",
        "start": START,
        "end": END,
    }
    return curve([Series("mood", points)], [day(3)], **{**asked, **given})  # type: ignore[arg-type]


def _chart(title: str, pairs: tuple[Rated, ...] = (), bars: tuple[Weekly, ...] = ()) -> Chart:
    """What /progress shows, with one text in every place."""
    return Chart(
        title=title,
        y_label=title,
        before="before",
        after=title,
        pairs=pairs,
        bars_title=title,
        bars_label="n",
        bars=bars,
    )


EVERY: dict[str, Callable[[str], Markup]] = {
    "curve": lambda title: drawn(((day(0), 10), (day(1), 60)), title=title),
    "curve, empty": lambda title: drawn((), title=title),
    "curve, one point": lambda title: drawn(((day(4), 50),), title=title),
    "curve, one day": lambda title: drawn(((START, 50),), title=title, end=START),
    "curve, a year": lambda title: drawn(
        tuple((day(at - 340), at % 100) for at in range(365)), title=title, start=day(-340)
    ),
    "curve, end before start": lambda title: drawn((), title=title, end=day(-3)),
    "curve, no range": lambda title: drawn(((day(0), 3),), title=title, low=3, high=3),
    "bands": lambda title: bands(
        [(day(0), 4), (day(20), 27)],
        [Band("mild", 0, 9), Band(title, 10, 27)],
        title=title,
        unit="total",
        low=0,
        high=27,
        summary="From 4 to 27.",
        language="es",
        start=START,
        end=END,
    ),
    "bands, none": lambda title: bands(
        [],
        [],
        title=title,
        unit="",
        low=0,
        high=27,
        summary="Nothing yet.",
        language="en",
        start=START,
        end=END,
    ),
    "calendar": lambda title: calendar(
        [Day(day(at), state) for at, state in enumerate(State)],
        title=title,
        summary="Six days.",
        names={**NAMES, State.SENT: title},
        language="en",
        start=START,
        end=END,
    ),
    "calendar, half a year": lambda title: calendar(
        [],
        title=title,
        summary="Nothing.",
        names=NAMES,
        language="es",
        start=day(-180),
        end=END,
    ),
    "ring": lambda title: ring(6, 8, title=title, summary="6 of 8", language="en", label=title),
    "ring, nobody": lambda title: ring(0, 0, title=title, summary="0", language="en"),
    "ring, all": lambda title: ring(1, 1, title=title, summary="1", language="en"),
    "ring, many": lambda title: ring(31, 40, title=title, summary="31", language="en"),
    "before and after": lambda title: as_svg(
        _chart(
            title,
            pairs=(
                Rated(at=AT, label=title, before=80, after=40),
                Rated(at=AT, label="Nov 3", before=0, after=100),
            ),
            bars=tuple(Weekly(label=f"{at} Nov", count=at) for at in range(9)),
        )
    ),
    "before and after, none": lambda title: as_svg(_chart(title)),
}


def parsed(figure: Markup) -> Element:
    return fromstring(str(figure))


def texts(root: Element) -> list[str]:
    return ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("title", ["How it went", RTL, EVIL, "word " * 60, "w" * 300])
@pytest.mark.parametrize("kind", EVERY)
def test_every_figure_is_sound(kind: str, title: str) -> None:
    """XML, with a name, a summary and a role, no inline style, no script, and numbers that are."""
    root = parsed(EVERY[kind](title))
    assert root.get("role") == "img"
    name, said = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert name is not None
    assert said is not None
    assert name.text == title.replace("\x00", "")
    assert said.text
    assert root.get("aria-labelledby") == name.get("id")
    assert root.get("aria-describedby") == said.get("id")
    for each in root.iter():
        assert each.tag != f"{SVG}script"
        assert "style" not in each.keys()  # noqa: SIM118 # an Element is no mapping
        for key, value in each.items():
            assert not key.startswith("on")
            assert "nan" not in value or key == "class"
            assert "inf" not in value


@pytest.mark.parametrize("title", ["How it went", RTL, "word " * 60, "w" * 300])
@pytest.mark.parametrize("kind", EVERY)
def test_words_stay_inside_and_apart(kind: str, title: str) -> None:
    """By a measure that is rather too wide, no words leave the figure or lie on others."""
    boxes = list(_boxes(parsed(EVERY[kind](title))))
    for left, right, top, bottom, words in boxes:
        assert left >= -1, words
        assert right <= 361, words
        assert top < bottom
    for one, other in combinations(boxes, 2):
        beside = one[1] <= other[0] + 1 or other[1] <= one[0] + 1
        below = one[3] <= other[2] + 1 or other[3] <= one[2] + 1
        assert beside or below, (one, other)


def _boxes(
    root: Element, x: float = 0, y: float = 0
) -> list[tuple[float, float, float, float, str]]:
    found = []
    for each in root:
        move = each.get("transform", "translate(0 0)")
        right, down = map(float, move.removeprefix("translate(").removesuffix(")").split())
        if each.tag == f"{SVG}text":
            words, size = "".join(each.itertext()), float(each.get("font-size", 12))
            wide = size * 0.56 * len(words)
            anchor = {"start": 0, "middle": 0.5, "end": 1}[each.get("text-anchor", "start")]
            at, base = x + float(each.get("x", 0)) - anchor * wide, y + float(each.get("y", 0))
            found.append((at, at + wide, base - 0.75 * size, base + 0.2 * size, words))
        found += _boxes(each, x + right, y + down)
    return found


def lines(figure: Markup) -> list[int]:
    """How many points each line in the plot has."""
    root = parsed(figure)
    groups = [
        each for each in root.iter(f"{SVG}g") if "fig-series" in (each.get("class") or "").split()
    ]
    return [
        len((line.get("points") or "").split())
        for group in groups
        for line in group.iter(f"{SVG}polyline")
    ]


@pytest.mark.parametrize(
    ("days", "joined", "expected"),
    [
        ((0, 1, 2), 1, [3]),
        ((0, 1, 3, 4), 1, [2, 2]),
        ((0, 2, 4), 1, []),
        ((0, 2, 4), 2, [3]),
        ((0, 1, 3, 5, 6, 7), 1, [2, 3]),
        ((2, 1, 0), 1, [3]),
        ((), 1, []),
        ((5,), 1, []),
        ((-1, 0, 40), 1, []),
    ],
)
def test_a_gap_stays_a_gap(days: tuple[int, ...], joined: int, expected: list[int]) -> None:
    """A line runs only through days that follow each other; nothing is drawn outside the time."""
    figure = drawn(tuple((day(at), 50.0) for at in days), joined=joined)
    assert lines(figure) == expected


def test_what_is_no_number_is_a_gap() -> None:
    """Nothing is made up for a value that is none."""
    points = ((day(0), 10.0), (day(1), nan), (day(2), 20.0), (day(3), inf), (day(4), 30.0))
    assert lines(drawn(points)) == []


def test_a_session_has_its_mark_and_its_name() -> None:
    """Days of sessions inside the time are marked and named, others are not."""
    root = parsed(drawn(((day(0), 10),), mark_name="group session"))
    marks = next(each for each in root.iter(f"{SVG}g") if each.get("class") == "fig-sessions")
    assert len(list(marks.iter(f"{SVG}line"))) == 1
    assert "group session" in texts(root)
    assert "group session" not in texts(parsed(drawn(((day(0), 10),))))


@pytest.mark.parametrize(("language", "label"), [("en", "Nov 2"), ("es", "2 nov")])
def test_days_are_written_as_people_write_them(language: str, label: str) -> None:
    """Month first in English, day first in Spanish."""
    assert label in texts(parsed(drawn((), language=language)))


def test_values_outside_stand_on_the_edge() -> None:
    """A value beyond the scale is not drawn over the words around the figure."""
    root = parsed(drawn(((day(0), 1e9), (day(9), -1e9))))
    group = next(
        each for each in root.iter(f"{SVG}g") if "fig-series" in (each.get("class") or "").split()
    )
    heights = sorted(float(each.get("cy", 0)) for each in group.iter(f"{SVG}circle"))
    assert heights[1] - heights[0] == 150


def test_a_series_is_told_by_its_shape_and_dashes() -> None:
    """Five series differ without any colour."""
    series = [Series(str(at), ((day(at), 50),)) for at in range(5)]
    figure = curve(
        series,
        [],
        title="Five",
        unit="",
        low=0,
        high=100,
        summary="Five.",
        language="en",
        start=START,
        end=END,
    )
    samples = list(parsed(figure).iter(f"{SVG}polyline"))
    assert len({each.get("stroke-dasharray") for each in samples}) == 5


def test_states_of_days_are_shapes() -> None:
    """No two states look alike in black and white."""
    root = parsed(EVERY["calendar"]("Check-ins"))
    kinds = {
        each.get("class")
        for each in root.iter()
        if (each.get("class") or "").startswith("fig-day-")
    }
    assert kinds == {f"fig-day-{state.value}" for state in State}


def test_two_figures_on_a_page_do_not_share_ids() -> None:
    """Each name and summary belongs to its own figure."""
    one, other = parsed(drawn(((day(0), 1),))), parsed(drawn(((day(0), 2),)))
    assert one.get("aria-labelledby") != other.get("aria-labelledby")


def test_the_table_says_the_same() -> None:
    """Each day with a value has a row, the newest first; what is missing is an empty cell."""
    series = [
        Series("mood", ((day(0), 10), (day(2), 33.333), (day(2), 40))),
        Series("urge", ((day(1), 5),)),
    ]
    table = as_rows(series, day_name="Día", language="es")
    assert table.head == ("Día", "mood", "urge")
    assert table.rows == (
        ("4 nov 2026", "33,3, 40", ""),
        ("3 nov 2026", "", "5"),
        ("2 nov 2026", "10", ""),
    )


@given(st.floats(-1e6, 1e6), st.floats(0.001, 1e6))
def test_numbers_beside_an_axis_are_few_and_inside(low: float, span: float) -> None:
    """Whatever the scale, there are at most five, in order, and none lies outside."""
    found = numbers(low, low + span)
    slack = 1e-6 * max(abs(low), span, 1)
    assert 1 <= len(found) <= 5
    assert list(found) == sorted(found)
    assert all(low - slack <= each <= low + span + slack for each in found)


@given(st.text(max_size=300))
def test_titles_are_cut_to_three_lines(words: str) -> None:
    """Whatever is in them, each line is short enough for a phone."""
    found = wrapped(words, 340)
    assert len(found) <= 3
    assert all(width(each) <= 340 for each in found)


@given(st.text(string.ascii_letters + " ", max_size=60))
def test_short_titles_come_back_whole(words: str) -> None:
    """Not a word is lost."""
    assert " ".join(wrapped(words, 800)).split() == words.split()


def test_a_line_is_cut_between_signs_and_at_once() -> None:
    """Not within a family, which would become a single person; a page of one word took seconds."""
    began = process_time()
    (cut,) = wrapped("👩‍👩‍👧" * 1_000, 340)
    assert process_time() - began < 1
    assert width(cut) <= 340
    assert set(cut.removesuffix("…").split("👩‍👩‍👧")) == {""}
