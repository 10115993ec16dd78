"""What holds for every answer, on the way in and out: headers, the size of a body, our own bugs."""

from collections.abc import Callable
from typing import Any

import structlog
from fastapi import Request
from fastapi.responses import Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 256 * 1024
"""Bytes a form may have; ours are far smaller."""
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; img-src 'self';"
        " frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
    ),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex",
}
_ONLY_TLS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
_log = structlog.get_logger(__name__)


class TooLargeError(Exception):
    """A body is longer than anything a page sends."""


class Strict:
    """Wraps the app. A bug of ours is logged by its kind and place, without anybody's words."""

    def __init__(
        self, app: ASGIApp, *, tls: bool, broken: Callable[[Request, Exception], Response]
    ) -> None:
        self._app = app
        self._headers = _HEADERS | (_ONLY_TLS if tls else {})
        self._broken = broken

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def strictly(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        try:
            await self._app(scope, _bounded(scope, receive), strictly)
        except Exception as error:
            _log.exception("page_broken", **_place(error), exc_info=False)
            if begun:
                raise
            request = Request(scope)
            await self._broken(request, error)(scope, receive, strictly)


def _bounded(scope: Scope, receive: Receive) -> Receive:
    said = Headers(scope=scope).get("content-length", "0")
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        if said.isdecimal() and int(said) > LARGEST:
            raise TooLargeError
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST:
            raise TooLargeError
        return message

    return bounded


def _place(error: BaseException) -> dict[str, Any]:
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    if at is None:
        return {"error": type(error).__name__}
    file = at.tb_frame.f_code.co_filename.rpartition("/")[2]
    return {"error": type(error).__name__, "file": file, "line": at.tb_lineno}
