"""Workshops on the clock: each lesson by its rule, put off, left, ended; never behind."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from bot.catalog.exercise import Exercise
from bot.catalog.load_workshops import Workshops
from bot.catalog.workshop import Workshop
from bot.store import enrolments, members
from bot.store.enrolments import State
from bot.store.worker import Database
from bot.usecases import ring, timetable
from bot.usecases.incoming import Press
from bot.usecases.kit import Kit
from tests.engine.playing import exercise_of
from tests.usecases.clockwork import CORE, LEO, MADRID, MAYA, OPPOSITE, RIVERA, Clockwork, texts
from tests.usecases.lessons import workshop_of

MONDAY, TUESDAY, WEDNESDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)
DAY = timedelta(days=1)
AUTOMATIC = "Este mensaje sale solo"


def _calm(name: str) -> Exercise:
    """Rated before and after."""
    return exercise_of(
        """
- {id: before, type: ask_scale, text: {en: Now?, es: ¿Ahora?}, scale: {min: 0, max: 10}}
- {id: after, type: ask_scale, text: {en: And now?, es: ¿Y ahora?}, scale: {min: 0, max: 10}}
- {id: end, type: finish, changes: [{before: before, after: after}]}
""",
        f"id: er.{name}\ntitle: {{en: {name.title()}, es: {name.title()}}}\n",
    )


@pytest.fixture
def works(database: Database, shipped: Kit) -> Clockwork:
    """Maya, Leo and Dr Rivera on Monday at noon; two workshops."""
    shelf = {
        "ws.week": workshop_of("ws.week", "next_day", "after_previous", "after_session", "sunday"),
        "ws.other": replace_title(workshop_of("ws.other", "next_day")),
    }
    kit = replace(shipped, workshops=Workshops(shelf))
    return Clockwork(database, kit).build(CORE, OPPOSITE, _calm("calm"))


def replace_title(workshop: Workshop) -> Workshop:
    """Another name."""
    return workshop.model_copy(update={"title": {"en": "Another", "es": "Otro"}})


def _join(works: Clockwork, who: int = LEO) -> None:
    works.types(who, "/workshops")
    works.presses(who, "Siete días" if who == LEO else "Seven days")
    works.presses(who, "Empezar por la lección 1" if who == LEO else "Begin with lesson 1")


def _sends(works: Clockwork) -> list[str]:
    """The lessons Leo was sent by themselves."""
    return [each for each in texts(works.to(LEO)) if AUTOMATIC in each and "lección" in each]


def _press_on_lesson(works: Clockwork, label: str) -> None:
    """Presses a button of the newest lesson that came by itself; a check-in may stand below it."""
    lessons = [each for each in works.to(LEO) if "lección" in each.text and AUTOMATIC in each.text]
    rows = lessons[-1].message.buttons
    button = next(each for row in rows for each in row if each.text == label)
    works.does(LEO, Press(button.data or ""))


def _do_calm(works: Clockwork) -> None:
    works.presses(LEO, "Calm")
    works.presses(LEO, "8")
    works.presses(LEO, "3")


def _state(works: Clockwork, who: int = LEO, name: str = "ws.week") -> str:
    mine = works.database.call(lambda s: enrolments.of_person(s, works.person(s, who).id))
    return next(each.state.value for each in mine if each.workshop == name)


def test_from_joining_to_the_goodbye(works: Clockwork) -> None:
    """The first lesson at once, the others by their rules at Leo's later hour, then what helped."""
    _join(works)
    first = texts(works.to(LEO))[-1]
    assert "<b>Siete días</b> · lección 1 de 5" in first
    assert "Abierto hasta el jueves 12 de marzo" in first
    assert "Palabras 1." in first
    assert "Para probar: <i>¿Qué?</i>" in first
    _do_calm(works)
    assert "Esa fue la lección 1 de 5" in texts(works.to(LEO))[-1]
    assert "se abre el martes 3 de marzo, hacia las 20:00" in texts(works.to(LEO))[-1]
    works.until(TUESDAY, "19:55", MADRID)
    assert _sends(works) == []
    works.until(TUESDAY, "21:00", MADRID)
    (second,) = _sends(works)
    assert second.startswith(AUTOMATIC)
    assert "lección 2 de 5" in second
    sent = next(each for each in works.to(LEO) if "lección 2" in each.text)
    buttons = sent.message.buttons
    assert [[each.text for each in row] for row in buttons] == [
        *(["Empezar"], ["En 1 h", "Hoy no"], ["Dejar el taller"])
    ]
    _press_on_lesson(works, "Empezar")
    works.types(LEO, "quedarme")
    assert "La siguiente lección está abierta" in texts(works.to(LEO))[-1]
    works.presses(LEO, "Abrir la siguiente lección")
    assert "lección 3 de 5" in texts(works.to(LEO))[-1]
    works.until(date(2026, 3, 5), "19:45", MADRID)
    assert len(_sends(works)) == 1  # the group meets on Thursday until half past seven
    works.until(date(2026, 3, 5), "21:00", MADRID)
    assert "lección 4 de 5" in _sends(works)[-1]
    works.until(date(2026, 3, 7), "23:00", MADRID)
    assert len(_sends(works)) == 2
    works.until(date(2026, 3, 8), "21:30", MADRID)
    assert "lección 5 de 5" in _sends(works)[-1]
    works.until(date(2026, 3, 12), "21:30", MADRID)
    end = next(each for each in texts(works.to(LEO)) if "llega a su fin" in each)
    assert end.startswith(AUTOMATIC)
    assert "Eso fue todo." in end
    assert "Calm: 50 puntos menos (1 vez)" in end
    assert _state(works) == "ended"
    before = len([each for each in texts(works.to(LEO)) if "Siete días" in each])
    works.live(5 * DAY)
    assert len([each for each in texts(works.to(LEO)) if "Siete días" in each]) == before


