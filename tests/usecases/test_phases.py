"""The way through the programme on a clock of its own: step-down, discharge, alumni, back in."""

import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import func, select
from sqlmodel import Session

from bot.care.phase import Phase
from bot.catalog.consents import Scope
from bot.engine.given import Said
from bot.store import audit, board, groups, invites, members, past_runs, people, tables
from bot.store.board import State
from bot.store.people import Standing
from bot.store.worker import Database
from bot.usecases import carry_on, consented, retention, ring
from bot.usecases.discharge import discharge
from bot.usecases.incoming import Press
from bot.usecases.kit import Kit
from bot.usecases.office.reader import reads_words
from bot.usecases.phases import handover, moving
from bot.usecases.scene import Scene
from tests.engine.playing import exercise_of
from tests.usecases import content
from tests.usecases.clockwork import CORE, MAYA, OPPOSITE, RIVERA, Clockwork, Sent, texts

DAY = timedelta(days=1)
NEXT_MONDAY = date(2026, 3, 9)
PLAN = exercise_of(
    """
- {id: signs, type: ask_list, text: {en: Which signs?, es: ¿Qué señales?}}
- {id: people, type: ask_list, text: {en: Who?, es: ¿Quién?}}
- {id: end, type: finish, text: {en: Done., es: Hecho.}, shows: [signs, people]}
""",
    """
id: safe.plan
title: {en: My safety plan, es: Mi plan de seguridad}
""",
)
SENT_BY_ITSELF = "A message sent automatically by Between"


@pytest.fixture
def works(database: Database, shipped: Kit) -> Clockwork:
    """Maya, Leo and Dr Rivera on a Monday at noon, with a check-in and one exercise."""
    kit = replace(shipped, consents=content.consents(), board=content.board())
    clockwork = Clockwork(database, kit).build(CORE, OPPOSITE)
    clockwork.run(partial(_in_madrid, works=clockwork))
    return clockwork


def _in_madrid(session: Session, works: Clockwork) -> None:
    """One clock is enough here; Leo plays no part."""
    people.set_standing(session, works.person(session, 1002).id, Standing.STRANGER)


def checkins(sent: list[Sent]) -> list[Sent]:
    """The check-ins among some messages."""
    return [each for each in sent if "How is it?" in each.text]


def answering(works: Clockwork, days: int) -> list[Sent]:
    """Days in which Maya answers what comes, so that it does not come less often."""
    sent: list[Sent] = []
    for _ in range(days):
        came = works.live(DAY)
        if checkins(came):
            works.types(MAYA, "5")
        sent += came
    return sent


def person_page(works: Clockwork) -> None:
    """Dr Rivera opens Maya's page."""
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "My groups")
    works.presses(RIVERA, "Heron")


def steps_down(works: Clockwork) -> None:
    """Dr Rivera moves Maya to step-down."""
    person_page(works)
    works.presses(RIVERA, "Step down")


def phase(works: Clockwork) -> Phase:
    """Where Maya is."""

    def read(session: Session) -> Phase:
        person = works.person(session, MAYA)
        return moving.phase(person, members.get(session, works.kit.vault, person.id))

    return works.database.call(read)


def actions(works: Clockwork) -> list[str]:
    """What is on record about Maya, newest first."""
    return works.database.call(
        lambda session: [
            each.action for each in audit.of_subject(session, works.person(session, MAYA).id)
        ]
    )


def test_step_down_writes_less_and_back_again(works: Clockwork) -> None:
    """Twice a day before; then once on Mondays, Wednesdays and Fridays; then as before."""
    works.until(date(2026, 3, 3), "00:00", "America/New_York")
    before = checkins(answering(works, 2))
    assert len(before) == 4
    steps_down(works)
    assert phase(works) is Phase.STEP_DOWN
    assert "<b>Heron</b> steps down" in texts(works.to(RIVERA))[-1]
    assert actions(works)[0] == "phase.moved"
    works.until(NEXT_MONDAY, "00:00", "America/New_York")
    week = checkins(answering(works, 7))
    assert [each.at.weekday() for each in week] == [0, 2, 4]
    person_page(works)
    assert "stepping down" in texts(works.to(RIVERA))[-1]
    works.presses(RIVERA, "Back to the whole programme")
    assert phase(works) is Phase.ACTIVE
    assert len(checkins(answering(works, 2))) == 4


