"""Questionnaires come in the rhythm of their definitions, and only while somebody can answer."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlmodel import Session

from bot.catalog.load_measures import read_measures, stand_in
from bot.catalog.measure import Measure
from bot.config import Settings
from bot.store import tables
from bot.store.worker import Database
from bot.usecases import measures
from bot.usecases.kit import Kit
from tests.engine.playing import exercise_of
from tests.usecases.clockwork import CORE, LEO, MADRID, Clockwork

MEASURES = read_measures(Settings().measures_dir, Settings().cache)
LOOK = exercise_of(
    """
- {id: sleep, type: ask_scale, scale: {min: 0, max: 10}}
- {id: end, type: finish}
""",
    "id: check.week\ntitle: {en: My week, es: Mi semana}\nmodality: check_in\n",
)
FRIDAY, SATURDAY = date(2026, 3, 6), date(2026, 3, 7)


def _install(works: Clockwork, *names: str) -> None:
    """The clinic's own copy, in stand-in words."""
    works.kit.measures.known.update(MEASURES.known)

    def work(session: Session) -> None:
        for name in names:
            measure = MEASURES.find(name)
            assert isinstance(measure, Measure)
            measures.install(session, measure, stand_in(measure), works.now)

    works.run(work)


@pytest.fixture
def works(database: Database, shipped: Kit) -> Clockwork:
    """Leo on a Monday."""
    return Clockwork(database, shipped).build(CORE)


def test_nothing_is_asked_before_its_words_are_installed(works: Clockwork) -> None:
    """From the day after they are, it comes; every so many days and not in between."""
    works.live(timedelta(days=2))
    assert works.days(LEO, "measure") == []
    _install(works, "gad7")
    works.live(timedelta(days=16))
    lines = [line for line in works.days(LEO, "measure", 30) if line.outcome == "sent"]
    assert [line.exercise for line in lines] == ["measure.gad7"]
    assert "(es)" in "".join(each.text for each in works.to(LEO))


def test_no_morning_brings_two(database: Database, shipped: Kit) -> None:
    """Six questionnaires and the weekly look: each on a day of its own, in every week."""
    works = Clockwork(database, shipped).build(CORE, LOOK)
    _install(works, "phq9", "gad7", "phq2", "gad2", "who5", "k6")
    works.live(timedelta(days=60))
    found = Counter(line.local_date for line in works.days(LEO, "measure", 60))
    assert len(found) > 20
    assert max(found.values()) == 1


@pytest.mark.parametrize(("on_call", "outcome"), [(True, "sent"), (False, "expired")])
def test_only_while_somebody_can_answer(works: Clockwork, on_call: bool, outcome: str) -> None:
    """PHQ-9 may raise an alarm: on a Saturday it comes only where somebody is on call."""
    works.until(FRIDAY, "12:00", MADRID)
    if not on_call:
        works.run(lambda session: _nobody_on_call(session))
    _install(works, "phq9")
    works.run(lambda session: _enrolled_now(works, session))
    works.until(SATURDAY, "15:00", MADRID)
    (line,) = [each for each in works.days(LEO, "measure") if each.local_date == SATURDAY]
    assert line.outcome == outcome
    assert (line.why == "unattended") is (outcome == "expired")


def _nobody_on_call(session: Session) -> None:
    session.connection().execute(tables.staff.update().values(on_call_place=None))


def _enrolled_now(works: Clockwork, session: Session) -> None:
    session.connection().execute(tables.member.update().values(confirmed_at=works.now))
