"""E-mail on its way: once it is taken, again when nobody knows, never when it is refused."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.mail.postman import Postman
from bot.mail.smtp import Later, Server, Taken, carry, probe
from bot.store import mail, staff, tables
from bot.store.mail import Letter
from bot.store.staff import Role
from bot.store.vault import Vault
from bot.store.worker import Database
from tests.mail.server import MailServer, mail_server, words

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WORDS = Letter(to="rivera@clinic.test", subject="1 new item needs you", text="Open Between.")


class Office:
    """One member of staff, an e-mail for them, and a clock that can be moved."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self.database, self.vault, self.now = database, vault, START
        self.rivera = database.call(
            lambda session: staff.add_staff(session, vault, "Dr Rivera", Role.THERAPIST, START)
        )

    def queue(self, key: str = "k1", letter: Letter | None = WORDS) -> bool:
        """Puts an e-mail (or a probe) into the queue."""
        return self.database.call(
            lambda session: mail.enqueue(session, self.vault, key, self.rivera.id, letter, self.now)
        )

    def rows(self) -> list[tuple[str, int, str | None, bool]]:
        """State, tries, code, and whether words are still there."""
        t = tables.mail
        query = select(t.c.status, t.c.attempts, t.c.error, t.c.sealed_body).order_by(t.c.id)
        found = self.database.call(lambda session: session.connection().execute(query).all())
        return [(row[0], row[1], row[2], row[3] is not None) for row in found]

    @asynccontextmanager
    async def posting(self, server: Server) -> AsyncIterator[Postman]:
        """A postman at work."""
        postman = Postman(server, self.database, self.vault, clock=lambda: self.now, tick=0.05)
        task = asyncio.ensure_future(postman.run())
        try:
            yield postman
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def office(database: Database, vault: Vault) -> Office:
    """The office of one test."""
    return Office(database, vault)


@pytest.fixture
async def post() -> AsyncIterator[MailServer]:
    """A real SMTP server."""
    async with mail_server() as server:
        yield server


async def until(holds: Callable[[], bool]) -> None:
    """Waits until it holds."""
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 # a database has no event to wait for
            await asyncio.sleep(0.02)


async def test_an_email_arrives_once_and_its_words_are_forgotten(
    office: Office, post: MailServer
) -> None:
    """It says nothing but that something waits, and carries its row's id; the same key is once."""
    assert office.queue()
    assert not office.queue()
    async with office.posting(post.server):
        await until(lambda: office.rows() == [("sent", 0, None, False)])
    (took,) = post.took
    assert took["To"] == "rivera@clinic.test"
    assert took["Subject"] == "1 new item needs you"
    assert took["Message-ID"] == "<k1@between>"
    assert words(took) == "Open Between."


@pytest.mark.parametrize(
    ("mood", "code", "arrives"),
    [
        ("later", "SMTP 451", 1),
        ("hang up", "SMTPServerDisconnected", 1),
        ("take and hang up", "SMTPServerDisconnected", 2),
        ("slow", "SMTPReadTimeoutError", 1),
    ],
)
async def test_what_nobody_knows_is_sent_again(
    office: Office, post: MailServer, mood: str, code: str, arrives: int
) -> None:
    """At least once: put off, cut off, hung or taken without an answer, it comes again later."""
    post.moods = [mood]
    office.queue()
    # Short only where the server says nothing: a slow machine must not run out of it besides.
    server = replace(post.server, patience=1) if mood == "slow" else post.server
    async with office.posting(server):
        await until(lambda: office.rows()[0][:2] == ("pending", 1))
        assert office.rows() == [("pending", 1, code, True)]
        office.now += timedelta(seconds=6)
        await until(lambda: office.rows()[0][0] == "sent")
    assert len(post.took) == arrives
    assert {each["Message-ID"] for each in post.took} == {"<k1@between>"}


async def test_what_is_refused_for_good_is_not_tried_again(
    office: Office, post: MailServer
) -> None:
    """No such mailbox: the row says so, and the others go on."""
    post.moods = ["refuse"]
    office.queue("k1")
    async with office.posting(post.server):
        await until(lambda: office.rows()[0][0] == "failed")
        office.queue("k2")
        await until(lambda: office.rows()[1][0] == "sent")
    assert office.rows()[0] == ("failed", 1, "SMTP 550", False)


async def test_a_server_that_is_away_is_waited_for(office: Office, post: MailServer) -> None:
    """Nobody listens there; for a day it is tried again, then given up."""
    nobody = replace(post.server, port=1)
    office.queue()
    async with office.posting(nobody):
        await until(lambda: office.rows()[0][:2] == ("pending", 1))
        office.now += timedelta(hours=25)
        await until(lambda: office.rows()[0][0] == "failed")


async def test_a_probe_asks_and_sends_nothing(office: Office, post: MailServer) -> None:
    """NOOP over a real connection; a server that hangs up has not answered."""
    post.moods = ["hang up"]
    office.queue("p1", None)
    async with office.posting(post.server):
        await until(lambda: office.rows()[0][:2] == ("pending", 1))
        office.now += timedelta(seconds=6)
        await until(lambda: office.rows()[0][0] == "sent")
    assert post.took == []
    assert post.said == ["NOOP", "NOOP"]


async def test_without_an_address_to_come_from_the_probe_fails_too(post: MailServer) -> None:
    """The server answers and would take none of ours: the doctor found all well, and nothing
    went out."""
    for user in ("", "apikey"):
        nameless = replace(post.server, sender="", user=user)
        assert await carry(nameless, probe(START)) == Later("no sender")
    assert await carry(post.server, probe(START)) == Taken()


def test_a_dead_postman_loses_nothing(office: Office) -> None:
    """What he held comes back after the lease; his late report then changes nothing."""
    office.queue()
    lease = timedelta(minutes=3)

    def claim() -> list[mail.Parcel]:
        return office.database.call(
            lambda session: mail.claim(session, office.vault, now=office.now, lease=lease)
        )

    (dead,) = claim()
    assert claim() == []
    office.now += timedelta(minutes=4)
    (again,) = claim()
    assert again.letter == WORDS
    assert not office.database.call(lambda session: mail.sent(session, dead, office.now))
    assert office.database.call(lambda session: mail.sent(session, again, office.now))


def test_without_their_key_there_is_nothing_to_send(office: Office) -> None:
    """A member of staff who is gone leaves no e-mail behind that anybody could read."""
    office.queue()
    gone: UUID = office.rivera.id
    office.database.call(lambda session: office.vault.destroy_key(session, gone))
    found = office.database.call(
        lambda session: mail.claim(
            session, office.vault, now=office.now, lease=timedelta(minutes=3)
        )
    )
    assert found == []
    assert office.rows() == [("failed", 1, "KeyGone", False)]
