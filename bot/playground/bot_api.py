"""The Bot API over HTTP: token, method, parameters, faults, answer."""

import asyncio
import inspect
import json
import re
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from aiohttp import web

import bot.playground.methods  # noqa: F401  registers the methods
from bot.playground.call import Call, read_call
from bot.playground.errors import ApiError
from bot.playground.faults import BEFORE, Fault
from bot.playground.message import Json
from bot.playground.registry import METHODS, Method
from bot.playground.world import World

CallObserver = Callable[[str, Json, Json], None]
NOT_FOUND = ApiError(404, "Not Found")
UNAUTHORIZED = ApiError(401, "Unauthorized")
BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
FOREVER = 600.0
_TOKEN = re.compile(r"\d+:.+")


class BotApi:
    """The door for bots. State: who observes, the last calls, and whether we are closing."""

    def __init__(self, world: World, token: str | None) -> None:
        self._world, self._token = world, token
        self.observers: list[CallObserver] = []
        self.calls: deque[Json] = deque(maxlen=200)
        self._closing = asyncio.Event()

    def add_routes(self, app: web.Application) -> None:
        """`/bot<token>/<method>` and `/file/bot<token>/<path>`."""
        app.router.add_route("*", "/bot{token}/{method}", self.call)
        app.router.add_get("/file/bot{token}/{path:.+}", self.download)

    def close(self) -> None:
        """Let calls that hang go."""
        self._closing.set()

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Carry out one call, or let the ordered fault happen to it."""
        method = METHODS.get(request.match_info["method"].lower())
        name = method.name if method else request.match_info["method"]
        begun, call = time.perf_counter(), Call({})
        fault = self._world.faults.take(name)
        try:
            self._check_token(request)
            call = await read_call(request)
            answer = await self._carry_out(method, call, fault)
        except ApiError as error:
            answer = error.as_json()
        except web.HTTPRequestEntityTooLarge:
            answer = ApiError(413, "Request Entity Too Large").as_json()
        self._observe(name, call.params, answer, fault, time.perf_counter() - begun)
        return await self._reply(request, answer, fault)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A file by the path getFile gave."""
        try:
            self._check_token(request)
        except ApiError as error:
            return _json(error.as_json())
        file = self._world.files.by_path.get(request.match_info["path"])
        if file is None:
            return _json(NOT_FOUND.as_json())
        return web.Response(body=file.data, content_type=file.mime)

    def _check_token(self, request: web.Request) -> None:
        token = request.match_info["token"]
        if self._token is None and not _TOKEN.fullmatch(token):
            raise NOT_FOUND
        if self._token is not None and token != self._token:
            raise UNAUTHORIZED

    async def _carry_out(self, method: Method | None, call: Call, fault: Fault | None) -> Json:
        if fault is not None and fault.kind in BEFORE:
            raise _refusal(fault)
        if method is None:
            raise NOT_FOUND
        result = method.handler(self._world, call)
        if inspect.isawaitable(result):
            result = await result
        return {"ok": True, "result": result}

    def _observe(
        self, name: str, params: Json, answer: Json, fault: Fault | None, seconds: float
    ) -> None:
        for observer in self.observers:
            observer(name, params, answer)
        if self._world.fast:
            return
        entry = {
            "date": self._world.clock.unix(),
            "method": name,
            "params": params,
            "answer": answer,
            "fault": fault.kind if fault else None,
            "milliseconds": round(seconds * 1000, 1),
        }
        self.calls.append(entry)
        self._world.feed.tell("call", method=name)

    async def _reply(
        self, request: web.Request, answer: Json, fault: Fault | None
    ) -> web.StreamResponse:
        match fault.kind if fault else "":
            case "delay":
                await self._pause(fault, 1.0)
            case "hang_after":
                await self._pause(fault, FOREVER)
                return _reset(request)
            case "reset_before" | "reset_after":
                return _reset(request)
            case "truncated":
                return await _half(request, answer)
            case "502_after":
                return web.Response(status=502, text=BAD_GATEWAY, content_type="text/html")
        return _json(answer)

    async def _pause(self, fault: Fault | None, default: float) -> None:
        seconds = default if fault is None or fault.seconds is None else fault.seconds
        try:
            await asyncio.wait_for(self._closing.wait(), seconds)
        except TimeoutError:
            return


def _refusal(fault: Fault) -> ApiError:
    match fault.kind:
        case "429":
            text = f"Too Many Requests: retry after {fault.retry_after}"
            return ApiError(429, text, {"retry_after": fault.retry_after})
        case "404":
            return NOT_FOUND
        case "409":
            return ApiError(409, "Conflict: ordered as a fault in the playground")
        case "reset_before":
            return ApiError(500, "Connection reset before the method was carried out")
    return ApiError(500, "Internal Server Error")


def _json(answer: Json) -> web.Response:
    body = json.dumps(answer, separators=(",", ":")).encode()
    status: Any = answer.get("error_code", 200)
    response = web.Response(body=body, status=status, content_type="application/json")
    if retry_after := answer.get("parameters", {}).get("retry_after"):
        response.headers["Retry-After"] = str(retry_after)
    return response


def _reset(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _half(request: web.Request, answer: Json) -> web.StreamResponse:
    body = json.dumps(answer).encode()
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    response.content_length = len(body)
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response
