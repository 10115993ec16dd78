"""A clock that is never wrong: what goes out when we were away, when clocks jump, when people say
later; and every scheduled date has its outcome."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, select
from sqlmodel import Session

from bot.care.cadence import Beat, Why
from bot.messages.callback import for_menu
from bot.store import dues, members, people, schedules, tables
from bot.store.people import Standing
from bot.store.worker import Database
from bot.usecases import pulse, ring, timetable
from bot.usecases.discharge import discharge
from bot.usecases.incoming import Press
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene
from tests.engine.playing import exercise_of
from tests.usecases.clockwork import (
    CORE,
    LEO,
    MADRID,
    MAYA,
    NEW_YORK,
    NOON,
    OPPOSITE,
    RIVERA,
    Clockwork,
    Sent,
)

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TUESDAY = date(2026, 3, 3)
HEALTH = (
    *("mood", "urge", "craving", "depress", "anxi", "therap", "symptom", "drink", "suic", "group"),
    *("check-in", "ánimo", "ganas", "terap", "síntoma", "ansied", "grupo", "ejercicio"),
)


@pytest.fixture
def works(database: Database, shipped: Kit) -> Clockwork:
    """Maya and Leo at noon on a Monday, with a check-in and one exercise."""
    return Clockwork(database, shipped).build(CORE, OPPOSITE)


def asked(sent: list[Sent], who: int | None = None) -> list[Sent]:
    """The check-ins among some messages."""
    found = [each for each in sent if "How is it?" in each.text or "¿Qué tal?" in each.text]
    return [each for each in found if who in (None, each.who)]


def test_tomorrow_morning_each_at_their_own_hour_and_in_their_language(works: Clockwork) -> None:
    """Eight o'clock in Madrid is not eight o'clock in New York."""
    works.until(TUESDAY, "00:30", NEW_YORK)
    morning = asked(works.until(TUESDAY, "08:15", NEW_YORK))
    (leo,), (maya,) = asked(morning, LEO), asked(morning, MAYA)
    assert timedelta(0) <= leo.at - datetime(2026, 3, 3, 7, 0, tzinfo=UTC) < 10 * MINUTE
    assert timedelta(0) <= maya.at - datetime(2026, 3, 3, 13, 0, tzinfo=UTC) < 10 * MINUTE
    assert "¿Qué tal?" in leo.text
    assert "How is it?" in maya.text


def test_the_first_sixty_characters_carry_no_health_word(works: Clockwork) -> None:
    """A lock screen may be read by somebody else."""
    works.run(lambda session: _assign(works, session))
    unasked = works.live(8 * DAY)
    kinds = {each.text.split("\n\n", 1)[1][:12] for each in unasked if "\n\n" in each.text}
    assert len(kinds) > 3
    for each in unasked:
        first = each.text[:60].casefold()
        assert len(each.text.partition("\n")[0]) >= 60, each.text
        assert not [word for word in HEALTH if word in first], first


def _assign(works: Clockwork, session: Session) -> None:
    from bot.usecases.assign import assign

    therapist = works.person(session, RIVERA)
    scene = Scene(session, works.kit, therapist, works.now, "assigned")
    assign(scene, works.group(session), None, OPPOSITE)


@pytest.mark.parametrize(
    ("down", "since", "comes"),
    [
        (4 * MINUTE, -1 * MINUTE, True),
        (5 * HOUR, -4 * HOUR, True),  # back within the window
        (5 * HOUR, -1 * HOUR, False),  # its window is over
        (30 * HOUR, -29 * HOUR, True),  # a whole day is gone; this morning's still counts
    ],
)
def test_after_we_were_down(
    works: Clockwork, down: timedelta, since: timedelta, comes: bool
) -> None:
    """At most one message each, in its window; what we missed is ours, and nothing is lost."""
    morning = datetime(2026, 3, 4, 7, 0, tzinfo=UTC)  # Leo's eight o'clock, two mornings on
    works.live(morning + since - works.now)
    sent = asked(works.go_down(down), LEO)
    later = asked(works.live(20 * MINUTE), LEO)
    assert len(sent) + len(later) == (1 if comes else 0)
    lines = [line for line in works.days(LEO) if line.local_date <= date(2026, 3, 4)]
    assert len(lines) == 5 if works.now > morning + 11 * HOUR else len(lines) >= 4
    outcomes = Counter(line.outcome for line in lines)
    assert outcomes["expired"] == 0
    if not comes:
        assert outcomes["missed_system"] == 1


def test_our_downtime_is_nobodys_silence(works: Clockwork) -> None:
    """Three reminders go unanswered, each with a failure of ours behind it: nothing slows down."""
    for _ in range(4):
        works.until(works.now.date(), "21:00", MADRID)
        works.go_down(3 * HOUR)
        works.until(works.now.date() + DAY, "09:00", MADRID)
        works.go_down(3 * HOUR)
    assert not [each for each in works.to(LEO) if "un día sí y otro no" in each.text]


@pytest.mark.both
def test_the_clock_25_hours_ahead_and_back(works: Clockwork) -> None:
    """Nothing is sent twice for one date, no burst comes, and the days go on as before."""
    works.until(TUESDAY, "07:30", MADRID)
    works.now += 25 * HOUR
    works.beat()
    works.ring()
    works.live(2 * MINUTE)
    works.now -= 25 * HOUR
    works.beat()
    works.ring()
    works.live(5 * DAY)
    by_date = Counter((line.local_date, line.stored.name) for line in works.days(LEO))
    assert set(by_date.values()) == {1}
    per_day = Counter(each.at.date() for each in asked(works.sent, LEO))
    assert max(per_day.values()) <= 2
    after = [line.outcome for line in works.days(LEO) if line.local_date > date(2026, 3, 4)]
    assert after.count("sent") >= 3
    assert not {"missed_system", "expired"} & set(after)


@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 10, 24)])
def test_days_on_which_clocks_change(database: Database, shipped: Kit, day: date) -> None:
    """Eight in the morning stays eight in the morning, once a day, in spring and in autumn."""
    start = datetime(day.year, day.month, day.day, 12, 0, tzinfo=UTC)
    works = Clockwork(database, shipped, start).build(CORE)
    for _ in range(6):
        works.live(DAY / 2)
        works.presses(LEO, "7")
    sent = asked(works.sent, LEO)
    hours = Counter(each.at.astimezone(ZoneInfo(MADRID)).hour for each in sent)
    assert hours == {8: 3, 20: 3}


@pytest.mark.both
def test_two_processes_ring_at_once(open_database: Callable[..., Database], shipped: Kit) -> None:
    """Both look, both ring the same rows and rows set anew: each date is begun once."""
    one, two = open_database(), open_database()
    works = Clockwork(one, shipped).build(CORE)
    works.now = datetime(2026, 3, 3, 7, 30, tzinfo=UTC)
    works.beat(works.now - NOON)
    ripe = one.call(lambda session: ring.look(session, works.now)).ripe
    assert ripe

    def work(database: Database) -> None:
        for due in ripe:
            database.call(partial(ring.ring, due=due, now=works.now, kit=works.kit))

    def again(session: Session) -> None:  # as if the row had been set anew by a slower process
        for due in ripe:
            if due.kind == "checkin":
                key = f"schedule.{due.subject.hex if due.subject else ''}"
                dues.set_due(session, due.person, due.kind, due.subject, None, works.now, key, NOON)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, (one, two, one, two)))
    one.call(again)
    works.ring()
    works.live(20 * MINUTE)
    assert len(asked(works.sent, LEO)) == 1


@pytest.mark.both
@pytest.mark.parametrize("what", ["discharge", "pause", "pending"])
def test_one_second_before(works: Clockwork, what: str) -> None:
    """Whoever finishes, pauses or is no longer confirmed a second before is not written to."""
    works.until(TUESDAY, "07:30", MADRID)
    works.live(_checkin_at(works, LEO) - works.now - timedelta(seconds=1))
    works.run(lambda session: _leave(works, session, what))
    before = len(works.to(LEO))
    works.live(HOUR)
    assert not asked(works.to(LEO)[before:])


def _checkin_at(works: Clockwork, who: int) -> datetime:
    """When somebody's next check-in is due."""
    due = tables.due.c
    wanted = select(due.at).where(due.kind == "checkin", due.participant_id == works.id_of(who))
    at = works.database.call(lambda session: session.connection().execute(wanted).scalars().all())
    return datetime.fromisoformat(str(min(at)))


