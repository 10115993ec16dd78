"""Today: what needs somebody, each thing one line that leads to its page."""

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from bot.usecases.kit import Kit
from bot.usecases.office.reader import Reader
from bot.usecases.office.today import Item, Kind, Today, today
from bot.web.office.desk import Desk

WAYS = {
    Kind.ALERT: "/office/alerts/{about}",
    Kind.REPORTED: "/office/pairs",
    Kind.NEWCOMERS: "/office/groups/{group}",
    Kind.RETURNING: "/office/people/{about}",
    Kind.LINES: "/office/board",
    Kind.ANSWERS: "/office/groups/{group}/brief",
    Kind.PAIRS: "/office/pairs",
    Kind.WISHES: "/office/pairs",
    Kind.QUIET: "/office/people/{about}",
    Kind.BROUGHT: "/office/groups/{group}/brief",
}
"""Where each kind of thing is done; a way that is broken is mended outside the pages."""


def routes(router: APIRouter, desk: Desk) -> None:
    """The page."""

    @router.get("/office")
    async def page(request: Request) -> HTMLResponse:
        reader, found = await desk.read(request, _ask)
        return desk.page(reader, "today", found=found, way=way)


def way(item: Item) -> str:
    """The page of a thing; "" where it has none."""
    return WAYS.get(item.kind, "").format(about=item.about, group=item.group)


def _ask(session: Session, kit: Kit, reader: Reader, now: datetime) -> Today:
    return today(session, kit, reader, now)
