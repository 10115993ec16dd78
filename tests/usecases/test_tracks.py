"""What a person in a track sees: the core first, why something is closed, their own wishes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlmodel import Session

from bot.catalog.consents import Scope
from bot.catalog.load import Library
from bot.catalog.load_tracks import Tracks
from bot.catalog.load_workshops import read_workshops
from bot.catalog.tracks import Adapted
from bot.messages.callback import LONGEST, for_menu
from bot.messages.message import Message
from bot.store import audit, consents, groups, people, revisions, runs, spared, tables
from bot.store.consents import Event
from bot.store.worker import Database
from bot.usecases.checkins import checkin_for
from bot.usecases.incoming import Command, Press
from bot.usecases.kit import Kit
from tests.catalog.shelf import SHIPPED
from tests.usecases.chat import NOON, SETTINGS, Chat
from tests.usecases.clockwork import LEO, MAYA, RIVERA, Clockwork

Open = Callable[..., Chat]


def tracked(chat: Open, track: str | None) -> Chat:
    """Maya with the whole library, in a group of this track."""
    maya = chat()
    maya.kit = replace(maya.kit, library=SHIPPED)
    maya.run(lambda session: _set_track(session, track))
    return maya


def _set_track(session: Session, track: str | None) -> None:
    session.connection().execute(update(tables.care_group).values(track=track))


def labels_of(message: Message) -> list[str]:
    return [button.text for row in message.buttons for button in row]


def titles_of(maya: Chat) -> list[str]:
    maya.press("Menu")
    maya.press("By skill")
    maya.press("All exercises")
    return [label.split(" · ")[0] for label in labels_of(maya.messages[-1])]


def test_the_core_comes_first_and_what_is_closed_is_not_there(chat: Open) -> None:
    """In the trauma track grounding leads the list; thought records and the body scan wait."""
    titles = titles_of(tracked(chat, "trauma"))
    assert titles[0] == "Five senses, here and now"
    assert titles.index("A kind pause") < titles.index("Body basics")
    assert titles.index("A kind pause") < min(n for n, t in enumerate(titles) if t.startswith("—"))
    assert not {"Five-column thought record", "Body scan", "Ask, or say no"} & set(titles)
    assert "Back to now" in titles


def test_a_search_says_why_something_is_closed(chat: Open) -> None:
    """By its name, in the person's language; a button from before says the same."""
    maya = tracked(chat, "trauma")
    maya.say("thought record")
    assert "hidden for now: ask your therapist" in maya.messages[-2].text
    assert "Five-column thought record" in maya.messages[-2].text
    assert "One of these may help" in maya.last
    maya.say("body scan")
    assert "“Body scan” – hidden for now" in maya.last
    maya.run(lambda session: _set_track(session, None))
    maya.say("five-column")
    maya.run(lambda session: _set_track(session, "trauma"))
    maya.press("Five-column")
    assert "hidden for now" in maya.last
    maya.press("Menu")
    maya.press("A thought that won’t go")
    assert not any(label.startswith("Five-column") for label in labels_of(maya.messages[-1]))


def test_an_exercise_is_the_tracks_own_and_stays_so_until_its_end(chat: Open) -> None:
    """The run keeps the definition it began with, with the names and hashes of the overlays."""
    maya = tracked(chat, "gambling")
    maya.say("practise saying no")
    maya.press("Practise saying no")
    assert "Draft, not yet reviewed by a clinician." in maya.messages[-1].text
    maya.run(lambda session: _set_track(session, None))
    maya.press("No")

    def kept(session: Session) -> None:
        stored = runs.open_run(session, maya.kit.vault, maya.person(session).id)
        assert stored is not None
        exercise = revisions.recall(session, stored.revision)
        assert isinstance(exercise, Adapted)
        assert [each.track for each in exercise.overlays] == ["addiction", "gambling"]

    maya.run(kept)