@pytest.mark.parametrize("what", ["discharge", "pause"])
def test_between_queueing_and_sending(works: Clockwork, what: str) -> None:
    """What is queued already is called off, and the list does not say that it was sent."""
    works.until(TUESDAY, "07:55", MADRID)
    works.now += 16 * MINUTE
    works.beat(16 * MINUTE)
    for due in works.database.call(lambda session: ring.look(session, works.now)).ripe:
        works.database.call(partial(ring.ring, due=due, now=works.now, kit=works.kit))
    works.run(lambda session: _leave(works, session, what))
    works.deliver()
    assert not asked(works.to(LEO), LEO)[1:]
    (line,) = [each for each in works.days(LEO) if each.local_date == TUESDAY and each.why]
    assert (line.outcome, line.why) == ("skipped", "called_off")


def test_a_sender_that_comes_too_late_does_not_send(works: Clockwork) -> None:
    """Telegram was away for the whole window: the reminder expires, and is counted as expired."""
    works.until(TUESDAY, "07:30", MADRID)
    works.now = datetime(2026, 3, 3, 7, 20, tzinfo=UTC)
    works.beat(50 * MINUTE)
    for due in works.database.call(lambda session: ring.look(session, works.now)).ripe:
        works.database.call(partial(ring.ring, due=due, now=works.now, kit=works.kit))
    before = len(works.to(LEO))
    works.now += 4 * HOUR
    works.beat(4 * HOUR)
    works.deliver()
    assert works.to(LEO)[before:] == []
    lines = [each for each in works.days(LEO) if each.stored.name == "checkin.0"]
    assert [each.outcome for each in lines] == ["expired"]


