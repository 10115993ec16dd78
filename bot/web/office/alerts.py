"""The pages of alerts: the list, one of them, taking it, closing it."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from bot.usecases.kit import Kit
from bot.usecases.office import alerts
from bot.usecases.office.reader import Reader
from bot.web.office.desk import Desk

LIST = "/office/alerts"
SAID = ("taken", "done")
"""What may stand above a page after a form."""


def routes(router: APIRouter, desk: Desk) -> None:
    """The list; one alert and its two forms."""
    one = LIST + "/{alert_id}"
    router.add_api_route(LIST, partial(_list, desk), methods=["GET"])
    router.add_api_route(one, partial(_one, desk), methods=["GET"])
    router.add_api_route(f"{one}/take", partial(_take, desk), methods=["POST"])
    router.add_api_route(f"{one}/close", partial(_close, desk), methods=["POST"])


async def _list(desk: Desk, request: Request) -> Response:
    reader, found = await desk.read(request, alerts.listed)
    return desk.page(reader, "alerts", listed=found, said=_said(request))


async def _one(desk: Desk, request: Request, alert_id: UUID) -> Response:
    def ask(session: Session, kit: Kit, reader: Reader, now: datetime) -> alerts.Opened:
        return alerts.opened(session, kit, reader, alert_id, now)

    reader, found = await desk.read(request, ask)
    return _drawn(desk, reader, found, said=_said(request))


async def _take(desk: Desk, request: Request, alert_id: UUID) -> Response:
    def do(
        session: Session, kit: Kit, reader: Reader, form: Mapping[str, str], now: datetime
    ) -> bool:
        return alerts.take(session, kit, reader, alert_id, now, had=form.get("had", ""))

    _reader, mine = await desk.change(request, do)
    return desk.back(f"{LIST}/{alert_id}" + ("" if mine else "?said=taken"))


async def _close(desk: Desk, request: Request, alert_id: UUID) -> Response:
    def do(
        session: Session, kit: Kit, reader: Reader, form: Mapping[str, str], now: datetime
    ) -> tuple[alerts.Outcome, str]:
        note, read_to = form.get("note", ""), form.get("read_to", "")
        closed = alerts.close(session, kit, reader, alert_id, note, now, read_to=read_to)
        return closed, note

    reader, (outcome, note) = await desk.change(request, do)
    if outcome.opened is None:
        return desk.back(f"{LIST}?said=done")
    return _drawn(desk, reader, outcome.opened, problem=outcome.why, note=note, status=422)


def _drawn(
    desk: Desk,
    reader: Reader,
    found: alerts.Opened,
    *,
    said: str = "",
    problem: str = "",
    note: str = "",
    status: int = 200,
) -> Response:
    typed = {"problem": problem, "typed": note}
    return desk.page(reader, "alert", status=status, opened=found, said=said, **typed)


def _said(request: Request) -> str:
    asked = request.query_params.get("said", "")
    return asked if asked in SAID else ""
