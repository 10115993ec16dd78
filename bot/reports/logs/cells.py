"""One cell of a table: how it is written for spreadsheets, so that no text becomes a formula.

A program that opens a CSV runs what begins like a formula (OWASP ASVS 5.0, 1.2.10). Such a text
gets an apostrophe before it; numbers of our own do not need one.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

MARK = "\ufeff"
STARTS = "=+-@\t\r\n＝＋－＠﹢﹣﹫−"
"""What a formula can begin with, full width and small forms too; a tab or line end may hide one."""
UNSEEN = " \u00a0\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
"""What stands before it without being seen: some programs cut it off first."""


@dataclass(frozen=True, slots=True)
class Local:
    """A moment (UTC) to be written on the clock of an IANA zone."""

    at: datetime
    zone: str


Cell = str | int | float | bool | date | datetime | Local | tuple[str, ...] | dict[str, int] | None


def safe(text: str) -> str:
    """The text as no spreadsheet takes it for a formula."""
    begins = text.lstrip(UNSEEN)[:1]
    return f"'{text}" if begins and begins in STARTS else text


def for_csv(cell: Cell) -> str | int | float:
    """A cell of a CSV: lists in one line, times as ISO 8601."""
    match plain(cell):
        case bool() as yes:
            return "yes" if yes else "no"
        case int() | float() as number:
            return number
        case list() as several:
            return safe("; ".join(several))
        case dict() as ratings:
            return safe("; ".join(f"{name} {number}" for name, number in ratings.items()))
        case None:
            return ""
        case str() as text:
            return safe(text)


def plain(cell: Cell) -> str | int | float | bool | list[str] | dict[str, int] | None:
    """A cell as JSON knows it; a time with its offset, UTC as Z."""
    match cell:
        case datetime():
            return cell.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        case date():
            return cell.isoformat()
        case Local(at, zone):
            return at.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")
        case tuple():
            return list(cell)
    return cell
