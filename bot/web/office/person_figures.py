"""The figures of the Person page, each with its numbers as a table for whoever reads those."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import Any

from markupsafe import Markup

from bot.reports.figures import Band, Day, Rows, Series, State, as_rows, bands, calendar, curve
from bot.reports.figures.scale import number
from bot.usecases.office.person import PersonPage
from bot.usecases.office.person.measured import Measured
from bot.usecases.office.person.ratings import TOP, Curve

LEAST = timedelta(days=13)


@dataclass(frozen=True, slots=True)
class Figure:
    """One picture and the same as a table."""

    picture: Markup
    rows: Rows | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """All of one page; None where there is nothing to draw."""

    curve: Figure | None
    calendar: Figure | None
    measured: tuple[Figure, ...]


def figures(page: PersonPage, words: Mapping[str, Any], language: str) -> Figures:
    """Everything the page draws, in the words of whoever reads."""
    said = words["office_person"]
    told = page.told
    return Figures(
        curve=_curve(page, said, language) if told is not None and told.curves else None,
        calendar=_calendar(page, said, language) if page.asked.days else None,
        measured=tuple(_bands(each, page, said, language) for each in told.measured)
        if told is not None
        else (),
    )


def _curve(page: PersonPage, said: Mapping[str, Any], language: str) -> Figure:
    assert page.told is not None
    series = [Series(said["curves"][each.code], each.points) for each in page.told.curves]
    drawn = curve(
        series,
        page.sessions.held,
        title=said["curve"]["title"],
        unit=said["curve"]["unit"],
        low=0,
        high=TOP,
        summary=" ".join(_summed(each, said, language) for each in page.told.curves),
        language=language,
        start=_begins(page),
        end=page.stretch.end,
        mark_name=said["curve"]["session"],
        joined=3,
    )
    return Figure(drawn, as_rows(series, day_name=said["day"], language=language))


def _begins(page: PersonPage) -> date:
    """No weeks are drawn in which they were not there yet; two at least."""
    span = page.stretch
    joined = min(span.day_of(page.since), span.end - LEAST)
    return max(span.start, joined)


def _summed(one: Curve, said: Mapping[str, Any], language: str) -> str:
    values = [value for _, value in one.points]
    low, high, mean = (number(each, language) for each in (min(values), max(values), fmean(values)))
    name, last = said["curves"][one.code], number(values[-1], language)
    return str(said["curve"]["summary"]).format(
        name=name, n=len(values), low=low, high=high, mean=mean, last=last
    )


def _calendar(page: PersonPage, said: Mapping[str, Any], language: str) -> Figure:
    names = {State(code): word for code, word in said["fates"].items()}
    summary = ", ".join(
        f"{said['fates'][fate.value]}: {count}" for fate, count in page.asked.counts.items()
    )
    drawn = calendar(
        [Day(day, State(fate.value)) for day, fate in page.asked.days],
        title=said["calendar"]["title"],
        summary=summary,
        names=names,
        language=language,
        start=_begins(page),
        end=page.stretch.end,
    )
    return Figure(drawn)


def _bands(one: Measured, page: PersonPage, said: Mapping[str, Any], language: str) -> Figure:
    values = [value for _, value in one.points]
    low = one.low if one.low is not None else min(0, *values)
    high = one.high if one.high is not None else max(1, *values)
    drawn = bands(
        one.points,
        [Band(each.name, each.low, each.high) for each in one.bands],
        title=one.label,
        unit=str(said["measures"]["unit"]).format(
            low=number(low, language), high=number(high, language)
        ),
        low=low,
        high=high,
        summary=", ".join(number(each, language) for each in values),
        language=language,
        start=one.points[0][0],
        end=page.stretch.end,
    )
    return Figure(
        drawn, as_rows([Series(one.label, one.points)], day_name=said["day"], language=language)
    )
