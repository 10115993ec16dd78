"""The Person page: what is shown of somebody's weeks, from what, and to whom."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from bot.care.cadence import Outcome, Schedule, Why
from bot.care.cadence.anchor import FixedTime
from bot.care.phase import Phase
from bot.catalog.load_measures import stand_in
from bot.catalog.measure import Measure, StaffMeasure
from bot.catalog.risk import Tier
from bot.store import alerts, attendance, audit, groups, members, pairs, people, promises
from bot.store.alert_items import Detail
from bot.store.schedules import Stored
from bot.store.worker import Database
from bot.usecases import assign, timetable
from bot.usecases import measures as measuring
from bot.usecases import targets as choosing
from bot.usecases.kit import Kit
from bot.usecases.office.person import PersonPage, Told, person_page
from bot.usecases.office.person.asked import Fate, told
from bot.usecases.office.person.done import Doings
from bot.usecases.office.person.stretch import stretch
from bot.usecases.office.reader import NotYoursError
from bot.usecases.scene import Scene
from bot.usecases.timetable.listing import ANSWERED, Line
from tests.usecases.clinic import ADA, MORA, THOUGHT, Clinic
from tests.usecases.clockwork import LEO, MAYA, RIVERA

DAY = timedelta(days=1)
PLAN = (
    *("I stop answering", "music", "Done", "Skip", "Aunt Rosa", "Done"),
    *("Skip", "Done with Ana", "my dog", "9", "In a week"),
)


@pytest.fixture
def clinic(database: Database, shipped: Kit) -> Clinic:
    """Maya lets her therapists read."""
    clinic = Clinic(database, shipped).open()
    clinic.agrees(MAYA)
    return clinic


def page(clinic: Clinic, who: int = MAYA, *, weeks: int = 8, by: int = RIVERA) -> PersonPage:
    """Somebody's page as a member of staff sees it."""
    return clinic.reads(person_page, clinic.id_of(who), weeks, who=by)


def shown(clinic: Clinic, *, weeks: int = 8) -> Told:
    """What Maya let be read."""
    found = page(clinic, weeks=weeks).told
    assert found is not None
    return found


def checks_in(clinic: Clinic, mood: int, anxiety: int) -> None:
    """Maya says how she is."""
    answers = (str(mood), str(anxiety), "7", "Yes", "Yes", "Yes")
    clinic.goes_through(MAYA, "check.core", *answers)


@pytest.mark.both
def test_somebody_new_has_an_empty_page_without_empty_boxes(clinic: Clinic) -> None:
    """Who it is and since when; nothing else is there, and so nothing else is shown."""
    found = page(clinic)
    assert (found.alias, found.group.name, found.phase) == ("Heron", "Thursday-B", Phase.ACTIVE)
    assert found.told == Told((), Doings((), (), ()), (), (), {}, None, ())
    assert (found.asked.days, found.alerts, found.assigned, found.practised) == ((), (), (), ())
    assert found.sessions.held == ()


def test_curves_come_from_check_ins_and_the_diary(clinic: Clinic) -> None:
    """Of a day the mean of moods, the strongest urge, each on 0 to 10; the diary's 0 to 5 too."""
    checks_in(clinic, 6, 3)
    checks_in(clinic, 2, 5)
    clinic.goes_through(MAYA, "check.craving", "7", "9")
    clinic.live(DAY)
    diary = clinic.kit.library.find("dbt.diary")
    assert diary is not None
    clinic.run(
        lambda s: choosing.choose(
            *(s, clinic.kit, clinic.id_in(s), diary, ("misery", "use"), ("calling Marco",)),
            *(None, clinic.now),
        )
    )
    clinic.goes_through(MAYA, "dbt.diary", "4", "1", "No", "5", "2")
    curves = {each.code: each.points for each in shown(clinic).curves}
    monday, tuesday = date(2026, 3, 2), date(2026, 3, 3)
    assert curves["mood"] == ((monday, 4.0),)
    assert curves["distress"] == ((monday, 4.0), (tuesday, 8.0))
    assert curves["urge"] == ((monday, 7.0), (tuesday, 10.0))


