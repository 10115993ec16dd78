"""Nobody gets at what is not theirs: every route of the app, every role, every kind of id.

The routes are read from the app, so a new page is in here by itself.
"""

import pytest
from sqlalchemy import func, select
from sqlmodel import Session

from bot.store import tables
from tests.cast import MAYA, RIVERA
from tests.web.office import GONE, LIND, NAMED, OMAR, SATO, Browser, Office, Page
from tests.web.things import Things, Whose, fill, furnish, mixtures, ways

OPEN = ("/sign-in", "/signed-out", "/p/")
"""Addresses for people who are not signed in."""
SEES = {
    RIVERA: {Whose.OWN},
    SATO: {Whose.OTHER},
    LIND: {Whose.OWN, Whose.OTHER},
}
EVERYBODYS = {"exercise_id", "token"}
"""Parameters that are nobody's in particular."""


@pytest.fixture
async def things(office: Office) -> Things:
    """Something to name of each kind."""
    return await furnish(office)


@pytest.mark.parametrize("who", [None, GONE])
async def test_without_a_session_there_is_only_the_sign_in(
    office: Office, things: Things, who: int | None
) -> None:
    """Not signed in, or removed meanwhile: each page leads to the sign-in, and shows nobody."""
    for method, route in ways(office.app):
        if route.path == "/" or route.path.startswith(OPEN):
            continue
        for whose in mixtures(route):
            browser = office.browser() if who is None else await office.signed_in(who)
            page = await _ask(browser, method, fill(route, things, whose))
            assert (page.status, page.to) == (303, "/sign-in"), (method, route.path)
            await browser.close()


@pytest.mark.parametrize("who", list(SEES))
async def test_only_what_is_theirs_opens(office: Office, things: Things, who: int) -> None:
    """What is not theirs is not there, whether of another group, of nobody or erased; the answer
    holds no word of it, and the refusal is on record."""
    hidden = {MAYA: Whose.OWN, OMAR: Whose.OTHER}
    for method, route in ways(office.app):
        mine = {name for name in route.param_convertors if name not in EVERYBODYS}
        if not mine:
            continue
        for whose in mixtures(route):
            browser = await office.signed_in(who)
            before = await office.run(_refusals)
            page = await _ask(browser, method, fill(route, things, whose))
            case = (method, route.path, whose)
            if {whose[name] for name in mine} <= SEES[who] and mine <= things.values.keys():
                assert page.status not in (404, 405, 500), case
            else:
                assert page.status == 404, case
                assert await office.run(_refusals) == before + 1, case
                for person, of in hidden.items():
                    if of not in SEES[who]:
                        assert NAMED[person] not in page.text, case
            await browser.close()


async def _ask(browser: Browser, method: str, way: str) -> Page:
    return await (browser.post(way) if method == "POST" else browser.send(method, way))


def _refusals(session: Session) -> int:
    t = tables.audit
    query = select(func.count()).where(t.c.action == "page.refused")
    return int(session.connection().execute(query).scalar_one())
