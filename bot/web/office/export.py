"""The pages to take data out: a form, and what it answers with, a file or a page to copy from."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from bot.usecases.kit import Kit
from bot.usecases.office.export import make
from bot.usecases.office.export.order import Placed, What
from bot.usecases.office.export.page import ExportPage, export_page, order
from bot.usecases.office.reader import Reader
from bot.web.office.desk import Desk

NOT_DONE = 422


def routes(router: APIRouter, desk: Desk) -> None:
    """Adds the pages."""
    # A year of a programme is being written in memory: one such thing at a time.
    turn = asyncio.Lock()

    @router.get("/office/export")
    async def show(request: Request) -> Response:
        form = dict(request.query_params)
        reader, page = await desk.read(request, _page(None, form))
        return desk.page(reader, "export", page=page)

    @router.get("/office/people/{person_id}/export")
    async def show_person(request: Request, person_id: UUID) -> Response:
        form = dict(request.query_params)
        reader, page = await desk.read(request, _page(person_id, form))
        return desk.page(reader, "export", page=page)

    @router.post("/office/export")
    async def take(request: Request) -> Response:
        return await answered(request, None)

    @router.post("/office/people/{person_id}/export")
    async def take_person(request: Request, person_id: UUID) -> Response:
        return await answered(request, person_id)

    async def answered(request: Request, person: UUID | None) -> Response:
        reader, found = await desk.change(request, _order(person))
        if isinstance(found, ExportPage):
            return desk.page(reader, "export", status=NOT_DONE, page=found)
        async with turn:
            return await _made(desk, reader, found, person)


def _page(
    person: UUID | None, form: Mapping[str, str]
) -> Callable[[Session, Kit, Reader, datetime], ExportPage]:
    return lambda session, kit, reader, now: export_page(
        session, kit, reader, now, person=person, form=form
    )


def _order(
    person: UUID | None,
) -> Callable[[Session, Kit, Reader, Mapping[str, str], datetime], Placed | ExportPage]:
    return lambda session, kit, reader, form, now: order(
        session, kit, reader, form, now, person=person
    )


async def _made(desk: Desk, reader: Reader, placed: Placed, person: UUID | None) -> Response:
    """Made in a thread: nobody else waits for it, and the database is asked slice by slice."""
    ask = partial(desk.database.call, patient=True)
    if placed.order.what is What.NOTES:
        drafts = await asyncio.to_thread(make.drafts, ask, desk.kit, placed)
        notice = make.notice(desk.kit, placed)
        return desk.page(
            *(reader, "export_notes"),
            drafts=drafts,
            order=placed.order,
            notice=notice,
            person=person,
        )
    made = await asyncio.to_thread(make.make, ask, desk.kit, placed)
    with made.file:
        return desk.file(made.file.read(), made.name, made.kind)