def _leave(works: Clockwork, session: Session, what: str) -> None:
    leo = works.person(session, LEO)
    match what:
        case "discharge":
            therapist = works.person(session, RIVERA)
            assert discharge(Scene(session, works.kit, therapist, works.now, "bye"), leo.id)
        case "pause":
            people.set_paused(session, leo.id, works.now + DAY)
        case _:
            people.set_standing(session, leo.id, Standing.PENDING)


def test_snooze_three_times_at_most(works: Clockwork) -> None:
    """In an hour, again, again; then it is left in the menu. The list has one line for the day."""
    works.until(TUESDAY, "08:15", MADRID)
    for _ in range(3):
        works.presses(LEO, "En 1 h")
        assert "Vuelvo a las" in works.to(LEO)[-1].text
        before = len(works.to(LEO))
        works.live(61 * MINUTE)
        (again,) = asked(works.to(LEO)[before:])
        assert again.text.startswith("Este mensaje sale solo")
    works.presses(LEO, "En 1 h")
    assert "tres veces como mucho" in works.to(LEO)[-1].text
    before = len(works.to(LEO))
    works.live(2 * HOUR)
    assert works.to(LEO)[before:] == []
    morning = [line for line in works.days(LEO) if line.stored.name == "checkin.0"]
    assert [line.outcome for line in morning] == ["sent"]


def test_not_today(works: Clockwork) -> None:
    """Nothing more today; tomorrow as always. Whoever says so is not silent."""
    works.until(TUESDAY, "08:15", MADRID)
    works.presses(LEO, "Hoy no")
    assert "hoy no" in works.to(LEO)[-1].text
    before = len(works.to(LEO))
    works.until(TUESDAY, "23:00", MADRID)
    assert asked(works.to(LEO)[before:]) == []
    assert [(line.outcome, line.why) for line in works.days(LEO)][-1] == ("skipped", "not_today")
    works.until(TUESDAY + DAY, "08:15", MADRID)
    assert len(asked(works.to(LEO)[before:])) == 1