def test_every_date_has_its_outcome(works: Clockwork) -> None:
    """What was sent and done, what was sent; dates without a lesson are no reminders left out."""
    _join(works)
    _do_calm(works)
    works.until(TUESDAY, "21:00", MADRID)
    _press_on_lesson(works, "Empezar")
    works.types(LEO, "quedarme")
    works.until(date(2026, 3, 7), "22:30", MADRID)
    lines = [(each.local_date.day, each.outcome) for each in works.days(LEO, "workshop")]
    assert lines == [(3, "answered"), (4, "sent"), (5, "sent")]


@pytest.mark.both
def test_in_an_hour_and_not_today(works: Clockwork) -> None:
    """Put off, the same lesson comes back; not today brings it another day, not the one after."""
    _join(works)
    works.until(TUESDAY, "20:40", MADRID)
    _press_on_lesson(works, "En 1 h")
    works.until(TUESDAY, "21:59", MADRID)
    assert [each.count("lección 2 de 5") for each in _sends(works)] == [1, 1]
    _press_on_lesson(works, "Hoy no")
    assert "De acuerdo, hoy no" in texts(works.to(LEO))[-1]
    works.until(WEDNESDAY, "21:30", MADRID)
    assert "lección 2 de 5" in _sends(works)[-1]
    assert len(_sends(works)) == 3


def test_leaving_is_silent_and_the_way_back_is_open(works: Clockwork) -> None:
    """Nothing comes any more, nobody is told, the lesson is still there; coming back goes on."""
    _join(works)
    works.until(TUESDAY, "21:00", MADRID)
    staff = len([each for each in works.to(RIVERA) if "Daily test" not in each.text])
    works.presses(LEO, "Dejar el taller")
    assert "todo lo que hiciste sigue siendo tuyo" in texts(works.to(LEO))[-1]
    works.until(date(2026, 3, 6), "12:00", MADRID)
    assert len(_sends(works)) == 1
    now = [each for each in works.to(RIVERA) if "Daily test" not in each.text]
    assert len(now) == staff
    works.types(LEO, "/workshops")
    works.presses(LEO, "Siete días")
    assert "Ya no llegan más lecciones; ibas por la lección 2 de 5" in texts(works.to(LEO))[-1]
    works.presses(LEO, "2 · Parte 2")
    assert "Palabras 2." in texts(works.to(LEO))[-1]
    works.presses(LEO, "Siete días")
    works.presses(LEO, "Volver al taller")
    assert "Lección 2 de 5" in texts(works.to(LEO))[-1]
    assert _state(works) == "running"
    _begin_opposite(works)
    works.until(date(2026, 3, 6), "21:30", MADRID)
    assert "lección 3 de 5" in _sends(works)[-1]


