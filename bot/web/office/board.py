"""The page of the group board: what waits, what stands there, and the decisions."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from bot.usecases.kit import Kit
from bot.usecases.office import board
from bot.usecases.office.reader import Reader
from bot.web.office.desk import Desk

HERE = "/office/board"
SAID = ("approved", "sent_back", "gone")


def routes(router: APIRouter, desk: Desk) -> None:
    """The page and its two forms."""
    line = HERE + "/{line_id}"
    router.add_api_route(HERE, partial(_page, desk), methods=["GET"])
    router.add_api_route(f"{line}/approve", partial(_approve, desk), methods=["POST"])
    router.add_api_route(f"{line}/back", partial(_send_back, desk), methods=["POST"])


async def _page(desk: Desk, request: Request) -> Response:
    reader, found = await desk.read(request, board.boards)
    asked = request.query_params.get("said", "")
    return _drawn(desk, reader, found, said=asked if asked in SAID else "")


async def _approve(desk: Desk, request: Request, line_id: UUID) -> Response:
    def do(session: Session, kit: Kit, reader: Reader, _: Mapping[str, str], now: datetime) -> bool:
        return board.approve(session, kit, reader, line_id, now)

    _reader, done = await desk.change(request, do)
    return desk.back(f"{HERE}?said={'approved' if done else 'gone'}")


async def _send_back(desk: Desk, request: Request, line_id: UUID) -> Response:
    def do(
        session: Session, kit: Kit, reader: Reader, form: Mapping[str, str], now: datetime
    ) -> tuple[str, board.Boards | None]:
        reason = form.get("reason", "")
        why = board.send_back(session, kit, reader, line_id, reason, now)
        return why, board.boards(session, kit, reader, now) if why == "reason" else None

    reader, (why, again) = await desk.change(request, do)
    if again is not None:
        return _drawn(desk, reader, again, problem=why, at=line_id, status=422)
    return desk.back(f"{HERE}?said={why or 'sent_back'}")


def _drawn(
    desk: Desk,
    reader: Reader,
    found: board.Boards,
    *,
    said: str = "",
    problem: str = "",
    at: UUID | None = None,
    status: int = 200,
) -> Response:
    return desk.page(
        reader, "board", status=status, boards=found, said=said, problem=problem, at=at
    )