def test_a_stop_word_ends_it_wherever_one_is(chat: Open) -> None:
    """In the trauma track only, alone and in any language; elsewhere it is an answer."""
    maya = tracked(chat, "trauma")
    for steps in ((), ("8",), ("8", "a lamp, a cup")):
        maya.say("five senses")
        maya.press("Five senses")
        assert "write “stop”" in maya.last
        for step in steps:
            maya.say(step)
        maya.say("Alto")
        assert "stop" in maya.last.lower()
        maya.run(lambda session: _nothing_open(maya, session))
    maya.run(lambda session: _set_track(session, None))
    maya.say("five senses")
    maya.press("Five senses")
    maya.say("8", "stop")
    maya.run(lambda session: _something_open(maya, session))


def test_no_workshop_leads_to_a_closed_door(chat: Open) -> None:
    """In the trauma track a workshop is not offered whose exercises only a therapist opens, and a
    button from before does not join it."""
    maya = tracked(chat, None)
    workshops = read_workshops(SETTINGS.workshops_dir, SETTINGS.cache)
    maya.kit = replace(maya.kit, workshops=workshops)
    for is_there in (True, False):
        maya.give(Command("workshops"))
        assert ("DEAR MAN week" in labels_of(maya.messages[-1])) is is_there
        assert "Sleep and PLEASE" in labels_of(maya.messages[-1])
        maya.say("man week")
        assert ("DEAR MAN week" in labels_of(maya.messages[-1])) is is_there
        maya.run(lambda session: _set_track(session, "trauma"))
    maya.give(Press(for_menu("join", "ws.dearman")))
    assert maya.messages[-2].text.startswith("That one is no longer here")


@pytest.mark.both
@pytest.mark.parametrize("word", ["stop", "Stop.", "alto", "NO MORE"])
def test_a_stop_word_is_no_answer_to_a_form(chat: Open, word: str) -> None:
    """In the settings it puts the question away and changes nothing; nobody is called “stop”."""
    maya = tracked(chat, "trauma")
    for field in ("Name", "First check-in", "Quiet hours", "Callback number"):
        maya.give(Command("settings"))
        before = maya.last
        maya.press(field)
        maya.say(word)
        assert "Stopped. No exercise is open" in maya.messages[-2].text
        maya.give(Command("settings"))
        assert maya.last == before


def test_a_stop_word_stops_what_was_begun_before_the_track(chat: Open) -> None:
    """The group joined the trauma track while somebody was on their way through an exercise."""
    maya = tracked(chat, None)
    maya.say("five senses")
    maya.press("Five senses")
    maya.say("8")
    maya.run(lambda session: _set_track(session, "trauma"))
    maya.say("stop")
    assert "Stopped." in maya.last
    maya.run(lambda session: _nothing_open(maya, session))


def _nothing_open(maya: Chat, session: Session) -> None:
    assert runs.open_run(session, maya.kit.vault, maya.person(session).id) is None


def _something_open(maya: Chat, session: Session) -> None:
    assert runs.open_run(session, maya.kit.vault, maya.person(session).id) is not None


@pytest.mark.both
def test_a_topic_warns_or_keeps_away(chat: Open) -> None:
    """One tap warns before it, two leave it out, three take it back; it lies sealed."""
    maya = tracked(chat, None)
    maya.give(Command("settings"))
    maya.press("Topics with care")
    maya.press("○ the breath")
    maya.press("Go on")
    assert "Topics to be careful with: the breath: warn me" in maya.last
    maya.say("paced breathing")
    maya.press("Paced breathing")
    assert "This one touches on the breath." in maya.last
    assert labels_of(maya.messages[-1]) == ["Go on", "Another one"]
    maya.press("Go on")
    assert "breath" in maya.last
    maya.run(lambda session: _sealed(maya, session))
    maya.give(Command("stop"))
    maya.give(Command("settings"))
    maya.press("Topics with care")
    maya.press("! the breath: warn me")
    maya.press("– the breath: leave it out")
    maya.press("○ the breath")
    maya.press("! the breath: warn me")
    maya.press("Go on")
    assert "leave it out" in maya.last
    assert "Paced breathing" not in titles_of(maya)
    assert "Five senses, here and now" in titles_of(maya)


