"""The page with the phones: our own files, a strict policy, nothing from elsewhere."""

from pathlib import Path

from aiohttp import web

from bot.playground.guard import HEADERS

STATIC = Path(__file__).parent / "static"
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


def add_routes(app: web.Application) -> None:
    """`/`, `/favicon.ico` and `/static/<file>`."""
    app.router.add_get("/", _index)
    app.router.add_get("/favicon.ico", _favicon)
    app.router.add_get("/static/{name:[a-z_]+\\.(?:css|js|svg)}", _static)
    app.on_response_prepare.append(_with_headers)


async def _index(_request: web.Request) -> web.Response:
    return _file("index.html")


async def _favicon(_request: web.Request) -> web.Response:
    return _file("favicon.svg")


async def _static(request: web.Request) -> web.Response:
    return _file(request.match_info["name"])


def _file(name: str) -> web.Response:
    path = STATIC / name
    if not path.is_file():
        raise web.HTTPNotFound
    return web.Response(text=path.read_text("utf-8"), content_type=TYPES[path.suffix])


async def _with_headers(request: web.Request, response: web.StreamResponse) -> None:
    if not request.path.startswith(("/bot", "/file/")):
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