@pytest.mark.parametrize(
    ("who", "typed", "reply"),
    [
        (MAYA, "not today", "not today"),
        (MAYA, "Later…", "I’ll be back at"),
        (MAYA, "in 1 h", "I’ll be back at"),
        (LEO, "ahora no", "Vuelvo a las"),
        (LEO, "Hoy no.", "hoy no"),
        (LEO, "pausar una semana", "No te escribiré por mi cuenta"),
    ],
)
def test_later_may_be_said(works: Clockwork, who: int, typed: str, reply: str) -> None:
    """“Not today” below [Not today] was met with “please tap a number”, and the button was gone;
    after an answer it is the exercise’s again."""
    works.until(TUESDAY, "08:15", NEW_YORK if who == MAYA else MADRID)
    works.types(who, "hm")
    labels = [each.text for row in works.to(who)[-1].message.buttons for each in row]
    assert {"In 1 h", "En 1 h"} & {*labels}
    works.types(who, typed)
    assert reply.casefold() in works.to(who)[-1].text.casefold()
    works.types(who, "/menu")
    assert not {"Go on", "Seguir"} & {each.text for (each, *_) in works.to(who)[-1].message.buttons}


def test_later_below_what_they_began_themselves_is_no_button(works: Clockwork) -> None:
    """Only what came by itself can come later; what they began themselves pauses."""
    works.does(MAYA, Press(for_menu("begin", "check.core")))
    works.types(MAYA, "later")
    assert "Paused" in works.to(MAYA)[-1].text
    labels = [each.text for row in works.to(MAYA)[-1].message.buttons for each in row]
    assert "In 1 h" not in labels


def test_pause_a_week(works: Clockwork) -> None:
    """A week of nothing, every date of it skipped as paused, then the next check-in comes."""
    works.until(TUESDAY, "08:15", MADRID)
    works.presses(LEO, "Pausar una semana")
    assert "No te escribiré por mi cuenta" in works.to(LEO)[-1].text
    before = len(works.to(LEO))
    works.live(7 * DAY - HOUR)
    assert works.to(LEO)[before:] == []
    paused = [line for line in works.days(LEO) if line.why == "paused"]
    assert len(paused) == 13  # the evening, six whole days
    works.live(14 * HOUR)
    assert len(asked(works.to(LEO)[before:])) == 1


@pytest.mark.parametrize("away", [3, 9])
def test_what_was_paused_while_we_were_away_is_paused(works: Clockwork, away: int) -> None:
    """Back within the week's pause or after it: its days are theirs, not missed by us."""
    works.until(TUESDAY, "20:15", MADRID)
    works.presses(LEO, "Pausar una semana")
    works.go_down(timedelta(days=away))
    works.live(HOUR)
    whys = Counter(line.why for line in works.days(LEO) if line.outcome == "skipped")
    missed = [line.local_date for line in works.days(LEO) if line.outcome == "missed_system"]
    assert whys[Why.PAUSED] >= 2 * (min(away, 7) - 1)
    assert all(each >= TUESDAY + timedelta(days=7) for each in missed)


def test_back_off_says_so_and_any_answer_ends_it(works: Clockwork) -> None:
    """Two ignored: every other day. Four: one day a week. One tap: as before."""
    first = works.live(3 * DAY)
    told = [each for each in first if each.who == LEO and "un día sí y otro no" in each.text]
    assert len(told) == 1
    works.live(7 * DAY)
    weekly = [each for each in works.to(LEO) if "solo los domingos" in each.text]
    assert len(weekly) == 1
    before = len(works.to(LEO))
    works.until(date(2026, 3, 20), "12:00", MADRID)
    sundays = {each.at.weekday() for each in asked(works.to(LEO)[before:])}
    assert sundays <= {6}
    works.presses(LEO, "Como antes")
    assert "Volvemos a tus horas" in works.to(LEO)[-1].text
    before = len(works.to(LEO))
    works.live(DAY)
    assert len(asked(works.to(LEO)[before:])) == 2


