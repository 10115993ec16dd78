"""How the playground says no: to the bot as Telegram words it, to a phone in a sentence."""

from typing import Any


class ApiError(Exception):
    """The Bot API refuses a call; `code` and `description` are what Telegram would answer."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None):
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        """The body Telegram sends with this refusal."""
        body = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(what: str) -> ApiError:
    """A 400 in Telegram's words."""
    return ApiError(400, f"Bad Request: {what}")


class NotPossibleError(Exception):
    """A phone cannot do this now; the message says why and `status` is the HTTP status."""

    def __init__(self, why: str, status: int = 409):
        super().__init__(why)
        self.status = status


class RealTokenError(RuntimeError):
    """A real Telegram token is in the environment; the playground never runs beside one."""
