"""One conversation with the mail server, and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final

import aiosmtplib

from bot.store.mail import Parcel

PATIENCE: Final = 15.0
"""Seconds for each answer of the server."""
_TLS_FROM_THE_START: Final = 465
_FOR_GOOD: Final = range(500, 600)
_OURS: Final = {530, 534, 535, 538}
"""Codes about our own account: 5xx, but somebody will mend it, and then the mail may go."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail goes out. `starttls` demands encryption before anything is said (port 587)."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""
    starttls: bool = True
    patience: float = PATIENCE

    @property
    def comes_from(self) -> str:
        """The address mail comes from; without an @ in it none goes out."""
        return self.sender or self.user


@dataclass(frozen=True, slots=True)
class Taken:
    """The server has it, or answered a probe."""


@dataclass(frozen=True, slots=True)
class Later:
    """Refused for now, or nobody knows: again later. `code` never holds anybody's words."""

    code: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The server will never take it for this address."""

    code: str


NO_SENDER: Final = "no sender"
"""The code where no address is set that mail could come from: a probe must fail for it as well, or
all would look well while nothing can go out."""

Outcome = Taken | Later | Refused


async def carry(server: Server, parcel: Parcel) -> Outcome:
    """Sends one e-mail, or asks the server whether it answers; never raises for the server."""
    if "@" not in server.comes_from:
        return Later(NO_SENDER)
    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        timeout=server.patience,
        use_tls=server.port == _TLS_FROM_THE_START,
        start_tls=server.starttls and server.port != _TLS_FROM_THE_START,
        username=server.user or None,
        password=server.password or None,
    )
    try:
        async with client:
            if parcel.letter is None:
                await client.noop()
            else:
                await client.send_message(message(server, parcel))
    except (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError) as error:
        return _outcome(error)
    return Taken()


def probe(now: datetime) -> Parcel:
    """A probe that stands in no queue, for whoever sits in front of the computer."""
    return Parcel(id=0, key="probe", letter=None, attempts=0, created_at=now, lease_until=now)


def message(server: Server, parcel: Parcel) -> EmailMessage:
    """The e-mail itself. Its id is that of the row, so that one sent twice is known as one."""
    assert parcel.letter is not None
    mail = EmailMessage()
    mail["From"] = server.comes_from
    mail["To"] = parcel.letter.to
    mail["Subject"] = parcel.letter.subject
    mail["Date"] = format_datetime(parcel.created_at)
    mail["Message-ID"] = f"<{parcel.key}@between>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(parcel.letter.text)
    return mail


def _outcome(error: Exception) -> Outcome:
    match error:
        case aiosmtplib.SMTPRecipientsRefused():
            codes = [each.code for each in error.recipients]
            return _by_code(max(codes, default=450))
        case aiosmtplib.SMTPResponseException():
            return _by_code(error.code)
        case _:
            return Later(type(error).__name__)


def _by_code(code: int) -> Outcome:
    if code in _FOR_GOOD and code not in _OURS:
        return Refused(f"SMTP {code}")
    return Later(f"SMTP {code}")