def _sealed(maya: Chat, session: Session) -> None:
    body = session.connection().execute(select(tables.spared.c.sealed_body)).scalar_one()
    assert b"breath" not in body
    wishes = spared.of_person(session, maya.kit.vault, maya.person(session).id)
    assert {topic.value: wish.value for topic, wish in wishes.items()} == {"breath": "warn"}


def test_a_programme_can_show_reviewed_exercises_only(chat: Open) -> None:
    """Everything is a draft today, and the list says so; the check-in and the plan stay."""
    maya = tracked(chat, None)
    maya.run(_reviewed_only)
    maya.press("Menu")
    assert "Check-in · 1 min" in labels_of(maya.messages[-1])
    assert "none is ready yet" in maya.last
    maya.say("paced breathing")
    assert "waiting for a clinician’s review" in maya.messages[-2].text
    signed = SHIPPED.exercises["breath.paced"].model_dump(by_alias=True, mode="json")
    signed["review"] = {"status": "reviewed", "by": "Dr Rivera", "on": "2026-03-01"}
    exercise = type(SHIPPED.exercises["breath.paced"]).model_validate(signed)
    library = Library({**SHIPPED.exercises, exercise.id: exercise}, tracks=SHIPPED.tracks)
    maya.kit = replace(maya.kit, library=library)
    maya.press("Menu")
    assert "What would help" in maya.last
    maya.press("Paced breathing")
    assert "Draft" not in maya.last


def test_the_button_of_a_day_opens_nothing_that_is_closed(chat: Open) -> None:
    """Closed since it was asked for which day, or a button that nobody was ever shown."""
    maya = tracked(chat, None)
    day = Press(for_menu("day", f"{maya.now:%Y%m%d}.er.please"))
    maya.run(_reviewed_only)
    maya.give(day)
    assert "waiting for a clinician’s review" in maya.last
    maya.run(lambda session: _reviewed_only(session, only=False))
    maya.give(day)
    assert "Illness or pain" in maya.last


def _reviewed_only(session: Session, *, only: bool = True) -> None:
    programme = groups.programme(session)
    assert programme is not None
    groups.set_programme(session, replace(programme, reviewed_only=only), NOON)


def test_the_check_in_is_the_tracks(chat: Open) -> None:
    """One check-in in the menu, with the track's questions; a broken track keeps its own."""
    titles = titles_of(tracked(chat, "trauma"))
    assert titles.count("Check-in") == 1
    assert checkin_for(SHIPPED, "trauma") == "check.trauma"
    assert checkin_for(SHIPPED, "nowhere") == "check.core"
    assert checkin_for(SHIPPED, None) == "check.core"
    without = Library(SHIPPED.exercises, tracks=Tracks())
    assert checkin_for(without, "addiction") == "check.addiction"


@pytest.fixture
def works(database: Database, shipped: Kit) -> Clockwork:
    """Leo in a trauma group of Dr Rivera's, with the whole library."""
    works = Clockwork(database, shipped).build()
    works.kit = replace(works.kit, library=SHIPPED)
    works.run(lambda session: _set_track(session, "trauma"))
    return works


def test_a_therapist_opens_one_exercise_for_one_person(works: Clockwork) -> None:
    """One button on the person's page, on record; the others of the group see nothing of it."""
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "My groups")
    works.presses(RIVERA, "Colibrí")
    works.presses(RIVERA, "Open an exercise")
    assert "Which exercise do you want to open" in works.to(RIVERA)[-1].text
    works.presses(RIVERA, "Ask, or say no")
    assert "Open for <b>Colibrí</b> from now on: Ask, or say no" in works.to(RIVERA)[-1].text
    leo = works.id_of(LEO)
    seen = works.database.call(lambda session: audit.of_subject(session, leo, 9))
    assert "exercise.enabled" in [each.action for each in seen]
    works.types(LEO, "pedir")
    assert any(label.startswith("Pedir, o decir") for label in labels_of(works.to(LEO)[-1].message))
    works.types(LEO, "/who")
    assert "te abrió un ejercicio" in works.to(LEO)[-1].text
    works.types(MAYA, "ask, or say")
    assert any("hidden for now" in each.text for each in works.to(MAYA))


