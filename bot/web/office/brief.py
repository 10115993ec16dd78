"""The brief before a session, and the picture without names to show in the room."""

from datetime import datetime
from functools import partial
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from bot.usecases.kit import Kit
from bot.usecases.office.brief import Brief, Room, brief, room
from bot.usecases.office.reader import Reader
from bot.web.office import pictures
from bot.web.office.desk import Desk


def routes(router: APIRouter, desk: Desk) -> None:
    """Both pages."""
    words = desk.kit.words

    @router.get("/office/groups/{group_id}/brief")
    async def before(request: Request, group_id: UUID) -> HTMLResponse:
        reader, found = await desk.read(request, partial(_brief, group_id))
        return desk.page(
            reader,
            "brief",
            found=found,
            curves=pictures.curves(words, reader.language, found.curves),
            ring=pictures.ring(words, reader.language, found.page.ring),
        )

    @router.get("/office/groups/{group_id}/room")
    async def picture(request: Request, group_id: UUID) -> HTMLResponse:
        reader, found = await desk.read(request, partial(_room, group_id))
        return desk.page(
            reader,
            "room",
            found=found,
            curves=pictures.curves(words, reader.language, found.curves),
            ring=pictures.ring(words, reader.language, found.ring),
        )


def _brief(group_id: UUID, session: Session, kit: Kit, reader: Reader, now: datetime) -> Brief:
    return brief(session, kit, reader, group_id, now)


def _room(group_id: UUID, session: Session, kit: Kit, reader: Reader, now: datetime) -> Room:
    return room(session, kit, reader, group_id, now)
