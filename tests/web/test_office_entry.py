"""The Person and the Entry page over HTTP: read, comment, and everything done wrongly."""

import re
from collections.abc import Awaitable, Callable
from html import unescape
from uuid import UUID, uuid4

import pytest

from bot.store import members
from tests.cast import LEO, MAYA, RIVERA
from tests.usecases.clinic import THOUGHT, Clinic
from tests.web.office import LIND, OMAR, SATO, Browser, Office

SignedIn = Callable[[int], Awaitable[Browser]]
KIND = "You looked for facts on both sides. I saw that."


class Ward(Clinic):
    """What people do in their chats, over the database of the pages; nobody's hours are quiet."""

    @classmethod
    def of(cls, office: Office) -> "Ward":
        """Maya has done a thought record and lets her therapists read; Leo does not."""
        ward = cls(office.database, office.kit, office.now())
        for who in (MAYA, LEO):
            ward.has_no_quiet_hours(who)
        ward.agrees(MAYA)
        ward.goes_through(MAYA, "cbt.thought7", *THOUGHT)
        ward.goes_through(LEO, "mind.ground54321", "8", "CANARY", *"bcdef", "3")
        return ward

    def has_no_quiet_hours(self, who: int) -> None:
        """Whenever this test runs, somebody may be written to."""
        self.run(lambda session: members.set_quiet(session, self.id_in(session, who), None))

    def entry(self, who: int = MAYA) -> str:
        """The address of somebody's newest entry."""
        return f"/office/people/{self.id_of(who)}/entries/{self.entries(who)[0].id}"

    def renames(self, alias: str) -> None:
        """Maya goes by another name."""
        self.run(lambda s: members.set_alias(s, self.kit.vault, self.id_in(s), alias))


@pytest.fixture
def ward(office: Office) -> Ward:
    """The chats beside the pages."""
    return Ward.of(office)


