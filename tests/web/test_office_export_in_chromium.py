"""The export pages in a real browser: both widths, no script, by keyboard, and axe."""

from collections.abc import AsyncIterator
from functools import partial

import pytest
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page

from tests.cast import RIVERA
from tests.chromium import chromium, serious
from tests.web.office import LIND, Office
from tests.web.test_office_export import Exports, furnish

pytestmark = pytest.mark.browser
SIZES = [(390, 844), (1440, 900)]
CUT = "(each => each.scrollWidth > each.clientWidth)(document.querySelector('.table-wrap'))"
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
async def opened() -> AsyncIterator[Chromium]:
    """A Chromium."""
    async with chromium() as browser:
        yield browser


async def _at(
    office: Office, opened: Chromium, who: int, size: tuple[int, int], *, script: bool
) -> Page:
    made = await office.signed_in(who)
    context = await opened.new_context(
        viewport={"width": size[0], "height": size[1]},
        java_script_enabled=script,
        accept_downloads=True,
    )
    cookie = {"name": "sid", "value": made.secret or "", "url": office.web.address}
    await context.add_cookies([cookie])  # type: ignore[list-item] # a plain dict will do
    return await context.new_page()


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_is_hard_to_use(
    office: Office, opened: Chromium, size: tuple[int, int]
) -> None:
    """No serious finding on the form, with faults, and on the drafts; nothing wider than the
    screen, and no column of the latest exports out of sight."""
    await office.run(partial(furnish, office=office))
    page = await _at(office, opened, LIND, size, script=True)
    await page.goto(f"{office.web.address}/office/export")
    assert await serious(page) == []
    assert not await page.evaluate(WIDER)
    await page.fill("#reason", "Asked for by the insurer")
    await page.fill("#code", "000000")
    await page.click("form.export button")
    await page.wait_for_selector(".faults")
    assert await serious(page) == []
    assert await page.input_value("#reason") == "Asked for by the insurer"
    exports = Exports(office, office.browser())
    await page.check("input[value=notes]")
    await page.select_option("#whom", f"group:{office.groups['own']}")
    await page.fill("#code", exports.code)
    await page.click("form.export button")
    await page.wait_for_selector("textarea")
    assert await serious(page) == []
    assert not await page.evaluate(WIDER)
    assert await page.locator("textarea").count() == 2
    await page.goto(f"{office.web.address}/office/export")
    assert await page.locator(".table-wrap tbody tr").count() == 1
    assert not await page.evaluate(CUT)


async def test_without_script_and_by_keyboard_a_file_comes(
    office: Office, opened: Chromium
) -> None:
    """Tab from field to field, Enter: the browser saves a file under a name that says nothing."""
    await office.run(partial(furnish, office=office))
    page = await _at(office, opened, RIVERA, SIZES[0], script=False)
    await page.goto(f"{office.web.address}/office/export")
    await page.focus("#reason")
    await page.keyboard.type("Asked for by the insurer")
    await page.keyboard.press("Tab")
    await page.keyboard.type(Exports(office, office.browser()).code)
    async with page.expect_download() as coming:
        await page.keyboard.press("Enter")
    download = await coming.value
    assert download.suggested_filename.startswith("between-")
    assert download.suggested_filename.endswith(".zip")
