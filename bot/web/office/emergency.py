"""Opening a group of others in an emergency, with a reason."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from bot.usecases.kit import Kit
from bot.usecases.office import emergency
from bot.usecases.office.emergency import Opening, Others
from bot.usecases.office.reader import NotYoursError, Reader
from bot.web.office.desk import Desk


def routes(router: APIRouter, desk: Desk) -> None:
    """The form, opening, and closing before the hour is over."""
    router.add_api_route("/office/emergency", partial(_page, desk), methods=["GET"])
    router.add_api_route("/office/emergency", partial(_open, desk), methods=["POST"])
    router.add_api_route("/office/emergency/close", partial(_close, desk), methods=["POST"])


async def _page(desk: Desk, request: Request) -> Response:
    reader, found = await desk.read(request, emergency.others)
    return desk.page(reader, "emergency", others=found, outcome=None)


async def _open(desk: Desk, request: Request) -> Response:
    reader, (outcome, found) = await desk.change(request, _opened)
    if outcome is Opening.OPENED:
        return desk.back("/office")
    return desk.page(reader, "emergency", status=400, others=found, outcome=outcome)


def _opened(
    session: Session, kit: Kit, reader: Reader, form: Mapping[str, str], now: datetime
) -> tuple[Opening, Others]:
    outcome = emergency.open_group(
        *(session, kit, reader, _group(form)),
        reason=form.get("reason", ""),
        code=form.get("code", ""),
        now=now,
    )
    return outcome, emergency.others(session, kit, reader, now)


async def _close(desk: Desk, request: Request) -> Response:
    await desk.change(request, _closed)
    return desk.back("/office/emergency")


def _closed(
    session: Session, kit: Kit, reader: Reader, form: Mapping[str, str], now: datetime
) -> None:
    emergency.close(session, kit, reader, _group(form), now)


def _group(form: Mapping[str, str]) -> UUID:
    try:
        return UUID(form.get("group", ""))
    except ValueError:
        raise NotYoursError("group") from None
