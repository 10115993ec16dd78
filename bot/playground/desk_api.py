"""The experimenter's side over HTTP: clock, faults, last calls, events, reset."""

import asyncio
import json

from aiohttp import web

from bot.playground.bot_api import BotApi
from bot.playground.errors import NotPossibleError
from bot.playground.people_api import read_body
from bot.playground.phones import bot_shown, clock_shown
from bot.playground.world import World

HEARTBEAT = 15.0
INLINE = ("image/", "audio/", "video/")
SANDBOX = "default-src 'none'; sandbox"


class DeskApi:
    """What stands beside the phones; it only translates."""

    def __init__(self, world: World, bot_api: BotApi) -> None:
        self._world, self._bot_api = world, bot_api

    def add_routes(self, app: web.Application) -> None:
        """/api/clock, /api/faults, /api/calls, /api/events, /api/reset, /api/files, /api/links."""
        app.router.add_get("/api/clock", self.clock)
        app.router.add_post("/api/clock", self.advance)
        app.router.add_get("/api/faults", self.faults)
        app.router.add_post("/api/faults", self.add_fault)
        app.router.add_delete("/api/faults", self.clear_faults)
        app.router.add_get("/api/calls", self.calls)
        app.router.add_get("/api/bot", self.bot)
        app.router.add_get("/api/links", self.links)
        app.router.add_get("/api/events", self.events)
        app.router.add_post("/api/reset", self.reset)
        app.router.add_get("/api/files/{unique_id}", self.file)

    async def clock(self, _request: web.Request) -> web.Response:
        """{"now": ISO 8601 UTC, "unix": seconds, "offset": seconds ahead of the real clock}."""
        return web.json_response(clock_shown(self._world))

    async def links(self, _request: web.Request) -> web.Response:
        """Other pages of this computer that belong to the bot: [{name, url}]."""
        return web.json_response(self._world.links)

    async def advance(self, request: web.Request) -> web.Response:
        """{"advance_seconds": n} jumps ahead; 400 when n is negative or no number."""
        body = await read_body(request)
        try:
            self._world.clock.advance(float(body.get("advance_seconds", 0)))
        except (TypeError, ValueError) as error:
            raise NotPossibleError(str(error), 400) from None
        return web.json_response(clock_shown(self._world))

    async def faults(self, _request: web.Request) -> web.Response:
        """The faults still to come."""
        return web.json_response(self._world.faults.list())

    async def add_fault(self, request: web.Request) -> web.Response:
        """Order a fault: {"method", "kind", "times", "retry_after", "probability", "seconds"}."""
        body = await read_body(request)
        seconds = body.get("seconds")
        try:
            fault = self._world.faults.add(
                str(body.get("method") or "*"),
                str(body.get("kind") or ""),
                int(body.get("times", 1)),
                retry_after=int(body.get("retry_after", 1)),
                probability=body.get("probability"),
                seconds=None if seconds is None else float(seconds),
            )
        except (TypeError, ValueError) as error:
            raise NotPossibleError(str(error), 400) from None
        return web.json_response(fault.as_json(), status=201)

    async def clear_faults(self, _request: web.Request) -> web.Response:
        """Nothing goes wrong from now on."""
        self._world.faults.clear()
        return web.json_response([])

    async def calls(self, _request: web.Request) -> web.Response:
        """The last 200 Bot API calls with their answers, newest last."""
        return web.json_response(list(self._bot_api.calls))

    async def bot(self, _request: web.Request) -> web.Response:
        """The bot: name, username, descriptions, whether it is connected."""
        return web.json_response(bot_shown(self._world))

    async def reset(self, _request: web.Request) -> web.Response:
        """Empty every chat and every queue; people, commands, webhook and clock stay."""
        self._world.reset()
        self._bot_api.calls.clear()
        return web.json_response({})

    async def file(self, request: web.Request) -> web.StreamResponse:
        """A file for a phone: pictures and sound in the page, everything else as a download."""
        file = self._world.files.by_unique_id.get(request.match_info["unique_id"])
        if file is None:
            raise NotPossibleError("There is no such file.", 404)
        headers = {"Content-Security-Policy": SANDBOX}
        if not file.mime.startswith(INLINE):
            headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
        return web.Response(body=file.data, content_type=file.mime, headers=headers)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: {"kind": "chat"|"people"|"clock"|"bot"|"call"|"reset", ...}."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        queue = self._world.feed.listen()
        try:
            await response.write(b"retry: 1000\n\n")
            while not self._world.feed.closed:
                await response.write(await _next_event(queue))
        except (ConnectionResetError, asyncio.CancelledError):
            return response
        finally:
            self._world.feed.leave(queue)
        return response


async def _next_event(queue: "asyncio.Queue[dict[str, object] | None]") -> bytes:
    try:
        event = await asyncio.wait_for(queue.get(), HEARTBEAT)
    except TimeoutError:
        return b": still here\n\n"
    return f"data: {json.dumps(event)}\n\n".encode() if event else b": bye\n\n"
