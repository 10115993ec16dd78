"""Between two sessions: assigned in three taps, reminded by name, done with one tap, brought along,
and "I was here"."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from sqlmodel import Session

from bot.store import attendance, audit, groups, people
from bot.store.worker import Database
from bot.usecases import group_settings, ring, set_up
from bot.usecases.incoming import Press
from bot.usecases.kit import Kit
from bot.usecases.profile import home
from bot.usecases.set_up import Known
from tests.engine.playing import exercise_of
from tests.usecases.clockwork import (
    CORE,
    LEO,
    MADRID,
    MAYA,
    NOON,
    OPPOSITE,
    RIVERA,
    Clockwork,
)

NOVA = 1010
TUESDAY, WEDNESDAY, THURSDAY = date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 5)
SUNDAY = date(2026, 3, 8)
LOOK = exercise_of(
    """
- {id: sleep, type: ask_scale, text: {en: And the nights?, es: ¿Y las noches?},
   scale: {min: 0, max: 10}}
- {id: end, type: finish}
""",
    """
id: check.week
title: {en: My week, es: Mi semana}
modality: check_in
""",
)


@pytest.fixture
def works(database: Database, shipped: Kit) -> Clockwork:
    """Maya, Leo and Dr Rivera on a Monday; the group meets on Thursday at six."""
    return Clockwork(database, shipped).build(CORE, OPPOSITE, LOOK)


def _in_menu(works: Clockwork, who: int, label: str) -> bool:
    rows = works.to(who)[-1].message.buttons
    return any(button.text.startswith(label) for row in rows for button in row)


def test_three_taps_and_everyone_is_reminded_by_name(works: Clockwork) -> None:
    """Assign, to the group, the exercise: tomorrow at their own hours, until they have done it."""
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Assign an exercise")
    works.presses(RIVERA, "Everyone in Thursday-B")
    assert "Check-in" not in _labels(works, RIVERA)
    works.presses(RIVERA, "Opposite action")
    assert "for Thursday 5 March" in works.to(RIVERA)[-1].text
    assert "Each person is reminded" in works.to(RIVERA)[-1].text
    works.until(TUESDAY, "18:30", MADRID)
    reminder = works.to(LEO)[-1]
    assert "El ejercicio para el jueves: <b>Acción opuesta</b>" in reminder.text
    assert reminder.text.startswith("Este mensaje sale solo")
    labels = _labels(works, LEO)
    assert {"Empezar", "En 1 h", "Hoy no", "Pausar una semana"} <= labels
    works.presses(LEO, "Empezar")
    works.types(LEO, "quedarme en casa")
    (line,) = works.days(LEO, "reminder")
    assert line.outcome == "answered"
    works.until(TUESDAY, "18:30", "America/New_York")
    assert "Thursday’s exercise: <b>Opposite action</b>" in works.to(MAYA)[-1].text
    leo = works.id_of(LEO)
    audited = works.database.call(lambda session: audit.of_subject(session, leo, 9))
    assert all(each.action != "exercise.assigned" for each in audited)


def test_what_was_given_stands_in_the_menu_until_it_is_done(works: Clockwork) -> None:
    """Whoever said “not today” finds it without its name; done, it is gone from there."""
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Assign an exercise")
    works.presses(RIVERA, "Heron")
    works.presses(RIVERA, "Opposite action")
    assert "They are reminded at their own hours" in works.to(RIVERA)[-1].text
    works.types(MAYA, "/menu")
    assert works.to(MAYA)[-1].message.buttons[0][0].text == "For Thursday: Opposite action"
    works.presses(MAYA, "For Thursday")
    works.types(MAYA, "/menu")
    assert not _in_menu(works, MAYA, "For Thursday")
    works.types(MAYA, "to hide")
    works.types(MAYA, "/menu")
    assert not _in_menu(works, MAYA, "For Thursday")
    works.types(LEO, "/menu")
    assert not _in_menu(works, LEO, "Para el jueves")


def test_to_one_person_only(works: Clockwork) -> None:
    """Nobody else is told, and the person finds in /who that it was assigned."""
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Assign an exercise")
    works.presses(RIVERA, "Colibrí")
    works.presses(RIVERA, "Opposite action")
    works.until(TUESDAY, "19:00", "America/New_York")
    assert [each for each in works.to(LEO) if "Para ti, hasta el jueves" in each.text]
    assert not [each for each in works.to(MAYA) if "Opposite action" in each.text]
    works.types(LEO, "/who")
    assert "te dio un ejercicio" in works.to(LEO)[-1].text


def test_before_and_after_the_session(works: Clockwork) -> None:
    """Two hours before: how often, what to bring. After it: who was there, counted once."""
    works.until(THURSDAY, "12:00", MADRID)
    works.types(LEO, "/menu")
    works.presses(LEO, "Acción opuesta")
    works.types(LEO, "quedarme en casa")
    works.until(THURSDAY, "16:15", MADRID)
    before = works.to(LEO)[-1]
    assert "El grupo empieza a las 18:00" in before.text
    assert "Esta semana practicaste una vez" in before.text
    works.presses(LEO, _first(works, LEO, "Acción"))
    assert "quedarme en casa" in works.to(LEO)[-1].text
    works.until(THURSDAY, "19:50", MADRID)
    assert "¿Estuviste en el grupo" in works.to(LEO)[-1].text
    works.presses(LEO, "Estuve")
    assert "Queda anotado" in works.to(LEO)[-1].text
    found = works.database.call(lambda session: _attended(works, session))
    assert found == [THURSDAY]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("sí", "Queda anotado"), ("Sí, estuve", "Queda anotado"), ("estuve", "Queda anotado"),
        ("no", "Está bien. Te esperamos"), ("esta vez no", "Está bien. Te esperamos"),
    ],
)  # fmt: skip
def test_whether_somebody_was_there_may_be_typed(works: Clockwork, typed: str, says: str) -> None:
    """“Sí”, below [Estuve] [Esta vez no], went to the check-in that waited above."""
    works.until(THURSDAY, "19:50", MADRID)
    assert "¿Estuviste en el grupo" in works.to(LEO)[-1].text
    works.types(LEO, typed)
    assert says in works.to(LEO)[-1].text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("luego", "De acuerdo. Vuelvo a las"),
        ("Hoy no.", "De acuerdo, hoy no."),
        ("mañana", "hoy no"),
    ],
)
def test_a_reminder_may_be_put_off_in_words(works: Clockwork, typed: str, says: str) -> None:
    """“Luego”, below [Empezar] [En 1 h] [Hoy no], was searched for among the exercises."""
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Assign an exercise")
    works.presses(RIVERA, "Everyone in Thursday-B")
    works.presses(RIVERA, "Opposite action")
    works.until(TUESDAY, "18:30", MADRID)
    assert "Acción opuesta" in works.to(LEO)[-1].text
    works.types(LEO, typed)
    assert says in works.to(LEO)[-1].text


def test_before_the_session_what_was_given_is_begun_by_its_name(works: Clockwork) -> None:
    """“Start”, among things to bring, did not say what."""
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Assign an exercise")
    works.presses(RIVERA, "Everyone in Thursday-B")
    works.presses(RIVERA, "Opposite action")
    works.until(THURSDAY, "16:15", MADRID)
    assert "El grupo empieza" in works.to(LEO)[-1].text
    labels = [row[0].text for row in works.to(LEO)[-1].message.buttons]
    assert "Empezar" not in labels
    works.presses(LEO, next(each for each in labels if each.startswith("Acción opuesta")))
    assert "¿Qué te pide?" in works.to(LEO)[-1].text


def _attended(works: Clockwork, session: Session) -> list[date]:
    return attendance.dates(session, works.person(session, LEO).id, date(2026, 1, 1))


def _first(works: Clockwork, who: int, part: str) -> str:
    """The whole label of the newest button that holds these words."""
    return next(
        button.text
        for row in works.to(who)[-1].message.buttons
        for button in row
        if part in button.text
    )


def _labels(works: Clockwork, who: int) -> set[str]:
    return {button.text for row in works.to(who)[-1].message.buttons for button in row}


def test_the_weekly_look_on_its_day(works: Clockwork) -> None:
    """On Sunday, three hours after the first check-in; not on the other days."""
    works.until(SUNDAY, "10:30", MADRID)
    assert not [each for each in works.to(LEO) if "¿Y las noches?" in each.text]
    works.until(SUNDAY, "11:15", MADRID)
    assert "¿Y las noches?" in works.to(LEO)[-1].text


def test_the_therapist_sees_two_weeks_as_a_list(works: Clockwork) -> None:
    """Date by date what became of it; opening it is on record for the person."""
    works.until(TUESDAY, "08:15", MADRID)
    works.presses(LEO, "7")
    works.live(timedelta(days=1))
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "My groups")
    works.presses(RIVERA, "Colibrí")
    works.presses(RIVERA, "Messages of two weeks")
    page = works.to(RIVERA)[-1].text
    assert "<b>Tue 3 Mar</b>" in page.replace(",", "")
    assert "check-in: answered" in page
    assert "check-in: sent" in page
    assert "How is it" not in page
    works.types(LEO, "/who")
    assert "miró cuándo se te escribió" in works.to(LEO)[-1].text


def test_taken_back_with_one_tap(works: Clockwork) -> None:
    """Also what waits to go out falls with it, and the list does not say that it was sent; the
    person finds both in /who. the same button in another chat does nothing."""
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Assign an exercise")
    works.presses(RIVERA, "Colibrí")
    works.presses(RIVERA, "Opposite action")
    take_back = works.button(RIVERA, "Take it back").data
    assert take_back is not None
    works.does(MAYA, Press(take_back))
    works.until(TUESDAY, "17:55", MADRID)
    works.now += timedelta(minutes=16)
    works.beat(timedelta(minutes=16))
    for due in works.database.call(lambda session: ring.look(session, works.now)).ripe:
        works.database.call(partial(ring.ring, due=due, now=works.now, kit=works.kit))
    works.does(RIVERA, Press(take_back))
    assert not [each for each in works.to(LEO) if "Acción opuesta" in each.text]
    (line,) = works.days(LEO, "reminder")
    assert line.outcome == "skipped"
    assert "is taken back" in works.to(RIVERA)[-1].text
    works.does(RIVERA, Press(take_back))
    assert "Nothing is assigned at present" in works.to(RIVERA)[-1].text
    works.live(timedelta(days=2))
    assert not [each for each in works.to(LEO) if "Acción opuesta" in each.text]
    works.types(LEO, "/who")
    assert "retiró un ejercicio" in works.to(LEO)[-1].text
    assert "te dio un ejercicio" in works.to(LEO)[-1].text


def test_taken_back_later_from_the_list(works: Clockwork) -> None:
    """What is assigned can be found again and taken back on another day; for everybody at once."""
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Assign an exercise")
    works.presses(RIVERA, "Everyone in Thursday-B")
    works.presses(RIVERA, "Opposite action")
    works.until(TUESDAY, "12:00", MADRID)
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Assign an exercise")
    works.presses(RIVERA, "What is assigned now")
    works.presses(RIVERA, "Take back: Opposite action · Thursday-B")
    works.live(timedelta(days=1))
    everybody = [*works.to(LEO), *works.to(MAYA)]
    assert not [each for each in everybody if "Opposite" in each.text or "opuesta" in each.text]
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Assign an exercise")
    assert "What is assigned now" not in _labels(works, RIVERA)


def _gives(works: Clockwork, whom: str) -> None:
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Assign an exercise")
    works.presses(RIVERA, whom)
    works.presses(RIVERA, "Opposite action")


def test_two_taps_give_it_once(works: Clockwork) -> None:
    """Of two taps the second stayed behind, and went on reminding when the first was taken back;
    done, it can be given again."""
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Assign an exercise")
    works.presses(RIVERA, "Colibrí")
    give = works.button(RIVERA, "Opposite action").data
    assert give is not None
    works.does(RIVERA, Press(give))
    works.does(RIVERA, Press(give))
    assert "is assigned to" in works.to(RIVERA)[-1].text
    works.presses(RIVERA, "Take it back")
    works.types(LEO, "/menu")
    assert not _in_menu(works, LEO, "Para el jueves")
    _gives(works, "Colibrí")
    works.types(LEO, "/menu")
    works.presses(LEO, "Para el jueves")
    works.types(LEO, "quedarme en casa")
    works.now += timedelta(minutes=1)
    _gives(works, "Colibrí")
    works.types(LEO, "/menu")
    assert _in_menu(works, LEO, "Para el jueves")


def test_taken_back_from_one_while_all_have_it(works: Clockwork) -> None:
    """“Nobody is reminded of it any more” was said while the whole group still was."""
    _gives(works, "Everyone in Thursday-B")
    _gives(works, "Colibrí")
    works.presses(RIVERA, "Take it back")
    assert "still assigned to: Thursday-B" in works.to(RIVERA)[-1].text
    works.types(LEO, "/menu")
    assert _in_menu(works, LEO, "Para el jueves")


def test_given_on_the_eve_it_promises_no_tomorrow(works: Clockwork) -> None:
    """“From tomorrow on” was said of what is for today or tomorrow, of which nobody is reminded
    later than today."""
    works.until(WEDNESDAY, "12:00", MADRID)
    _gives(works, "Everyone in Thursday-B")
    assert "from tomorrow on" not in works.to(RIVERA)[-1].text
    assert "each person is reminded today" in works.to(RIVERA)[-1].text
    works.until(WEDNESDAY, "18:30", MADRID)
    assert "El ejercicio para el jueves" in works.to(LEO)[-1].text


def test_nobody_is_reminded_in_the_session_itself(works: Clockwork) -> None:
    """Given in the morning of that day, it came while the group was sitting together."""
    works.until(THURSDAY, "11:00", MADRID)
    _gives(works, "Everyone in Thursday-B")
    assert "each person is reminded today" in works.to(RIVERA)[-1].text
    works.until(THURSDAY, "19:30", MADRID)
    assert not [each for each in works.to(LEO) if "El ejercicio para el jueves" in each.text]
    before = [each for each in works.to(LEO) if "El grupo empieza" in each.text]
    assert "Acción opuesta" in before[-1].text


def test_what_was_given_moves_with_the_session(works: Clockwork) -> None:
    """The group met on Friday instead: on Thursday it was over, and before group nothing was said
    of it."""
    _gives(works, "Everyone in Thursday-B")
    works.run(partial(_meets_on_friday, works=works))
    works.types(MAYA, "/menu")
    assert works.to(MAYA)[-1].message.buttons[0][0].text == "For Friday: Opposite action"
    works.until(THURSDAY + timedelta(days=1), "16:15", MADRID)
    assert any("El ejercicio para el viernes" in each.text for each in works.to(LEO))
    assert not any("para el jueves" in each.text for each in works.to(LEO))
    before = [each.text for each in works.to(LEO) if "El grupo empieza" in each.text]
    assert "Acción opuesta" in before[-1]


def _comes_in(session: Session, works: Clockwork) -> None:
    """Nova is confirmed, and has answered all but the last of the first questions."""
    known = Known(NOVA, "en", MADRID, "Swift")
    person = set_up.enrol(session, works.kit, works.group(session).id, known, works.now)
    people.set_onboarding(session, person.id, home.NAME)


def test_whoever_comes_later_is_told_and_reminded_as_well(works: Clockwork) -> None:
    """It stood in their menu, and nobody said so: the others had done it, and they had not heard of
    it. Begun after their first steps; what is over is not spoken of."""
    _gives(works, "Everyone in Thursday-B")
    works.run(partial(_comes_in, works=works))
    works.types(NOVA, "Spain")
    told = next(each.text for each in works.to(NOVA) if "That’s all" in each.text)
    assert "something to try by Thursday: <b>Opposite action</b>" in told
    works.until(TUESDAY, "18:30", MADRID)
    reminders = [each.text for each in works.to(NOVA) if "Thursday’s exercise" in each.text]
    assert len(reminders) == 1
    assert "<b>Opposite action</b>" in reminders[0]


def test_whoever_comes_when_it_is_over_hears_nothing_of_it(works: Clockwork) -> None:
    """In the session itself, and when it was given to somebody else."""
    _gives(works, "Colibrí")
    works.until(THURSDAY, "11:00", MADRID)
    _gives(works, "Everyone in Thursday-B")
    works.until(THURSDAY, "18:10", MADRID)
    works.run(partial(_comes_in, works=works))
    works.types(NOVA, "Spain")
    assert not any("before you came" in each.text.casefold() for each in works.to(NOVA))
    works.live(timedelta(days=3))
    assert not any("Opposite action" in each.text for each in works.to(NOVA))


def test_whoever_cannot_begin_it_is_not_reminded(works: Clockwork) -> None:
    """A programme that shows only what a clinician has signed: a reminder named the exercise, and
    its [Start] said that it is closed."""
    _gives(works, "Everyone in Thursday-B")
    works.run(_shows_only_reviewed)
    works.until(THURSDAY, "16:15", MADRID)
    assert not any("Acción opuesta" in each.text for each in works.to(LEO))


def _shows_only_reviewed(session: Session) -> None:
    programme = groups.programme(session)
    assert programme is not None
    groups.set_programme(session, replace(programme, reviewed_only=True), NOON)


def _meets_on_friday(session: Session, works: Clockwork) -> None:
    (group,) = groups.groups(session)
    friday = [groups.SessionTime(weekday=4, starts="18:00")]
    group_settings.set_calendar(session, works.kit, group, friday, MADRID, works.now)