def test_a_whole_week_is_no_day(clinic: Clinic) -> None:
    """The weekly look stands among the entries and draws no point."""
    clinic.goes_through(MAYA, "check.week", *["5"] * 8)
    found = shown(clinic)
    assert found.curves == ()
    assert [each.title for each in found.doings.checkins] == ["My week"]


def test_entries_stand_with_before_and_after_newest_first(clinic: Clinic) -> None:
    """The strongest feeling of a thought record; what was stopped says so and has no numbers."""
    clinic.goes_through(MAYA, "cbt.thought7", *THOUGHT)
    clinic.live(DAY)
    clinic.goes_through(MAYA, "mind.ground54321", *("8", *"abcdef", "3"))
    clinic.goes_through(MAYA, "cbt.thought5", "At work.", "Stop")
    found = shown(clinic).doings
    assert [(each.finished, each.before, each.after, each.high) for each in found.exercises] == [
        (False, None, None, 0),
        (True, 8, 3, 10),
        (True, 80, 40, 100),
    ]
    assert [(each.drop, each.n) for each in found.helped] == [(50, 1), (40, 1)]
    assert page(clinic).practised == (date(2026, 3, 2), date(2026, 3, 3))


def test_the_window_holds_whole_weeks_up_to_today(clinic: Clinic) -> None:
    """An entry leaves the page of four weeks on its twenty-ninth day, and not that of eight."""
    clinic.goes_through(MAYA, "cbt.thought7", *THOUGHT)
    clinic.now += 27 * DAY
    assert len(shown(clinic, weeks=4).doings.exercises) == 1
    clinic.now += DAY
    assert shown(clinic, weeks=4).doings.exercises == ()
    assert len(shown(clinic, weeks=8).doings.exercises) == 1


@pytest.mark.parametrize(("asked", "weeks", "start"), [
    (4, 4, date(2026, 2, 4)), (26, 26, date(2025, 9, 3)), (5, 8, date(2026, 1, 7)),
    (-1, 8, date(2026, 1, 7)), (10**9, 8, date(2026, 1, 7)),
])  # fmt: skip
def test_only_three_spans_can_be_chosen(asked: int, weeks: int, start: date) -> None:
    """Anything else is as usual; the days are the person's own."""
    found = stretch("Europe/Madrid", asked, datetime(2026, 3, 2, 23, 30, tzinfo=UTC))
    assert (found.weeks, found.start, found.end) == (weeks, start, date(2026, 3, 3))
    assert found.days == weeks * 7


def test_without_a_yes_there_are_states_and_times_only(clinic: Clinic) -> None:
    """Alias, dates, alerts, what was given and whether it was done; no number, title or word."""
    clinic.goes_through(LEO, "mind.ground54321", *("8", *"abcdef", "3"))
    found = page(clinic, LEO)
    assert found.told is None
    assert found.alias == "Colibrí"
    assert found.practised == (date(2026, 3, 2),)
    noted = clinic.database.call(lambda s: audit.of_subject(s, clinic.id_in(s, LEO)))
    assert [each.action for each in noted] == ["participant.opened"]


def test_each_look_is_on_record(clinic: Clinic) -> None:
    """By whom, with an action that has words for Maya."""
    page(clinic)
    noted = clinic.database.call(lambda s: audit.of_subject(s, clinic.id_in(s))[0])
    assert (noted.action, noted.actor) == ("participant.read", clinic.id_of(RIVERA))
    clinic.types(MAYA, "/who")
    assert "looked at how your weeks have been" in clinic.to(MAYA)[-1].text


@pytest.mark.parametrize(("by", "who"), [(RIVERA, ADA), (MORA, MAYA)])
def test_another_groups_people_are_not_there(clinic: Clinic, by: int, who: int) -> None:
    """In neither direction, and nothing is noted on the person."""
    with pytest.raises(NotYoursError):
        page(clinic, who, by=by)
    with pytest.raises(NotYoursError):
        clinic.reads(person_page, UUID(int=1), 8)


