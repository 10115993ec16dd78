"""The page of pairs: proposals, pairs that go on, reports that wait."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from bot.usecases.kit import Kit
from bot.usecases.office import pairs
from bot.usecases.office.reader import Reader
from bot.web.office.desk import Desk

HERE = "/office/pairs"
SAID = (*pairs.DECISIONS, "look", "gone")


def routes(router: APIRouter, desk: Desk) -> None:
    """The page, looking for new pairs, and a decision about one."""
    router.add_api_route(HERE, partial(_page, desk), methods=["GET"])
    router.add_api_route(HERE + "/look/{group_id}", partial(_look, desk), methods=["POST"])
    router.add_api_route(HERE + "/{pair_id}/{what}", partial(_decide, desk), methods=["POST"])


async def _page(desk: Desk, request: Request) -> Response:
    reader, found = await desk.read(request, pairs.pairings)
    asked = request.query_params.get("said", "")
    return desk.page(reader, "pairs", pairings=found, said=asked if asked in SAID else "")


async def _look(desk: Desk, request: Request, group_id: UUID) -> Response:
    def do(session: Session, kit: Kit, reader: Reader, _: Mapping[str, str], now: datetime) -> None:
        pairs.look(session, kit, reader, group_id, now)

    await desk.change(request, do)
    return desk.back(f"{HERE}?said=look")


async def _decide(desk: Desk, request: Request, pair_id: UUID, what: str) -> Response:
    def do(session: Session, kit: Kit, reader: Reader, _: Mapping[str, str], now: datetime) -> bool:
        return pairs.decide(session, kit, reader, pair_id, what, now)

    _reader, done = await desk.change(request, do)
    return desk.back(f"{HERE}?said={what if done else 'gone'}")
