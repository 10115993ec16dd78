"""The presses that wait for an answer, and how long Telegram lets them wait."""

from dataclasses import dataclass
from itertools import count

from bot.playground.clock import Clock
from bot.playground.errors import ApiError, bad_request

PATIENCE = 150
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True, slots=True)
class Query:
    """One press: whose, on which message, and when in unix seconds."""

    id: str
    chat_id: int
    message_id: int
    asked_at: int


class Queries:
    """The unanswered presses by id. State: an answer is accepted once."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ids = count(1)
        self._open: dict[str, Query] = {}

    def ask(self, chat_id: int, message_id: int) -> Query:
        """A new press."""
        query_id = str(8_600_000_000_000_000 + next(self._ids))
        query = Query(query_id, chat_id, message_id, self._clock.unix())
        self._open[query.id] = query
        return query

    def answer(self, query_id: str) -> Query:
        """The press with this id, once; ApiError when unknown, answered or older than 150 s."""
        query = self._open.pop(query_id, None)
        if query is None or self._clock.unix() - query.asked_at > PATIENCE:
            raise _too_old()
        return query

    def forget_all(self) -> None:
        """Nobody waits any more."""
        self._open.clear()


def _too_old() -> ApiError:
    return bad_request(TOO_OLD)
