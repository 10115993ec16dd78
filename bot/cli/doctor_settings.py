"""What `between doctor` says about the settings themselves: misspelt ones do nothing, silently."""

import os
import stat
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from dotenv import dotenv_values

from bot.cli.checked import email_of
from bot.cli.finding import Finding
from bot.config import Settings
from bot.errors import BetweenError
from bot.wiring import mail_server

FILE = Path(".env")
_KNOWN = frozenset(name.upper() for name in Settings.model_fields)
_OTHERS = ("POSTGRES_", "COMPOSE_", "LITESTREAM_", "CREDENTIALS_")
"""How names begin that others read, beside us in the same file."""
_ALIKE = 0.8
_VERY_ALIKE = 0.92
"""In the environment there are names of all kinds of programs."""


def examine_settings(settings: Settings) -> Iterator[Finding]:
    """Names that nobody reads, a file that everybody reads, and the address of the alarm."""
    yield from _misspelt()
    yield from _open_to_others()
    if settings.alarm_email:
        trouble = alarm_trouble(settings)
        yield Finding("alarm", settings.alarm_email, trouble)


def alarm_trouble(settings: Settings) -> str:
    """Why the alarm of `between doctor --watch` would reach nobody; "" where it would."""
    server = mail_server(settings)
    if server is None:
        return "ALARM_EMAIL needs a mail server: set SMTP_HOST and the lines below it."
    if "@" not in server.comes_from:
        return "ALARM_EMAIL needs an address the alarm comes from: set SMTP_FROM."
    try:
        email_of(settings.alarm_email)
    except BetweenError as error:
        return f"{error} Mend ALARM_EMAIL."
    return ""


def _misspelt() -> Iterator[Finding]:
    written = dotenv_values(FILE, encoding="utf-8-sig") if FILE.is_file() else {}
    for name in (each for each in written if not _is_known(each)):
        near = get_close_matches(name.upper(), _KNOWN, n=1, cutoff=_ALIKE)
        advice = f"Did you mean {near[0]}?" if near else "Settings stand in .env.example."
        yield Finding(str(FILE), f"{name} is no setting of Between, so it does nothing", advice)
    for name in (each for each in os.environ if not _is_known(each) and each not in written):
        near = get_close_matches(name.upper(), _KNOWN, n=1, cutoff=_VERY_ALIKE)
        if near:
            found = f"{name} is no setting of Between, so it does nothing"
            yield Finding("environment", found, f"Did you mean {near[0]}?")


def _is_known(name: str) -> bool:
    return name.upper() in _KNOWN or name.startswith(_OTHERS)


def _open_to_others() -> Iterator[Finding]:
    """The token in it is the bot."""
    if FILE.is_file() and FILE.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding(str(FILE), "others can read what is in it", f"Run: chmod 600 {FILE}")
