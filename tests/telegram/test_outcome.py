"""What sending raised or returned, and what that means (reliability.md 1.4.5)."""

from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.warnings import PTBDeprecationWarning

from bot.telegram import request
from bot.telegram.outcome import (
    Already,
    Gone,
    NotSent,
    Outcome,
    Refused,
    Sent,
    SlowDown,
    TokenDead,
    Uncertain,
    Unreachable,
    outcome,
)
from bot.telegram.request import refusal

TABLE: list[tuple[object, Outcome]] = [
    ({"message_id": 7, "date": 0}, Sent(7)),
    (True, Already("done")),
    ({"ok": "odd"}, Uncertain("no message id")),
    (request.NotSent("ClientConnectorError"), NotSent("ClientConnectorError")),
    (request.Unknown("ServerDisconnectedError"), Uncertain("ServerDisconnectedError")),
    (TimedOut(), Uncertain("TimedOut")),
    (NetworkError("timed out while nothing was sent"), Uncertain("NetworkError")),
    (RetryAfter(timedelta(seconds=7)), SlowDown(7)),
    (Forbidden("bot was blocked by the user"), Unreachable("forbidden")),
    (BadRequest("Chat not found"), Unreachable("chat_not_found")),
    (BadRequest("Message is not modified: specified new"), Already("not_modified")),
    (BadRequest("Message to edit not found"), Gone("edit_not_found")),
    (BadRequest("Message can't be edited"), Gone("cant_be_edited")),
    (BadRequest("Message to delete not found"), Gone("delete_not_found")),
    (BadRequest("Message can't be deleted for everyone"), Gone("cant_be_deleted")),
    (BadRequest("Query is too old and response timeout expired"), Already("query_too_old")),
    (BadRequest("Can't parse entities: unsupported"), Refused("cant_parse_entities")),
    (BadRequest("Message is too long"), Refused("message_too_long")),
    (BadRequest("Bad Request: BUTTON_DATA_INVALID"), Refused("button_data_invalid")),
    (BadRequest("Bad Request: PHOTO_INVALID_DIMENSIONS"), Refused("photo_invalid_dimensions")),
    (BadRequest("wrong thing: I feel so alone"), Refused("bad_request")),
    (ChatMigrated(-100), Refused("ChatMigrated")),
    (InvalidToken("Unauthorized"), TokenDead()),
    (EndPointNotFound("Endpoint not found"), NotSent("HTTP 404")),
    (Conflict("other poller"), Uncertain("Conflict")),
    (TypeError("our own"), Refused("TypeError")),
]


@pytest.mark.parametrize(("happened", "expected"), TABLE, ids=lambda it: repr(it)[:50])
def test_every_way_a_call_can_end_has_one_meaning(happened: object, expected: Outcome) -> None:
    """Every way a call can end has one meaning, decided by type and not by wording."""
    assert outcome(happened) == expected


def test_retry_after_as_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """The older way, where PTB gives a number of seconds, is understood as well."""
    monkeypatch.setenv("PTB_TIMEDELTA", "0")
    with pytest.warns(PTBDeprecationWarning):
        assert outcome(RetryAfter(5)) == SlowDown(5)


ANSWERS = [
    (400, b'{"description": "Bad Request: chat not found"}', Unreachable("chat_not_found")),
    (401, b'{"description": "Unauthorized"}', TokenDead()),
    (403, b'{"description": "Forbidden: bot was blocked by the user"}', Unreachable("forbidden")),
    (404, b'{"description": "Not Found"}', NotSent("HTTP 404")),
    (413, b"<html>Request Entity Too Large</html>", Refused("bad_request")),
    (429, b'{"parameters": {"retry_after": 9}}', SlowDown(9)),
    (429, b'{"parameters": {"retry_after": 0}}', SlowDown(1)),
    (429, b"<html>", SlowDown(1)),
    (400, b'{"parameters": {"migrate_to_chat_id": -1}}', Refused("ChatMigrated")),
    (500, b'{"description": "Internal Server Error"}', Uncertain("HTTP 500")),
    (502, b"<html>Bad Gateway</html>", Uncertain("HTTP 502")),
    (302, b"", NotSent("HTTP 302")),
]


@pytest.mark.parametrize(("status", "payload", "expected"), ANSWERS)
def test_every_answer_but_success_is_one_error_and_one_outcome(
    status: int, payload: bytes, expected: Outcome
) -> None:
    """Every answer other than success becomes one of PTB's errors, and that one outcome."""
    assert outcome(refusal(status, payload)) == expected