def test_an_exercise_of_a_clinics_own_with_the_longest_id_can_be_opened(
    works: Clockwork, tmp_path: Path
) -> None:
    """The button went over the 64 bytes it may carry, and the therapist never saw the page."""
    longest = "abcdefgh.abcdefghijklmnopqrstuvwx"
    closed = next(each for each in SHIPPED.exercises.values() if each.avoid)
    ours = closed.model_copy(update={"id": longest, "title": {"en": "Ours", "es": "Nuestro"}})
    assert type(ours).model_validate(ours.model_dump(by_alias=True)).id == longest
    (tmp_path / "broken.yaml").write_text("-")  # so that whatever is not for everybody is closed
    library = Library({longest: ours}, (), Tracks(tmp_path))
    works.kit = replace(works.kit, library=library)
    works.run(lambda session: _set_track(session, "broken"))
    works.types(RIVERA, "/menu")
    for label in ("My groups", "Colibrí", "Open an exercise"):
        works.presses(RIVERA, label)
    data = works.button(RIVERA, "Ours").data
    assert data is not None
    assert len(data) <= LONGEST
    works.presses(RIVERA, "Ours")
    assert "from now on: Ours" in works.to(RIVERA)[-1].text


def test_what_is_assigned_is_open(works: Clockwork) -> None:
    """Assigned to one person, it can be begun although the track keeps it closed."""
    works.types(LEO, "mirar los hechos")
    assert "no está a la vista" in works.to(LEO)[-1].text
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Assign an exercise")
    works.presses(RIVERA, "Colibrí")
    works.presses(RIVERA, "More exercises")
    works.presses(RIVERA, "Check the facts")
    works.until(date(2026, 3, 3), "18:30", "Europe/Madrid")
    works.presses(LEO, "Empezar")
    assert "Esto toca un tema: violencia o amenazas" in works.to(LEO)[-1].text
    works.presses(LEO, "Seguir")
    assert "¿Esto sería sobre lo que viviste entonces" in works.to(LEO)[-1].text


def test_topics_are_shown_to_a_therapist_who_may_read(works: Clockwork) -> None:
    """Only after a yes to being read."""
    works.types(LEO, "/settings")
    works.presses(LEO, "Temas con cuidado")
    works.presses(LEO, "○ la comida")
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "My groups")
    works.presses(RIVERA, "Colibrí")
    assert "care with" not in works.to(RIVERA)[-1].text
    works.run(lambda session: _agrees(works, session))
    works.presses(RIVERA, "Thursday-B")
    works.presses(RIVERA, "Colibrí")
    assert "Wants care with: food and eating: warn me" in works.to(RIVERA)[-1].text


def _agrees(works: Clockwork, session: Session) -> None:
    event = Event(Scope.THERAPIST_READS.value, True, 9, "0" * 64, works.now)
    frame = Event(Scope.FRAME.value, True, 9, "0" * 64, works.now)
    for each in (frame, event):
        consents.record(session, works.person(session, LEO).id, each)


@pytest.mark.parametrize("word", ["enough", "/stop"])
def test_the_first_steps_stop_as_well(chat: Open, word: str) -> None:
    """A newcomer who stops is not asked the same again at once; Menu brings the question back."""
    maya = tracked(chat, "trauma")
    maya.run(lambda session: people.set_onboarding(session, maya.person(session).id, "language"))
    maya.give(Command("stop")) if word == "/stop" else maya.say(word)
    assert maya.last.startswith("Stopped. Nothing is lost.")
    maya.give(Command("menu"))
    assert maya.last.startswith("Which language")