@pytest.mark.both
def test_questionnaires_have_score_band_and_change(clinic: Clinic) -> None:
    """Each against the time before and the first; a band only where the definition names one;
    forms on paper that staff wrote down beside them."""
    clinic.database.call(lambda s: _installed(clinic, s))
    for answers in (("a3", "a3"), ("a2", "a2"), ("a1", "a0")):
        labels = tuple(f"often.{each} (en)" for each in answers)
        clinic.goes_through(MAYA, "measure.gad2", *labels)
        clinic.live(DAY)
    clinic.run(lambda s: _entered(clinic, s))
    answered, *entered = shown(clinic).measured
    assert [value for _, value in answered.points] == [6, 4, 1]
    assert (answered.latest, answered.change, answered.change_since_first) == (1, -3, -5)
    assert (answered.low, answered.high, answered.band) == (0, 6, answered.bands[0].name)
    assert [(each.label, each.latest, each.change, each.band) for each in entered] == [
        ("Skills use (mean)", 1.5, None, None),
        ("Dysfunctional coping (mean)", 2, None, None),
        ("Blaming others (mean)", 0.25, None, None),
    ]
    assert entered[0].run is None


@pytest.mark.parametrize(
    ("answers", "listed"),
    [
        (("often.a2 (en)", "Skip"), [("GAD-2", True)]),
        (("often.a2 (en)", "/stop"), [("GAD-2", False)]),
        (("Skip", "Skip"), []),
        (("often.a2 (en)", "often.a2 (en)"), []),
    ],
)
def test_a_questionnaire_without_a_number_can_be_opened(
    clinic: Clinic, answers: tuple[str, ...], listed: list[tuple[str, bool]]
) -> None:
    """Stopped, or with too much left open: what was answered stands nowhere else on the page."""
    clinic.database.call(lambda s: _installed(clinic, s))
    clinic.goes_through(MAYA, "measure.gad2", *answers)
    found = shown(clinic).unscored
    assert [(each.title, each.finished) for each in found] == listed


def _installed(clinic: Clinic, session: Session) -> int:
    measure = clinic.kit.measures.find("gad2")
    assert isinstance(measure, Measure)
    return measuring.install(session, measure, stand_in(measure), clinic.now)


def _entered(clinic: Clinic, session: Session) -> None:
    measure = clinic.kit.measures.find("wccl")
    assert isinstance(measure, StaffMeasure)
    scores = {"skills": 1.5, "dysfunctional": 2.0, "blaming": 0.25}
    person, day = clinic.id_in(session), clinic.now.date()
    measuring.enter(session, clinic.kit, measure, person, scores, day, None, clinic.now)


STORED = Stored(
    UUID(int=5),
    UUID(int=6),
    "checkin",
    "checkin.0",
    None,
    Schedule(
        id=UUID(int=5),
        participant=UUID(int=6),
        anchor=FixedTime(at="20:00"),
        zone="Europe/Madrid",
        since=datetime(2026, 1, 1, tzinfo=UTC),
    ),
)


def _line(day: int, outcome: str, why: Why | None = None, **changes: Any) -> Line:
    stored = replace(STORED, **changes)
    return Line(date(2026, 3, day), stored, outcome, why, None, None)