def _begin_opposite(works: Clockwork) -> None:
    works.presses(LEO, "2 · Parte 2")
    works.presses(LEO, "Acción opuesta")
    works.types(LEO, "quedarme")


def test_a_pause_holds_lessons_back(works: Clockwork) -> None:
    """Nothing comes during it; the next lesson afterwards is the next one, as if nothing was."""
    _join(works)
    works.types(LEO, "/pause")
    works.presses(LEO, "Tres días")
    works.until(date(2026, 3, 5), "12:00", MADRID)
    assert _sends(works) == []
    works.until(date(2026, 3, 6), "22:00", MADRID)
    assert "lección 2 de 5" in _sends(works)[0]
    skipped = [each for each in works.days(LEO, "workshop") if each.outcome == "skipped"]
    assert {each.why for each in skipped} == {"paused"}


def test_quiet_hours_and_distance_hold(works: Clockwork) -> None:
    """A later hour that has become quiet gives way to the earlier one; what comes by itself keeps
    a quarter of an hour between two messages."""
    _join(works)

    def quieten(session: Session) -> None:
        person = works.person(session, LEO)
        members.set_quiet(session, person.id, ("19:00", "07:00"))
        timetable.follow(timetable.Known(session, works.kit, person, works.now))

    works.run(quieten)
    works.until(TUESDAY, "23:00", MADRID)
    (lesson,) = [each for each in works.to(LEO) if each.text in _sends(works)]
    assert lesson.at.astimezone(ZoneInfo(MADRID)).hour == 8
    unasked = [each.at for each in works.to(LEO) if AUTOMATIC in each.text]
    assert len(unasked) > 1
    gaps = [later - earlier for earlier, later in pairwise(unasked)]
    assert min(gaps) >= timedelta(minutes=15)


def test_our_own_absence_is_told_apart(works: Clockwork) -> None:
    """Down over the whole evening: the date is ours, the lesson is the next one all the same."""
    _join(works)
    works.until(TUESDAY, "18:00", MADRID)
    works.go_down(timedelta(hours=12))
    assert _sends(works) == []
    works.until(WEDNESDAY, "21:30", MADRID)
    assert "lección 2 de 5" in _sends(works)[0]
    outcomes = {each.local_date: each.outcome for each in works.days(LEO, "workshop")}
    assert outcomes[TUESDAY] == "missed_system"
    assert outcomes[WEDNESDAY] == "sent"


def test_without_hours_of_ones_own_they_wait_in_the_menu(works: Clockwork) -> None:
    """Nothing comes by itself; the next lesson opens with a tap, the goodbye with a look."""

    def no_hours(session: Session) -> None:
        person = works.person(session, LEO)
        members.set_checkins(session, person.id, ())
        timetable.follow(timetable.Known(session, works.kit, person, works.now))

    works.run(no_hours)
    _join(works)
    works.until(TUESDAY, "23:00", MADRID)
    assert _sends(works) == []
    works.types(LEO, "/workshops")
    works.presses(LEO, "Siete días")
    works.presses(LEO, "Abrir la siguiente lección")
    assert "lección 2 de 5" in texts(works.to(LEO))[-1]
    works.until(date(2026, 3, 13), "12:00", MADRID)
    works.types(LEO, "/workshops")
    works.presses(LEO, "Siete días")
    assert "llega a su fin" in texts(works.to(LEO))[-1]
    assert _state(works) == "ended"


