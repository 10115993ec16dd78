"""A group is removed only where nobody belongs to it, comes in, or may come back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event
from uuid import UUID

from sqlmodel import Session

from bot.store import groups, invites, members, people
from bot.store.people import Standing
from bot.store.worker import Database
from bot.usecases import discharge, group_settings
from bot.usecases.group_settings import Holding
from bot.usecases.incoming import Command
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene
from tests.usecases.theatre import MAYA, ZONE, Theatre


def _removes(session: Session, theatre: Theatre, which: UUID) -> Holding:
    group = groups.group(session, which)
    assert group is not None
    return group_settings.remove(session, theatre.kit, group, theatre.now)


def _finishes(session: Session, theatre: Theatre) -> None:
    rivera = people.get(session, theatre.rivera)
    assert rivera is not None
    assert discharge.discharge(
        Scene(session, theatre.kit, rivera, theatre.now, "ends"), theatre.maya
    )


def _invites(session: Session, theatre: Theatre) -> str:
    other = groups.add_group(session, "Monday-A", ZONE, theatre.now)
    return invites.invite(session, theatre.kit.vault, theatre.now, group=other.id)


def test_whoever_waits_for_another_group_has_theirs_to_come_back_to(theatre: Theatre) -> None:
    """Maya finished here and waits elsewhere: were the group gone, nobody could send her away. When
    nobody lets her in, she is here again, and what she wrote is kept as long as it was to be."""
    theatre.run(partial(_finishes, theatre=theatre))
    removes = partial(_removes, theatre=theatre, which=theatre.group)
    code = theatre.run(partial(_invites, theatre=theatre))
    theatre.does(MAYA, Command("start", code))
    held = theatre.run(removes)
    assert (held.here, held.finished, held.elsewhere) == (0, 0, 1)
    theatre.passes(days=15)
    member = theatre.run(lambda s: members.get(s, theatre.kit.vault, theatre.maya))
    person = theatre.run(lambda s: people.get(s, theatre.maya))
    assert (member.group, person.standing) == (theatre.group, Standing.DISCHARGED)
    held = theatre.run(removes)
    assert (held.here, held.finished, held.elsewhere) == (0, 1, 0)


def test_a_newcomer_comes_in_while_the_group_is_removed(
    open_database: Callable[..., Database], shipped: Kit
) -> None:
    """Whoever is being let in at that moment is waited for and holds the group; until this was so,
    the database refused in words of its own."""
    inside, outside = open_database(), open_database()
    theatre = Theatre(inside, shipped).build()
    monday = theatre.run(lambda s: groups.add_group(s, "Monday-A", ZONE, theatre.now)).id
    came, seen = Event(), Event()

    def comes_in(session: Session) -> None:
        person = people.welcome(session, shipped.vault, 4711, "en", ZONE, theatre.now)
        members.join(session, person.id, monday, theatre.now)
        came.set()
        seen.wait(0.5)

    with ThreadPoolExecutor(2) as pool:
        newcomer = pool.submit(inside.call, comes_in)
        assert came.wait(5)
        removed = pool.submit(outside.call, partial(_removes, theatre=theatre, which=monday))
        newcomer.result(10)
        assert removed.result(10).here == 1
