"""A group of six with Dr Rivera, what they do in a week, and Dr Rivera at the pages."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from sqlmodel import Session

from bot.catalog.consents import Scope
from bot.engine.given import DONE, Given, Pressed, Said
from bot.engine.run import Status
from bot.store import groups, runs, staff
from bot.store.staff import Role
from bot.usecases import carry_on, consented, set_up
from bot.usecases.office.reader import Reader, reader_of
from bot.usecases.scene import Scene
from bot.usecases.set_up import Known
from tests.engine.playing import exercise_of
from tests.usecases import content
from tests.usecases.clockwork import CORE, LEO, MADRID, MAYA, OPPOSITE, RIVERA, Clockwork

MORE = (2001, 2002, 2003, 2004)
SIX = (MAYA, LEO, *MORE)
ELSEWHERE = 3001
"""Somebody of a group that is not Dr Rivera's."""
FEELINGS = exercise_of(
    """
- {id: moods, type: ask_list, label: {en: Feelings, es: Emociones},
   text: {en: Which feelings?, es: ¿Qué emociones?},
   suggest: {en: [sad, anxious], es: [tristeza, ansiedad]}}
- {id: end, type: finish, text: {en: Done., es: Hecho.}}
""",
    """
id: cbt.feelings
title: {en: Feelings, es: Emociones}
need: [low]
""",
)


def open_clinic(works: Clockwork) -> Clockwork:
    """Six people in Thursday-B, one in Monday-A."""
    works.kit = replace(works.kit, consents=content.consents(), board=content.board())
    works.build(CORE, OPPOSITE, FEELINGS)
    works.run(partial(_more, works=works))
    return works


def _more(session: Session, works: Clockwork) -> None:
    mine = works.group(session).id
    other = groups.add_group(session, "Zeta", MADRID, works.now)
    for number, group in (*((each, mine) for each in MORE), (ELSEWHERE, other.id)):
        known = Known(number, "en", MADRID, f"Member {number}", checkins=())
        set_up.enrol(session, works.kit, group, known, works.now)


def rivera(session: Session, works: Clockwork) -> Reader:
    """Dr Rivera at the pages."""
    found = reader_of(session, works.kit, works.person(session, RIVERA).id)
    assert found is not None
    return found


def lead(session: Session, works: Clockwork) -> Reader:
    """The lead at the pages, who never came to the chat."""
    place = staff.add_staff(session, works.kit.vault, "Dr Mora", Role.LEAD, works.now)
    found = reader_of(session, works.kit, place.id)
    assert found is not None
    return found


def here(session: Session, works: Clockwork, who: int) -> Scene:
    """One happening for somebody."""
    cause = f"t{works.now.timestamp()}.{who}.{next(works.updates)}"
    return Scene(session, works.kit, works.person(session, who), works.now, cause)


def agrees(works: Clockwork, scope: Scope, *who: int, granted: bool = True) -> None:
    """These people say yes or no to one scope."""
    for each in who:
        works.run(lambda session, one=each: _decide(session, works, one, scope, granted=granted))  # type: ignore[misc] # a default binds the loop's value


def _decide(session: Session, works: Clockwork, who: int, scope: Scope, *, granted: bool) -> None:
    consented.decide(here(session, works, who), scope, granted=granted)


def does(works: Clockwork, who: int, exercise: str, *given: str) -> UUID:
    """Somebody goes through an exercise; what is typed, `/done` and numbers as buttons; its id."""
    return works.database.call(partial(_does, works=works, who=who, exercise=exercise, given=given))


def _does(
    session: Session, *, works: Clockwork, who: int, exercise: str, given: tuple[str, ...]
) -> UUID:
    scene = here(session, works, who)
    found = works.kit.library.find(exercise)
    assert found is not None
    stored = carry_on.begin(scene, found)
    for each in given:
        again = runs.get_run(session, works.kit.vault, stored.id)
        assert again is not None
        carry_on.give(scene, again, _given(each, again.run.turn, next(works.updates)))
    done = runs.get_run(session, works.kit.vault, stored.id)
    assert done is not None
    assert done.run.status is Status.FINISHED
    return stored.id


def _given(text: str, turn: int, mark: int) -> Given:
    return Pressed(turn, DONE) if text == "/done" else Said(text, mark)


def checks_in(works: Clockwork, mood: int, *who: int) -> None:
    """These people rate their mood."""
    for each in who:
        does(works, each, CORE.id, str(mood))


def at(text: str) -> datetime:
    """A moment (ISO, with its offset) in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)
