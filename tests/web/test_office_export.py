"""The export pages over HTTP: a reason, a code that works once, a file kept nowhere."""

import csv
import io
import json
import zipfile
from collections.abc import Awaitable, Callable
from functools import partial
from uuid import UUID

import pytest
from pyotp import TOTP
from sqlmodel import Session

from bot.catalog.consents import Scope
from bot.engine.run import Run, Status
from bot.store import audit, consents, exports, members, past_runs, revisions, runs, second_factors
from bot.store.consents import Event
from tests.cast import LEO, MAYA, RIVERA
from tests.web.office import LIND, OMAR, Browser, Office, Page

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
REASON = "Asked for by the insurer"
FORMULA = '=HYPERLINK("http://evil.example","x")'
SignedIn = Callable[[int], Awaitable[Browser]]


class Exports:
    """Dr Rivera at the export pages, with an authenticator app."""

    def __init__(self, office: Office, browser: Browser) -> None:
        self.office, self.browser = office, browser

    @property
    def code(self) -> str:
        """What the app shows now."""
        return TOTP(SECRET).at(int(self.office.now().timestamp()))

    async def takes(self, way: str = "/office/export", **fields: str) -> Page:
        """Sends the form."""
        today = self.office.now().date().isoformat()
        form = {
            "what": "csv",
            "whom": f"group:{self.office.groups['own']}",
            "since": today,
            "until": today,
            "reason": REASON,
            "code": self.code,
        }
        return await self.browser.post(way, {**form, **fields})

    async def kept(self) -> list[exports.Export]:
        """What is on record."""
        vault = self.office.kit.vault
        return await self.office.run(lambda session: exports.latest(session, vault, 20))


@pytest.fixture
async def rivera(office: Office, signed_in: SignedIn) -> Exports:
    """Maya let her read and wrote about a formula; Leo did not, and wrote as well."""
    await office.run(partial(furnish, office=office))
    return Exports(office, await signed_in(RIVERA))


def furnish(session: Session, office: Office) -> None:
    """Lets Maya be read, and three people write; staff have authenticator apps."""
    now, vault = office.now(), office.kit.vault
    for staff in (RIVERA, LIND):
        second_factors.offer(session, vault, office.ids[staff], SECRET, now)
    text = office.kit.consents.texts[Scope.THERAPIST_READS]
    event = Event(text.scope.value, True, text.version, text.sha("en"), now)
    consents.record(session, office.ids[MAYA], event)
    members.set_alias(session, vault, office.ids[MAYA], FORMULA)
    for person, words in ((MAYA, "\t=1+1"), (LEO, "nobody reads this"), (OMAR, "others")):
        _wrote(session, office, office.ids[person], words)


def _wrote(session: Session, office: Office, person: UUID, words: str) -> None:
    now, vault = office.now(), office.kit.vault
    sha = revisions.keep(session, office.kit.library.exercises["cbt.thought5"], now)
    run = Run(exercise="cbt.thought5", cursor="situation", asked_at=now, status=Status.STOPPED)
    run = run.model_copy(update={"answers": {"situation": words}})
    stored = runs.begin_run(session, vault, person, sha, run, now)
    runs.save_answer(session, vault, stored, "situation", words, now)


def files_of(page: Page) -> dict[str, bytes]:
    """The files of the ZIP that came."""
    with zipfile.ZipFile(io.BytesIO(page.body)) as files:
        return {name: files.read(name) for name in files.namelist()}


async def test_a_group_as_csv(rivera: Exports) -> None:
    """A file to save, stored nowhere on the way; without consent no words; all on record."""
    page = await rivera.takes()
    assert page.status == 200
    assert page.headers["Content-Type"] == "application/zip"
    assert page.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''between-")
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    files = files_of(page)
    assert b"42 CFR part 2 prohibits" in files["NOTICE.txt"]
    text = files["answers.csv"].decode("utf-8-sig")
    (answer,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (answer["alias"], answer["answer"]) == (f"'{FORMULA}", "'\t=1+1")
    everything = b"".join(files.values())
    assert b"nobody reads this" not in everything
    assert b"others" not in everything
    (kept,) = await rivera.kept()
    assert (kept.what, kept.reason) == ("csv", REASON)
    for person in (MAYA, LEO):
        found = await rivera.office.run(
            lambda session, person=person: audit.of_subject(session, rivera.office.ids[person])
        )
        assert found[0].action == "participant.exported"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"reason": ""}, "in ten characters or more"),
        ({"reason": "x" * 400}, "in 300 characters at most"),
        ({"code": "000000"}, "That code was not right"),
        ({"code": ""}, "That code was not right"),
        ({"what": "week"}, "does not go with whom you chose"),
        ({"until": "2999-01-01"}, "none after today"),
        ({"what": "<b>"}, "Choose what you want"),
    ],
)
async def test_nothing_is_made_and_the_form_is_kept(
    rivera: Exports, fields: dict[str, str], says: str
) -> None:
    """What was filled in is there again, but the code; nothing is on record."""
    fields = {"reason": "A reason of <i>mine</i>", **fields}
    page = await rivera.takes(**fields)
    assert page.status == 422
    assert says in page.text
    assert "A reason of &lt;i&gt;mine&lt;/i&gt;" in page.text or "reason" in fields
    assert f'value="group:{rivera.office.groups["own"]}" selected' in page.text
    assert rivera.code not in page.text
    assert await rivera.kept() == []


