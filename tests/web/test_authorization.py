"""Nobody gets at what is not theirs: every route of the app, every role, every kind of id.

The routes are read from the app, so a new page is in here by itself.
"""

from functools import partial

import pytest
from sqlalchemy import func, select
from sqlmodel import Session

from bot.store import audit, emergencies, tables
from bot.usecases.office import emergency
from tests.cast import MAYA, RIVERA
from tests.web.office import GONE, LIND, NAMED, OMAR, SATO, Browser, Office, Page
from tests.web.things import EVERYBODYS, Things, Whose, fill, furnish, mixtures, ways

OPEN = ("/sign-in", "/signed-out", "/p/")
"""Addresses for people who are not signed in."""
CLOSED = ("/office/groups/{group_id}/settings", "/office/people/{person_id}/export")
"""No emergency opens these: they change how others work, or take data out."""
REACHES = ("/office/alerts/", "/office/people/{person_id}/entries/{run_id}/comments")
"""What somebody can do in an emergency: see to an alert, and write to whom it is about."""
SEES = {
    RIVERA: {Whose.OWN},
    SATO: {Whose.OTHER},
    LIND: {Whose.OWN, Whose.OTHER},
}


@pytest.fixture
async def things(office: Office) -> Things:
    """Something to name of each kind."""
    return await furnish(office)


async def test_each_parameter_is_known(office: Office, things: Things) -> None:
    """A new one is added to `tests.web.things`, so that what it names is gone over here."""
    names = {name for _, route in ways(office.app) for name in route.param_convertors}
    assert names <= things.values.keys() | EVERYBODYS.keys()


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
        mine = route.param_convertors.keys() - EVERYBODYS.keys()
        if not mine:
            continue
        for whose in mixtures(route):
            browser = await office.signed_in(who)
            before = await office.run(_refusals)
            page = await _ask(browser, method, fill(route, things, whose))
            case = (method, route.path, whose)
            if len(set(whose.values())) == 1 and set(whose.values()) <= SEES[who]:
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


async def test_an_emergency_opens_for_reading_alone_and_is_on_record(
    office: Office, things: Things
) -> None:
    """The pages of the other group open to whoever broke the glass, save two, and nothing there can
    be decided but what helps somebody; each look at its people says that it was an emergency; what
    is unknown or erased stays so."""
    now = office.now()
    await office.run(
        partial(
            emergencies.open_group,
            vault=office.kit.vault,
            staff=office.ids[RIVERA],
            group=office.groups["other"],
            reason="nobody of theirs can be reached",
            now=now,
            until=now + emergency.OPEN,
        )
    )
    for method, route in ways(office.app):
        for whose in mixtures(route):
            if not whose:
                continue
            browser = await office.signed_in(RIVERA)
            page = await _ask(browser, method, fill(route, things, whose))
            opens = method == "GET" or route.path.startswith(REACHES)
            seen = set(whose.values()) in ({Whose.OWN}, {Whose.OTHER})
            if Whose.OTHER in whose.values() and (route.path in CLOSED or not opens):
                seen = False
            assert (page.status == 404) is not seen, (method, route.path, whose)
            await browser.close()
    rows = await office.run(audit.of_subject, subject=office.ids[OMAR])
    assert {each.reason for each in rows if each.action != "alert.taken"} == {"emergency"}