def test_two_exercises_stay_and_come_once_a_week(works: Clockwork) -> None:
    """The member chooses; what stays is named and opens with one tap; taken off, it ends."""
    steps_down(works)
    works.presses(MAYA, "Choose the two that stay")
    works.presses(MAYA, "Opposite action")
    assert "Opposite action stays. One more can." in texts(works.to(MAYA))[-1]
    works.until(NEXT_MONDAY, "00:00", "America/New_York")
    week = [each for each in works.live(7 * DAY) if "Opposite action" in each.text]
    (came,) = week
    assert came.text.startswith(SENT_BY_ITSELF)
    assert came.at.weekday() in (1, 2)  # Tuesday evening in New York
    works.presses(MAYA, "Start")
    assert "What does it want?" in texts(works.to(MAYA))[-1]
    works.types(MAYA, "It wants to hide.")
    works.presses(MAYA, "Choose the two that stay")
    works.presses(MAYA, "✓ Opposite action")
    assert "Tap two." in texts(works.to(MAYA))[-1]
    assert not [each for each in works.live(8 * DAY) if "Opposite action" in each.text]


def finishes(works: Clockwork) -> None:
    """Dr Rivera ends Maya's time in the programme."""

    def work(session: Session) -> None:
        rivera = works.person(session, RIVERA)
        scene = Scene(session, works.kit, rivera, works.now, f"finished.{works.now}")
        assert discharge(scene, works.person(session, MAYA).id)

    works.run(work)
    works.deliver()


def writes(works: Clockwork) -> None:
    """Maya does an exercise."""

    def work(session: Session) -> None:
        person = works.person(session, MAYA)
        scene = Scene(session, works.kit, person, works.now, f"does.{works.now}")
        exercise = works.kit.library.find(OPPOSITE.id)
        assert exercise is not None
        stored = carry_on.begin(scene, exercise)
        carry_on.give(scene, stored, Said("it wants", 1))

    works.run(work)
    works.deliver()


@pytest.mark.both
def test_alumni_get_one_hello_a_week_because_they_asked(works: Clockwork) -> None:
    """Nothing without a yes; then once a week; a stop ends it; and step-down does not outlive
    discharge."""
    steps_down(works)
    finishes(works)
    assert phase(works) is Phase.DISCHARGED
    assert [each for each in works.live(8 * DAY) if each.who == MAYA] == []
    works.types(MAYA, "/start")
    works.presses(MAYA, "A hello once a week")
    assert phase(works) is Phase.ALUMNI
    hellos = [each for each in works.live(21 * DAY) if "How has the week been?" in each.text]
    assert len(hellos) == 3
    assert all(each.text.startswith(SENT_BY_ITSELF) for each in hellos)
    assert len({(each.at.weekday(), each.at.hour) for each in hellos}) <= 2  # clocks change
    works.presses(MAYA, "Hard")
    assert "people can be reached" in texts(works.to(MAYA))[-1]
    labels = [button.text for row in works.to(MAYA)[-1].message.buttons for button in row]
    assert labels[0].endswith("Help me now")
    assert "I want back in" in labels
    works.presses(MAYA, "No hello any more")
    assert not [each for each in works.live(15 * DAY) if "How has the week" in each.text]


@pytest.mark.both
def test_alumni_may_leave_a_line_and_others_who_finished_may_not(works: Clockwork) -> None:
    """It waits for the therapist like any other; whoever stopped can still take theirs back."""
    finishes(works)
    works.types(MAYA, "/start")
    works.does(MAYA, Press("m.board_add.weekend"))
    assert lines(works) == []
    works.presses(MAYA, "A hello once a week")
    works.presses(MAYA, "What helped others")
    works.presses(MAYA, "Add what helped me")
    works.presses(MAYA, "Weekend")
    works.presses(MAYA, "Yes")
    works.types(MAYA, "I went to the early meeting and stayed for breakfast.")
    assert "Your therapist reads it first" in texts(works.to(MAYA))[-1]
    assert [each.state for each in lines(works)] == [State.HELD]
    works.presses(MAYA, "No hello any more")
    works.types(MAYA, "/start")
    works.presses(MAYA, "My lines")
    works.presses(MAYA, "waits for your therapist")
    works.presses(MAYA, "Take it back")
    assert lines(works) == []


