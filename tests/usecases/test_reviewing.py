"""A clinician signs an exercise on the page: the draft note goes, for this very wording alone."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import Session

from bot.catalog.exercise import Exercise
from bot.catalog.flow import ahead
from bot.catalog.load import Library
from bot.catalog.load_measures import read_measures
from bot.config import Settings
from bot.reports.marked import safe
from bot.store import enabled, groups, people, staff, tables
from bot.store.people import Standing
from bot.store.staff import Role
from bot.usecases.kit import Kit
from bot.usecases.office import library as pages
from bot.usecases.office import shelf as listed
from bot.usecases.office.preview import preview
from bot.usecases.office.reader import NotYoursError, reader_of
from tests.catalog.shelf import SHIPPED
from tests.engine.playing import exercise_of
from tests.usecases.chat import Chat

Open = Callable[..., Chat]
RIVERA = 1003
DRAFT = "not yet reviewed by a clinician"
STEPS = """
- {id: what, type: ask_text, text: {en: "What happened?", es: "¿Qué pasó?"}}
- {id: end, type: finish, text: {en: Done., es: Hecho.}}
"""
HEAD = """
id: cbt.small
title: {en: Small step, es: Paso pequeño}
"""
SMALL = exercise_of(STEPS, HEAD)
REWORDED = exercise_of(STEPS.replace("What happened?", "What was it?"), HEAD)


@pytest.fixture
def maya(chat: Open) -> Chat:
    """Maya and one exercise that is a draft; Dr Rivera looks after her group."""
    maya = chat(SMALL)
    maya.run(lambda session: employ(session, maya))
    return maya


def employ(session: Session, maya: Chat) -> None:
    vault, now = maya.kit.vault, maya.now
    group = groups.groups(session)[0].id
    place = staff.add_staff(session, vault, "Dr Rivera", Role.THERAPIST, now, groups=(group,))
    person = people.welcome(session, vault, RIVERA, "en", "Europe/Madrid", now)
    taken = people.take_place(session, vault, place.id, RIVERA, person, now)
    people.set_standing(session, taken.id, Standing.STAFF)


def at_page(maya: Chat, work: Any, *given: object) -> Any:
    """Dr Rivera at the pages: `work(session, kit, reader, *given)`."""
    found: list[Any] = []

    def unit(session: Session) -> None:
        person = people.find(session, maya.kit.vault, RIVERA)
        assert person is not None
        reader = reader_of(session, maya.kit, person.id)
        found.append(work(session, maya.kit, reader, *given))

    maya.run(unit)
    return found[0]


def signs(maya: Chat, exercise: Exercise = SMALL) -> bool:
    """Dr Rivera signs what the page showed."""
    return bool(at_page(maya, pages.sign, exercise.id, exercise.revision, maya.now))


def book(maya: Chat) -> pages.Book:
    """The page of the exercise."""
    found: pages.Book = at_page(maya, pages.book, SMALL.id, "")
    return found


def begins(maya: Chat) -> str:
    """Maya begins the exercise; what she reads first."""
    maya.say("/cancel")
    maya.say("Small step")
    maya.press("Small step")
    return maya.last


def changes(maya: Chat, exercise: Exercise) -> None:
    """Its file is another one from now on."""
    maya.kit = replace(maya.kit, library=Library({exercise.id: exercise}))


def only_reviewed(maya: Chat) -> None:
    """The programme hides drafts."""

    def work(session: Session) -> None:
        found = groups.programme(session)
        assert found is not None
        groups.set_programme(session, replace(found, reviewed_only=True), maya.now)

    maya.run(work)


def test_signed_it_is_no_draft_any_more_and_back_again(maya: Chat) -> None:
    """Maya reads “Draft” above it, then not, then again once the signature was taken back."""
    assert DRAFT in begins(maya)
    assert signs(maya)
    assert DRAFT not in begins(maya)
    reviewed = book(maya).reviewed
    assert reviewed is not None
    assert (reviewed.by, f"{reviewed.on}", reviewed.here) == ("Dr Rivera", "2026-03-02", True)
    at_page(maya, pages.take_back, SMALL.id, maya.now)
    assert DRAFT in begins(maya)


def test_a_changed_file_is_unreviewed_again(maya: Chat) -> None:
    """And the page says that an earlier wording was signed; changed back, it is signed still."""
    assert signs(maya)
    changes(maya, REWORDED)
    assert DRAFT in begins(maya)
    assert (book(maya).reviewed, book(maya).changed) == (None, maya.now)
    changes(maya, SMALL)
    assert DRAFT not in begins(maya)


def test_what_changed_while_it_was_read_cannot_be_signed(maya: Chat) -> None:
    """The page was of the earlier wording."""
    changes(maya, REWORDED)
    assert not signs(maya, SMALL)
    assert book(maya).reviewed is None
    assert signs(maya, REWORDED)


def test_signing_twice_keeps_the_first(maya: Chat) -> None:
    """Whoever signed first stands there."""
    assert signs(maya)
    assert signs(maya)
    assert at_page(maya, listed.shelf, "", "").drafts == 0


def test_a_programme_of_reviewed_exercises_offers_what_was_signed(maya: Chat) -> None:
    """Hidden until Dr Rivera signs it; then it is there."""
    only_reviewed(maya)
    maya.say("Small step")
    assert "reviewed" in maya.last or "clinician" in maya.last
    assert signs(maya)
    assert DRAFT not in begins(maya)
    assert "What happened?" in maya.last


def test_the_list_is_found_by_word_approach_and_id(maya: Chat) -> None:
    """Without words everything; a word of the other language does as well."""
    maya.kit = replace(maya.kit, library=SHIPPED)

    def found(words: str, approach: str = "") -> list[str]:
        shelf: listed.Shelf = at_page(maya, listed.shelf, words, approach)
        return [each.id for each in shelf.found]

    assert len(found("")) == len(SHIPPED.exercises)
    assert "cbt.thought7" in found("thought record")
    assert "cbt.thought7" in found("registro de pensamientos")
    assert "cbt.thought7" in found("thought7")
    assert {each.split(".")[0] for each in found("", "distress_tolerance")} >= {"dt"}
    assert found("no such words at all") == []
    assert found("", "no such approach") == []
    assert found("x" * 5000) == []


def test_every_exercise_has_a_preview_in_every_language(shipped: Kit) -> None:
    """From its first words to its end, in which the bot has the last word."""
    kit = replace(shipped, library=SHIPPED)
    for exercise in SHIPPED.exercises.values():
        for language in exercise.languages:
            shown = preview(kit, exercise, language)
            assert shown, exercise.id
            assert not shown[-1].own, f"{exercise.id} {language} ends with an answer"
            assert not any("{{" in each.text for each in shown)


def test_a_preview_shows_the_exercise_and_not_only_its_safety_question(shipped: Kit) -> None:
    """At least half of the questions of the longest way through it."""
    kit = replace(shipped, library=SHIPPED)
    for exercise in SHIPPED.exercises.values():
        answered = sum(each.own for each in preview(kit, exercise, "en"))
        longest = ahead(exercise)[exercise.steps[0].id]
        assert 2 * answered >= longest, f"{exercise.id}: {answered} of {longest}"


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("<b>Stop</b> &amp; go", "<b>Stop</b> &amp; go"),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("<b onclick=x>a</b>", "&lt;b onclick=x&gt;a</b>"),
        ("<tg-spoiler>a</tg-spoiler>", "a"),
        ("&lt;i&gt;", "&lt;i&gt;"),
    ],
)
def test_only_the_tags_of_authors_come_through(text: str, page: str) -> None:
    """Everything else is shown as it stands."""
    assert safe(text) == page


def test_how_a_track_offers_it_and_opening_it(maya: Chat) -> None:
    """Closed in the trauma track until it is opened for Maya, then for nobody any more."""
    maya.kit = replace(maya.kit, library=SHIPPED)
    maya.run(
        lambda session: _none(
            session.connection().execute(update(tables.care_group).values(track="trauma"))
        )
    )
    group = at_page(maya, pages.book, "cbt.thought7", "").groups[0]
    assert group.offer in ("adapted", "hidden")
    assert [alias for _, alias in group.closed] == ["Heron"]
    person = group.closed[0][0]
    assert at_page(maya, pages.open_for_person, "cbt.thought7", person, maya.now) == 1
    assert at_page(maya, pages.open_for_group, "cbt.thought7", group.group, maya.now) == 0
    group = at_page(maya, pages.book, "cbt.thought7", "").groups[0]
    assert (group.closed, group.opened) == ((), 1)
    found: list[frozenset[str]] = []
    maya.run(lambda session: found.append(enabled.of_person(session, maya.person(session).id)))
    assert found == [frozenset({"cbt.thought7"})]


def _none(_: object) -> None:
    return None


def test_nobody_opens_anything_for_somebody_of_another_group(maya: Chat) -> None:
    """Nor for nobody, nor an exercise that is not there."""

    def other(session: Session) -> None:
        group = groups.add_group(session, "Tuesday-A", "Europe/Madrid", maya.now)
        session.connection().execute(update(tables.member).values(group_id=group.id))

    maya.run(other)
    found: list[Any] = []
    maya.run(lambda session: found.append(maya.person(session).id))
    with pytest.raises(NotYoursError):
        at_page(maya, pages.open_for_person, SMALL.id, found[0], maya.now)
    with pytest.raises(NotYoursError):
        at_page(maya, pages.book, "cbt.nothing", "")


def test_questionnaires_without_their_wording_say_how_to_get_it(maya: Chat) -> None:
    """Every one that is not installed is listed with its licence."""
    settings = Settings()
    maya.kit = replace(maya.kit, measures=read_measures(settings.measures_dir, settings.cache))
    forms = at_page(maya, listed.shelf, "", "").forms
    assert {each.id for each in forms} == set(maya.kit.measures.known)
    assert all(each.licence for each in forms)
