"""A whole thought record in a real browser, by a person with a keyboard, in both languages."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.cast import LEO, MAYA
from tests.chromium import chromium, serious
from tests.journeys.conftest import Stage

pytestmark = [
    pytest.mark.browser,
    # Playwright leaves its pipes to the garbage collector when a loop per test ends.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A Chromium of this test's own."""
    async with chromium() as opened:
        yield opened


class OnPage:
    """One phone on the page, used as a person uses it."""

    def __init__(self, page: Page, person: int) -> None:
        self.phone: Locator = page.locator(f'[data-phone="{person}"]')
        self.page = page

    async def say(self, text: str) -> None:
        """Types into the field and presses Enter."""
        field = self.phone.locator("textarea[name=text]")
        await field.fill(text)
        await field.press("Enter")

    async def press(self, label: str) -> None:
        """Presses the newest button with this label."""
        await self.phone.get_by_role("button", name=label, exact=True).last.click()

    async def reads(self, text: str) -> None:
        """Waits until these words are on the phone."""
        shown = self.phone.locator('[data-from="bot"]').filter(has_text=text)
        await expect(shown.last).to_be_visible(timeout=20_000)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_maya_does_a_thought_record_on_the_page(stage: Stage, browser: Browser) -> None:
    """Start to receipt at phone width; axe finds nothing serious on the way and at the end."""
    page = await browser.new_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    await page.goto(stage.playground.url)
    maya = OnPage(page, MAYA)
    await maya.press("Start")
    await maya.reads("Hello. I’m Between.")
    await maya.press("Menu")
    await maya.press("A thought that won’t go")
    await maya.press("Seven-column thought record · 15 min")
    await maya.reads("Think of one recent moment")
    await maya.say("Tuesday. My sister did not <answer> & I waited.")
    await maya.press("sad")
    await maya.reads("• sad")
    assert await serious(page) == []
    await maya.press("Done")
    await maya.press("80")
    await maya.reads("What went through your mind")
    await maya.say("She has had enough of me")
    await maya.reads("• She has had enough of me")
    await maya.press("Done")
    await maya.reads("How much do you believe this thought right now?")
    await maya.press("90")
    await maya.reads("Which facts fit")
    await maya.press("Skip")
    await maya.reads("Which facts do not fit")
    await maya.say("On Sunday she called.")
    await maya.reads("• On Sunday she called.")
    await maya.press("Done")
    await maya.reads("What thought would be fair")
    await maya.say("I do not know yet what it means.")
    await maya.reads("How much do you believe the fairer thought")
    await maya.press("60")
    await maya.reads("How much do you believe it now?")
    await maya.press("50")
    await maya.reads("How strong is it now?")
    await maya.press("40")
    await maya.reads("one small step")
    await maya.press("Skip")
    await maya.reads("sad: 80 → 40")
    await maya.reads("Tuesday. My sister did not <answer> & I waited.")
    assert await serious(page) == []
    await page.close()


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_leo_does_the_senses_beside_her(stage: Stage, browser: Browser) -> None:
    """Two phones at desk width, one in Spanish; what Leo does stays on Leo's phone."""
    page = await browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    await page.goto(stage.playground.url)
    leo, maya = OnPage(page, LEO), OnPage(page, MAYA)
    await maya.press("Start")
    await maya.reads("Hello.")
    await leo.press("Start")
    await leo.reads("Hola. Soy Between.")
    await leo.press("Cinco sentidos, aquí y ahora · 4 min")
    await leo.reads("1/8")
    await leo.press("8")
    await leo.reads("2/8")
    await leo.say("la lámpara")
    await leo.reads("3/8")
    hers = await maya.phone.inner_text()
    assert "lámpara" not in hers
    assert await serious(page) == []
    await page.close()
