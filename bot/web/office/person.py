"""The Person page: one participant's weeks."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from bot.usecases.kit import Kit
from bot.usecases.office.person import USUAL, WEEKS, PersonPage, person_page
from bot.usecases.office.reader import Reader
from bot.web.office.desk import Desk
from bot.web.office.person_figures import figures


def routes(router: APIRouter, desk: Desk) -> None:
    """The page; `weeks` says how far it looks back."""

    @router.get("/office/people/{person_id}")
    async def person(request: Request, person_id: UUID) -> HTMLResponse:
        chosen = request.query_params.get("weeks", "")
        weeks = int(chosen) if chosen in map(str, WEEKS) else USUAL

        def ask(session: Session, kit: Kit, reader: Reader, now: datetime) -> PersonPage:
            return person_page(session, kit, reader, person_id, weeks, now)

        reader, page = await desk.read(request, ask)
        words = desk.kit.words.short(reader.language)
        drawn = figures(page, words, reader.language)
        return desk.page(reader, "person", found=page, figures=drawn, spans=WEEKS)
