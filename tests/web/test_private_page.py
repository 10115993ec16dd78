"""The private page over real HTTP and in a real Chromium: strict, accessible, no scripts."""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator
from typing import Literal

import aiohttp
import pytest
from playwright.async_api import Browser, Page, expect

from bot.web.pages import A_MINUTE
from tests.cast import LEO, MAYA
from tests.chromium import chromium, serious
from tests.web.conftest import Rooms

pytestmark = [
    # Playwright leaves its pipes to the garbage collector when a loop per test ends.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

SCREENS: tuple[tuple[int, Literal["light", "dark"]], ...] = (
    *((320, "light"), (320, "dark")),
    *((1280, "light"), (1280, "dark")),
)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as opened:
        yield opened


@pytest.mark.parametrize("way", ["/p/{token}", "/p/nobody", "/static/page.css", "/", "/docs"])
async def test_every_answer_is_strict(rooms: Rooms, way: str) -> None:
    """No inline anything, nothing stored, nothing framed, nothing told to other sites."""
    link = await rooms.link(MAYA)
    address = rooms.address + way.replace("{token}", link.rpartition("/")[2])
    async with aiohttp.ClientSession() as http, http.get(address) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'; form-action 'self'")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Server" not in answer.headers
        assert "Set-Cookie" not in answer.headers
        text = await answer.text()
        assert "<script" not in text
        assert "style=" not in text


async def test_guessing_opens_nothing(rooms: Rooms) -> None:
    """A wrong, an empty, a huge and an odd token are all the same closed page."""
    await rooms.link(MAYA)
    async with aiohttp.ClientSession() as http:
        for token in ("x", "A" * 43, "A" * 5000, "%00", "..%2f..", "%F0%9F%92%A9"):
            for method in ("GET", "POST", "HEAD", "PUT"):
                async with http.request(method, f"{rooms.address}/p/{token}") as answer:
                    assert answer.status in (404, 405)


async def test_a_slash_too_many_sends_the_token_nowhere(rooms: Rooms) -> None:
    """No redirect that repeats it, to whatever host and scheme the request came by."""
    link = await rooms.link(MAYA)
    async with aiohttp.ClientSession() as http:
        headers = {"Host": "elsewhere.example"}
        async with http.get(f"{link}/", headers=headers, allow_redirects=False) as answer:
            assert answer.status == 404
            assert "Location" not in answer.headers


async def test_whoever_guesses_on_is_kept_from_the_database(rooms: Rooms) -> None:
    """Three hundred looks a minute from one address; then none is looked up, right or wrong."""
    link = await rooms.link(MAYA)
    async with aiohttp.ClientSession() as http:
        for at in range(A_MINUTE):
            async with http.post(f"{rooms.address}/p/{at:043}") as answer:
                assert answer.status == 404
        async with http.post(link) as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (429, "60")


async def test_of_many_at_once_one_gets_it(rooms: Rooms) -> None:
    """A double tap is answered once."""

    link = await rooms.link(MAYA)
    async with aiohttp.ClientSession() as http:

        async def press() -> int:
            async with http.post(link) as answer:
                await answer.read()
                return answer.status

        statuses = await asyncio.gather(*(press() for _ in range(8)))
    assert sorted(statuses) == [200, *[404] * 7]


@pytest.mark.browser
async def test_it_is_accessible_in_both_languages(rooms: Rooms, browser: Browser) -> None:
    """axe finds nothing serious, light and dark, narrow and wide, open and over."""
    context = await browser.new_context(
        bypass_csp=True,  # axe is a script; that none of ours is there is tested elsewhere
    )
    page = await context.new_page()
    for person, heading in ((MAYA, "Your private page"), (LEO, "Tu página privada")):
        await page.goto(await rooms.link(person))
        await expect(page.get_by_role("heading", name=heading)).to_be_visible()
        await fits(page)
    await page.goto(f"{rooms.address}/p/over")
    await expect(page.get_by_role("heading", name="no longer open")).to_be_visible()
    await fits(page)
    await context.close()


async def fits(page: Page) -> None:
    """Nothing serious on it, and nothing wider than the screen."""
    for width, scheme in SCREENS:
        await page.set_viewport_size({"width": width, "height": 640})
        await page.emulate_media(color_scheme=scheme)
        assert await serious(page) == [], (width, scheme)
        assert await page.evaluate("document.body.scrollWidth <= innerWidth"), width


@pytest.mark.browser
async def test_the_button_downloads_without_javascript(rooms: Rooms, browser: Browser) -> None:
    """One press, one file; the copy itself is a page that axe likes too."""
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    await page.goto(await rooms.link(MAYA))
    async with page.expect_download() as downloading:
        await page.get_by_role("button", name="Download my copy").click()
    download = await downloading.value
    assert download.suggested_filename == "between.zip"
    with zipfile.ZipFile(await download.path()) as files:
        html = files.read("between.html").decode()
    assert [each for each in said if "favicon" not in each] == []
    await context.close()
    reading = await browser.new_page(color_scheme="dark")
    await reading.set_content(html)
    await expect(reading.get_by_role("heading", name="Your data in Between")).to_be_visible()
    assert await serious(reading) == []
    await reading.close()


async def test_the_handover_page_comes_by_the_same_way(rooms: Rooms) -> None:
    """A link made for it gives that page once: signs and people from the plan, no journal."""
    link = await rooms.link(MAYA, "handover")
    async with aiohttp.ClientSession() as http:
        async with http.post(link) as answer:
            assert answer.status == 200
            file = await answer.read()
        async with http.post(link) as again:
            assert again.status == 404
    with zipfile.ZipFile(io.BytesIO(file)) as files:
        assert files.namelist() == ["between.html", "between.pdf"]
        assert files.read("between.pdf").startswith(b"%PDF-")
        page = files.read("between.html").decode()
    for heading in ("My warning signs", "What helped me most", "My people", "When it is urgent"):
        assert heading in page
