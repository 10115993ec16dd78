"""From the Person to the Entry page in a real browser, by keyboard."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.cast import MAYA, RIVERA
from tests.chromium import chromium
from tests.web.office import Office
from tests.web.test_office_entry import KIND, Ward

pytestmark = [
    pytest.mark.browser,
    # Playwright leaves its pipes to the garbage collector when a loop per test ends.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True),
]


@pytest.fixture
async def chrome() -> AsyncIterator[Browser]:
    """A Chromium of this test's own."""
    async with chromium() as opened:
        yield opened


@pytest.fixture
def ward(office: Office) -> Ward:
    """Maya with two check-ins besides her thought record."""
    ward = Ward.of(office)
    for mood in ("6", "3"):
        ward.goes_through(MAYA, "check.core", mood, "3", "7", "Yes", "Yes", "Yes")
    return ward


async def signed_in(office: Office, context: BrowserContext) -> Page:
    """A tab in which Dr Rivera is signed in."""
    browser = await office.signed_in(RIVERA)
    assert browser.secret is not None
    await context.add_cookies([{"name": "sid", "value": browser.secret, "url": office.web.address}])
    return await context.new_page()


async def test_a_comment_can_be_written_by_keyboard_without_scripts(
    office: Office, ward: Ward, chrome: Browser
) -> None:
    """From the list of entries to the sent comment, with Tab, arrows and Enter alone."""
    context = await chrome.new_context(java_script_enabled=False)
    page = await signed_in(office, context)
    await page.goto(f"{office.web.address}/office/people/{ward.id_of(MAYA)}")
    await page.get_by_role("link", name="Seven-column thought record").first.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Facts that do not fit")).to_be_visible()
    await page.get_by_label("Only my own words").focus()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Tab")
    await page.keyboard.type(KIND)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text(KIND)).to_be_visible()
    await expect(page.get_by_text("Thank you for letting me read this.").first).to_be_visible()
    await expect(page.get_by_text("On its way")).to_be_visible()
    await context.close()