def words(text: str) -> str:
    """What a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


async def test_the_persons_page_leads_to_the_entry(ward: Ward, signed_in: SignedIn) -> None:
    """Alias, exercise with before and after, what helped; from there to the seven columns."""
    rivera = await signed_in(RIVERA)
    page = await rivera.get(f"/office/people/{ward.id_of(MAYA).hex}")
    assert page.status == 200
    said = words(page.text)
    assert "Heron" in said
    assert "Seven-column thought record" in said
    assert "80 → 40" in said
    assert "40 lower (once)" in said
    assert ward.entry() in page.text
    entry = await rivera.get(ward.entry())
    assert entry.status == 200
    columns = re.findall(r"<h2>(.*?)</h2>", entry.text)
    assert columns[:7] == [
        *("Situation", "Feelings", "Thoughts", "Facts that fit", "Facts that do not fit"),
        *("Fairer thought", "Now"),
    ]
    assert "Draft, not yet reviewed by a clinician" in words(entry.text)


async def test_nothing_is_there_that_is_empty(ward: Ward, signed_in: SignedIn) -> None:
    """No heading stands over nothing."""
    rivera = await signed_in(RIVERA)
    page = await rivera.get(f"/office/people/{ward.id_of(MAYA)}")
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", page.text)
    assert set(headings) <= {
        *("Exercises", "What helped most", "Check-ins", "Sessions and practice", "Alerts"),
    }


async def test_without_a_yes_no_word_gets_through(ward: Ward, signed_in: SignedIn) -> None:
    """Leo practised, and what it was stays his: on his page, on the entry, and after a POST."""
    rivera = await signed_in(RIVERA)
    for page in (
        await rivera.get(f"/office/people/{ward.id_of(LEO)}"),
        await rivera.get(ward.entry(LEO)),
        await rivera.post(f"{ward.entry(LEO)}/comments", {"comment": uuid4().hex, "text": KIND}),
    ):
        said = words(page.text)
        assert "Colibrí has not agreed that you read this" in said
        for secret in ("CANARY", "Five senses", "8 → 3"):
            assert secret not in said
    assert KIND in said  # what was typed is given back


@pytest.mark.parametrize("alias", [
    "=HYPERLINK(1)", "<b>Heron</b>", "{{ 7*7 }}", "שועל", "🦊 & co", "x" * 40,
])  # fmt: skip
async def test_any_alias_is_shown_as_it_was_typed(
    ward: Ward, signed_in: SignedIn, alias: str
) -> None:
    """A formula, markup, a template, right to left, emoji: words and nothing else."""
    ward.renames(alias)
    rivera = await signed_in(RIVERA)
    for way in (f"/office/people/{ward.id_of(MAYA)}", ward.entry()):
        page = await rivera.get(way)
        assert page.status == 200
        assert alias in unescape(page.text)
        assert "<b>Heron" not in page.text


async def test_a_comment_is_sent_and_the_page_says_so(ward: Ward, signed_in: SignedIn) -> None:
    """Written, on its way, delivered; thanked for; the same form twice is one comment, and so
    are the same words from the page one went back to."""
    rivera = await signed_in(RIVERA)
    named = re.findall(r'name="comment" value="([^"]+)"', (await rivera.get(ward.entry())).text)
    form = {"comment": named[0], "text": KIND, "ready": "small_step"}
    for _ in range(2):
        sent = await rivera.post(f"{ward.entry()}/comments", form)
        assert (sent.status, sent.to) == (303, f"{ward.entry()}#comments")
    anew = re.findall(r'name="comment" value="([^"]+)"', (await rivera.get(ward.entry())).text)
    assert anew[0] != named[0]
    await rivera.post(f"{ward.entry()}/comments", form | {"comment": anew[0]})  # after going back
    page = await rivera.get(ward.entry())
    assert page.text.count(KIND) == 1
    assert "On its way" in words(page.text)
    ward.deliver()
    assert "Tell me in the session how it went" in ward.to(MAYA)[-1].text
    assert "Delivered" in words((await rivera.get(ward.entry())).text)
    ward.presses(MAYA, "Thank you")
    assert "✓ Thank you" in words((await rivera.get(ward.entry())).text)
    person = await rivera.get(f"/office/people/{ward.id_of(MAYA)}")
    assert "1 comment" in words(person.text)


async def test_a_comment_is_taken_back(office: Office, ward: Ward, signed_in: SignedIn) -> None:
    """While it is on its way; then the page and the chat know nothing of it."""
    rivera = await signed_in(RIVERA)
    await rivera.post(f"{ward.entry()}/comments", {"comment": uuid4().hex, "text": KIND})
    assert office.woken == 1
    page = await rivera.get(ward.entry())
    (way,) = re.findall(r'action="([^"]+/take-back)"', page.text)
    assert (await rivera.post(way)).status == 303
    ward.deliver()
    assert KIND not in (await rivera.get(ward.entry())).text
    assert not [each for each in ward.to(MAYA) if KIND in each.text]
    assert (await rivera.post(way)).status == 404


@pytest.mark.parametrize(("text", "says"), [
    ("a" * 20_000, "and 2,000 fit into one message"),
    ("🦊" * 20_000, "and 2,000 fit into one message"),
    ("</textarea><b>x" * 200, "and 2,000 fit into one message"),
    (" ", "There is nothing to send yet"),
])  # fmt: skip
async def test_what_is_refused_is_not_lost(
    ward: Ward, signed_in: SignedIn, text: str, says: str
) -> None:
    """The page comes back with everything typed still in its field, and nothing was sent."""
    rivera = await signed_in(RIVERA)
    form = {"text": text} | ({"ready": "bring"} if text.strip() else {})
    page = await rivera.post(f"{ward.entry()}/comments", form)
    assert page.status == 422
    assert says in words(page.text)
    (typed,) = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page.text, re.DOTALL)
    assert unescape(typed) == text.strip()
    if text.strip():
        assert re.search(r'value="bring" checked', page.text)
    ward.deliver()
    assert not [each for each in ward.to(MAYA) if "somebody wrote to you" in each.text]


async def test_a_form_from_elsewhere_does_nothing(ward: Ward, signed_in: SignedIn) -> None:
    """Without the token of the session, or from another site."""
    rivera = await signed_in(RIVERA)
    form = {"comment": uuid4().hex, "text": KIND}
    assert (await rivera.post(f"{ward.entry()}/comments", form, csrf="x")).status == 403
    elsewhere = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    assert (await rivera.post(f"{ward.entry()}/comments", form, headers=elsewhere)).status == 403
    assert KIND not in (await rivera.get(ward.entry())).text


@pytest.mark.parametrize("way", [
    "/office/people/{omar}", "/office/people/{omar}/entries/{run}", "/office/people/x",
    "/office/people/{maya}/entries/{maya}", "/office/people/{maya}/entries/1",
    "/office/people/{leo}/entries/{run}", "/office/people/{nobody}",
])  # fmt: skip
async def test_what_is_not_theirs_is_not_there(ward: Ward, signed_in: SignedIn, way: str) -> None:
    """Another group's person, an entry under somebody else, ids that are none: one answer."""
    rivera = await signed_in(RIVERA)
    named = {
        "omar": ward.id_of(OMAR),
        "maya": ward.id_of(MAYA),
        "leo": ward.id_of(LEO),
        "nobody": UUID(int=3),
        "run": ward.entries(MAYA)[0].id,
    }
    page = await rivera.get(way.format(**named))
    assert page.status == 404
    assert "Otter" not in page.text
    sato = await signed_in(SATO)
    assert (await sato.get(ward.entry())).status == 404
    assert (await (await signed_in(LIND)).get(ward.entry())).status == 200


