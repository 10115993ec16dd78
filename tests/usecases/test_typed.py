"""Whatever is typed into the forms of a group's settings is understood, or refused in words."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Settings
from bot.messages.words import Words
from bot.usecases.office import typed
from bot.usecases.office.typed import UnfitError
from tests.usecases.test_group_settings import Typed

WORDS = Words(Settings().prompts_dir, Settings().cache)
ODD = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            *("", "0", "1", "6", "7", "-1", "²", "٣", "1e3", "00018", "999999", "09:00", "9:5"),
            *("24:00", "23:59", " 18:00 ", "18.00", "{typed}", "%s", "\x00", "Madrid", "Etc/UTC"),
            *("0001-01-01T00:00", "9999-12-31T23:59", "2026-03-29T02:30", "2026-13-01T00:00"),
        ]
    ),
)
ROWS = st.lists(st.tuples(ODD, ODD, ODD), max_size=4)
TEAM = (UUID(int=1), UUID(int=2))


def said(work: Callable[[], object]) -> None:
    """It works, or says why not in both languages."""
    refused: list[UnfitError] = []
    try:
        work()
    except UnfitError as unfit:
        refused.append(unfit)
    for each in refused:
        path = f"office_settings.problems.{each.code}"
        assert all(WORDS.word(language, path, **each.values) for language in ("en", "es"))


@given(ROWS, st.lists(ODD, max_size=3), ODD)
def test_nothing_that_is_typed_breaks_a_form(
    rows: list[tuple[str, str, str]], removed: list[str], one: str
) -> None:
    """Tables of rows, ticks at rows that are not there, single fields."""
    names = ("weekday", "starts", "minutes")
    pairs = [pair for row in rows for pair in zip(names, row, strict=True)]
    form = Typed([*pairs, *(("remove", each) for each in removed)])
    kept = typed.rows(form, *names)
    said(lambda: typed.sessions(kept))
    said(lambda: typed.hours(kept))
    single = Typed(
        [
            *(("zone", one), ("quiet_days", one), ("open_lead_minutes", one)),
            *((f"place.{each.hex}", one) for each in TEAM),
        ]
    )
    said(lambda: typed.zone(single, "es"))
    said(lambda: typed.days(single))
    said(lambda: typed.waits(single, ("open_lead_minutes",)))
    said(lambda: typed.order(single, TEAM))
    said(lambda: typed.moment(one, "America/New_York"))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-09T08:00", datetime(2026, 3, 9, 7, tzinfo=UTC)),
        ("2026-07-09T08:00:30", datetime(2026, 7, 9, 6, tzinfo=UTC)),
        # An hour that the clocks skip moves on with them.
        ("2026-03-29T02:30", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_on_the_clinics_clock(text: str, moment: datetime) -> None:
    """As a browser sends it, with or without seconds."""
    assert typed.moment(text, "Europe/Madrid") == moment


def test_rows_ticked_away_and_empty_ones_are_gone() -> None:
    """A row with a time but no day stays, so that somebody can be told of it."""
    form = Typed(
        [
            *(("weekday", "3"), ("starts", "18:00"), ("minutes", "90")),
            *(("weekday", "4"), ("starts", ""), ("minutes", "")),
            *(("weekday", ""), ("starts", "10:00"), ("minutes", "")),
            *(("remove", "0"), ("remove", "17"), ("remove", "x")),
        ]
    )
    assert typed.rows(form, "weekday", "starts", "minutes") == (("", "10:00", ""),)
