"""One HTTP call to Telegram over aiohttp, and what is certain about it when it fails.

Nothing here logs or raises a URL or a body: the first holds the token, the second someone's words.
"""

import io
import json
from typing import Any, Final, NamedTuple

import aiohttp
from pydantic_core import from_json, to_json
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import BaseRequest, RequestData
from yarl import URL


class Upload(NamedTuple):
    """A file that goes with a call: the parameter it is for, its name, its kind, its bytes."""

    field: str
    name: str
    mime: str
    data: bytes


class NotSent(NetworkError):  # noqa: N818  (it names an outcome)
    """Telegram certainly did not act on this call; it may be made again."""

    __slots__ = ()


class Unknown(NetworkError):  # noqa: N818  (it names an outcome)
    """Telegram may have acted on this call: bytes may have left, no proper answer came back."""

    __slots__ = ()


_BEFORE_ANY_BYTE: Final = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
)
_JSON: Final = {"Content-Type": "application/json"}
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
_REMEMBERED_URLS: Final = 64
_KEEP_ALIVE: Final = 20.0
"""Seconds after which an idle connection is given up, well before Telegram's own limit: a POST
written to a connection that the other side is closing would be of unknown outcome."""


class AiohttpRequest(BaseRequest):
    """PTB's way to the network, on one aiohttp session with kept-alive connections."""

    __slots__ = ("_connections", "_session", "_timeout", "_urls")

    def __init__(
        self,
        *,
        connections: int = 80,
        connect: float = 4.0,
        total: float = 10.0,
    ) -> None:
        self._connections = connections
        self._timeout = aiohttp.ClientTimeout(total=total, connect=connect)
        self._session: aiohttp.ClientSession | None = None
        self._urls: dict[str, URL] = {}

    @property
    def read_timeout(self) -> float | None:
        """The default total timeout in seconds."""
        return self._timeout.total

    async def initialize(self) -> None:
        """Open the session in the running loop; the first call does so too."""
        self._opened()

    async def shutdown(self) -> None:
        """Close the session; a later call opens a new one."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def call(
        self,
        url: str,
        parameters: dict[str, Any],
        *,
        upload: Upload | None = None,
        total: float | None = None,
    ) -> Any:
        """Post `parameters` as JSON (as a form beside a file); give back the raw `result`."""
        timeout = self._timeout if total is None else self._within(total)
        if upload is None:
            body: Any = _body(parameters)
            payload = await self._exchange("POST", url, body, _JSON, timeout)
        else:
            form = _form(parameters)
            name, kind = upload.name, upload.mime
            # As a stream: aiohttp writes large bytes in one go, and everything else would wait.
            data = io.BytesIO(upload.data)
            form.add_field(upload.field, data, filename=name, content_type=kind)
            payload = await self._exchange("POST", url, form, None, timeout)
        return self.parse_json_payload(payload)["result"]

    async def download(self, url: str, largest: int) -> bytes | None:
        """The bytes behind a URL; None if there are more than `largest`, without reading on."""
        try:
            async with self._opened().get(
                URL(url), timeout=self._timeout, allow_redirects=False
            ) as response:
                payload = bytearray()
                async for part in response.content.iter_any():
                    payload += part
                    if len(payload) > largest:
                        return None
                status = response.status
        except (aiohttp.ClientError, OSError, TimeoutError) as exc:
            raise NotSent(type(exc).__name__) from None
        if status != 200:
            raise refusal(status, bytes(payload))
        return bytes(payload)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  (part of the total)
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  (part of connect)
    ) -> tuple[int, bytes]:
        """PTB's own way in; anything but a success is raised."""
        timeout = aiohttp.ClientTimeout(
            total=_given(read_timeout, self._timeout.total),
            connect=_given(connect_timeout, self._timeout.connect),
        )
        data: Any = None
        headers = None
        if request_data is not None and request_data.contains_files:
            data = _form(request_data.json_parameters)
            for name, (filename, content, kind) in request_data.multipart_data.items():
                data.add_field(name, content, filename=filename, content_type=kind)
        elif request_data is not None:
            data, headers = request_data.url_encoded_parameters().encode(), _FORM
        return 200, await self._exchange(method, url, data, headers, timeout)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read a success; a broken one is of unknown outcome. Never logs what it cannot read."""
        try:
            answer = _read(payload)
        except ValueError:
            raise Unknown("broken body") from None
        if not isinstance(answer, dict) or "result" not in answer:
            raise Unknown("no result")
        return answer

    async def _exchange(
        self,
        method: str,
        url: str,
        data: Any,
        headers: dict[str, str] | None,
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109  (handed on to aiohttp)
    ) -> bytes:
        session = self._opened()
        try:
            async with session.request(
                method,
                self._url(url),
                data=data,
                headers=headers,
                timeout=timeout,
                allow_redirects=False,
            ) as response:
                status, payload = response.status, await response.read()
        except _BEFORE_ANY_BYTE as exc:
            raise NotSent(type(exc).__name__) from None
        except Exception as exc:  # noqa: BLE001  (also what aiohttp does not declare: bytes may have left)
            raise Unknown(type(exc).__name__) from None
        if 200 <= status <= 299:
            return payload
        raise refusal(status, payload)

    def _within(self, total: float) -> aiohttp.ClientTimeout:
        return aiohttp.ClientTimeout(total=total, connect=self._timeout.connect)

    def _url(self, url: str) -> URL:
        known = self._urls.get(url)
        if known is None:
            known = URL(url, encoded=True)
            if len(self._urls) < _REMEMBERED_URLS:
                self._urls[url] = known
        return known

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._connections, keepalive_timeout=_KEEP_ALIVE
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                skip_auto_headers=("Accept-Encoding",),
            )
        return self._session


def refusal(status: int, payload: bytes) -> TelegramError:
    """Say which of PTB's errors an answer other than success is."""
    description, parameters = _explained(payload)
    if status == 429:
        return RetryAfter(max(1, int(parameters.get("retry_after") or 1)))
    if new_chat := parameters.get("migrate_to_chat_id"):
        return ChatMigrated(new_chat)
    if status >= 500:
        return Unknown(f"HTTP {status}")
    match status:
        case 401:
            return InvalidToken(description or "Unauthorized")
        case 403:
            return Forbidden(description or "Forbidden")
        case 404:
            # Telegram says so for minutes during its own restarts: it is not the token.
            return NotSent("HTTP 404")
        case 409:
            return Conflict(description or "Conflict")
        case _ if status >= 400:
            return BadRequest(description or f"HTTP {status}")
        case _:
            return NotSent(f"HTTP {status}")


def _explained(payload: bytes) -> tuple[str, dict[str, Any]]:
    try:
        answer = _read(payload)
    except ValueError:
        return "", {}
    if not isinstance(answer, dict):
        return "", {}
    return str(answer.get("description") or ""), answer.get("parameters") or {}


def _body(parameters: dict[str, Any]) -> bytes:
    try:
        return to_json(parameters)  # four times as fast
    except ValueError:  # half of a character, which JSON can write and UTF-8 cannot
        return json.dumps(parameters).encode()


def _read(payload: bytes) -> Any:
    try:
        return from_json(payload, cache_strings="keys")  # twice as fast; "keys": see `private`
    except ValueError:  # half of a character, or broken: then this one says so
        return json.loads(payload)


def _form(parameters: dict[str, Any]) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in parameters.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    return form


def _given(value: Any, default: float | None) -> float | None:
    return default if value is BaseRequest.DEFAULT_NONE else value
