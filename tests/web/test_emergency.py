"""Breaking the glass: an hour in a group of others, with a reason, a code, and the lead told."""

from datetime import timedelta
from uuid import UUID

from pyotp import TOTP
from sqlmodel import Session

from bot.store import audit, emergencies, second_factors
from bot.usecases.office.emergency import OPEN
from bot.usecases.office.reader import reader_of, record
from tests.cast import RIVERA
from tests.web.office import LIND, OMAR, Browser, Office

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
EMERGENCY = "/office/emergency"
WHY = "Nobody of Tuesday-A can be reached"


async def _with_factor(office: Office, who: int) -> Browser:
    await office.run(
        lambda session: second_factors.offer(
            session, office.kit.vault, office.ids[who], SECRET, office.now()
        )
    )
    return await office.signed_in(who)


def _code(office: Office) -> str:
    return TOTP(SECRET).at(office.now())


async def _opened(office: Office, who: int) -> frozenset[UUID]:
    return await office.run(emergencies.opened, staff=office.ids[who], now=office.now())


async def test_it_opens_with_a_reason_and_a_code(office: Office) -> None:
    """For sixty minutes; the lead hears of it at once, without the reason; the record keeps it."""
    browser = await _with_factor(office, RIVERA)
    other = office.groups["other"]
    form = {"group": other.hex, "reason": WHY, "code": _code(office)}
    assert (await browser.post(EMERGENCY, form)).to == "/office"
    assert await _opened(office, RIVERA) == {other}
    told = await office.told(LIND)
    assert len(told) == 1
    assert "Dr Rivera" in told[0]
    assert WHY not in told[0]
    assert office.woken > 0
    page = await browser.get(EMERGENCY)
    assert "Tuesday-A" in page.text
    lead = await office.signed_in(LIND)
    assert WHY in (await lead.get("/office/record")).text
    office.moved += OPEN
    assert await _opened(office, RIVERA) == frozenset()


async def test_one_that_was_opened_while_the_clock_ran_ahead(office: Office) -> None:
    """It stood open until the clock had come there once more; its hour is over once it is right."""
    browser = await _with_factor(office, RIVERA)
    office.moved += timedelta(days=7)
    browser = await office.signed_in(RIVERA)
    form = {"group": office.groups["other"].hex, "reason": WHY, "code": _code(office)}
    assert (await browser.post(EMERGENCY, form)).to == "/office"
    assert await _opened(office, RIVERA) == {office.groups["other"]}
    office.moved -= timedelta(days=7)
    assert await _opened(office, RIVERA) == frozenset()


async def test_it_stays_closed_without_a_reason_or_a_code(office: Office) -> None:
    """A short reason, a wrong code, a used code: nothing opens, nobody is told."""
    browser = await _with_factor(office, RIVERA)
    other, code = office.groups["other"].hex, _code(office)
    for form in (
        {"group": other, "reason": "  why ", "code": code},
        {"group": other, "reason": WHY, "code": "000000"},
        {"group": other, "reason": WHY},
    ):
        page = await browser.post(EMERGENCY, form)
        assert (page.status, 'role="alert"' in page.text) == (400, True)
    assert await _opened(office, RIVERA) == frozenset()
    assert (await browser.post("/office/account/codes", {"code": code})).status == 200
    page = await browser.post(EMERGENCY, {"group": other, "reason": WHY, "code": code})
    assert page.status == 400
    assert await office.told(LIND) == []


async def test_ones_own_group_is_no_emergency(office: Office) -> None:
    """Nor is one that is not there: a 404 and a row in the record."""
    browser = await _with_factor(office, RIVERA)
    for group in (office.groups["own"].hex, office.ids[RIVERA].hex, "", "x"):
        form = {"group": group, "reason": WHY, "code": _code(office)}
        assert (await browser.post(EMERGENCY, form)).status == 404


async def test_what_is_seen_there_is_an_emergency_on_record(office: Office) -> None:
    """The reader may see the group while it is open, and each look says why it could be."""
    browser = await _with_factor(office, RIVERA)
    other = office.groups["other"]
    form = {"group": other.hex, "reason": WHY, "code": _code(office)}
    await browser.post(EMERGENCY, form)

    def look(session: Session) -> list[str]:
        opened = emergencies.opened(session, office.ids[RIVERA], office.now())
        reader = reader_of(session, office.kit, office.ids[RIVERA], opened=opened)
        assert reader is not None
        assert reader.may_see(other)
        record(session, reader, office.ids[OMAR], "entry.opened", office.now(), group=other)
        return [each.reason for each in audit.of_subject(session, office.ids[OMAR])]

    assert await office.run(look) == ["emergency"]
    await browser.post(f"{EMERGENCY}/close", {"group": other.hex})
    office.moved += timedelta(seconds=1)
    assert await _opened(office, RIVERA) == frozenset()
