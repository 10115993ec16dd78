"""Telegram's side of the wire, by hand: HTTP/1.1 kept alive, the few methods a bot needs, no more.

It costs so little that the bot's own process is what a figure tells about. It runs in the bench's
process; the bot is another one.
"""

import asyncio
import itertools
import json
from collections import Counter
from collections.abc import Callable
from time import perf_counter
from typing import Any
from urllib.parse import parse_qsl

from tests.bench.load.limits import Enforced

ME = {"id": 42, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
HOOK = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
DATE = 1_790_000_000
_JSON = "application/json"
_UPDATES = itertools.count(1)
"""Never the same number twice in this process: a bot started again knows the old ones."""

Sent = Callable[[int, int, str, Any], None]
"""Chat, message id, text, keyboard."""


class Loopback:
    """What Telegram keeps for one bot: updates that wait, the next ids, and what was asked."""

    def __init__(self, *, delay: float = 0.0, enforced: Enforced | None = None) -> None:
        """`delay` is seconds before any answer, as on a real line."""
        self.delay = delay
        self.enforced = enforced
        self.calls: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.on_sent: Sent = lambda *_: None
        self.url = ""
        self._waiting: list[tuple[int, bytes]] = []
        self._poll: tuple[_Line, int] | None = None
        self._next_message = 1
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listens on a free port of this computer."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Line(self), "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Listens no more; whoever polls is let go."""
        assert self._server is not None
        self._server.close()
        if self._poll is not None:
            self._poll[0].close()

    def message_id(self) -> int:
        """A new one."""
        self._next_message += 1
        return self._next_message

    def put(self, update: dict[str, Any]) -> None:
        """Something a person did; the update gets its id here."""
        number = next(_UPDATES)
        raw = json.dumps({"update_id": number, **update}).encode()
        self._waiting.append((number, raw))
        if self._poll is not None:
            # Whatever else comes in this turn of the loop goes along.
            asyncio.get_running_loop().call_soon(self._serve_poll)

    def answer(self, line: "_Line", method: str, asked: dict[str, Any]) -> None:
        """Does what was asked, and answers on that line."""
        self.calls[method] += 1
        if method.lower() == "getupdates":
            self._confirm(int(asked.get("offset") or 0))
            self._poll = (line, int(asked.get("limit") or 100))
            self._serve_poll()
            if self._poll is not None:
                loop = asyncio.get_running_loop()
                loop.call_later(float(asked.get("timeout") or 0), self._nothing, self._poll)
            return
        chat = int(asked.get("chat_id") or 0)
        if self.enforced is not None and chat and method.startswith("send"):
            wait = self.enforced.refuses(chat, perf_counter())
            if wait:
                self.refused[method] += 1
                line.later(self.delay, 429, _too_many(wait))
                return
        result = self._result(method, chat, asked)
        line.later(self.delay, 200, _ok(result))
        if method == "sendMessage":
            # The phone shows it when the bot hears that it was sent, not before.
            loop = asyncio.get_running_loop()
            shown = (chat, result["message_id"], result["text"], result.get("reply_markup"))
            loop.call_later(self.delay, self._show, *shown)

    def _show(self, chat: int, number: int, text: str, markup: Any) -> None:
        self.on_sent(chat, number, text, markup)

    def _result(self, method: str, chat: int, asked: dict[str, Any]) -> Any:
        match method:
            case "getMe":
                return ME
            case "getWebhookInfo":
                return HOOK
            case "sendMessage":
                number, text = self.message_id(), str(asked.get("text"))
                return message(chat, number, text, _keyboard(asked))
            case "editMessageText" | "editMessageReplyMarkup":
                text = str(asked.get("text", ""))
                return message(chat, int(asked["message_id"]), text, _keyboard(asked))
        return True

    def _confirm(self, offset: int) -> None:
        waiting = self._waiting
        at = 0
        while at < len(waiting) and waiting[at][0] < offset:
            at += 1
        del waiting[:at]

    def _nothing(self, poll: "tuple[_Line, int]") -> None:
        if self._poll is poll:
            self._poll = None
            poll[0].later(self.delay, 200, _ok([]))

    def _serve_poll(self) -> None:
        if self._poll is None or not self._waiting:
            return
        (line, limit), self._poll = self._poll, None
        batch = b",".join(raw for _, raw in self._waiting[:limit])
        line.later(self.delay, 200, b'{"ok":true,"result":[' + batch + b"]}")


class _Line(asyncio.Protocol):
    """One connection; requests on it come one after the other."""

    def __init__(self, telegram: Loopback) -> None:
        self._telegram = telegram
        self._transport: asyncio.Transport | None = None
        self._held = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def close(self) -> None:
        """Hangs up."""
        if self._transport is not None:
            self._transport.close()

    def later(self, delay: float, status: int, body: bytes) -> None:
        """Answers after so many seconds."""
        if delay:
            asyncio.get_running_loop().call_later(delay, self._write, status, body)
        else:
            self._write(status, body)

    def _write(self, status: int, body: bytes) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        head = (
            f"HTTP/1.1 {status} .\r\nContent-Type: {_JSON}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._transport.write(head.encode() + body)

    def data_received(self, data: bytes) -> None:
        held = self._held + data
        while (end := held.find(b"\r\n\r\n")) >= 0:
            head = held[:end].lower()
            length = _length(head)
            if len(held) < end + 4 + length:
                break
            body = held[end + 4 : end + 4 + length]
            path = held[: held.index(b"\r\n")].split(b" ", 2)[1]
            held = held[end + 4 + length :]
            method = path.rpartition(b"/")[2].partition(b"?")[0].decode()
            self._telegram.answer(self, method, _asked(head, body))
        self._held = held


def message(chat: int, number: int, text: str, markup: Any = None) -> dict[str, Any]:
    """A message of the bot as Telegram gives it back."""
    found = {
        "message_id": number,
        "from": ME,
        "chat": {"id": chat, "type": "private", "first_name": "P"},
        "date": DATE,
        "text": text,
    }
    return found if markup is None else {**found, "reply_markup": markup}


def _length(head: bytes) -> int:
    at = head.find(b"\r\ncontent-length:")
    if at < 0:
        assert b"\r\ntransfer-encoding:" not in head, "chunks are not understood here"
        return 0
    return int(head[at + 17 :].split(b"\r\n", 1)[0])


def _asked(head: bytes, body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    if b"\r\ncontent-type: application/json" in head:
        return dict(json.loads(body))
    if b"multipart/form-data" in head:
        return _parts(body)
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def _parts(body: bytes) -> dict[str, Any]:
    """The fields of a form in parts, none of which is a file here."""
    found: dict[str, Any] = {}
    boundary = body[: body.index(b"\r\n")]
    for part in body.split(boundary)[1:-1]:
        head, _, value = part.partition(b"\r\n\r\n")
        name = head.partition(b'name="')[2].partition(b'"')[0].decode()
        found[name] = value[:-2].decode()
    return found


def _keyboard(asked: dict[str, Any]) -> Any:
    markup = asked.get("reply_markup")
    found = json.loads(markup) if isinstance(markup, str) else markup
    return found if found and "inline_keyboard" in found else None


def _ok(result: Any) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()


def _too_many(seconds: int) -> bytes:
    told = f"Too Many Requests: retry after {seconds}"
    body = {"ok": False, "error_code": 429, "description": told}
    return json.dumps({**body, "parameters": {"retry_after": seconds}}).encode()
