"""One group: a table of its people, what they were given, the ring."""

from datetime import datetime
from functools import partial
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from bot.usecases.kit import Kit
from bot.usecases.office.group import GroupPage, group_page
from bot.usecases.office.reader import Reader
from bot.web.office import pictures
from bot.web.office.desk import Desk


def routes(router: APIRouter, desk: Desk) -> None:
    """The page."""

    @router.get("/office/groups/{group_id}")
    async def page(request: Request, group_id: UUID) -> HTMLResponse:
        reader, found = await desk.read(request, partial(_ask, group_id))
        ring = pictures.ring(desk.kit.words, reader.language, found.ring)
        return desk.page(reader, "group", found=found, ring=ring)


def _ask(group_id: UUID, session: Session, kit: Kit, reader: Reader, now: datetime) -> GroupPage:
    return group_page(session, kit, reader, group_id, now)