def test_an_answer_brings_the_chosen_days_back(works: Clockwork) -> None:
    """Nobody has to press anything: doing an exercise is enough."""
    works.live(3 * DAY)
    works.types(LEO, "/menu")
    works.presses(LEO, "Acción opuesta")
    works.types(LEO, "quedarme en casa")
    before = len(works.to(LEO))
    works.live(2 * DAY)
    assert len(asked(works.to(LEO)[before:])) == 4


def test_another_exercise_is_open(works: Clockwork) -> None:
    """What somebody began is not disturbed: an invitation with a button, and both stay possible."""
    works.until(TUESDAY, "07:00", MADRID)
    works.types(LEO, "/menu")
    works.presses(LEO, "Acción opuesta")
    works.live(90 * MINUTE)
    assert "Lo que tienes abierto se queda como está" in works.to(LEO)[-1].text
    works.types(LEO, "salir corriendo")
    assert "Hecho." in works.to(LEO)[-1].text
    works.presses(LEO, "Empezar")
    assert "¿Qué tal?" in works.to(LEO)[-1].text
    works.presses(LEO, "7")
    answered = [line for line in works.days(LEO) if line.local_date == TUESDAY]
    assert [line.outcome for line in answered][:1] == ["answered"]


def test_an_unanswered_check_in_gives_way_to_the_next(works: Clockwork) -> None:
    """Yesterday's question does not stand in the way of today's, and nothing piles up."""
    works.until(TUESDAY, "08:15", MADRID)
    works.until(TUESDAY, "20:15", MADRID)
    assert len(asked(works.to(LEO))) == 3
    works.types(LEO, "/menu")
    assert "sin terminar" not in works.to(LEO)[-1].text
    works.presses(LEO, "8")
    lines = [line.outcome for line in works.days(LEO)]
    assert lines[-1] == "answered"


def test_todays_check_in_is_no_answer_to_yesterdays(works: Clockwork) -> None:
    """Whoever answers every other day is not listed as answering every day."""
    works.until(TUESDAY, "09:00", MADRID)
    works.until(TUESDAY + DAY, "09:00", MADRID)
    works.presses(LEO, "7")
    mornings = [each for each in works.days(LEO) if each.stored.name == "checkin.0"]
    assert [each.outcome for each in mornings] == ["sent", "answered"]


WEEK = exercise_of(
    """
- {id: sleep, type: ask_scale, text: {en: Sleep?, es: ¿El sueño?}, scale: {min: 0, max: 10}}
- {id: hope, type: ask_scale, text: {en: Hope?, es: ¿La esperanza?}, scale: {min: 0, max: 10}}
- {id: end, type: finish, text: {en: Done., es: Listo.}}
""",
    "id: check.week\ntitle: {en: My week, es: Mi semana}\nmodality: check_in\n",
)
HALF = exercise_of(
    """
- {id: mood, type: ask_scale, text: {en: How is it?, es: ¿Qué tal?}, scale: {min: 0, max: 10}}
- {id: rest, type: ask_scale, text: {en: And?, es: ¿Y?}, scale: {min: 0, max: 10}}
- {id: end, type: finish, text: {en: Thank you., es: Gracias.}}
""",
    "id: check.core\ntitle: {en: Check-in, es: Cómo voy}\nmodality: check_in\n",
)


def test_what_is_half_answered_is_left_alone_by_the_next(database: Database, shipped: Kit) -> None:
    """A questionnaire begun at eleven stays open below the evening's check-in; a check-in of the
    morning does not: its time is over, and what was told stays."""
    works, sunday = Clockwork(database, shipped).build(HALF, WEEK), date(2026, 3, 8)
    works.until(sunday, "08:15", MADRID)
    works.presses(LEO, "7")
    works.until(sunday, "11:15", MADRID)
    assert "¿El sueño?" in works.to(LEO)[-1].text
    works.presses(LEO, "5")
    works.until(sunday, "20:15", MADRID)
    assert "Lo que tienes abierto se queda como está" in works.to(LEO)[-1].text
    works.types(LEO, "6")
    assert "Te quedaste en <i>hope</i>, en «Mi semana»" in works.to(LEO)[-1].text


