"""The Chromium of the browser tests: one found on PATH, else the one playwright brought."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A running headless Chromium. Without one the test fails; it is never skipped."""
    async with async_playwright() as playwright:
        path = _found(playwright.chromium.executable_path)
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        await browser.close()


def _found(brought: str) -> str:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and not Path(brought).exists():
        raise RuntimeError("No Chromium here. `make test` gets one before the tests begin.")
    return found or brought


async def serious(page: Page) -> list[str]:
    """What axe finds serious or critical on a page, as sentences."""
    from axe_playwright_python.async_playwright import Axe

    found = await Axe().run(page)
    return [
        f"{each['id']}: {each['help']}"
        for each in found.response["violations"]
        if each["impact"] in ("serious", "critical")
    ]
