"""What is certain when a call fails: made over real sockets, also ones that misbehave."""

import asyncio
import json
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
import telegram
from aiohttp import client_proto
from aiohttp.http_exceptions import TransferEncodingError
from aiohttp.http_parser import HttpResponseParserPy
from telegram.error import Forbidden, InvalidToken, RetryAfter

from bot.playground import people
from bot.telegram.app import Api, make_bot
from bot.telegram.request import AiohttpRequest, NotSent, Unknown, Upload

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def server(talk: Talk) -> AsyncIterator[str]:
    """A server on a socket that does with a connection what it likes."""
    writers = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        await talk(reader, writer)

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    host, port = listening.sockets[0].getsockname()
    try:
        yield f"http://{host}:{port}/bot42:SECRET/sendMessage"
    finally:
        listening.close()
        for writer in writers:
            writer.close()


def answering(raw: bytes, *, then_close: bool = True) -> Talk:
    """Reads a request, answers these bytes."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(65536)
        writer.write(raw)
        if then_close:
            await writer.drain()
            writer.close()

    return talk


async def abort(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Reads a request, then resets the connection."""
    await reader.read(65536)
    writer.transport.abort()


def ok(body: bytes) -> bytes:
    """A 200 with this body."""
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


UNKNOWN: list[tuple[str, Talk]] = [
    ("closed", answering(b"")),
    ("reset", abort),
    ("silence", answering(b"", then_close=False)),
    ("cut in the head", answering(b"HTTP/1.1 200")),
    ("no HTTP", answering(b"hello?\r\n\r\n")),
    ("cut in the body", answering(b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"ok"')),
    ("half a body", answering(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", then_close=False)),
    ("broken JSON", answering(ok(b'{"ok": tr'))),
    ("no result", answering(ok(b'{"ok": true}'))),
    ("a list", answering(ok(b"[]"))),
    ("500", answering(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")),
    ("502", answering(b"HTTP/1.1 502 No\r\nContent-Length: 6\r\n\r\n<html>")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "talk"), UNKNOWN, ids=[name for name, _ in UNKNOWN])
async def test_once_bytes_may_have_left_the_outcome_is_unknown(name: str, talk: Talk) -> None:
    """Once bytes may have left, a call without a proper answer is of unknown outcome."""
    # Short only where no end comes: a slow machine takes longer to connect, and that is not sent.
    total = 1 if name in ("silence", "half a body") else 20
    async with server(talk) as url, AiohttpRequest(total=total, connect=total) as request:
        with pytest.raises(Unknown):
            await request.call(url, {"text": "x"})


async def broken_chunk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers a head that is in order, and once it was read, a body that is not."""
    await reader.read(65536)
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(100):  # the caller reads in this very loop
        await asyncio.sleep(0)
    writer.write(b"no size\r\n")


async def test_unknown_by_an_error_aiohttp_does_not_declare(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where aiohttp is not compiled, its parser tells of a broken body by what is no ClientError:
    of unknown outcome all the same, for bytes have left."""
    assert not issubclass(TransferEncodingError, (aiohttp.ClientError, OSError))
    monkeypatch.setattr(client_proto, "HttpResponseParser", HttpResponseParserPy)
    async with server(broken_chunk) as url, AiohttpRequest() as request:
        with pytest.raises(Unknown, match=r"^TransferEncodingError$"):
            await request.call(url, {"text": "x"})


async def test_not_sent_refused() -> None:
    """Nobody listens: certainly not sent."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with AiohttpRequest() as request:
        with pytest.raises(NotSent):
            await request.call(f"http://127.0.0.1:{port}/bot42:SECRET/x", {})


async def test_not_sent_no_such_host() -> None:
    """No address for the name: certainly not sent."""
    async with AiohttpRequest() as request:
        with pytest.raises(NotSent):
            await request.call("http://nobody.invalid/bot42:SECRET/x", {})


async def test_not_sent_no_connection_in_time() -> None:
    """A listener that never accepts, with a full queue: the connection is not made in time."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        waiting = [socket.socket() for _ in range(8)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        async with AiohttpRequest(connect=0.2, total=5) as request:
            with pytest.raises(NotSent):
                await request.call(f"http://127.0.0.1:{port}/bot42:SECRET/x", {})
        for one in waiting:
            one.close()


async def test_not_sent_no_slot() -> None:
    """All connections are taken for too long: certainly not sent."""
    talk = answering(b"", then_close=False)
    async with (
        server(talk) as url,
        AiohttpRequest(connections=1, connect=0.5, total=2) as request,
    ):
        first = asyncio.ensure_future(request.call(url, {}))
        await asyncio.sleep(0.05)
        with pytest.raises(NotSent):
            await request.call(url, {})
        with pytest.raises(Unknown):
            await first


async def test_refusals_are_ptb_errors(bot: Api, phones: Any) -> None:
    """401, 403, 404 and 429 come as PTB's own errors, by either way in."""
    phones.playground.faults.add("sendMessage", "429", 2, retry_after=3)
    with pytest.raises(RetryAfter):
        await bot.call("sendMessage", {"chat_id": 1001, "text": "x"})
    with pytest.raises(RetryAfter):
        await bot.send_message(1001, "x")
    people.block(phones.playground.world, 1001, blocked=True)
    with pytest.raises(Forbidden):
        await bot.call("sendMessage", {"chat_id": 1001, "text": "x"})
    with pytest.raises(NotSent):
        await bot.call("noSuchMethod", {})
    stranger = make_bot("43:NOBODY", phones.url)
    with pytest.raises(InvalidToken):
        await stranger.call("getMe", {})
    await stranger.shut()


@pytest.mark.parametrize("words", ["plain", "ñ 😀 \u2028 \x00", "half a sign: \ud83d"])
async def test_words_arrive_as_written(words: str) -> None:
    """Whatever a call carries is JSON, there and back, also what UTF-8 cannot write."""
    answer = json.dumps({"ok": True, "result": words}).encode()
    heard: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split()[0])
        heard.append(await reader.readexactly(length))
        writer.write(ok(answer))
        await writer.drain()

    request = AiohttpRequest()
    async with server(talk) as url:
        assert await request.call(url, {"chat_id": 1, "text": words, "silent": None}) == words
        await request.shutdown()
    assert json.loads(heard[0]) == {"chat_id": 1, "text": words, "silent": None}


async def test_ptb_methods_work(bot: Api, phones: Any) -> None:
    """PTB's own methods, files included, go over the same connections."""
    async with bot:
        assert (await bot.get_me()).username == "between_playground_bot"
        sent = await bot.send_document(
            1001, b"hello", filename="a.txt", caption="<b>c</b>", parse_mode="HTML"
        )
        assert sent.caption == "c"
        assert sent.document is not None
        file = await bot.get_file(sent.document)
        assert bytes(await file.download_as_bytearray()) == b"hello"
        assert isinstance(await bot.get_updates(timeout=0), tuple)


async def test_a_picture_goes_as_a_form_with_its_keyboard(
    bot: Api, phones: Any, small_picture: bytes
) -> None:
    """A picture goes as a form, its keyboard beside it."""
    keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
    parameters = {"chat_id": 1001, "caption": "c", "reply_markup": keyboard}
    raw = await bot.call(
        "sendPhoto", parameters, upload=Upload("photo", "picture.png", "image/png", small_picture)
    )
    assert telegram.Message.de_json(raw, bot).caption == "c"
    assert phones.shown(1001)[0]["buttons"][0][0]["data"] == "b"


async def test_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """Neither the URL with its token nor an answer with someone's words is logged or raised."""
    caplog.set_level(logging.DEBUG)
    for raw in (ok(b'{"result": "SECRET words'), b"HTTP/1.1 502 No\r\n\r\nSECRET words"):
        async with server(answering(raw)) as url, AiohttpRequest() as request:
            with pytest.raises(Unknown) as caught:
                await request.call(url, {"text": "SECRET"})
            assert "SECRET" not in str(caught.value)
            assert caught.value.__cause__ is None
    assert "SECRET" not in caplog.text


async def test_reopens_after_shutdown(phones: Any) -> None:
    """A call after a shutdown opens the connections again; a second shutdown is harmless."""
    bot = make_bot("42:PLAYGROUND", phones.url)
    for _ in range(2):
        assert (await bot.call("getMe", {}))["id"] == 42
        await bot.shut()
    await bot.shut()
