"""A real SMTP server on this computer that can be told to misbehave."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.mail.smtp import Server


def words(mail: Message) -> str:
    """What an e-mail says."""
    return str(mail.get_payload()).strip()


class MailServer:
    """Keeps what it took. `moods` are used up one for each e-mail: refuse, later, slow, hang up,
    take and hang up; without one it takes."""

    def __init__(self) -> None:
        self.took: list[Message] = []
        self.moods: list[str] = []
        self.said: list[str] = []
        self.port = 0

    @property
    def server(self) -> Server:
        """How to reach it."""
        return Server("127.0.0.1", self.port, sender="between@clinic.test", starttls=False)

    async def handle_NOOP(self, server: SMTP, *_: Any) -> str:  # noqa: N802 # aiosmtpd's name
        """A probe."""
        self.said.append("NOOP")
        if self._mood() == "hang up":
            _hang_up(server)
        return "250 here"

    async def handle_RCPT(  # noqa: N802 # aiosmtpd's name
        self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        """Whom it is for."""
        if self.moods[:1] == ["refuse"]:
            self.moods.pop(0)
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _: Session, envelope: Envelope) -> str:  # noqa: N802
        """The e-mail itself."""
        mood = self._mood()
        if mood == "later":
            return "451 come again"
        if mood == "slow":
            await asyncio.sleep(30)
        if mood == "hang up":
            _hang_up(server)
            return "250 nobody hears this"
        assert isinstance(envelope.content, bytes)
        self.took.append(message_from_bytes(envelope.content))
        if mood == "take and hang up":
            _hang_up(server)
        return "250 taken"

    def _mood(self) -> str:
        return self.moods.pop(0) if self.moods else "take"


def _hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


@contextlib.asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    """The server at work, on a free port."""
    keeper = MailServer()
    loop = asyncio.get_running_loop()
    serving = await loop.create_server(
        lambda: SMTP(keeper, hostname="mail.test", enable_SMTPUTF8=True), "127.0.0.1", 0
    )
    keeper.port = serving.sockets[0].getsockname()[1]
    yield keeper
    serving.close()
    await serving.wait_closed()