def test_a_traveller_and_new_hours(works: Clockwork) -> None:
    """A move counts from tomorrow; new hours at once; no date comes twice."""
    works.until(TUESDAY, "08:30", MADRID)
    works.types(LEO, "/timezone New York")
    works.until(TUESDAY, "20:15", MADRID)
    assert len(asked(works.to(LEO))) == 3  # tonight still by Madrid's clock
    works.until(TUESDAY + DAY, "08:15", MADRID)
    assert len(asked(works.to(LEO))) == 3
    works.until(TUESDAY + DAY, "08:15", NEW_YORK)
    assert len(asked(works.to(LEO))) == 4
    works.types(LEO, "/settings")
    works.presses(LEO, "Segunda pregunta")
    works.types(LEO, "17:00")
    works.until(TUESDAY + DAY, "17:15", NEW_YORK)
    assert len(asked(works.to(LEO))) == 5
    keys = Counter((line.stored.name, line.local_date) for line in works.days(LEO))
    assert set(keys.values()) == {1}


def test_a_time_in_quiet_hours_is_refused(works: Clockwork) -> None:
    """Who wants silence from ten at night cannot be asked at eleven; nothing is changed."""
    works.types(LEO, "/settings")
    works.presses(LEO, "Segunda pregunta")
    works.types(LEO, "23:00")
    assert "horas de silencio" in works.to(LEO)[-1].text
    held: list[tuple[str, ...]] = []

    def work(session: Session) -> None:
        member = members.get(session, works.kit.vault, works.person(session, LEO).id)
        assert member is not None
        held.append(member.checkins)

    works.run(work)
    assert held == [("08:00", "20:00")]


def test_a_beat_knows_an_outage_from_a_clock_that_was_moved(works: Clockwork) -> None:
    """What the playground skips on purpose is nobody's absence."""
    from bot.store import outages

    works.database.call(partial(pulse.beat, now=Beat(works.now + 10 * HOUR, 0), moved=10 * HOUR))
    assert works.database.call(lambda session: outages.since(session, NOON)) == ()
    works.database.call(partial(pulse.beat, now=Beat(works.now + 11 * HOUR, 0)))
    (found,) = works.database.call(lambda session: outages.since(session, NOON))
    assert (found.start, found.end) == (works.now + 10 * HOUR, works.now + 11 * HOUR)


def test_members_of_before_get_their_schedules(works: Clockwork) -> None:
    """Who joined before there were schedules gets them after the start, once; the next morning
    brings the check-in. Staff get none."""

    def as_before(session: Session) -> None:
        for table in (tables.due, tables.schedule):
            session.connection().execute(delete(table))

    def catch_up(session: Session) -> int:
        return timetable.catch_up(session, works.now)

    def names(session: Session) -> list[str]:
        maya = works.person(session, MAYA)
        return [each.name for each in schedules.of_person(session, maya.id)]

    had = works.database.call(names)
    works.run(as_before)
    assert works.database.call(catch_up) == 2
    assert works.database.call(catch_up) == 0
    works.ring()
    assert works.database.call(names) == had != []
    assert works.database.call(catch_up) == 0
    works.until(TUESDAY, "00:30", NEW_YORK)
    assert len(asked(works.until(TUESDAY, "12:00", NEW_YORK))) == 2


def test_schedules_are_looked_at_every_day(works: Clockwork) -> None:
    """A session time that the group gets later is noticed within a day and a half, without
    anything being done by the person."""

    def drop_sessions(session: Session) -> None:
        session.connection().execute(delete(tables.group_session))

    def active(session: Session) -> set[str]:
        maya = works.person(session, MAYA)
        found = schedules.of_person(session, maya.id)
        return {each.purpose for each in found if each.active}

    assert "session" in works.database.call(active)
    works.run(drop_sessions)
    works.live(36 * HOUR)
    assert "session" not in works.database.call(active)
