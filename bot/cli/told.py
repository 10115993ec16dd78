"""What an operator can mend and we did not raise ourselves, in one sentence."""

from errno import (
    EACCES,
    EDQUOT,
    EEXIST,
    EISDIR,
    ENAMETOOLONG,
    ENOENT,
    ENOSPC,
    ENOTDIR,
    EPERM,
    EROFS,
)
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy.exc import DatabaseError, OperationalError

from bot.config import Settings

_OWNER = "Run this as the user whose folders these are."
_PLACE = "Choose another place."
_ROOM = "Make room, then do it again."
_MENDS = {
    **dict.fromkeys((EACCES, EPERM), _OWNER),
    **dict.fromkeys((ENOENT, ENOTDIR, EISDIR, EEXIST, ENAMETOOLONG), _PLACE),
    **dict.fromkeys((ENOSPC, EDQUOT), _ROOM),
    EROFS: "Let it be written to, or choose another place.",
}
"""What to do, by what the system says of a file; all else is a fault of ours."""
_CODE = Path(__file__).parents[1]
_WRONG_QUESTION = ("no such column", "syntax error", "no such function")
"""What SQLite says of a statement of ours that is wrong, as of a file it cannot open."""


def told(error: Exception) -> str | None:
    """The sentence; None for what is no fault of the settings, the rights or the database, and has
    to be seen whole."""
    match error:
        case ValidationError(title=title) if title == Settings.__name__:
            return "\n".join(
                f"{str(each['loc'][0]).upper()} cannot be used: {_plain(dict(each))}."
                " Mend it in .env."
                for each in error.errors(include_url=False, include_input=False)
            )
        case UnicodeDecodeError() if not _is_text(Path(".env")):
            return ".env is not UTF-8 text. Save it as UTF-8."
        case OSError(errno=number, filename=str(name)) if number != ENOSPC and _is_ours(name):
            return None
        case OSError(errno=number, filename=name) if number in _MENDS and (
            name or _MENDS[number] is _ROOM
        ):
            return f"{name or 'The disk'}: {error.strerror}. {_MENDS[number]}"
        case OperationalError() if any(each in str(error.orig) for each in _WRONG_QUESTION):
            return None
        case OperationalError():
            return f"The database cannot be used: {_said(error)}. Is it there, and yours to write?"
        case DatabaseError() if type(error) is DatabaseError:  # SQLite says so of a broken file
            return (
                f"The database is broken: {_said(error)}. Keep the file, and put a backup in its"
                " place: between restore FILE"
            )
    return None


def _said(error: DatabaseError) -> str:
    """What the database says, in one line."""
    return " ".join(str(error.orig).split()).rstrip(".?")


def _is_ours(name: str) -> bool:
    """Whether it lies among our own code: nobody chose that place."""
    return Path(name).absolute().is_relative_to(_CODE)


def _is_text(file: Path) -> bool:
    try:
        file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    except OSError:
        return True
    return True


def _plain(fault: dict[str, Any]) -> str:
    """What pydantic says of a setting, in plain words."""
    limits = fault.get("ctx", {})
    match fault["type"]:
        case "int_parsing" | "int_type" | "int_from_float":
            return "it must be a whole number"
        case "float_parsing" | "float_type":
            return "it must be a number"
        case "bool_parsing" | "bool_type":
            return "it must be true or false"
        case "literal_error":
            return f"it must be {str(limits['expected']).replace(chr(39), '')}"
        case "greater_than_equal":
            return f"it must be {limits['ge']} or more"
        case "less_than_equal":
            return f"it must be {limits['le']} or less"
    return str(fault["msg"]).removeprefix("Value error, ")
