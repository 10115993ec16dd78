"""The page with the phones in a real Chromium: what people do there, by mouse and by keyboard."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from bot.playground import Playground
from bot.playground.samples import drawing, hum
from tests.chromium import chromium, serious

MAYA, LEO = 1001, 1002
pytestmark = [
    pytest.mark.browser,
    # Playwright leaves its pipes to the garbage collector when a loop per test ends.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]  # fmt: skip


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as opened:
        yield opened


@pytest.fixture
async def page(browser: Browser, pg: Playground) -> AsyncIterator[Page]:
    """The page at 1440 px, which must not say anything in the console."""
    opened = await browser.new_page(viewport={"width": 1440, "height": 900})
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    await opened.goto(pg.url)
    yield opened
    assert said == []
    await opened.close()


def phone(page: Page, person: int = MAYA) -> Any:
    return page.locator(f'[data-phone="{person}"]')


def field(page: Page, person: int = MAYA) -> Any:
    return phone(page, person).locator("textarea[name=text]")


@pytest.mark.usefixtures("echo")
async def test_a_conversation_by_mouse(page: Page, desk: Any) -> None:
    """Start, a text, a press: the answer edits the message and a toast says so."""
    maya = phone(page)
    await maya.get_by_role("button", name="Start").click()
    await expect(maya.locator('[data-from="bot"]')).to_have_count(1)
    await field(page).fill("I am <b>here</b>")
    await field(page).press("Enter")
    answer = maya.locator('[data-from="bot"]').last
    await expect(answer).to_contain_text("You said: I am <b>here</b>")
    await answer.locator('[data-data="yes"]').click()
    await expect(answer).to_contain_text("You chose yes")
    await expect(answer.locator("[data-data]")).to_have_count(0)
    await expect(maya.locator(".toast")).to_have_text("Noted")
    assert (await desk.last())["edited"]


@pytest.mark.usefixtures("echo")
async def test_a_conversation_by_keyboard(page: Page) -> None:
    """Everything works without a mouse, and the focus never gets lost."""
    maya = phone(page)
    await maya.get_by_role("button", name="Start").focus()
    await page.keyboard.press("Enter")
    await expect(field(page)).to_be_focused()
    await page.keyboard.type("one")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("two")
    await page.keyboard.press("Enter")
    answer = maya.locator('[data-from="bot"]').last
    await expect(answer).to_contain_text("one\ntwo")
    await answer.locator('[data-data="no"]').focus()
    await page.keyboard.press("Enter")
    await expect(answer).to_contain_text("You chose no")
    await expect(answer).to_be_focused()
    await field(page).focus()
    await page.keyboard.press("ArrowUp")
    await expect(field(page)).to_have_value("one\ntwo")
    await page.keyboard.type("!")
    await page.keyboard.press("Enter")
    mine = maya.locator('[data-from="person"]').last
    await expect(mine).to_contain_text("two!")
    await expect(mine.locator(".edited")).to_be_visible()


@pytest.mark.usefixtures("started")
async def test_what_a_bot_can_show(page: Page, bot: Any, desk: Any) -> None:
    """Photos enlarge, spoilers open, links are safe, reply buttons send, commands are listed."""
    await bot.do("setMyCommands", commands=[{"command": "today", "description": "Your plan"}])
    text = "<tg-spoiler>secret</tg-spoiler> <a href='javascript:alert(1)'>bad</a>"
    keyboard = {"keyboard": [["Help me now"]]}
    await bot.do("sendMessage", chat_id=MAYA, text=text, parse_mode="HTML", reply_markup=keyboard)
    await bot.upload("sendPhoto", {"photo": drawing(64, 48)}, chat_id=str(MAYA))
    maya = phone(page)
    await maya.locator(".photo").click()
    await expect(page.locator("#viewer")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("#viewer")).not_to_be_visible()
    await maya.get_by_role("button", name="Hidden text, show it").click()
    await expect(maya.locator(".shown-spoiler")).to_be_focused()
    await expect(maya.locator(".words a")).to_have_count(0)
    await maya.get_by_role("button", name="Help me now").click()
    await expect(maya.locator('[data-from="person"]').last).to_contain_text("Help me now")
    await field(page).type("/to")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(maya.locator('[data-from="person"]').last).to_contain_text("/today")
    await maya.get_by_role("button", name="Attach").click()
    await maya.get_by_role("button", name="Voice message", exact=True).click()
    await expect(maya.locator(".voice")).to_have_count(1)
    assert (await desk.last())["kind"] == "voice"


@pytest.mark.usefixtures("started")
async def test_unread_block_clock_and_newcomers(page: Page, bot: Any, desk: Any) -> None:
    """A phone nobody looks at counts what is new; the desk moves time and adds phones."""
    await field(page).click()
    await bot.do("sendMessage", chat_id=LEO, text="Hola")
    leo = phone(page, LEO)
    await expect(leo.locator(".caption .badge")).to_contain_text("1")
    await expect(leo.locator(".unread-line")).to_be_visible()
    await field(page, LEO).click()
    await expect(leo.locator(".caption .badge")).to_be_hidden()
    await leo.get_by_role("button", name="More for Leo").click()
    await leo.get_by_role("button", name="Block the bot").click()
    await leo.get_by_role("button", name="Unblock", exact=True).click()
    await expect(field(page, LEO)).to_be_focused()
    await page.get_by_role("button", name="Tomorrow morning").click()
    await expect(page.locator(".now-hour")).to_have_text("08:30")
    await page.get_by_role("button", name="+1 hour").click()
    await expect(page.locator(".now-hour")).to_have_text("09:30")
    await page.get_by_role("button", name="Add a phone").click()
    await page.get_by_label("First name").fill("Ana")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("region", name="Ana’s phone")).to_be_visible()
    assert [p["first_name"] for p in await desk.get("people")] == ["Maya", "Leo", "Ana"]


async def test_an_invitation_opens_on_a_fresh_phone(page: Page, bot: Any, desk: Any) -> None:
    """Tapping a link to the bot asks whose phone it is opened on; Start hands the code over."""
    await desk.post(f"people/{MAYA}/messages", text="/start")
    link = "https://t.me/between_playground_bot?start=Ab-9_x"
    await bot.do("sendMessage", chat_id=MAYA, text=f"Here: {link}")
    await phone(page).get_by_role("link", name=link).click()
    dialog = page.get_by_role("dialog", name="A new phone")
    await expect(dialog.get_by_label("Link they opened or scanned")).to_have_value(link)
    await dialog.get_by_label("First name").fill("Ana")
    await page.keyboard.press("Enter")
    ana = page.get_by_role("region", name="Ana’s phone")
    await ana.get_by_role("button", name="Start").click()
    await expect(ana.locator('[data-from="person"]')).to_contain_text("/start Ab-9_x")


async def everything(bot: Any, desk: Any) -> None:
    """Fill the phones with one of each."""
    await bot.do("setMyDescription", description="Short exercises between two sessions.")
    rows = [[{"text": str(n), "callback_data": str(n)} for n in range(6)],
            [{"text": "Site", "url": "https://example.org"},
             {"text": "Code", "copy_text": {"text": "1"}}],
            [{"text": "Stop", "callback_data": "s", "style": "danger"},
             {"text": "Go", "callback_data": "g", "style": "primary"},
             {"text": "Yes", "callback_data": "y", "style": "success"}]]  # fmt: skip
    text = (
        "<b>Bold</b> <i>it</i> <code>code</code> <tg-spoiler>hidden</tg-spoiler> https://a.example"
        f" /help <pre>pre</pre><blockquote expandable>{'Long quote. ' * 20}</blockquote>"
    )
    markup = {"inline_keyboard": rows}
    await bot.do("sendMessage", chat_id=MAYA, text=text, parse_mode="HTML", reply_markup=markup)
    await bot.do("sendPoll", chat_id=MAYA, question="When?", options=["Now", "Later"])
    await desk.post(f"people/{MAYA}/messages", text="An answer with /help and https://a.example")
    me = str(MAYA)
    await bot.upload("sendPhoto", {"photo": drawing(64, 48)}, chat_id=me, protect_content="true")
    await bot.upload("sendVoice", {"voice": hum()}, chat_id=me, caption="Breathe")
    await bot.upload("sendDocument", {"document": b"%PDF-1.7"}, chat_id=me)
    for kind in ("voice", "photo", "sticker", "contact", "location", "document"):
        await desk.post(f"people/{MAYA}/messages", kind=kind)
    keyboard = {"keyboard": [["Today", "Help me now"]]}
    pinned = await bot.do("sendMessage", chat_id=MAYA, text="Done", reply_markup=keyboard)
    at = {"chat_id": MAYA, "message_id": pinned["message_id"]}
    await bot.do("pinChatMessage", **at)
    await bot.do("setMessageReaction", **at, reaction=[{"type": "emoji", "emoji": "👍"}])
    await desk.post("people", first_name="Ana", language_code="ar")
    await desk.post(f"people/{LEO}/block")


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
async def test_the_phones_are_accessible_and_fit(
    browser: Browser, pg: Playground, bot: Any, desk: Any, scheme: Any, width: int
) -> None:
    """axe finds nothing serious, no page scrolls sideways, and touch targets are large."""
    await everything(bot, desk)
    context = await browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = await context.new_page()
    await page.goto(pg.url)
    await expect(phone(page).locator('[data-kind="location"]')).to_be_attached()
    await bot.do("sendChatAction", chat_id=MAYA, action="typing")
    for opened in ("", ".attach-button", ".menu-button"):
        if opened:
            await phone(page).locator(opened).click()
        await asyncio.sleep(0.1)
        assert await serious(page) == []
    small = await page.evaluate(SMALL)
    assert small == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await context.close()


SMALL = """[...document.querySelectorAll('button, .key, textarea')]
  .filter((b) => b.checkVisibility() && !b.matches('.spoiler, .unfold, .command, .photo'))
  .filter((b) => b.getBoundingClientRect().height < 43.5)
  .map((b) => b.outerHTML)"""