def test_silence_makes_lessons_come_less_often(works: Clockwork) -> None:
    """Two unanswered ones: every other day, and it says so; no lesson is lost by it."""
    works.kit.workshops.known["ws.week"] = workshop_of("ws.week", *["next_day"] * 8, days=30)
    _join(works)
    works.until(date(2026, 3, 9), "22:00", MADRID)
    sent = _sends(works)
    numbers = [int(each.split("lección ")[1].split(" ")[0]) for each in sent]
    assert numbers == [2, 3, 4, 5, 6]
    assert "un día sí y otro no" in sent[2]
    assert "Como antes" in [
        button.text
        for each in works.to(LEO)
        if "lección 4" in each.text
        for row in each.message.buttons
        for button in row
    ]


def test_given_to_the_group(works: Clockwork) -> None:
    """Three taps; the first lesson comes at each one's own hour and says from whom it is."""
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Assign an exercise")
    works.presses(RIVERA, "Everyone in Thursday-B")
    works.presses(RIVERA, "A workshop")
    works.presses(RIVERA, "Seven days · 5")
    assert "<b>Thursday-B</b> (2 people)" in texts(works.to(RIVERA))[-1]
    works.types(MAYA, "/workshops")
    works.presses(MAYA, "Seven days")
    assert "\nOpen until" in texts(works.to(MAYA))[-1]  # no blank before it, with no lesson yet
    works.until(MONDAY, "21:30", MADRID)
    assert "De parte de tu terapeuta" in _sends(works)[0]
    assert "lección 1 de 5" in _sends(works)[0]
    works.until(TUESDAY, "05:00", MADRID)
    (maya,) = [each for each in texts(works.to(MAYA)) if "From your therapist" in each]
    assert maya.startswith("A message sent automatically")
    works.presses(RIVERA, "Assign an exercise")
    works.presses(RIVERA, "Colibrí")
    works.presses(RIVERA, "A workshop")
    works.presses(RIVERA, "Seven days · 5")
    assert "already has" in texts(works.to(RIVERA))[-1]
    works.types(LEO, "/who")
    assert "te dio un taller" not in texts(works.to(LEO))[-1]  # nothing was given


def _gives(works: Clockwork, whom: str, label: str = "Seven days · 5") -> None:
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Assign an exercise")
    works.presses(RIVERA, whom)
    works.presses(RIVERA, "A workshop")
    works.presses(RIVERA, label)


def _enrolments(works: Clockwork, who: int) -> list[tuple[str, str]]:
    mine = works.database.call(lambda s: enrolments.of_person(s, works.person(s, who).id))
    return [(each.workshop, each.state.value) for each in mine]


def test_given_by_mistake_and_taken_back(works: Clockwork) -> None:
    """There was no way back from a tap on the wrong group. Of whoever has not begun, nothing is
    left; what waited behind it begins; the button again, and in another chat, does nothing."""
    _gives(works, "Everyone in Thursday-B")
    undo = works.button(RIVERA, "Take it back").data
    assert undo is not None
    _gives(works, "Colibrí", "Another · 2")
    works.does(MAYA, Press(undo))
    assert _enrolments(works, MAYA) == [("ws.week", "running")]
    works.does(RIVERA, Press(undo))
    assert "(2 people) is taken back" in texts(works.to(RIVERA))[-1]
    assert _enrolments(works, MAYA) == []
    assert _enrolments(works, LEO) == [("ws.other", "running")]
    works.does(RIVERA, Press(undo))
    assert "This is assigned at present" in texts(works.to(RIVERA))[-1]
    works.presses(RIVERA, "Take back: Another · Colibrí")
    works.presses(RIVERA, "Assign an exercise")
    assert "What is assigned now" not in str(works.to(RIVERA)[-1].message.buttons)
    works.live(3 * DAY)
    assert _sends(works) == []
    works.types(LEO, "/who")
    assert "retiró un taller que te había dado" in texts(works.to(LEO))[-1]


