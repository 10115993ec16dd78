"""A day and a time on the person's own clock, tapped or typed."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.catalog.steps import Handy
from bot.engine.answer.reading import folded
from bot.engine.event import Refused, Why
from bot.engine.moment import for_button, handy, kept, local_of, utc_of
from bot.engine.typed_moment import typed_moment
from tests.engine.playing import Later, Press, play

HERE = datetime(2026, 11, 26, 14, 30)  # noqa: DTZ001 # a Thursday on somebody's wall
WHEN = "[{id: day, type: ask_when}, {id: note, type: ask_text}]"
SINCE = "[{id: day, type: ask_when, past: true}, {id: note, type: ask_text}]"


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("en", "tomorrow 18:00", "11-27 18:00"), ("en", "Tomorrow at 6pm", "11-27 18:00"),
        ("en", "Fri 9am", "11-27 09:00"), ("en", "9:30", "11-27 09:30"),
        ("en", "15:00", "11-26 15:00"), ("en", "5 p.m.", "11-26 17:00"),
        ("en", "tonight", "11-26 21:00"), ("en", "tomorrow", "11-27 12:00"),
        ("en", "today", "11-26 19:00"), ("en", "today 10:00", "11-26 10:00"),
        ("en", "tomorrow morning", "11-27 09:00"), ("en", "friday evening at 8", "11-27 20:00"),
        ("en", "Saturday at 5", "11-28 17:00"), ("en", "thursday 10:00", "12-03 10:00"),
        ("en", "next monday, 10am", "11-30 10:00"), ("en", "12am", "11-27 00:00"),
        ("en", "2026-12-01 18:00", "12-01 18:00"), ("en", "2026-12-01T18:00", "12-01 18:00"),
        ("en", "2 Dec 10:00", "12-02 10:00"), ("en", "December 2nd", "12-02 12:00"),
        ("en", "Wed, 2 December at 9:15", "12-02 09:15"), ("en", "25/12 10:00", "12-25 10:00"),
        ("en", "in 2 hours", "11-26 16:30"), ("en", "in an hour", "11-26 15:30"),
        ("en", "in a week", "12-03 14:30"), ("en", "day after tomorrow 8pm", "11-28 20:00"),
        ("en", "noon", "11-27 12:00"), ("en", "at 9", "11-27 09:00"),
        ("en", "mañana 18:00", "11-27 18:00"), ("en", "21h", "11-26 21:00"),
        ("es", "mañana 18:00", "11-27 18:00"), ("es", "viernes 9", "11-27 09:00"),
        ("es", "mañana por la mañana", "11-27 09:00"), ("es", "Mañana a las 5", "11-27 17:00"),
        ("es", "pasado mañana a las 10", "11-28 10:00"), ("es", "esta noche", "11-26 21:00"),
        ("es", "el viernes por la tarde", "11-27 17:00"), ("es", "hoy a las 20", "11-26 20:00"),
        ("es", "mar 9", "12-01 09:00"), ("es", "3/12 10:00", "12-03 10:00"),
        ("es", "2 de diciembre a las 18h", "12-02 18:00"), ("es", "en dos horas", "11-26 16:30"),
        ("es", "dentro de 3 días", "11-29 14:30"), ("es", "el próximo lunes 9.30", "11-30 09:30"),
        ("en", "in a week, 09:00", "12-03 09:00"), ("en", "in two days at 9am", "11-28 09:00"),
        ("en", "In two hours, 16:30", "11-26 16:30"), ("es", "En dos días, 09:00", "11-28 09:00"),
        ("es", "en una semana a las 6", "12-03 18:00"),
        ("es", "a las 9 de la noche", "11-26 21:00"), ("es", "tomorrow 9:00", "11-27 09:00"),
        ("en", "tonight at nine", "11-26 21:00"), ("en", "now", "11-26 14:35"),
        ("en", "half past seven pm", "11-26 19:30"), ("en", "in half an hour", "11-26 15:00"),
        ("en", "tomorrow at half past nine", "11-27 09:30"),
        ("en", "at quarter to 6", "11-26 17:45"),
        ("en", "tomorrow at half 5", "11-27 17:30"), ("en", "maybe tomorrow", "11-27 12:00"),
        ("en", "lunch tomorrow", "11-27 13:00"), ("en", "in an hour and a half", "11-26 16:00"),
        ("es", "mañana a las siete y media de la tarde", "11-27 19:30"),
        ("es", "en media hora", "11-26 15:00"), ("es", "ahora mismo", "11-26 14:35"),
        ("es", "jueves 3", "12-03 12:00"), ("es", "jueves 3 a las 10", "12-03 10:00"),
        ("es", "jueves 10", "12-10 12:00"), ("es", "viernes 27", "11-27 12:00"),
        ("es", "jueves a las 3", "12-03 15:00"), ("es", "jueves 3 de la tarde", "12-03 15:00"),
        ("es", "el 9 a las 10", "12-09 10:00"), ("es", "el día 9", "12-09 12:00"),
        ("es", "el uno de diciembre", "12-01 12:00"), ("es", "mañana al mediodía", "11-27 12:00"),
        ("es", "mañana temprano", "11-27 09:00"), ("es", "mañana a las 19 horas", "11-27 19:00"),
        ("es", "mañana a eso de las 6", "11-27 18:00"), ("es", "en quince días", "12-11 14:30"),
        ("es", "en veinte minutos", "11-26 14:50"), ("en", "in fifteen minutes", "11-26 14:45"),
        ("es", "en un cuarto de hora", "11-26 14:45"), ("en", "Thursday 3", "12-03 15:00"),
        ("es", "a las cinco y cuarto", "11-26 17:15"), ("es", "quizás mañana", "11-27 12:00"),
        ("en", "this afternoon", "11-26 16:00"), ("en", "after lunch tomorrow", "11-27 14:00"),
        ("en", "tonight after dinner", "11-26 20:00"), ("en", "before bed", "11-26 21:30"),
        ("en", "before bed at 10", "11-26 22:00"), ("en", "first thing tomorrow", "11-27 08:00"),
        ("en", "in a couple of hours", "11-26 16:30"), ("en", "later today", "11-26 19:00"),
        ("en", "Sunday evening, please", "11-29 19:00"), ("en", "2moro 5pm", "11-27 17:00"),
        ("en", "I’ll do it tomorrow at 10", "11-27 10:00"), ("en", "around 7ish", "11-27 07:00"),
        ("en", "10am tomorrow I think", "11-27 10:00"),
        ("en", "tonight at midnight", "11-26 23:59"),
        ("es", "después de comer", "11-26 16:00"),
        ("es", "mañana después de cenar", "11-27 22:00"),
        ("es", "antes de dormir", "11-26 22:00"), ("es", "mañana a primera hora", "11-27 08:00"),
        ("es", "en un par de horas", "11-26 16:30"), ("es", "como a las 7", "11-27 07:00"),
        ("es", "a eso de las 7 de la tarde", "11-26 19:00"), ("es", "mñn a las 5", "11-27 17:00"),
        ("es", "lo haré mañana a las 10, porfa", "11-27 10:00"),
        ("en", "nine-thirty pm", "11-26 21:30"), ("en", "tomorrow, twenty to nine", "11-27 08:40"),
        ("en", "twenty-five past 7", "11-27 07:25"), ("en", "at quarter to one", "11-27 12:45"),
        ("en", "8 o’clock", "11-27 08:00"), ("en", "around five", "11-26 17:00"),
        ("en", "tonight at twelve", "11-26 23:59"),
        ("es", "mañana a las nueve y veinte", "11-27 09:20"),
        ("es", "las nueve menos diez", "11-27 08:50"), ("es", "a las veintidós", "11-26 22:00"),
        ("es", "el dos de diciembre", "12-02 12:00"),
        ("es", "mañana a las doce de la noche", "11-27 23:59"),
        ("es", "mañana a las 3 de la madrugada", "11-27 03:00"),
    ],
)  # fmt: skip
def test_a_typed_moment_to_come(language: str, typed: str, meant: str) -> None:
    """The way people say it in English and Spanish; what has no day is the next such hour."""
    found = typed_moment(folded(typed), language, HERE, past=False)
    assert found is not None
    assert f"{found:%Y-%m-%d %H:%M}" == f"2026-{meant}"


@pytest.mark.parametrize(
    ("at", "typed", "meant"),
    [
        ("22:30", "tonight", "22:45"), ("22:30", "esta noche", "22:45"),
        ("23:50", "tonight", "23:59"),
        ("17:30", "this afternoon", "17:45"), ("20:00", "today", "21:00"),
        ("23:30", "later today", "23:59"), ("18:00", "esta tarde", "18:15"),
        ("20:00", "this afternoon", "16:00"), ("22:30", "tonight at 9", "21:00"),
        ("14:30", "this morning", "09:00"),
    ],
)  # fmt: skip
def test_a_part_of_the_day_that_has_begun_is_not_over(at: str, typed: str, meant: str) -> None:
    """“Tonight”, said at half past ten, was refused as past; what is over stays so."""
    here = datetime.combine(HERE.date(), time.fromisoformat(at))
    found = typed_moment(folded(typed), "en", here, past=False)
    assert found is not None
    assert f"{found:%Y-%m-%d %H:%M}" == f"2026-11-26 {meant}"


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("en", "yesterday", "11-25 12:00"), ("en", "last night", "11-25 21:00"),
        ("en", "2 hours ago", "11-26 12:30"), ("en", "monday 10am", "11-23 10:00"),
        ("en", "this morning", "11-26 09:00"), ("en", "15:00", "11-25 15:00"),
        ("en", "thursday", "11-26 12:00"), ("en", "Nov 1", "11-01 12:00"),
        ("es", "ayer por la tarde", "11-25 17:00"), ("es", "anoche", "11-25 21:00"),
        ("es", "hace media hora", "11-26 14:00"), ("en", "just now", "11-26 14:29"),
        ("es", "hace dos horas", "11-26 12:30"), ("es", "esta mañana a las 8", "11-26 08:00"),
    ],
)  # fmt: skip
def test_a_typed_moment_that_has_been(language: str, typed: str, meant: str) -> None:
    """Asked for the past, a weekday or an hour alone is the last one."""
    found = typed_moment(folded(typed), language, HERE, past=True)
    assert found is not None
    assert f"{found:%Y-%m-%d %H:%M}" == f"2026-{meant}"


@pytest.mark.parametrize(
    "typed",
    [
        "", "maybe", "9", "3/4 10:00", "tomorrow after group", "next week", "13pm", "25:00",
        "30 feb", "2026-13-01", "9:75", "in 999 months ago", "x" * 200, "🙂", "0/0", "at",
        "tonight at 2", "tomorrow at 12:30 at night", "in thirty", "at once",
        "tomorrow or friday", "9:30 10:30", "friday after group", "not tomorrow", "in a few days",
        "I don’t think tomorrow", "-1", "in 2 hours at 9", "in a week 9:00 10:00",
    ],
)  # fmt: skip
@pytest.mark.parametrize("past", [False, True])
def test_what_is_unclear_is_not_guessed(typed: str, past: bool) -> None:
    """In English 3/4 is two days, and words left over may change the meaning."""
    assert typed_moment(folded(typed), "en", HERE, past=past) is None


def test_the_answer_is_the_persons_wall_clock() -> None:
    """It is kept with its zone and means one moment in UTC, winter or summer."""
    done = play(WHEN, "tomorrow 18:00", zone="Europe/Madrid")
    assert done.answers["day"] == "2026-03-03T18:00[Europe/Madrid]"
    assert utc_of(done.answers["day"]) == datetime(2026, 3, 3, 17, 0, tzinfo=UTC)
    summer = utc_of("2026-07-03T18:00[Europe/Madrid]")
    assert summer == datetime(2026, 7, 3, 16, 0, tzinfo=UTC)


def test_an_hour_the_clock_leaps_over_moves_on() -> None:
    """02:30 does not exist on the night the clock goes forward; the moment is still one."""
    assert utc_of("2026-03-29T02:30[Europe/Madrid]") == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("steps", "typed", "why"),
    [
        (WHEN, "today 10:00", Why.HAS_PASSED), (WHEN, "yesterday", Why.HAS_PASSED),
        (WHEN, "2026-01-01", Why.HAS_PASSED), (WHEN, "2028-01-01", Why.TOO_FAR),
        (WHEN, "9999-12-31 23:59", Why.TOO_FAR), (WHEN, "soon", Why.NOT_A_MOMENT),
        (SINCE, "tomorrow", Why.NOT_YET), (SINCE, "0001-01-01", Why.TOO_FAR),
        (WHEN, Press("w202602290900"), Why.NOT_A_MOMENT), (WHEN, Press("s0"), Why.NOT_A_MOMENT),
        (WHEN, Press("w202603010900"), Why.HAS_PASSED), (WHEN, "/keep", Why.PICK_ONE),
    ],
)  # fmt: skip
def test_what_cannot_be_the_moment(steps: str, typed: str | Press, why: Why) -> None:
    """Each refusal is one sentence of its own; nothing a button carries is trusted."""
    assert play(steps, typed, zone="Europe/Madrid").refused is why


@pytest.mark.parametrize("which", Handy)
def test_every_handy_moment_lies_on_its_side(which: Handy) -> None:
    """Seen from any hour of the day, a button keeps what it says (or is not shown)."""
    for hour in range(24):
        here = HERE.replace(hour=hour)
        local = handy(which, here)
        today_only = which in (Handy.THIS_EVENING, Handy.THIS_MORNING)
        assert today_only or (local <= here if which.has_been else local > here)
        assert local_of(kept(local, "UTC")) == local


@pytest.mark.parametrize(
    ("hour", "offered"), [(3, 9), (7, 9), (8, 8), (15, 15), (21, 21), (22, 19), (23, 19)]
)
def test_nothing_is_planned_for_a_night_days_ahead(hour: int, offered: int) -> None:
    """“In two days” means a time of day people are up; “in two hours” means two hours."""
    here = HERE.replace(hour=hour, minute=0)
    for which in (Handy.IN_TWO_DAYS, Handy.IN_A_WEEK, Handy.IN_A_MONTH):
        assert handy(which, here).hour == offered
    assert handy(Handy.IN_TWO_HOURS, here) - here == timedelta(hours=2)
    assert handy(Handy.TWO_DAYS_AGO, here) == here - timedelta(days=2)


def test_a_button_means_its_moment_however_late_it_is_pressed() -> None:
    """“Tomorrow” on a button is the day after it was shown, not after it was pressed."""
    tomorrow = Press(for_button(datetime(2026, 3, 3, 9, 0)))  # noqa: DTZ001 # a wall clock
    late = play(WHEN, Later(hours=5), tomorrow)
    assert late.answers["day"] == "2026-03-03T09:00[UTC]"
    assert play(WHEN, Later(hours=30), tomorrow).refused is Why.HAS_PASSED


def test_keep_is_refused_once_the_moment_has_passed() -> None:
    """After Back the moment of before can be kept as long as it lies ahead."""
    chosen = ("in 2 hours", "/back")
    assert play(WHEN, *chosen, "/keep").run.cursor == "note"
    passed = play(WHEN, *chosen, Later(hours=3), "/keep")
    assert isinstance(passed.events[0], Refused)
    assert passed.refused is Why.HAS_PASSED
    assert passed.now - timedelta(hours=3) > datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