@pytest.mark.parametrize(
    "typed", ["I don't know", "no sé", "Luego.", "never mind", "Mejor no", "nothing", "no"]
)
def test_who_has_nothing_to_say_leaves_no_line(works: Clockwork, typed: str) -> None:
    """“No sé” below “what did you do?” waited for the therapist as a line for the group."""
    finishes(works)
    works.types(MAYA, "/start")
    works.presses(MAYA, "A hello once a week")
    works.presses(MAYA, "What helped others")
    works.presses(MAYA, "Add what helped me")
    works.presses(MAYA, "Weekend")
    works.presses(MAYA, "Yes")
    works.types(MAYA, typed)
    assert "What helped others" in texts(works.to(MAYA))[-1]
    assert lines(works) == []
    works.types(MAYA, "I feel low today")
    assert lines(works) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("No, gracias.", True), ("no quiero", True), ("I don't want to", True), ("nada", True),
        ("no sé", False), ("Luego.", False), ("skip", False), ("never mind", False),
    ],
)  # fmt: skip
def test_a_no_may_be_the_answer_to_the_question_of_a_session(
    works: Clockwork, typed: str, kept: bool
) -> None:
    """“Where would you have liked to say no, and what would you say now?” “No, gracias” was thrown
    away. Nobody else reads it unasked."""
    works.does(MAYA, Press("m.question_answer."))
    assert "Nobody else sees it unless you choose so" in texts(works.to(MAYA))[-1]
    works.types(MAYA, typed)
    assert [each.text for each in lines(works)] == ([typed] if kept else [])


def lines(works: Clockwork) -> list[board.BoardLine]:
    """What Maya wrote for the group."""
    return works.database.call(
        lambda session: board.of_person(session, works.kit.vault, works.person(session, MAYA).id)
    )


def test_a_hello_waits_for_nobody_who_paused_or_stopped(works: Clockwork) -> None:
    """The guard is looked at when it is sent, so a stop one second before holds."""
    finishes(works)
    works.types(MAYA, "/start")
    works.presses(MAYA, "A hello once a week")
    works.live(6 * DAY)

    def stops(session: Session) -> None:
        members.set_phase(session, works.person(session, MAYA).id, None)

    while not _waits(works):
        works.now += timedelta(minutes=10)
        _ring_without_sending(works)
    works.run(stops)
    works.deliver()
    assert not any("How has the week" in each.text for each in works.to(MAYA))


def _ring_without_sending(works: Clockwork) -> None:
    for due in works.database.call(lambda session: ring.look(session, works.now)).ripe:
        works.database.call(partial(ring.ring, due=due, now=works.now, kit=works.kit))


def _waits(works: Clockwork) -> bool:
    row = tables.outbox.c
    query = select(func.count()).where(row.status == "pending")
    return bool(works.database.call(lambda session: session.connection().execute(query).scalar()))


def test_retention_is_carried_out_for_alumni_as_well(works: Clockwork) -> None:
    """What was written in the programme goes on its day; the hello stays; who stops then goes
    altogether, a week later."""
    writes(works)
    finishes(works)
    works.types(MAYA, "/start")
    works.presses(MAYA, "A hello once a week")
    told = texts(works.live(84 * DAY))
    assert any("what you wrote in the programme is deleted" in each for each in told)
    assert history(works) == 1
    works.live(7 * DAY)
    assert history(works) == 0
    later = [each for each in works.live(8 * DAY) if "How has the week been?" in each.text]
    assert later
    works.presses(MAYA, "No hello any more")
    assert any("everything of yours here is deleted" in each for each in texts(works.live(DAY)))
    works.live(8 * DAY)
    gone = works.database.call(lambda session: people.find(session, works.kit.vault, MAYA))
    assert gone is None


def history(works: Clockwork) -> int:
    """How many finished exercises of Maya's there are."""
    return works.database.call(
        lambda session: len(
            past_runs.history(session, works.kit.vault, works.person(session, MAYA).id)
        )
    )


def test_retention_is_carried_out_without_a_hello(works: Clockwork) -> None:
    """As before: everything goes on the day that was told."""
    writes(works)
    finishes(works)
    works.live(91 * DAY)
    assert works.database.call(lambda session: people.find(session, works.kit.vault, MAYA)) is None


def test_whoever_could_not_be_told_in_time_is_told_first(works: Clockwork) -> None:
    """We were down over the week before, or the clock jumped there: told and deleted in the same
    minute, nobody could have fetched a copy. The date in the message is the one that counts."""
    writes(works)
    finishes(works)
    told = texts(works.go_down(120 * DAY))
    end = works.now + 3 * DAY
    assert any("deleted" in each and f"{end.day} {end:%B}" in each for each in told)
    works.live(2 * DAY)
    assert history(works) == 1
    works.live(2 * DAY)
    assert works.database.call(lambda session: people.find(session, works.kit.vault, MAYA)) is None