def test_taken_back_from_somebody_who_has_begun(works: Clockwork) -> None:
    """No lesson comes any more, also none that is queued; what was done stays, with a way to go on,
    and nothing says that they left it. What they joined by themselves nobody takes from them."""
    _join(works, MAYA)
    _gives(works, "Everyone in Thursday-B")
    works.until(MONDAY, "21:30", MADRID)
    _press_on_lesson(works, "Empezar")
    works.presses(LEO, "8")
    works.presses(LEO, "3")
    works.until(TUESDAY, "12:30", MADRID)
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Assign an exercise")
    works.presses(RIVERA, "What is assigned now")
    works.presses(RIVERA, "Take back: Seven days · Colibrí")
    assert _enrolments(works, MAYA) == [("ws.week", "running")]
    works.until(WEDNESDAY, "22:30", MADRID)
    assert len(_sends(works)) == 1
    works.types(LEO, "/workshops")
    works.presses(LEO, "Siete días")
    assert "Ya no llegan más lecciones; ibas por la lección 1 de 5" in texts(works.to(LEO))[-1]
    works.presses(LEO, "Volver al taller")
    assert _state(works) == "running"


def test_taken_back_while_a_lesson_waits_to_go_out(works: Clockwork) -> None:
    """It had opened, and was on its way."""
    _gives(works, "Colibrí")
    works.now = works.now.replace(hour=20, minute=1)
    for due in works.database.call(lambda session: ring.look(session, works.now)).ripe:
        works.database.call(partial(ring.ring, due=due, now=works.now, kit=works.kit))
    works.presses(RIVERA, "Take it back")
    works.live(timedelta(hours=2))
    assert _sends(works) == []


def test_one_at_a_time(works: Clockwork) -> None:
    """A second one by own choice asks; one that is given waits until the first is over."""
    _join(works)
    works.types(LEO, "/workshops")
    works.presses(LEO, "Otro")
    works.presses(LEO, "Empezar por la lección 1")
    assert "Con un taller a la vez basta" in texts(works.to(LEO))[-1]
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Assign an exercise")
    works.presses(RIVERA, "Colibrí")
    works.presses(RIVERA, "A workshop")
    works.presses(RIVERA, "Another · 2")
    assert _state(works, name="ws.other") == "waiting"
    works.until(TUESDAY, "21:00", MADRID)
    works.presses(LEO, "Dejar el taller")
    assert (_state(works), _state(works, name="ws.other")) == ("left", "running")
    works.until(WEDNESDAY, "21:30", MADRID)
    assert "<b>Otro</b> · lección 1 de 2" in _sends(works)[-1]


def test_finishing_the_programme_ends_it(works: Clockwork) -> None:
    """After discharge nothing comes, and it is not taken up by itself with a new invitation."""
    _join(works)
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "My groups")
    works.presses(RIVERA, "Colibrí")
    works.presses(RIVERA, "Finish the programme")
    works.presses(RIVERA, "Yes, finish")
    assert _state(works) == State.LEFT
    works.live(9 * DAY)
    assert _sends(works) == []


def test_they_finish_the_version_they_began(works: Clockwork) -> None:
    """The file changes, or goes, while somebody is in it: their lessons stay as they were."""
    _join(works)
    del works.kit.workshops.known["ws.week"]
    works.until(TUESDAY, "21:00", MADRID)
    assert "lección 2 de 5" in _sends(works)[0]
    works.types(LEO, "/workshops")
    assert "Estás en <b>Siete días</b>, lección 2 de 5" in texts(works.to(LEO))[-1]
    works.presses(LEO, "Siete días")
    assert "Lección 2 de 5" in texts(works.to(LEO))[-1]


def test_a_lesson_without_its_exercise(works: Clockwork) -> None:
    """What it leads to is gone: the words and the question come all the same."""
    del works.kit.library.exercises["er.opposite"]
    _join(works)
    works.until(TUESDAY, "21:00", MADRID)
    assert "Palabras 2." in _sends(works)[0]
    rows = next(each for each in works.to(LEO) if "lección 2" in each.text).message.buttons
    assert rows[0][0].text == "En 1 h"


@pytest.mark.both
def test_buttons_of_somebody_else(works: Clockwork) -> None:
    """A forwarded button shows the presser their own list and changes nothing."""
    _join(works)
    data = works.button(LEO, "Dejar el taller").data
    assert data is not None
    works.does(MAYA, Press(data))
    assert "A workshop is a row of short lessons" in texts(works.to(MAYA))[-1]
    assert _state(works) == "running"
