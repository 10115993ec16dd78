"""What an operator can mend and we did not raise ourselves, in one sentence."""

from errno import EACCES, EPERM, EROFS

from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from bot.config import Settings

_NOT_OURS = (EACCES, EPERM, EROFS)


def told(error: Exception) -> str | None:
    """The sentence; None for what is no fault of the settings, the rights or the database, and has
    to be seen whole."""
    match error:
        case ValidationError(title=title) if title == Settings.__name__:
            return "\n".join(
                f"{str(each['loc'][0]).upper()} cannot be used: {_ours(each['msg'])}."
                " Mend it in .env."
                for each in error.errors(include_url=False, include_input=False)
            )
        case OSError(errno=number, filename=str(name)) if number in _NOT_OURS:
            return f"{name}: {error.strerror}. Run this as the user whose folders these are."
        case OperationalError():
            return (
                f"The database cannot be used: {str(error.orig).strip()}. Is it there, and yours to"
                " write?"
            )
    return None


def _ours(message: str) -> str:
    return message.removeprefix("Value error, ")
