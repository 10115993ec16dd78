"""Every page in a real Chromium: accessible, never wider than the screen, silent on the console.

Each test has one browser and one house for everything in it: they are what takes long here.
"""

from collections.abc import AsyncIterator
from typing import Literal

import pytest
from playwright.async_api import Browser, BrowserContext, Page

from bot.store.sign_ins import State, begin, decide
from bot.usecases.office import factor
from bot.web.office import keys
from tests.cast import RIVERA
from tests.chromium import chromium, serious
from tests.web.office import LIND, Office
from tests.web.things import Whose, fill, furnish, ways

Scheme = Literal["light", "dark"]
pytestmark = [
    pytest.mark.browser,
    # Playwright leaves its pipes to the garbage collector when a loop per test ends.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
SCREENS: tuple[tuple[int, Scheme, int], ...] = ((390, "light", RIVERA), (1440, "dark", LIND))
"""A phone in English, a desk in Spanish."""
OF_LEADS = ("/office/record/check",)
MORE_FOR_LEADS = (
    *(*OF_LEADS, "/office/record", "/office/export"),
    *("/office/groups/{group_id}/settings", "/office/library/{exercise_id}"),
)
"""Pages that show the lead more than a therapist. The dark desk of all others is looked over by axe
in `test_browser_pages`, where each is full."""


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as opened:
        yield opened


async def _at(browser: Browser, width: int, scheme: Scheme) -> BrowserContext:
    return await browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        bypass_csp=True,  # axe is a script; that none of ours is there is tested elsewhere
    )


async def _wrong(page: Page, *, axe: bool = True) -> list[str]:
    found = await serious(page) if axe else []
    if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("wider than the screen")
    if await page.get_by_role("heading", level=1).count() != 1:
        found.append("not one heading of the first level")
    return found


async def test_whoever_is_signed_in(office: Office, browser: Browser) -> None:
    """Each page that shows something, and the one that says there is nothing."""
    things = await furnish(office)
    said: list[str] = []
    for width, scheme, who in SCREENS:
        context = await _at(browser, width, scheme)
        page = await context.new_page()
        page.on("console", lambda message: said.append(message.text))
        secret = (await office.signed_in(who)).secret
        assert secret is not None
        await context.add_cookies([{"name": "sid", "value": secret, "url": office.web.address}])
        wrong = {}
        for method, route in ways(office.app):
            own = dict.fromkeys(route.param_convertors, Whose.OWN)
            if who != LIND and route.path in OF_LEADS:
                continue
            if method == "GET" and route.path.startswith("/office"):
                came = await page.goto(office.web.address + fill(route, things, own))
                axe = who != LIND or route.path in MORE_FOR_LEADS
                opened = came is not None and came.status == 200
                wrong[route.path] = await _wrong(page, axe=axe) if opened else ["did not open"]
        assert len(wrong) > 2
        assert {way: each for way, each in wrong.items() if each} == {}, who
        assert said == []
        await page.goto(f"{office.web.address}/office/nothing")
        assert await _wrong(page) == []
        await context.close()
        said.clear()  # that there is nothing was said, too


async def test_whoever_signs_in(office: Office, browser: Browser) -> None:
    """The pages of the sign-in, one after the other, without JavaScript to lead them."""
    for width, scheme, who in SCREENS:
        context = await _at(browser, width, scheme)
        await _signs_in(office, context, who)
        await context.close()


async def _signs_in(office: Office, context: BrowserContext, who: int) -> None:
    page = await context.new_page()
    await page.goto(f"{office.web.address}/sign-in")
    assert await _wrong(page) == []
    await page.get_by_role("button").first.click()
    assert "/page " in await page.get_by_role("main").inner_text()
    assert await _wrong(page) == []

    secret, me = keys.new(), office.ids[who]
    attempt = await office.run(
        lambda session: begin(session, keys.hashed(secret), "Firefox", office.now(), staff=me)
    )
    await context.add_cookies([{"name": "pre", "value": secret, "url": office.web.address}])
    wait = f"{office.web.address}/sign-in/wait"
    await page.goto(wait)
    assert str(attempt.number) in await page.get_by_role("main").inner_text()
    assert await _wrong(page) == []
    await office.run(factor.offer, kit=office.kit, staff_id=me, now=office.now())
    await office.run(decide, attempt=attempt.id, was=State.ASKED, becomes=State.APPROVED)
    await page.goto(wait)
    assert await page.get_by_role("textbox").count() == 1
    assert await _wrong(page) == []
    await office.run(decide, attempt=attempt.id, was=State.APPROVED, becomes=State.REFUSED)
    await page.goto(wait)
    assert await _wrong(page) == []
    await page.goto(f"{office.web.address}/signed-out")
    assert await _wrong(page) == []
