"""Today, Group, Brief and the picture for the room over real HTTP, and in a real Chromium."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from playwright.async_api import Browser as Chromium
from playwright.async_api import expect
from sqlmodel import Session

from bot.catalog.consents import Scope
from bot.engine.given import DONE, Pressed
from bot.store import audit, brought, consents, groups, past_runs, people, runs
from bot.store.consents import Event
from bot.store.people import Participant
from bot.usecases import carry_on, set_up
from bot.usecases.kit import Kit
from bot.usecases.office import meetings
from bot.usecases.scene import Scene
from bot.usecases.set_up import Known
from tests.cast import LEO, MAYA, RIVERA, ZONE
from tests.chromium import chromium
from tests.web.office import SATO, Office
from tests.web.things import furnish

pytestmark = [
    # Playwright leaves its pipes to the garbage collector when a loop per test ends.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
MORE = range(5001, 5005)


@pytest.fixture
async def browser() -> AsyncIterator[Chromium]:
    async with chromium() as opened:
        yield opened


@pytest.fixture
async def lively(office: Office) -> Office:
    """Six people who agreed to be counted rated their mood on three days; alerts and lines wait;
    Maya brings an entry and lets the therapists read."""
    await office.run(_live, office=office)
    await furnish(office)
    return office


def _live(session: Session, *, office: Office) -> None:
    kit, now, group = office.kit, office.now(), office.groups["own"]
    for number in MORE:
        set_up.enrol(session, kit, group, Known(number, "en", ZONE, f"B{number}"), now)
    for place, number in enumerate((MAYA, LEO, *MORE)):
        person = _person(session, kit, number)
        for day in range(3):
            _looks_back(session, kit, person, place + day, now - timedelta(days=day + 1))
        _agrees(session, kit, person.id, Scope.NUMBERS_COUNTED, now)
    maya = _person(session, kit, MAYA)
    _agrees(session, kit, maya.id, Scope.THERAPIST_READS, now)
    entry = past_runs.history(session, kit.vault, maya.id, limit=1)[0].id
    found = groups.group(session, group)
    assert found is not None
    meeting = meetings.coming(session, found, now)
    assert meeting is not None
    brought.bring(session, entry, maya.id, group, meeting.day, now)


def _person(session: Session, kit: Kit, number: int) -> Participant:
    found = people.find(session, kit.vault, number)
    assert found is not None
    return found


def _agrees(session: Session, kit: Kit, person: UUID, scope: Scope, now: datetime) -> None:
    version = kit.consents.texts[scope].version
    consents.record(session, person, Event(scope.value, True, version, "", now))


def _looks_back(session: Session, kit: Kit, person: Participant, mood: int, at: datetime) -> None:
    """The evening's look: how the day was, and that people carried them through it."""
    scene = Scene(session, kit, person, at, f"t{person.id}.{at}")
    exercise = kit.library.find("check.evening")
    assert exercise is not None
    stored = carry_on.begin(scene, exercise)
    for choice in (str(mood), "s1", DONE, "yes", "yes"):
        now = runs.get_run(session, kit.vault, stored.id)
        assert now is not None
        carry_on.give(scene, now, Pressed(now.run.turn, choice))


async def test_today_leads_to_what_waits(lively: Office) -> None:
    """Each thing one line with its page; the lead of another group sees none of it."""
    rivera = await (await lively.signed_in(RIVERA)).get("/office")
    assert rivera.status == 200
    assert "Alert: Heron, Thursday-B" in rivera.text
    assert "A line for the board of Thursday-B waits to be read" in rivera.text
    assert f"/office/groups/{lively.groups['own']}/brief" in rivera.text
    sato = await (await lively.signed_in(SATO)).get("/office")
    assert "Thursday-B" not in sato.text
    assert "Heron" not in sato.text
    assert "Ninguno de tus grupos tiene sesión" in sato.text


async def test_nothing_to_do_is_one_calm_sentence(office: Office) -> None:
    """Before anything has happened."""
    page = await (await office.signed_in(RIVERA)).get("/office")
    assert "Nothing waits for you." in page.text


async def test_the_group_page_shows_states_and_no_words(lively: Office) -> None:
    """A row for each, by alias; the bare address leads to Today."""
    browser = await lively.signed_in(RIVERA)
    page = await browser.get(f"/office/groups/{lively.groups['own']}")
    assert page.status == 200
    for alias in ("Heron", "Colibrí", "B5001", "B5004"):
        assert alias in page.text
    assert "a walk helped" not in page.text
    assert (await browser.get("/")).to == "/office"


async def test_the_brief_shows_the_curve_and_what_is_brought(lively: Office) -> None:
    """Six agreed to be counted; Maya lets them read, and is told that they looked."""
    browser = await lively.signed_in(RIVERA)
    page = await browser.get(f"/office/groups/{lively.groups['own']}/brief")
    assert page.status == 200
    assert "Mood of the group" in page.text
    assert "What carried me: People" in page.text
    assert "Heron: " in page.text
    did = await lively.run(audit.of_subject, subject=lively.ids[MAYA])
    assert "brought.seen" in [each.action for each in did]


async def test_the_room_names_nobody(lively: Office) -> None:
    """No alias anywhere on the page, not even in its source."""
    browser = await lively.signed_in(RIVERA)
    page = await browser.get(f"/office/groups/{lively.groups['own']}/room")
    assert page.status == 200
    assert "Mood of the group" in page.text
    for alias in ("Heron", "Colibrí", "B500"):
        assert alias not in page.text


async def test_a_session_is_told_on_its_groups_clock(lively: Office) -> None:
    """A group of another town: its calendar and the chat said 18:00, the pages 00:00 on the day
    after, as if they were two sessions."""
    group = lively.groups["own"]
    await lively.run(groups.set_zone, group_id=group, zone="America/Bogota")
    browser = await lively.signed_in(RIVERA)
    for way in ("/office", f"/office/groups/{group}", f"/office/groups/{group}/brief"):
        page = await browser.get(way)
        assert "18:00 (Bogota time)" in page.text, way
    assert "until 19:30" in (await browser.get("/office")).text
    await lively.run(groups.set_zone, group_id=group, zone=ZONE)
    assert "18:00</" in (await browser.get("/office")).text


@pytest.mark.parametrize("way", ["", "/brief", "/room"])
async def test_a_group_of_others_is_a_404(lively: Office, way: str) -> None:
    """For its id, for an id of nobody, for no id at all."""
    browser = await lively.signed_in(SATO)
    for group in (lively.groups["own"], "0" * 32, "x", "1'--"):
        page = await browser.get(f"/office/groups/{group}{way}")
        assert page.status == 404
        assert "Thursday-B" not in page.text


@pytest.mark.browser
async def test_the_brief_is_printed_without_what_cannot_be_pressed(
    lively: Office, browser: Chromium
) -> None:
    """On paper there are no ways and no forms."""
    context = await browser.new_context(java_script_enabled=False)
    secret = (await lively.signed_in(RIVERA)).secret
    assert secret is not None
    await context.add_cookies([{"name": "sid", "value": secret, "url": lively.web.address}])
    page = await context.new_page()
    await page.goto(f"{lively.web.address}/office/groups/{lively.groups['own']}/brief")
    await page.emulate_media(media="print")
    await expect(page.get_by_role("heading", name="Brief: Thursday-B")).to_be_visible()
    await expect(page.get_by_role("link", name="Show in the room")).to_be_hidden()
    await expect(page.get_by_role("button")).to_have_count(0)
    await context.close()