def test_back_in_reaches_the_programme_and_one_tap_lets_them_in(works: Clockwork) -> None:
    """The therapist hears it once a day, without a name; takes her in; nothing is deleted."""
    writes(works)
    finishes(works)
    works.live(3 * DAY)
    works.types(MAYA, "/start")
    works.presses(MAYA, "I want back in")
    assert "I have told Dr Rivera" in texts(works.to(MAYA))[-1]
    told = [each for each in works.to(RIVERA) if "like to come back" in each.text]
    assert texts(told) == ["Somebody who finished would like to come back."]
    works.presses(MAYA, "I want back in")
    assert "told today already" in texts(works.to(MAYA))[-1]
    works.presses(RIVERA, "See who")
    assert "<b>Heron</b> finished Thursday-B" in texts(works.to(RIVERA))[-1]
    works.presses(RIVERA, "Take them back in")
    assert "<b>Heron</b> is back" in texts(works.to(RIVERA))[-1]
    assert phase(works) is Phase.INTAKE
    assert "participant.returned" in actions(works)
    works.live(100 * DAY)
    assert history(works) == 1

    def planned(session: Session) -> bool:
        return retention.is_planned(session, works.person(session, MAYA).id)

    assert not works.database.call(planned)


@pytest.mark.parametrize("other", [False, True])
def test_into_another_group_nobody_reads_before_it_is_asked_anew(
    works: Clockwork, other: bool
) -> None:
    """Maya let Dr Rivera read: of another group others would read everything, and at once. Into the
    same group her yes comes along."""
    writes(works)
    works.run(partial(_lets_read, works=works))
    finishes(works)
    works.types(MAYA, f"/start {works.database.call(partial(_invited, works=works, other=other))}")
    assert "Your number is" in texts(works.to(MAYA))[-1]

    def reads(session: Session) -> bool:
        return reads_words(session, works.kit, works.person(session, MAYA).id)

    assert works.database.call(reads) is not other


def _lets_read(session: Session, works: Clockwork) -> None:
    scene = Scene(session, works.kit, works.person(session, MAYA), works.now, "reads")
    for scope in (Scope.FRAME, Scope.THERAPIST_READS):
        consented.decide(scene, scope, granted=True)


def _invited(session: Session, works: Clockwork, other: bool) -> str:
    group = groups.groups(session)[0]
    if other:
        group = groups.add_group(session, "Tuesday-A", group.zone, works.now)
    return invites.invite(session, works.kit.vault, works.now, group=group.id)


def test_the_own_plan_stays_at_hand_after_the_programme(works: Clockwork) -> None:
    """It is kept for weeks: the card in a crisis left it out, and below it stood [Change it], which
    did nothing any more."""
    library = works.kit.library
    works.kit = replace(
        works.kit, library=replace(library, exercises={**library.exercises, PLAN.id: PLAN})
    )
    works.types(MAYA, "/plan")
    works.types(MAYA, "I stop answering")
    works.presses(MAYA, "Done")
    works.types(MAYA, "My sister")
    works.presses(MAYA, "Done")
    works.types(MAYA, "/plan")
    assert works.to(MAYA)[-1].message.buttons[0][0].text == "Change it"
    finishes(works)
    works.types(MAYA, "I want to kill myself")
    works.presses(MAYA, "Open my safety plan")
    assert "My sister" in works.to(MAYA)[-1].text
    labels = [each.text for row in works.to(MAYA)[-1].message.buttons for each in row]
    assert labels == ["🛟 Help me now"]


def test_the_handover_page_holds_the_own_plan(works: Clockwork) -> None:
    """Signs and people as they were written last, without the rest of what was written."""
    library = works.kit.library
    works.kit = replace(
        works.kit, library=replace(library, exercises={**library.exercises, PLAN.id: PLAN})
    )
    writes(works)
    works.types(MAYA, "/plan")
    works.types(MAYA, "I stop answering\nI sleep all day")
    works.presses(MAYA, "Done")
    works.types(MAYA, "My sister")
    works.presses(MAYA, "Done")
    finishes(works)

    def build(session: Session) -> tuple[list[str], list[str], str]:
        person = works.person(session, MAYA).id
        page = handover.build(session, works.kit, person, works.now)
        assert page is not None
        with zipfile.ZipFile(io.BytesIO(handover.packed(page, works.kit))) as files:
            return page.signs, page.people, files.read("between.html").decode()

    signs, known, html = works.database.call(build)
    assert signs == ["I stop answering", "I sleep all day"]
    assert known == ["My sister"]
    assert all(each in html for each in (*signs, *known, "My warning signs"))
    assert "it wants" not in html
    works.types(MAYA, "/start")
    works.presses(MAYA, "My page to take along")
    assert "has not set up private pages" in texts(works.to(MAYA))[-1]


def test_a_discharged_person_cannot_be_moved_and_strangers_cannot_ask(works: Clockwork) -> None:
    """Old buttons lead nowhere."""
    person_page(works)
    step = works.button(RIVERA, "Step down")
    finishes(works)
    assert step.data is not None
    works.does(RIVERA, Press(step.data))
    assert phase(works) is Phase.DISCHARGED