@pytest.mark.parametrize(("outcome", "why", "fate"), [
    (ANSWERED, None, Fate.ANSWERED),
    (Outcome.SENT, None, Fate.SENT),
    (Outcome.SKIPPED, Why.DONE, Fate.ANSWERED),
    (Outcome.SKIPPED, Why.NOT_TODAY, Fate.SKIPPED),
    (Outcome.SKIPPED, Why.PAUSED, Fate.PAUSED),
    (Outcome.MISSED_SYSTEM, Why.WE_WERE_DOWN, Fate.OUTAGE),
    (Outcome.MISSED_SYSTEM, Why.NOT_DELIVERED, Fate.OUTAGE),
    (Outcome.SKIPPED, Why.BACKED_OFF, None),
    (Outcome.EXPIRED, Why.BUSY, None),
    (Outcome.OPEN, None, None),
])  # fmt: skip
def test_each_check_in_has_one_fate(outcome: str, why: Why | None, fate: Fate | None) -> None:
    """Our outage is no silence of theirs; what was not due is not shown at all."""
    found = told([_line(3, outcome, why)])
    assert found.days == (() if fate is None else ((date(2026, 3, 3), fate),))


def test_of_two_on_one_date_the_better_is_shown_and_both_are_counted() -> None:
    """Answered once is answered; reminders of other kinds do not count."""
    found = told([
        _line(3, ANSWERED), _line(3, Outcome.SENT), _line(4, Outcome.SKIPPED, Why.PAUSED),
        _line(4, Outcome.MISSED_SYSTEM, Why.WE_WERE_DOWN), _line(5, ANSWERED, purpose="reminder"),
    ])  # fmt: skip
    assert found.days == ((date(2026, 3, 3), Fate.ANSWERED), (date(2026, 3, 4), Fate.OUTAGE))
    assert sum(found.counts.values()) == 4


def test_check_ins_are_followed_to_their_end(clinic: Clinic) -> None:
    """Sent and answered, sent and not answered, and a night in which we were down."""
    clinic.run(lambda s: _asks_at_eight(clinic, s))
    clinic.until(date(2026, 3, 2), "20:30", "Europe/Madrid")
    for answer in ("6", "3", "7", "Yes", "Yes", "Yes"):
        clinic.presses(MAYA, answer)
    clinic.until(date(2026, 3, 4), "12:00", "Europe/Madrid")
    clinic.go_down(DAY)
    clinic.live(timedelta(hours=1))
    assert page(clinic).asked.days == (
        (date(2026, 3, 2), Fate.ANSWERED),
        (date(2026, 3, 3), Fate.SENT),
        (date(2026, 3, 4), Fate.OUTAGE),
    )


def _asks_at_eight(clinic: Clinic, session: Session) -> None:
    maya = clinic.person(session, MAYA)
    members.set_checkins(session, maya.id, ("20:00",))
    timetable.follow(timetable.Known(session, clinic.kit, maya, clinic.now))


def test_what_was_given_and_whether_it_was_done(clinic: Clinic) -> None:
    """To the group and to her alone, with the day it counts until; done is a tick."""
    clinic.run(lambda s: _gives(clinic, s))
    found = page(clinic).assigned
    assert [(each.title, each.everyone, each.done) for each in found] == [
        ("Five senses, here and now", False, False),
        ("Seven-column thought record", True, False),
    ]
    assert {each.until for each in found} == {date(2026, 3, 5)}
    clinic.goes_through(MAYA, "cbt.thought7", *THOUGHT)
    assert [each.done for each in page(clinic).assigned] == [False, True]


def _gives(clinic: Clinic, session: Session) -> None:
    scene = Scene(session, clinic.kit, clinic.person(session, RIVERA), clinic.now, "gives")
    group = groups.of_person(session, clinic.id_in(session))
    assert group is not None
    for exercise, to in (("cbt.thought7", None), ("mind.ground54321", clinic.id_in(session))):
        found = clinic.kit.library.find(exercise)
        assert found is not None
        assign.assign(scene, group, to, found)
        scene.now += timedelta(seconds=1)


def test_promises_are_counts_and_never_words(clinic: Clinic) -> None:
    """How they ended; the words are opened nowhere on this page."""
    clinic.run(lambda s: _promises(clinic, s))
    found = shown(clinic)
    assert found.promises == {promises.End.DONE: 1, promises.End.OPEN: 1}
    assert "call my aunt" not in repr(page(clinic))


