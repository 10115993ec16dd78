"""`make screenshots`: the pictures in the README, made from a running demo."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import FloatRect, Page

from bot.cli.demo import CAST, TOKEN, settings_for
from bot.playground import Playground
from bot.wiring import Clock, House
from tests.cast import take_part
from tests.chromium import chromium
from tests.demo_house import demo_house, sign_in

FOLDER = Path("docs/pictures")
PAGES = FOLDER / "pages"
ON_PHONES = ("today", "person", "entry", "brief")
HIGHEST = 1700


class Phone:
    """One phone on the page, used quickly."""

    def __init__(self, page: Page, person: int) -> None:
        self.phone = page.locator(f'[data-phone="{person}"]')

    async def say(self, text: str) -> None:
        """Types and sends."""
        field = self.phone.locator("textarea[name=text]")
        await field.fill(text)
        await field.press("Enter")
        await asyncio.sleep(0.6)

    async def press(self, label: str) -> None:
        """Presses the newest button with this label."""
        await self.phone.get_by_role("button", name=label, exact=True).last.click()
        await asyncio.sleep(0.6)


async def maya_writes(maya: Phone) -> None:
    """A thought record as far as the belief in the fairer thought."""
    await maya.press("Start")
    await maya.press("Menu")
    await maya.press("A thought that won’t go")
    await maya.press("Seven-column thought record · 15 min")
    await maya.say("Tuesday after work. My sister read my message and did not answer.")
    for feeling in ("sad", "hurt"):
        await maya.press(feeling)
    await maya.press("Done")
    await maya.press("80")
    await maya.press("60")
    await maya.say("She has had enough of me")
    await maya.press("Done")
    await maya.press("90")
    await maya.say("She has not answered for five hours.")
    await maya.press("Done")
    await maya.say("On Sunday she called to ask how I was.")
    await maya.press("Done")
    await maya.say("She did not answer today, and on Sunday she called me.")
    await maya.press("70")
    await maya.press("50")
    await maya.press("40")
    await maya.press("30")
    await maya.press("Skip")


async def leo_breathes(leo: Phone, playground: Playground) -> None:
    """Paced breathing in Spanish, then the picture of it."""
    await leo.press("Start")
    await leo.press("Respiración pausada · 6 min")
    await leo.press("No")
    await leo.press("7")
    await leo.press("1 minuto")
    playground.advance(timedelta(minutes=1, seconds=5).total_seconds())
    await asyncio.sleep(1.5)
    await leo.press("4")
    await leo.say("/progress")
    await asyncio.sleep(6)


async def maya_rides_an_urge(maya: Phone, playground: Playground) -> None:
    """Two things for an urge, one of them done, and the toolbox it went into."""
    await maya.press("Start")
    await maya.say("/urge")
    await maya.press("Paced breathing · 6 min")
    await maya.press("No")
    await maya.press("8")
    await maya.press("1 minute")
    playground.advance(timedelta(minutes=1, seconds=5).total_seconds())
    await asyncio.sleep(1.5)
    await maya.press("4")
    await maya.say("/toolbox")
    await asyncio.sleep(1)


async def leo_joins_a_workshop(leo: Phone) -> None:
    """The first lesson, in Spanish."""
    await leo.press("Start")
    await leo.say("/workshops")
    await leo.press("Surfear impulsos, 7 días")
    await leo.press("Empezar por la lección 1")
    await asyncio.sleep(1)


async def main() -> None:
    """Two evenings, each on a programme of its own, and the therapist's pages."""
    await first_evening()
    await an_urge_and_a_workshop()
    await therapists_pages()


async def an_urge_and_a_workshop() -> None:
    """Maya's toolbox and Leo's first lesson at desk width."""
    async with a_demo() as (playground, page):
        await maya_rides_an_urge(Phone(page, 1001), playground)
        await leo_joins_a_workshop(Phone(page, 1002))
        await page.screenshot(path=FOLDER / "toolbox-and-workshop.png")


async def first_evening() -> None:
    """Maya and Leo at desk width, Maya alone at phone width in the dark."""
    async with a_demo() as (playground, page):
        await maya_writes(Phone(page, 1001))
        await leo_breathes(Phone(page, 1002), playground)
        await page.screenshot(path=FOLDER / "phones.png")
        assert page.context.browser is not None
        small = await page.context.browser.new_page(
            viewport={"width": 390, "height": 844}, color_scheme="dark"
        )
        await small.goto(playground.url)
        await asyncio.sleep(1)
        await small.screenshot(path=FOLDER / "phone-dark.png")


async def therapists_pages() -> None:
    """Each page at desk width, some at phone width in the dark, with the demo's two weeks."""
    PAGES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        async with demo_house(Path(folder)) as demo, chromium() as browser:
            for width, scheme, names in (
                (1280, "light", (*await demo.pages_by_name(),)),
                (390, "dark", ON_PHONES),
            ):
                page = await browser.new_page(
                    viewport={"width": width, "height": 900},
                    color_scheme="dark" if scheme == "dark" else "light",
                )
                await sign_in(demo, page, partial(photograph, file=PAGES / f"sign-in-{width}.png"))
                for name, way in (await demo.pages_by_name()).items():
                    if name in names:
                        await page.goto(demo.pages + way)
                        await photograph(page, PAGES / f"{name}-{width}.png")
                await page.close()


async def photograph(page: Page, file: Path) -> None:
    """The page from its top, as far as a picture may be high."""
    high = await page.evaluate("document.documentElement.scrollHeight")
    size = page.viewport_size
    assert size is not None
    clip = FloatRect(x=0, y=0, width=size["width"], height=min(high, HIGHEST))
    await page.screenshot(path=file, full_page=True, clip=clip)


@asynccontextmanager
async def a_demo() -> AsyncIterator[tuple[Playground, Page]]:
    """A running demo and its page at desk width."""
    with TemporaryDirectory() as folder:
        playground = Playground(people=CAST, token=TOKEN)
        await playground.start()
        settings = settings_for(Path(folder), playground.url).model_copy(
            update={"sends_per_second": 0}
        )
        take_part(settings)
        house = House(settings, Clock(lambda: playground.offset))
        playground.on_clock(house.heartbeat.look)
        stopped = asyncio.Event()
        running = asyncio.ensure_future(house.run(stopped))
        async with chromium() as browser:
            page = await browser.new_page(viewport={"width": 1180, "height": 900})
            await page.goto(playground.url)
            yield playground, page
        stopped.set()
        await running
        await playground.stop()


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    asyncio.run(main())
