"""The page that opens once: a GET shows a button, only the POST behind it uses the link up.

So whatever fetches links by itself (previews, scanners) spends nothing. The token stands in the
address and nowhere else: no log line, no referrer, no cookie.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlmodel import Session

from bot.messages.words import Words
from bot.store.worker import Database

_HERE = Path(__file__).parent
_STRICT = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none';"
        " base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}
_ONLY_TLS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
LONGEST = 64
"""No token is longer than this."""


class Links(Protocol):
    """What the page asks of the use cases."""

    def language(self, session: Session, token: str) -> str | None:
        """The language of whoever the link is for; None when it is used, old or unknown."""

    def open(self, session: Session, token: str) -> bytes | None:
        """Uses the link up and gives the file; None when somebody was there before."""


def make_app(database: Database, links: Links, words: Words, *, tls: bool) -> FastAPI:
    """The app; it knows one page and its stylesheet."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.mount("/static", StaticFiles(directory=_HERE / "static"))
    template = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined
    ).get_template("page.html.j2")

    def shown(language: str, *, is_open: bool) -> HTMLResponse:
        said = words.short(language)["pages"]
        page = template.render(words=said, language=language, is_open=is_open)
        return HTMLResponse(page, status_code=200 if is_open else 404)

    @app.middleware("http")
    async def strict(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await go_on(request)
        response.headers.update(_STRICT | (_ONLY_TLS if tls else {}))
        return response

    @app.get("/p/{token}")
    async def look(request: Request, token: str) -> Response:
        language = await _run(database, links.language, token)
        return shown(language or _preferred(request, words), is_open=language is not None)

    @app.post("/p/{token}")
    async def take(request: Request, token: str) -> Response:
        file = await _run(database, links.open, token)
        if file is None:
            return shown(_preferred(request, words), is_open=False)
        named = {"Content-Disposition": 'attachment; filename="between.zip"'}
        return Response(file, media_type="application/zip", headers=named)

    return app


async def _run(database: Database, ask: Callable[[Session, str], Any], token: str) -> Any:
    if len(token) > LONGEST:
        return None
    return await database.run(lambda session: ask(session, token))


def _preferred(request: Request, words: Words) -> str:
    """The first of our languages the browser names; English where it names none."""
    for named in request.headers.get("accept-language", "")[:200].split(","):
        code = named.strip()[:2].lower()
        if code in words.languages:
            return code
    return "en"
