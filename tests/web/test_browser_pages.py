"""The therapist's pages as the demo shows them, in a real browser: every page in both languages,
widths and colour schemes, and the way from the sign-in to a comment with the keyboard alone."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect
from sqlmodel import Session

from bot.store import people
from tests.cast import MAYA, RIVERA
from tests.chromium import chromium, serious
from tests.demo_house import Demo, demo_house, sign_in

pytestmark = [
    pytest.mark.browser,
    # Playwright leaves its pipes to the garbage collector when a loop per test ends.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

COMMENTS = {
    True: "You looked at both sides before you went to bed.",
    False: "Bring it on Thursday, if you like.",
}
"""By whether the browser runs scripts."""
NOTHING_HIDDEN = (
    "[...document.querySelectorAll('.stack')].every(e => e.scrollWidth <= e.clientWidth)"
)
"""What people read every day they see whole, also on a phone."""
MANY = 80
"""No page needs more steps with the Tab key than this."""


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with demo_house(tmp_path) as started:
        yield started


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as opened:
        yield opened


async def speak(demo: Demo, language: str) -> None:
    """Dr Rivera reads in this language from now on."""

    def change(session: Session) -> None:
        person = people.find(session, demo.house.kit.vault, RIVERA)
        assert person is not None
        people.set_language(session, person.id, language)

    await demo.house.database.run(change)


SCREENS: tuple[tuple[str, Literal["light", "dark"], int], ...] = (
    ("en", "dark", 1440),
    ("es", "light", 390),
)


async def test_every_page_is_accessible_and_fits(demo: Demo, browser: Browser) -> None:
    """axe finds nothing serious, nothing scrolls sideways but tables by themselves, each page has
    one first heading, and the browser has nothing to complain about."""
    for language, scheme, width in SCREENS:
        await speak(demo, language)
        await fits(demo, browser, scheme, width)


async def fits(demo: Demo, browser: Browser, scheme: Literal["light", "dark"], width: int) -> None:
    """Every page on one screen."""
    context = await browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        bypass_csp=True,  # axe is a script; that none of ours is there is tested elsewhere
    )
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    await sign_in(demo, page)
    found: dict[str, list[str]] = {}
    for name, way in (await demo.pages_by_name()).items():
        found[name] = await problems(page, demo.pages + way)
    assert {name: said for name, said in found.items() if said} == {}
    assert [each for each in complaints if "favicon" not in each] == []
    await context.close()


async def problems(page: Page, address: str) -> list[str]:
    """What is wrong with a page, as sentences."""
    answer = await page.goto(address)
    found = await serious(page)
    if answer is None or answer.status != 200:
        found.append("it does not answer")
    if not await page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        found.append("it scrolls sideways")
    if not await page.evaluate(NOTHING_HIDDEN):
        found.append("a cell of a table is hidden to the right")
    if await page.locator("h1").count() != 1:
        found.append("it has not one first heading")
    return found


async def test_from_the_sign_in_to_a_comment_by_keyboard(demo: Demo, browser: Browser) -> None:
    """Today, the group, Heron, the newest thought record, a comment: Tab and Enter lead there, with
    scripts and without; the comment is on Maya's phone a moment later."""
    demo.playground.say(MAYA, "/start")
    for script, comment in COMMENTS.items():
        await writes(demo, browser, comment, script=script)


async def writes(demo: Demo, browser: Browser, comment: str, *, script: bool) -> None:
    """From the sign-in to the comment, in a browser of its own."""
    context = await browser.new_context(java_script_enabled=script)
    page = await context.new_page()
    await sign_in(demo, page)
    await go(page, "Thursday-B")
    await expect(page.get_by_role("heading", name="Thursday-B", level=1)).to_be_visible()
    await go(page, "Heron")
    await expect(page.get_by_role("heading", name="Heron", level=1)).to_be_visible()
    await go(page, "Seven-column thought record")
    await expect(page.get_by_text("Three of her colleagues are ill")).to_be_visible()
    await reach(page, page.locator("textarea"))
    await page.keyboard.type(comment)
    await reach(page, page.get_by_role("button", name="Send the comment"))
    await page.keyboard.press("Enter")
    await expect(page.locator("#comments blockquote").last).to_have_text(comment)
    message = await demo.reads(comment, MAYA)
    assert "Dr Rivera" in message["text"]
    await see_it_arrived(context, page, many=list(COMMENTS).index(script) + 1)


async def go(page: Page, link: str) -> None:
    """Follows the first link of this name with the keyboard."""
    await reach(page, page.locator("main").get_by_role("link", name=link, exact=True).first)
    await page.keyboard.press("Enter")


async def reach(page: Page, wanted: Locator) -> None:
    """Presses Tab until this is where the keyboard is."""
    for _ in range(MANY):
        await page.keyboard.press("Tab")
        if await wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{wanted} is not reached by Tab")


async def see_it_arrived(context: BrowserContext, page: Page, *, many: int) -> None:
    """The page says so of all of them when it is loaded anew."""
    arrived = page.locator("#comments").get_by_text("Delivered")
    for _ in range(20):
        await page.reload()
        if await arrived.count() == many:
            break
    await expect(arrived).to_have_count(many)
    await context.close()
