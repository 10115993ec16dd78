"""The pages of a group's work in a real browser without script: by keyboard, and on a phone.

That each is good to read is looked over in `test_every_page` and `test_browser_pages`.
"""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser as Chromium
from playwright.async_api import BrowserContext, Locator, expect
from sqlmodel import Session

from bot.store import groups, pairs, people
from tests.cast import LEO, MAYA, RIVERA
from tests.chromium import chromium
from tests.web.office import Office
from tests.web.test_group_work_pages import (
    CRISIS,
    alert_of,
    line_of,
    pair_of,
    state_of,
    with_pairs,
    writes,
)

pytestmark = pytest.mark.browser
WIDTHS = {"phone": (390, 844), "desk": (1440, 900)}


@pytest.fixture
async def opened() -> AsyncIterator[Chromium]:
    """A Chromium."""
    async with chromium() as browser:
        yield browser


async def signed_in(
    office: Office, opened: Chromium, who: int, size: tuple[int, int]
) -> BrowserContext:
    """Somebody of the staff in a browser of this size."""
    made = await office.signed_in(who)
    context = await opened.new_context(
        viewport={"width": size[0], "height": size[1]},
        java_script_enabled=False,
        reduced_motion="reduce",
    )
    await context.add_cookies(
        [{"name": "sid", "value": made.secret or "", "url": office.web.address}]
    )
    return context


async def filled(office: Office) -> list[str]:
    """An alert, lines on the board and waiting, a pair proposed; the addresses of all pages."""
    await writes(office, MAYA, CRISIS)
    alert = await alert_of(office, MAYA)
    await line_of(office, MAYA)
    await line_of(office, LEO, "Respiro diez veces y llamo a alguien.")
    await with_pairs(office)

    def propose(session: Session) -> None:
        two = (office.ids[MAYA], office.ids[LEO])
        pairs.propose(session, office.groups["own"], two, ("hours.2", "interests.1"), office.now())

    await office.run(propose)
    own = office.groups["own"]
    return [
        *("/office/alerts", f"/office/alerts/{alert}", "/office/board", "/office/pairs"),
        *("/office/library", "/office/library/cbt.thought7", "/office/library/breath.box"),
        f"/office/groups/{own}/settings",
    ]


async def test_a_line_is_approved_with_the_keyboard_alone(office: Office, opened: Chromium) -> None:
    """Without script: from the top to the button of the line by Tab, and Enter."""
    await filled(office)
    line = await line_of(office, LEO, "Salgo a caminar.")
    context = await signed_in(office, opened, RIVERA, WIDTHS["desk"])
    page = await context.new_page()
    await page.goto(f"{office.web.address}/office/board")
    button = page.locator(f'form[action$="/{line}/approve"] button')
    for _ in range(80):
        await page.keyboard.press("Tab")
        if await button.evaluate("each => each === document.activeElement"):
            break
    await page.keyboard.press("Enter")
    await page.get_by_role("status").wait_for()
    found = await state_of(office, line)
    assert found is not None
    assert found.value == "approved"
    await context.close()


async def test_an_alert_is_closed_on_a_phone_without_script(
    office: Office, opened: Chromium
) -> None:
    """Taken, then closed with a note that was forgotten the first time."""
    ways = await filled(office)
    context = await signed_in(office, opened, RIVERA, WIDTHS["phone"])
    page = await context.new_page()
    await page.goto(office.web.address + ways[1])
    await page.get_by_role("button", name="I take it").click()
    await page.get_by_text("It is yours, since").wait_for()
    await page.get_by_role("button", name="Close it").click()
    await page.get_by_role("alert").wait_for()
    await page.get_by_label("Outcome").fill("Called. With her sister.")
    await page.get_by_role("button", name="Close it").click()
    await page.get_by_text("It is closed, and your note is kept").wait_for()
    await context.close()


async def test_a_pair_is_approved_on_a_phone(office: Office, opened: Chromium) -> None:
    """One tap; the pair is asked."""
    ways = await filled(office)
    context = await signed_in(office, opened, RIVERA, WIDTHS["phone"])
    page = await context.new_page()
    await page.goto(office.web.address + ways[3])
    await page.get_by_role("button", name="Approve").click()
    await page.get_by_text("Both are asked now").wait_for()
    assert (await pair_of(office)).state.value == "approved"
    await context.close()


async def test_the_calendar_is_changed_on_the_page(office: Office, opened: Chromium) -> None:
    """A day chosen, a time typed; what does not fit stands in its field with a sentence."""
    ways = await filled(office)
    context = await signed_in(office, opened, RIVERA, WIDTHS["desk"])
    page = await context.new_page()
    await page.goto(office.web.address + ways[-1])
    form = page.locator('form[action*="/calendar"]')
    await form.get_by_label("Begins, Row 1").fill("6 pm")
    await form.get_by_role("button", name="Save").click()
    await page.get_by_text("“6 pm” is no time of day").wait_for()
    assert await form.get_by_label("Begins, Row 1").input_value() == "6 pm"
    await form.get_by_label("Begins, Row 1").fill("18:30")
    await form.get_by_label("Day, Row 1").select_option("1")
    await form.get_by_role("button", name="Save").click()
    await page.get_by_text("The calendar is saved").wait_for()

    def kept(session: Session) -> list[groups.SessionTime]:
        return groups.sessions_of(session, office.groups["own"])

    assert await office.run(kept) == [groups.SessionTime(1, "18:30", 90)]
    await context.close()


async def test_on_a_phone_it_is_in_sight_that_nothing_was_kept(
    office: Office, opened: Chromium
) -> None:
    """The page comes again with what is wrong far down: seen from its top, it looked done."""
    pages = await filled(office)
    context = await signed_in(office, opened, RIVERA, WIDTHS["phone"])
    page = await context.new_page()
    await page.goto(f"{office.web.address}{pages[1]}")
    await page.locator("textarea[name=note]").fill("4711")
    await page.locator("form:has(textarea[name=note]) button").click()
    await in_sight(page.get_by_text("Please write a short note first."))
    await page.goto(f"{office.web.address}{pages[-1]}")
    await page.locator("input[name=quiet_days]").fill("many")
    await page.locator("form:has(input[name=quiet_days]) button").click()
    await in_sight(page.get_by_role("alert"))


async def in_sight(what: Locator) -> None:
    """It comes to stand wholly within the window. A page jumps to its place after it is drawn."""
    await expect(what).to_be_in_viewport(ratio=1)


async def test_the_rows_of_a_calendar_fit_a_small_phone_in_spanish(
    office: Office, opened: Chromium
) -> None:
    """Four headings and four fields in 360 points: “Quitar” was cut off, and nothing said so."""
    await office.run(people.set_language, person=office.ids[RIVERA], language="es")
    context = await signed_in(office, opened, RIVERA, (360, 740))
    page = await context.new_page()
    await page.goto(f"{office.web.address}/office/groups/{office.groups['own']}/settings")
    await page.get_by_text("Cuándo se reúne el grupo").wait_for()
    hidden = await page.locator(".rows").evaluate_all(
        "all => all.map(each => each.scrollWidth - each.clientWidth)"
    )
    assert hidden == [0, 0]
    await context.close()
