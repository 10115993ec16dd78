"""The second factor: a code of the app or one for a lost phone, each once, in a few tries."""

from datetime import timedelta

import pytest
from pyotp import TOTP
from sqlmodel import Session

from bot.store import audit, second_factors
from bot.usecases.office import factor
from bot.usecases.office.factor import Given
from tests.cast import RIVERA
from tests.web.office import LIND, Office

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = timedelta(seconds=factor.STEP)


@pytest.fixture
async def app(office: Office) -> TOTP:
    """Dr Rivera's authenticator app, at the start of a half minute."""
    office.begun = office.begun.replace(second=0, microsecond=0)
    me, vault = office.ids[RIVERA], office.kit.vault
    await office.run(second_factors.offer, vault=vault, staff=me, secret=SECRET, now=office.now())
    return TOTP(SECRET)


async def _gives(office: Office, typed: str) -> Given:
    me = office.ids[RIVERA]
    return await office.run(
        factor.prove, kit=office.kit, staff_id=me, typed=typed, now=office.now()
    )


@pytest.mark.parametrize(
    ("steps", "given"),
    [(-2, Given.WRONG), (-1, Given.RIGHT), (0, Given.RIGHT), (1, Given.RIGHT), (2, Given.WRONG)],
)
async def test_a_clock_may_be_half_a_minute_off(
    office: Office, app: TOTP, steps: int, given: Given
) -> None:
    """Either way; not more."""
    assert await _gives(office, app.at(office.now() + steps * STEP)) is given


async def test_a_code_is_used_once(office: Office, app: TOTP) -> None:
    """Nor is one taken that was shown before one that was used."""
    earlier, code = app.at(office.now() - STEP), app.at(office.now())
    assert await _gives(office, f" {code[:3]} {code[3:]} ") is Given.RIGHT
    assert await _gives(office, code) is Given.WRONG
    assert await _gives(office, earlier) is Given.WRONG
    office.moved += STEP
    assert await _gives(office, app.at(office.now())) is Given.RIGHT


async def test_five_wrong_codes_in_a_row_lock_it(office: Office, app: TOTP) -> None:
    """For a quarter of an hour, in which the right one is not looked at either; it is on record."""
    for _ in range(4):
        assert await _gives(office, "000000") is Given.WRONG
    assert await _gives(office, "") is Given.LOCKED
    assert await _gives(office, app.at(office.now())) is Given.LOCKED
    office.moved += second_factors.LOCKED
    assert await _gives(office, app.at(office.now())) is Given.RIGHT
    assert "second_factor.locked" in await office.run(_did)


async def test_a_lock_of_a_clock_that_ran_ahead(office: Office, app: TOTP) -> None:
    """By it every code of a phone was wrong, five of them lock it: not until the clock is there."""
    office.moved += timedelta(days=365)
    for _ in range(5):
        await _gives(office, "000000")
    assert await _gives(office, "000000") is Given.LOCKED
    office.moved -= timedelta(days=365)
    assert await _gives(office, app.at(office.now())) is Given.RIGHT


def _did(session: Session) -> list[str]:
    from uuid import UUID

    found = audit.newest(session, None, actor=UUID(int=0), before=None, limit=50)
    return [each.action for each in found]


async def test_a_code_for_a_lost_phone_works_once(office: Office, app: TOTP) -> None:
    """However it is written; new ones make the old ones void; nobody else can use them."""
    await _gives(office, app.at(office.now()))
    given = {"kit": office.kit, "staff_id": office.ids[RIVERA], "now": office.now()}
    old = await office.run(factor.new_codes, **given)
    assert len(set(old)) == second_factors.RECOVERY
    assert await _gives(office, old[0].lower().replace("-", " ")) is Given.RIGHT
    assert await _gives(office, old[0]) is Given.WRONG
    new = await office.run(factor.new_codes, **given)
    assert await _gives(office, old[1]) is Given.WRONG
    assert await _gives(office, new[1]) is Given.RIGHT
    lead = office.ids[LIND]
    assert not await office.run(
        second_factors.spend_code, vault=office.kit.vault, staff=lead, code=new[2]
    )


async def test_before_it_is_in_use_no_other_code_does(office: Office) -> None:
    """Somebody without a second factor proves nothing."""
    assert await _gives(office, "000000") is Given.WRONG
    assert await _gives(office, "") is Given.WRONG


async def test_a_reset_ends_everything(office: Office, app: TOTP) -> None:
    """No factor, no codes, no session; and a row in the record."""
    browser = await office.signed_in(RIVERA)
    me = office.ids[RIVERA]
    await _gives(office, app.at(office.now()))
    await office.run(factor.new_codes, kit=office.kit, staff_id=me, now=office.now())
    await office.run(factor.reset, staff_id=me, now=office.now())
    assert not await office.run(factor.has_one, kit=office.kit, staff_id=me)
    assert await office.run(second_factors.codes_left, staff=me) == 0
    assert (await browser.get("/office/account")).to == "/sign-in"
    assert "second_factor.reset" in await office.run(_did)
