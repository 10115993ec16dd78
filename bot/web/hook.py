"""Where Telegram brings updates: a secret compared in constant time, then stored, then a 200.

Whoever knows the secret never hears anything but 200 and, while the database is away, 503: any
other answer would make Telegram hold back everything else of that person for up to a day.
"""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

import structlog
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.errors import DatabaseAway

LARGEST: Final = 128 * 1024
"""Bytes of an update; Telegram's are far smaller."""
_READ: Final = 16 * LARGEST
"""What is read of one that is larger, without keeping it, so that the answer arrives."""
_PATIENCE: Final = 25.0
"""Seconds; Telegram waits for sixty."""
_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
_log = structlog.get_logger(__name__)

Offer = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]
"""Stores updates, or raises `DatabaseAway`."""
Bury = Callable[[str], Awaitable[None]]
"""Keeps that something came which is no update, by a code; raises `DatabaseAway`, too."""


class Hook:
    """Stands before the pages and answers at one path alone."""

    def __init__(self, pages: ASGIApp, *, path: str, secret: str, offer: Offer, bury: Bury) -> None:
        self._pages = pages
        self._path = path
        self._secret = secret.encode()
        self._offer = offer
        self._bury = bury

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != self._path or scope["method"] != "POST":
            await self._pages(scope, receive, send)
            return
        status = await self._answered(scope, receive)
        headers = {"Retry-After": "5"} if status == 503 else {}
        await PlainTextResponse("", status, headers)(scope, receive, send)

    async def _answered(self, scope: Scope, receive: Receive) -> int:
        shown = Headers(scope=scope).get(_HEADER, "").encode()
        if not hmac.compare_digest(shown, self._secret):
            _log.warning("webhook_forged")
            return 403
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._store(await _body(receive))
        except (DatabaseAway, TimeoutError):
            return 503
        return 200

    async def _store(self, body: bytes | None) -> None:
        try:
            update = None if body is None else json.loads(body)
        except (ValueError, RecursionError):  # a hundred thousand brackets are no JSON either
            await self._bury("unreadable: no JSON")
            return
        if update is None:
            await self._bury("unreadable: too large")
        elif not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            await self._bury("unreadable: no update")
        else:
            await self._kept(update)

    async def _kept(self, update: dict[str, Any]) -> None:
        try:
            await self._offer([update])
        except DatabaseAway:
            raise
        except Exception as error:  # noqa: BLE001  (whatever it is, the next one counts)
            _log.error("update_not_kept", error=type(error).__name__)
            await self._bury(f"not kept: {type(error).__name__}")


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None if it is larger than any update."""
    body, taken, more = bytearray(), 0, True
    while more and taken <= _READ:
        message = await receive()
        part = message.get("body", b"")
        taken += len(part)
        if taken <= LARGEST:
            body += part
        more = message["type"] == "http.request" and message.get("more_body", False)
    return bytes(body) if taken <= LARGEST else None