async def test_a_code_works_once(rivera: Exports) -> None:
    """The second form needs the next code; a form that lacked something has spent none."""
    code = rivera.code
    assert (await rivera.takes(reason="", code=code)).status == 422
    assert (await rivera.takes(code=code)).status == 200
    again = await rivera.takes(code=code)
    assert again.status == 422
    assert "it was used before" in again.text
    assert len(await rivera.kept()) == 1


async def test_ids_of_others_are_not_there(rivera: Exports) -> None:
    """In the address, in the form, everybody for a therapist: 404, and the code is not spent."""
    office = rivera.office
    omar, other = office.ids[OMAR], office.groups["other"]
    wrong = [
        f"person:{omar}",
        f"group:{other}",
        "all",
        f"person:{office.ids[RIVERA]}",
        "x",
        "group:",
    ]
    for whom in wrong:
        assert (await rivera.takes(whom=whom)).status == 404, whom
    way = f"/office/people/{omar}/export"
    assert (await rivera.browser.get(way)).status == 404
    assert (await rivera.takes(way)).status == 404
    assert await rivera.kept() == []
    assert (await rivera.takes()).status == 200


async def test_one_person_and_the_page_of_one(rivera: Exports) -> None:
    """The form about one names them, offers what there is of one person, and gives a PDF."""
    way = f"/office/people/{rivera.office.ids[MAYA]}/export"
    page = await rivera.browser.get(f"{way}?what=week")
    assert page.status == 200
    assert "=HYPERLINK" in page.text
    assert 'value="week" required checked' in page.text
    assert 'value="brief"' not in page.text
    made = await rivera.takes(way, what="week")
    assert made.headers["Content-Type"] == "application/pdf"
    assert made.body.startswith(b"%PDF-")


async def test_one_entry_only_where_it_may_be_read(rivera: Exports) -> None:
    """Maya's entry as a PDF; Leo's is not there, nor Leo's under Maya's name."""
    office, vault = rivera.office, rivera.office.kit.vault

    async def entry_of(person: int) -> str:
        found = await office.run(
            lambda session: past_runs.history(
                session, vault, office.ids[person], ended=True, limit=1
            )
        )
        return str(found[0].id)

    mayas, leos = await entry_of(MAYA), await entry_of(LEO)
    ways = {each: f"/office/people/{office.ids[each]}/export" for each in (MAYA, LEO)}
    assert (await rivera.takes(ways[LEO], what="entry", run=leos)).status == 404
    assert (await rivera.takes(ways[MAYA], what="entry", run=leos)).status == 404
    assert (await rivera.takes(ways[MAYA], what="entry", run="x")).status == 404
    assert (await rivera.takes(ways[MAYA], what="entry", run=mayas)).body.startswith(b"%PDF-")


async def test_drafts_to_copy_from(rivera: Exports) -> None:
    """They stand in fields to edit; nothing that was typed is in them, nothing is stored."""
    page = await rivera.takes(what="notes")
    assert page.status == 200
    assert page.text.count("<textarea") == 2
    assert "Made from counts and ratings" in page.text
    assert "=1+1" not in page.text
    text = (await rivera.takes(what="notes", code="")).status
    assert text == 422


async def test_a_lead_takes_out_everybody_as_fhir(rivera: Exports, signed_in: SignedIn) -> None:
    """The whole programme, and the list shows whose exports there were."""
    assert (await rivera.takes()).status == 200
    lead = Exports(rivera.office, await signed_in(LIND))
    page = await lead.takes(whom="all", what="fhir")
    bundle = json.loads(files_of(page)["between.fhir.json"])
    kinds = [each["resource"]["resourceType"] for each in bundle["entry"]]
    assert kinds.count("Patient") == 3
    listed = (await lead.browser.get("/office/export")).text
    assert listed.count(REASON) == 2
    own = (await rivera.browser.get("/office/export")).text
    assert own.count(REASON) == 1


async def test_without_our_own_form_nothing_happens(rivera: Exports) -> None:
    """A form of another site, and a GET that looks like one, make nothing."""
    refused = await rivera.browser.post("/office/export", {"what": "csv"}, csrf="wrong")
    assert refused.status == 403
    looked = await rivera.browser.get(f"/office/export?what=csv&reason={REASON}&code={rivera.code}")
    assert looked.status == 200
    assert await rivera.kept() == []


async def test_pages_lead_to_their_papers(rivera: Exports) -> None:
    """From the brief and from an entry, with what is wanted filled in."""
    office = rivera.office
    own = office.groups["own"]
    way = f"/office/export?what=brief&amp;whom=group:{own}"
    assert way in (await rivera.browser.get(f"/office/groups/{own}/brief")).text
    page = await rivera.browser.get(way.replace("&amp;", "&"))
    assert 'value="brief" required checked' in page.text
    assert f'value="group:{own}" selected' in page.text
    vault, maya = office.kit.vault, office.ids[MAYA]
    (run,) = await office.run(lambda session: past_runs.history(session, vault, maya, ended=True))
    person = f"/office/people/{maya}"
    way = f"{person}/export?what=entry&amp;run={run.id}"
    assert way in (await rivera.browser.get(f"{person}/entries/{run.id}")).text
    page = await rivera.browser.get(way.replace("&amp;", "&"))
    assert 'value="entry" required checked' in page.text
    assert f'name="run" value="{run.id}"' in page.text
