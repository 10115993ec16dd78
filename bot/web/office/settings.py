"""The page of a group's settings: one form for each thing that can be changed."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from babel.dates import get_day_names
from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from bot.usecases.kit import Kit
from bot.usecases.office import settings
from bot.usecases.office.reader import Reader
from bot.web.office.desk import Desk
from bot.web.office.form import Form

HERE = "/office/groups/{group_id}/settings"


def routes(router: APIRouter, desk: Desk) -> None:
    """The page and its forms."""
    router.add_api_route(HERE, partial(_page, desk), methods=["GET"])
    router.add_api_route(HERE + "/{part}", partial(_save, desk), methods=["POST"])


async def _page(desk: Desk, request: Request, group_id: UUID) -> Response:
    def ask(session: Session, kit: Kit, reader: Reader, now: datetime) -> settings.Settings:
        return settings.settings(session, kit, reader, group_id, now)

    reader, found = await desk.read(request, ask)
    said = request.query_params.get("said", "")
    return _drawn(desk, reader, found, said=said if said in settings.PARTS else "")


async def _save(desk: Desk, request: Request, group_id: UUID, part: str) -> Response:
    def do(
        session: Session, kit: Kit, reader: Reader, form: Mapping[str, str], now: datetime
    ) -> settings.Settings | None:
        assert isinstance(form, Form)  # what a desk hands over is one
        return settings.save(session, kit, reader, group_id, part, form, now)

    reader, again = await desk.change(request, do)
    if again is not None:
        return _drawn(desk, reader, again, status=422)
    return desk.back(f"/office/groups/{group_id}/settings?said={part}#{part}")


def _drawn(
    desk: Desk, reader: Reader, found: settings.Settings, *, said: str = "", status: int = 200
) -> Response:
    days = get_day_names("wide", locale=reader.language)
    weekdays = [(str(day), str(days[day])) for day in range(7)]
    return desk.page(reader, "settings", status=status, s=found, weekdays=weekdays, said=said)