def _promises(clinic: Clinic, session: Session) -> None:
    two = clinic.id_in(session), clinic.id_in(session, LEO)
    group = groups.of_person(session, two[0])
    assert group is not None
    pair = pairs.propose(session, group.id, two, (), clinic.now)
    assert pair is not None
    for end in (promises.End.DONE, None):
        promise = promises.make(
            *(session, clinic.kit.vault, two[0], pair.id, "call my aunt"),
            *(clinic.now.date(), clinic.now),
        )
        if end is not None:
            promises.answer(session, promise.id, end, clinic.now)


def test_the_plan_and_the_targets_are_shown_as_they_are(clinic: Clinic) -> None:
    """The newest safety plan by its labels; what the diary follows, own words among it."""
    clinic.goes_through(MAYA, "safe.plan", *PLAN)
    diary = clinic.kit.library.find("dbt.diary")
    assert diary is not None
    clinic.run(
        lambda s: choosing.choose(
            *(s, clinic.kit, clinic.id_in(s), diary, ("anger",), ("calling Marco",)),
            *(None, clinic.now),
        )
    )
    found = shown(clinic)
    assert found.plan is not None
    lines = [line for said in found.plan.answers for line in said.lines]
    assert lines[:3] == ["I stop answering", "music", "Aunt Rosa"]
    assert [each.follows for each in found.targets] == [("Anger", "calling Marco")]


def test_alerts_are_told_without_what_was_said(clinic: Clinic) -> None:
    """Tier, state and times, the newest first."""
    clinic.run(lambda s: _alerts(clinic, s))
    (found,) = page(clinic).alerts
    assert (found.tier, found.state, found.opened_at) == ("crisis", "open", clinic.now)
    assert "CANARY" not in repr(page(clinic))


def _alerts(clinic: Clinic, session: Session) -> None:
    detail = Detail(routed_at=clinic.now, items=())
    alerts.add(
        *(session, clinic.kit.vault, clinic.id_in(session), None, Tier.CRISIS, "words"),
        *(detail, clinic.now),
    )


@pytest.mark.parametrize("rated", ["3", "4"])
def test_an_alert_by_an_answer_holds_the_answer(clinic: Clinic, rated: str) -> None:
    """Whoever opens it reads how strong, though the diary was not finished, and also where nothing
    may be read besides: a three is not a four."""
    clinic.goes_through(MAYA, "dbt.diary", *["2"] * 6, rated, "/stop")

    def item(session: Session) -> str:
        alert = alerts.newest_of(session, clinic.id_in(session))
        assert alert is not None
        return alerts.detail_of(session, clinic.kit.vault, alert).items[0].text

    assert clinic.database.call(item) == f"Thoughts of suicide: {rated}"


def test_sessions_count_from_the_day_they_joined(clinic: Clinic) -> None:
    """Thursdays since then, and those in which they said they were there."""
    clinic.live(11 * DAY)
    clinic.run(lambda s: _attends(clinic, s))
    found = page(clinic).sessions
    assert found.held == (date(2026, 3, 5), date(2026, 3, 12))
    assert found.attended == (date(2026, 3, 5),)


def _attends(clinic: Clinic, session: Session) -> None:
    person = clinic.id_in(session)
    group = groups.of_person(session, person)
    assert group is not None
    attendance.here(session, person, group.id, date(2026, 3, 5), clinic.now)


def test_a_pause_and_the_end_of_the_programme_are_said(clinic: Clinic) -> None:
    """Until when messages are paused; whoever finished has a page as long as it is kept."""
    until = clinic.now + DAY
    clinic.run(lambda s: people.set_paused(s, clinic.id_in(s), until))
    assert page(clinic).paused_until == until
    clinic.live(2 * DAY)
    assert page(clinic).paused_until is None
    clinic.run(lambda s: people.set_standing(s, clinic.id_in(s), people.Standing.DISCHARGED))
    assert page(clinic).phase is Phase.DISCHARGED
