"""The Entry page: one entry as it was written, and what is written back."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from bot.usecases.comments import LONGEST
from bot.usecases.kit import Kit
from bot.usecases.office import comment as usecase
from bot.usecases.office.entry import EntryPage, entry_page
from bot.usecases.office.reader import Reader
from bot.web.office.desk import Desk

WAY = "/office/people/{person_id}/entries/{run_id}"
"""The address of an entry."""


def routes(router: APIRouter, desk: Desk) -> None:
    """The page; a comment, once more, taken back."""

    def shown(reader: Reader, page: EntryPage, status: int = 200) -> HTMLResponse:
        return desk.page(reader, "entry", status=status, found=page, longest=LONGEST)

    def back(person_id: UUID, run_id: UUID) -> Response:
        return desk.back(WAY.format(person_id=person_id, run_id=run_id) + "#comments")

    @router.get(WAY)
    async def entry(request: Request, person_id: UUID, run_id: UUID) -> HTMLResponse:
        def ask(session: Session, kit: Kit, reader: Reader, now: datetime) -> EntryPage:
            return entry_page(session, kit, reader, person_id, run_id, now)

        return shown(*await desk.read(request, ask))

    @router.post(WAY + "/comments")
    async def write(request: Request, person_id: UUID, run_id: UUID) -> Response:
        def do(
            session: Session, kit: Kit, reader: Reader, form: Mapping[str, str], now: datetime
        ) -> EntryPage | None:
            return usecase.write(session, kit, reader, person_id, run_id, form, now)

        reader, page = await desk.change(request, do)
        return back(person_id, run_id) if page is None else shown(reader, page, 422)

    @router.post(WAY + "/comments/{comment_id}/again")
    async def again(request: Request, person_id: UUID, run_id: UUID, comment_id: UUID) -> Response:
        await desk.change(request, partial(_again, named=(person_id, run_id, comment_id)))
        return back(person_id, run_id)

    @router.post(WAY + "/comments/{comment_id}/take-back")
    async def take_back(
        request: Request, person_id: UUID, run_id: UUID, comment_id: UUID
    ) -> Response:
        await desk.change(request, partial(_take_back, named=(person_id, run_id, comment_id)))
        return back(person_id, run_id)


def _again(
    session: Session,
    kit: Kit,
    reader: Reader,
    _: Mapping[str, str],
    now: datetime,
    *,
    named: tuple[UUID, UUID, UUID],
) -> None:
    usecase.again(session, kit, reader, *named, now)


def _take_back(
    session: Session,
    kit: Kit,
    reader: Reader,
    _: Mapping[str, str],
    now: datetime,
    *,
    named: tuple[UUID, UUID, UUID],
) -> bool:
    return usecase.take_back(session, kit, reader, *named, now)
