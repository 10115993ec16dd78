"""A figure's numbers as a table."""

from collections.abc import Sequence
from datetime import date
from math import isfinite

from bot.reports.figures.facts import Rows, Series
from bot.reports.figures.scale import full_day, number


def as_rows(series: Sequence[Series], *, day_name: str, language: str) -> Rows:
    """A row for each day that has a value, the newest first; several values of one day together.

    `day_name` heads the first column. Where a series has no value, the cell is empty.
    """
    cells: dict[date, dict[int, list[str]]] = {}
    for at, each in enumerate(series):
        for day, value in each.points:
            if isfinite(value):
                cells.setdefault(day, {}).setdefault(at, []).append(number(value, language))
    rows = tuple(
        (full_day(day, language), *(", ".join(found.get(at, ())) for at in range(len(series))))
        for day, found in sorted(cells.items(), reverse=True)
    )
    return Rows((day_name, *(each.name for each in series)), rows)
