"""The page that opens once: a GET shows a button, only the POST behind it uses the link up.

So whatever fetches links by itself (previews, scanners) spends nothing. The token stands in the
address and nowhere else: no log line, no referrer, no cookie.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlmodel import Session

from bot.messages.words import Words
from bot.store.worker import Database
from bot.web.office.languages import preferred
from bot.web.office.limits import Window, whence
from bot.web.office.refusals import TooOftenError

_HERE = Path(__file__).parent
LONGEST = 64
"""No token is longer than this."""
A_MINUTE = 300
"""Looks from one address: a whole programme may sit behind the same. Whoever tries more guesses,
and would keep the database from those who write to the bot."""


class Links(Protocol):
    """What the page asks of the use cases."""

    def language(self, session: Session, token: str) -> str | None:
        """The language of whoever the link is for; None when it is used, old or unknown."""

    def open(self, session: Session, token: str) -> Callable[[], bytes] | None:
        """Uses the link up and gives what makes the file, for a thread of its own: everybody waits
        for the database's. None when somebody was there before."""


def routes(
    router: APIRouter,
    database: Database,
    links: Links,
    words: Words,
    steady: Callable[[], float],
) -> None:
    """The one page."""
    often = Window(A_MINUTE, 60.0)
    template = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined
    ).get_template("page.html.j2")

    def shown(language: str, *, is_open: bool) -> HTMLResponse:
        said = words.short(language)["pages"]
        page = template.render(words=said, language=language, is_open=is_open)
        return HTMLResponse(page, status_code=200 if is_open else 404)

    def count(request: Request) -> None:
        if not often.takes(whence(request), steady()):
            raise TooOftenError

    @router.get("/p/{token}")
    async def look(request: Request, token: str) -> Response:
        count(request)
        language = await _run(database, links.language, token)
        return shown(language or preferred(request, words), is_open=language is not None)

    @router.post("/p/{token}")
    async def take(request: Request, token: str) -> Response:
        count(request)
        pack = await _run(database, links.open, token)
        if pack is None:
            return shown(preferred(request, words), is_open=False)
        file = await asyncio.to_thread(pack)
        named = {"Content-Disposition": 'attachment; filename="between.zip"'}
        return Response(file, media_type="application/zip", headers=named)


async def _run(database: Database, ask: Callable[[Session, str], Any], token: str) -> Any:
    if len(token) > LONGEST:
        return None
    return await database.run(lambda session: ask(session, token), patient=True)
