"""The record: who did what in one's own groups, all of it for the lead, and whether it is whole."""

from sqlalchemy import text
from sqlmodel import Session

from bot.store import audit, staff
from bot.usecases import staffing
from bot.usecases.staffing import Changes
from tests.cast import MAYA, RIVERA
from tests.web.office import LIND, OMAR, SATO, Office

RECORD = "/office/record"


def _did(session: Session, *, office: Office, who: int, whom: int, action: str) -> None:
    audit.write(
        session,
        actor=office.ids[who],
        subject=office.ids[whom],
        action=action,
        reason="care",
        now=office.now(),
    )


def _tamper(session: Session) -> None:
    """What somebody does who may do anything to the database."""
    connection = session.connection()
    drops = ["DROP TRIGGER audit_no_update"]
    if connection.dialect.name == "postgresql":
        drops = ["DROP TRIGGER audit_append_only ON audit"]
    for each in (*drops, "UPDATE audit SET reason = 'request' WHERE seq = 1"):
        connection.execute(text(each))


async def test_therapists_read_of_their_own_groups(office: Office) -> None:
    """By alias; nothing of the other group, not even its aliases; the lead reads both."""
    await office.run(_did, office=office, who=RIVERA, whom=MAYA, action="entry.opened")
    await office.run(_did, office=office, who=SATO, whom=OMAR, action="alert.viewed")
    rivera = (await (await office.signed_in(RIVERA)).get(RECORD)).text
    assert "opened an entry" in rivera
    assert "Heron" in rivera
    assert "Otter" not in rivera
    assert "Dr Sato" not in rivera
    sato = (await (await office.signed_in(SATO)).get(RECORD)).text
    assert "miró un aviso" in sato
    assert "Heron" not in sato
    lead = (await (await office.signed_in(LIND)).get(RECORD)).text
    assert "Heron" in lead
    assert "Otter" in lead


async def test_whose_a_line_for_the_board_is_stays_unsaid(office: Office) -> None:
    """They are read without alias; a record that names the writer would tell it all the same."""
    for action in ("line.read", "line.approved", "line.sent_back"):
        await office.run(_did, office=office, who=RIVERA, whom=MAYA, action=action)
    for who, said in ((RIVERA, "put a line on the board"), (LIND, "puso una frase en el tablón")):
        page = (await (await office.signed_in(who)).get(RECORD)).text
        assert said in page
        assert "Heron" not in page


async def test_whose_place_on_the_staff_changed(office: Office) -> None:
    """Typed at the command line, so by nobody; the lead reads of whom, and no other therapist."""

    def typed(session: Session) -> None:
        sato = staff.get(session, office.kit.vault, office.ids[SATO])
        assert sato is not None
        staffing.change(session, office.kit, sato, Changes(lead=True, on_call=0), office.now())
        staffing.remove(session, office.kit, sato, office.now())

    await office.run(typed)
    lead = (await (await office.signed_in(LIND)).get(RECORD)).text
    for did in ("cambió el puesto de alguien del equipo", "terminó el trabajo de alguien aquí"):
        assert f"{did} (en la línea de comandos): Dr Sato" in lead
    assert "Dr Sato" not in (await (await office.signed_in(RIVERA)).get(RECORD)).text


async def test_it_goes_back_page_by_page(office: Office) -> None:
    """A hundred rows a page, the newest first; odd page numbers are the first page."""
    for _ in range(120):
        await office.run(_did, office=office, who=RIVERA, whom=MAYA, action="entry.opened")
    browser = await office.signed_in(RIVERA)
    first = (await browser.get(RECORD)).text
    assert first.count("opened an entry") == 100
    older = first.partition('href="/office/record?before=')[2].partition('"')[0]
    assert (await browser.get(f"{RECORD}?before={older}")).text.count("opened an entry") == 20
    for odd in ("x", "", "-1", "1e9", "9" * 30):
        page = await browser.get(f"{RECORD}?before={odd}")
        assert page.text.count("opened an entry") == 100


async def test_the_lead_can_check_it(office: Office) -> None:
    """Whole with its last hash; broken where a row was changed. Nobody else may ask."""
    await office.run(_did, office=office, who=RIVERA, whom=MAYA, action="entry.opened")
    lead = await office.signed_in(LIND)
    page = await lead.get(f"{RECORD}/check")
    last = await office.run(audit.last)
    assert last is not None
    assert last[1] in page.text
    assert (await (await office.signed_in(RIVERA)).get(f"{RECORD}/check")).status == 404
    await office.run(_tamper)
    assert "número 1" in (await lead.get(f"{RECORD}/check")).text