@pytest.mark.parametrize(("asked", "weeks"), [("4", 4), ("26", 26), ("", 8), ("9", 8), ("x", 8)])
async def test_the_span_can_be_chosen(
    ward: Ward, signed_in: SignedIn, asked: str, weeks: int
) -> None:
    """By a link; what nobody offers is as usual."""
    rivera = await signed_in(RIVERA)
    page = await rivera.get(f"/office/people/{ward.id_of(MAYA)}?weeks={asked}")
    assert page.status == 200
    assert f'weeks={weeks}" aria-current="true"' in page.text


async def test_a_reader_of_spanish_gets_spanish(ward: Ward, signed_in: SignedIn) -> None:
    """Every word of ours; what Maya wrote stays hers; sentences at hand are in her language."""
    lind = await signed_in(LIND)
    person = words((await lind.get(f"/office/people/{ward.id_of(MAYA)}")).text)
    assert "Registro de siete columnas" in person
    entry = words((await lind.get(ward.entry())).text)
    assert "Hechos que no encajan" in entry
    assert "Nobody wants me" in entry
    assert "Lo leerá en inglés." in entry
    assert "Thank you for letting me read this." in entry


async def test_curves_and_tables_say_the_same(ward: Ward, signed_in: SignedIn) -> None:
    """The figure has a title and a summary, and its numbers stand beside it as a table."""
    ward.goes_through(MAYA, "check.core", "6", "3", "7", "Yes", "Yes", "Yes")
    page = await (await signed_in(RIVERA)).get(f"/office/people/{ward.id_of(MAYA)}")
    assert "Mood: days with a value: 1, from 6 to 6, mean 6, last 6." in words(page.text)
    assert 'role="img"' in page.text
    assert "style=" not in page.text
    assert "<script" not in page.text
    assert re.search(r'<th scope="row">[^<]+</th><td>6</td><td>3</td>', page.text)


async def test_only_sentences_that_can_be_true_are_at_hand(ward: Ward, signed_in: SignedIn) -> None:
    """Facts on both sides, a step at the end, thoughts of others: below a thought record that has
    them, and not below five senses."""
    rivera = await signed_in(RIVERA)
    record = words((await rivera.get(ward.entry())).text)
    ward.goes_through(MAYA, "mind.ground54321", "8", *"abcdef", "3")
    senses = words((await rivera.get(ward.entry())).text)
    assert "Five senses" in senses
    for each in ("facts on both sides", "small step at the end", "know thoughts like these"):
        assert each in record
        assert each not in senses
    assert "Something moved between the beginning and the end" in senses
